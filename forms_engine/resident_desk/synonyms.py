"""Synonyms (言いかえ): what residents call things, beside what the office calls them, in the kana that they type.

Each group stands for one meaning.  A definition need not repeat them among its keywords.
"""

SEPARATOR = "、"
GROUPS: tuple[tuple[str, ...], ...] = tuple(
    tuple(group.split(SEPARATOR))
    for group in (
        "引越し、引っ越し、引越、ひっこし、転居、転入、転出、てんきょ、てんにゅう、てんしゅつ、住所変更、moving",
        "住民票、じゅうみんひょう、住民票の写し、resident record、residence certificate",
        "戸籍、こせき、family register",
        "印鑑登録、いんかんとうろく、印鑑証明、いんかんしょうめい、実印、はんこ、seal registration",
        "マイナンバー、個人番号、まいなんばー、マイナンバーカード、my number",
        "出生、しゅっしょう、しゅっせい、出産、しゅっさん、妊娠、にんしん、赤ちゃん、あかちゃん、birth、baby",
        "結婚、けっこん、婚姻、こんいん、入籍、marriage",
        "離婚、りこん、divorce",
        "死亡、しぼう、亡くなった、なくなった、お悔やみ、おくやみ、葬儀、埋葬、火葬、相続、そうぞく、death",
        "子育て、こそだて、育児、子ども、子供、こども、児童、じどう、child、childcare",
        "保育園、ほいくえん、保育所、ほいくしょ、認定こども園、幼稚園、nursery",
        "児童手当、じどうてあて、子ども手当、child allowance",
        "学校、がっこう、就学、しゅうがく、入学、転校、教育、school",
        "介護、かいご、要介護、ようかいご、高齢、こうれい、老人、お年寄り、nursing care、elderly",
        "障害、障がい、障碍、しょうがい、disability",
        "健康保険、国保、国民健康保険、こくほ、こくみんけんこうほけん、保険証、health insurance",
        "年金、ねんきん、pension",
        "医療費、いりょうひ、medical expenses",
        "税、税金、ぜい、ぜいきん、納税、課税、所得証明、tax",
        "固定資産税、こていしさんぜい、property tax",
        "減免、げんめん、免除、めんじょ、割引、reduction、exemption",
        "補助金、ほじょきん、助成金、じょせいきん、助成、給付金、支援金、subsidy、grant",
        "ごみ、ゴミ、廃棄物、粗大ごみ、そだいごみ、garbage、waste",
        "水道、すいどう、下水道、げすいどう、water",
        "住まい、すまい、住宅、じゅうたく、家、いえ、housing",
        "空き家、あきや、空家、vacant house",
        "道路、どうろ、占用、せんよう、road",
        "事業、じぎょう、開業、かいぎょう、起業、商売、お店、business",
        "災害、さいがい、罹災、り災、りさい、被災、ひさい、disaster",
        "情報公開、じょうほうこうかい、公文書、開示、かいじ、disclosure",
        "犬、いぬ、イヌ、飼い犬、ペット、dog、pet",
        "会議室、かいぎしつ、貸室、部屋、room",
        "施設、しせつ、公民館、こうみんかん、体育館、ホール、facility",
        "予約、よやく、申込、申し込み、もうしこみ、reservation、booking",
        "証明書、しょうめいしょ、証明、certificate",
        "書類、しょるい、用紙、様式、document",
    )
)
