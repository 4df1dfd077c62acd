"""Search terms (検索語): by which names and numbers a case is found, without the index being readable; and its label.

Every two characters of a folded name are kept as a keyed hash of 64 bits, and the names themselves encrypted, under
keys derived for searching alone; what the hashes find is compared with the names before anybody sees it.  Whoever has
the database but not the key ring learns which cases share pairs of characters, and how often, but not which ones.
The label, under which a case stands in lists, is kept beside the names and encrypted like them.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from schemas.name_folding import bigrams, folded_name
from workflows.handwritten import Handwritten
from workflows.keyring import EncryptedJSONField, EncryptedTextField, Sealed, current_key_id, key_id_of, keyed_hashes
from workflows.routable import Routable

PURPOSE = "search"
MOST_TERMS, LONGEST_TERM, LONGEST_LABEL = 50, 100, 200
CHUNK = 300
INSERT = "INSERT INTO workflows_searchtoken (token, department_key, case_id) VALUES"


class SearchEntry(Handwritten):
    """The terms of one case, folded; encrypted, and bound to this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField("workflows.Case", models.CASCADE, related_name="search_entry")
    terms = EncryptedJSONField(_("検索語"), default=list, purpose=PURPOSE)
    label = EncryptedTextField(_("だれの案件か"), null=True, purpose=PURPOSE)

    class Meta:
        verbose_name = verbose_name_plural = _("検索語")

    def __str__(self) -> str:
        return f"{self.case_id}"

    @property
    def names(self) -> list[str]:
        """The folded names and numbers."""
        names: list[str] = self.terms
        return names


class SearchToken(models.Model):
    """Two characters that stand in a term of a case, as a keyed hash.  The department makes one range of its cases."""

    pk = models.CompositePrimaryKey("token", "department_key", "case_id")
    token = models.BigIntegerField()
    department_key = models.CharField(max_length=50)
    case = models.ForeignKey("workflows.Case", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("検索の索引")

    def __str__(self) -> str:
        return f"{self.case_id} {self.token}"


def keep_terms(case: Any, subject: Routable, is_new: bool = False) -> None:
    """Write down by what the case is found and whose it is, when it arrives (``is_new``) or is corrected; in the same
    transaction."""
    terms, label = _folded(subject.search_terms()), subject.label()[:LONGEST_LABEL]
    entry = None if is_new else SearchEntry.objects.filter(case=case).first()
    if entry is None:
        if terms or label:
            _write(SearchEntry(case=case), case.department_key, terms, label)
    elif not _is_current(entry) or (entry.names, entry.label) != (terms, label):
        _write(entry, case.department_key, terms, label)


def label_all(cases: Sequence[Any]) -> None:
    """Give each of the cases its ``label``: whose it is, empty where that is not known.  One question for all."""
    entries = SearchEntry.objects.filter(case__in={case.pk for case in cases}).only("case_id", "label")
    labels = {entry.case_id: entry.label or "" for entry in entries} if cases else {}
    for case in cases:
        case.label = labels.get(case.pk, "")


def tokens_of(text: str) -> list[list[int]]:
    """The tokens of a folded text: for each key of the ring, the current one first, those of its bigrams."""
    hashed = [keyed_hashes(pair, PURPOSE) for pair in sorted(bigrams(text))]
    return [[_number(one) for one in under_one_key] for under_one_key in zip(*hashed, strict=True)]


def rekey() -> int:
    """Bring what stands under an older key of the ring under its first; how many cases were rewritten.

    May be interrupted and repeated.  Work goes on meanwhile: a search looks under every key.
    """
    entries = SearchEntry.objects.select_related("case").order_by("pk")
    return sum(_rekey(entry.pk) for entry in entries.iterator(chunk_size=CHUNK) if not _is_current(entry))


def _rekey(pk: uuid.UUID) -> bool:
    with transaction.atomic():
        found = SearchEntry.objects.select_for_update(of=("self",)).select_related("case").filter(pk=pk).first()
        if found is None or _is_current(found):
            return False
        _write(found, found.case.department_key, found.names, found.label)
    return True


def _write(entry: SearchEntry, department_key: str, terms: list[str], label: str | None) -> None:
    if not entry._state.adding:
        SearchToken.objects.filter(case_id=entry.case_id).delete()
    entry.terms, entry.label = list(terms), label
    entry.save()
    tokens = {token for term in terms for token in _current_tokens(term)}
    _insert_tokens(sorted(tokens), department_key, entry.case_id)


def _insert_tokens(tokens: Sequence[int], department_key: str, case_id: int) -> None:
    """As bulk_create would, which takes longer to build a row for every token than the database takes to keep them."""
    with connection.cursor() as cursor:
        for start in range(0, len(tokens), CHUNK):
            some = tokens[start : start + CHUNK]
            values = ", ".join(["(%s, %s, %s)"] * len(some))
            rows = [value for token in some for value in (token, department_key, case_id)]
            cursor.execute(f"{INSERT} {values}", rows)


def _current_tokens(term: str) -> list[int]:
    found = tokens_of(term)
    return found[0] if found else []


def _is_current(entry: SearchEntry) -> bool:
    sealed = entry.__dict__["terms"]
    return not isinstance(sealed, Sealed) or key_id_of(sealed) == current_key_id()


def _folded(terms: Iterable[str]) -> list[str]:
    """Each once, as long as a name may be; what is one character long is found by nothing."""
    return list(dict.fromkeys(_long_enough(terms)))[:MOST_TERMS]


def _long_enough(terms: Iterable[str]) -> Iterator[str]:
    folded: Sequence[str] = [folded_name(term)[:LONGEST_TERM] for term in terms]
    return (term for term in folded if len(term) > 1)


def _number(digest: str) -> int:
    """The first 64 bits of a hash, as a database keeps them."""
    return int(digest[:16], 16) - (1 << 63)
