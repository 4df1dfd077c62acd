"""Name folding (検索用の字の寄せ): the one spelling under which a name is sought, whichever way it is written.

For searching only, never for what is stored or shown: 髙﨑 and 高崎 are two spellings of a name, and people who look
for one of them do not know which.  Folding finds too much rather than too little, and what was found shows its own.
"""

import re
import unicodedata

SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: What stands between parts of a name, and what nobody sees.
BETWEEN = re.compile(r"[^\w]|_")
#: Katakana as hiragana.
KANA = {code + 0x60: code for code in [*range(0x3041, 0x3097), 0x309D, 0x309E]}
#: Small kana are written large in older registers and in transfers, and dashes of every sort for the long vowel.
SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
DASHES = re.compile("(?<=[ぁ-ゖー])[-‐‑‒–—―−─]")
#: Spellings of names that NFKC leaves apart, each under its everyday character.
EVERYDAY = {
    "高": "髙",
    "崎": "﨑嵜碕",
    "吉": "𠮷",
    "辺": "邊邉",
    "斎": "齋齊斉",
    "浜": "濱濵",
    "沢": "澤",
    "広": "廣",
    "国": "國",
    "桜": "櫻",
    "真": "眞",
    "恵": "惠",
    "徳": "德",
    "島": "嶋嶌",
    "富": "冨",
    "桑": "桒",
    "柳": "栁",
    "渕": "淵渊",
    "瀬": "瀨",
    "竜": "龍",
    "滝": "瀧",
    "曽": "曾",
    "栄": "榮",
    "円": "圓",
    "寿": "壽",
    "与": "與",
    "宝": "寳寶",
    "条": "條",
    "応": "應",
    "蔵": "藏",
    "関": "關",
    "峰": "峯",
    "桧": "檜",
    "秋": "穐",
    "館": "舘",
    "昇": "曻",
    "弥": "彌",
    "礼": "禮",
    "薮": "藪籔",
    "梅": "楳",
    "松": "枩",
    "塩": "鹽",
    "芦": "蘆",
    "黒": "黑",
    "静": "靜",
    "鶴": "靏靍",
    "来": "來",
    "万": "萬",
    "実": "實",
    "沼": "㳒",
    "兎": "兔",
    "船": "舩",
    "橋": "槗",
    "草": "艸",
    "緑": "綠",
    "清": "淸",
}
VARIANTS = str.maketrans({variant: char for char, variants in EVERYDAY.items() for variant in variants})


def folded_name(text: str) -> str:
    """The name without blanks, marks and variation selectors, in one width, one kana and its everyday characters.

    Folding twice changes nothing.
    """
    plain = unicodedata.normalize("NFKC", SELECTORS.sub("", text)).casefold()
    kana = DASHES.sub("ー", plain.translate(KANA)).translate(SMALL)
    return unicodedata.normalize("NFKC", BETWEEN.sub("", kana).translate(VARIANTS))


def bigrams(folded: str) -> frozenset[str]:
    """Every two characters that stand side by side: whatever holds a word of two or more holds all of its bigrams."""
    return frozenset(folded[place : place + 2] for place in range(len(folded) - 1))
