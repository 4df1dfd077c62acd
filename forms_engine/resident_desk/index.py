"""The index (索引) of procedures: finds them by whatever a resident types, best first.

Width, case and the two kana make no difference; parts of words, readings and synonyms are found.  A few hundred
procedures are looked through in memory: an index of their own for each set of versions, built once.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from forms_engine.resident_desk.synonyms import GROUPS

KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
#: What separates words, and what stands inside them without meaning anything.
BREAKS = re.compile(r"[\s、。,，.！？!?／/（）()「」『』：:;]+")
SILENT = dict.fromkeys(map(ord, "・･‐-‑–—ー~〜"))
#: Words that are true of every procedure, and so tell nothing if there are others.
EVERYWHERE = re.compile(
    r"(の?(手続き?|申請書?|届出?書?|申込書?|方法|書類)|(を|が|に)?(したい|ほしい|欲しい)|について|したとき|するとき)+$"
)
RUNS = re.compile(r"[ぁ-ゖ]+|[^ぁ-ゖ]+")
LONGEST_QUERY = 100
#: The share of a word's pairs of letters that a text must have in common with it to be called near.
NEAR = 0.6
#: From this many letters on, the beginning of a word is taken for it.
BEGUN = 3
EXACT, BEGINNING, INSIDE = 4, 2, 1


@dataclass(frozen=True)
class Entry:
    """One procedure as it is found: its folded texts, each with its weight."""

    key: str
    texts: tuple[tuple[str, int], ...]

    def score(self, word: str) -> int:
        """How well the word, or what else it is called, is found here; 0 if it is not."""
        own = max((weight * _fit(text, word) for text, weight in self.texts), default=0)
        others = synonyms(word) - {word}
        said = max((weight * _fit(text, one) for one in others for text, weight in self.texts), default=0)
        return max(2 * own, said)

    def likeness(self, word: str) -> float:
        """The largest share of the word's pairs of letters that one text has."""
        wanted = _pairs(word)
        return max((len(wanted & _pairs(text)) / len(wanted) for text, _weight in self.texts), default=0.0)


@dataclass(frozen=True)
class Found:
    """The keys of what was found, best first.  ``is_near``: not what was asked for, but something like it."""

    keys: tuple[str, ...]
    is_near: bool = False


@dataclass(frozen=True)
class Index:
    """Entries, and the three ways in which they are found: every word, its essence, something like it."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, texts: Mapping[str, Iterable[tuple[str, int]]]) -> "Index":
        """An index of texts with weights, by key; equal scores keep the order in which they are given."""
        entries = (
            Entry(key, tuple((folded(text), weight) for text, weight in pairs if text)) for key, pairs in texts.items()
        )
        return cls(tuple(entries))

    def search(self, query: str) -> Found:
        """What answers to the query."""
        words = words_of(query[:LONGEST_QUERY])
        exact = self._with_all(words)
        if exact or not words:
            return Found(exact)
        return Found(self._with_all(essence(words)) or self._alike(words), is_near=True)

    def _with_all(self, words: Sequence[str]) -> tuple[str, ...]:
        if not words:
            return ()
        scores = {entry.key: [entry.score(word) for word in words] for entry in self.entries}
        return _best({key: sum(found) for key, found in scores.items() if all(found)})

    def _alike(self, words: Sequence[str]) -> tuple[str, ...]:
        long = [word for word in words if len(word) > 2]
        scores = {entry.key: max((entry.likeness(word) for word in long), default=0.0) for entry in self.entries}
        return _best({key: score for key, score in scores.items() if score >= NEAR})


def folded(text: str) -> str:
    """Text as it is compared: width, case, the two kana, long vowels and hyphens make no difference."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(KATAKANA_TO_HIRAGANA)
    return plain.translate(SILENT).strip()


def words_of(query: str) -> list[str]:
    """The folded words of a query, each once."""
    return list(dict.fromkeys(folded(word) for word in BREAKS.split(query) if folded(word)))


def essence(words: Iterable[str]) -> list[str]:
    """What remains of words without what every procedure is: 「犬の登録をしたい」 becomes 犬, 登録."""
    return list(dict.fromkeys(part for word in words for part in _essence(word)))


def _essence(word: str) -> Iterator[str]:
    core = EVERYWHERE.sub("", word)
    runs = RUNS.findall(core)
    telling = [run for run in runs if not re.fullmatch("[ぁ-ゖ]+", run)]
    yield from telling or ([core] if core else [])


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in GROUPS:
        words = frozenset(map(folded, group))
        for word in words:
            found[word] = found.get(word, frozenset()) | words
    return found


@lru_cache(maxsize=1024)
def synonyms(word: str) -> frozenset[str]:
    """The folded word with what else it is called; a beginning stands for its word, an English plural for its singular.

    While somebody is still typing 「じゅうみんひ…」, 住民票 is found already.
    """
    known = _groups()
    singular = word[:-1] if word.isascii() and word.endswith("s") and len(word) > 3 else word
    begun = [known[one] for one in known if one.startswith(singular)] if len(word) >= BEGUN else []
    return frozenset({word, singular}).union(known.get(singular, ()), *begun)


def _fit(text: str, word: str) -> int:
    if word not in text:
        return 0
    return EXACT if text == word else BEGINNING if text.startswith(word) else INSIDE


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def _best(scores: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(scores, key=lambda key: -scores[key]))
