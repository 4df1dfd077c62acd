"""Search (検索): the cases with a name or a receipt number, among those that a member of staff may see.

The rarest pair of characters of what is sought leads along its index to candidates, newest first; each candidate's
names are opened and compared, so what is found is exactly what a reader of all names would find.  In the member's own
departments the search is complete; of other cases that concern him it looks at NEAR candidates, or at FAR if he asks
for it, and says if there were more.
"""

import heapq
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from schemas.name_folding import folded_name
from workflows.cases import Case
from workflows.handwritten import planned_each_time
from workflows.search_terms import SearchEntry, keep_terms, tokens_of
from workflows.staff import StaffMember, departments_of

LIMIT, FIRST_CHUNK, CHUNK = 25, 30, 200
NEAR, FAR = 200, 2000
#: Pairs of characters are weighed no further than this.
WEIGHED = 1000
LONGEST = 100
#: A receipt number as people write it: an era's letter and year, and the number, whatever stands between.
NUMBER = re.compile(r"([A-Z]\d{1,3})\s*[-‐‑‒–—―−ー]?\s*(\d{1,6})")
TABLE = "workflows_searchtoken"


@dataclass(frozen=True)
class Found:
    """Cases, newest first, the member's own departments before others; ``hint`` says kindly how to find more.

    ``is_near``: of other departments' cases only some were looked at, and there were more.
    """

    cases: Sequence[Case]
    hint: str = ""
    is_near: bool = False


@dataclass(frozen=True)
class Range:
    """Where candidates are sought: in one department, or (None) outside of these."""

    department: str | None
    but: tuple[str, ...] = ()


@planned_each_time()
def search(member: StaffMember, text: str, limit: int = LIMIT, is_far: bool = False) -> Found:
    """The cases with this name, or part of one of two characters or more, or this receipt number."""
    numbered = _numbered(member, text)
    if numbered:
        return Found(numbered[:limit])
    wish = folded_name(text)[:LONGEST]
    if not wish:
        return Found([], _("氏名や団体名（漢字でもかなでも）、または受付番号を入れてください。"))
    if len(wish) == 1:
        return Found([], _("1文字では探せません。「林太郎」のように、続きの文字も入れてください。"))
    return _named(member, wish, limit, FAR if is_far else NEAR)


def index_what_is_missing() -> int:
    """Write the terms and labels of cases that have none, such as those from before there were any; how many."""
    without = Case.objects.filter(Q(search_entry=None) | Q(search_entry__label=None))
    return sum(_index(case) for case in without.iterator(chunk_size=CHUNK))


@transaction.atomic
def _index(case: Case) -> bool:
    keep_terms(case, case.subject)
    return True


def _numbered(member: StaffMember, text: str) -> list[Case]:
    """Those with the receipt number; there is none without a digit."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()[:LONGEST]
    if not any(map(str.isdigit, plain)):
        return []
    match = NUMBER.fullmatch(plain)
    numbers = {plain, f"{match[1]}-{match[2]:0>6}"} if match else {plain}
    return list(Case.objects.visible_to(member).filter(reference__in=numbers).order_by("-pk")[:LIMIT])


def _named(member: StaffMember, wish: str, limit: int, most: int) -> Found:
    own, orders = sorted(departments_of(member)), list(_orders(wish))
    keys = _own_keys(wish, orders, own, limit + 1)
    if len(keys) > limit:
        return Found(_in_order(own, keys[:limit]), _more(limit))
    others, is_complete = _other_keys(member, wish, orders, tuple(own), most)
    found = [*keys, *others]
    hint = _more(limit) if len(found) > limit else "" if is_complete else _cut(most)
    return Found(_in_order(own, found[:limit], others), hint, is_near=not is_complete and most < FAR)


def _more(limit: int) -> str:
    return _("ほかにもあります。氏名を全部入れると絞り込めます（%(limit)d件まで表示）。") % {"limit": limit}


def _cut(most: int) -> str:
    said = _("ほかの課の案件は、候補のうち%(most)d件だけを調べました。氏名を全部入れると絞り込めます。")
    return said % {"most": most}


def _own_keys(wish: str, orders: Sequence[Sequence[int]], own: Sequence[str], wanted: int) -> list[int]:
    """The newest cases of the departments; no more names are opened than have to be compared."""
    found: list[int] = []
    newest = _newest_first([_each(tokens, department) for tokens in orders for department in own])
    while len(found) < wanted and (some := list(islice(newest, wanted - len(found)))):
        found += sorted(_verified(some, wish), reverse=True)
    return found


def _newest_first(candidates: Sequence[Iterator[int]]) -> Iterator[int]:
    """What is newest first in each of them, so merged, each once."""
    return (key for key, _same in groupby(heapq.merge(*candidates, reverse=True)))


def _each(tokens: Sequence[int], department: str) -> Iterator[int]:
    """All candidates of a department, newest first; read some at a time, and more of them the further it goes."""
    before, size = None, FIRST_CHUNK
    while True:
        chunk = _candidates(tokens, Range(department), size, before)
        yield from chunk
        if len(chunk) < size:
            return
        before, size = chunk[-1], CHUNK


def _other_keys(
    member: StaffMember, wish: str, orders: Sequence[Sequence[int]], own: tuple[str, ...], most: int
) -> tuple[list[int], bool]:
    """Cases of other departments that the member may see, and whether all candidates were looked at."""
    candidates = {key for tokens in orders for key in _candidates(tokens, Range(None, own), most + 1)}
    looked_at = sorted(candidates, reverse=True)[:most]
    visible = Case.objects.visible_to(member).filter(pk__in=looked_at) if looked_at else Case.objects.none()
    found = _verified(list(visible.values_list("pk", flat=True)), wish)
    return sorted(found, reverse=True), len(candidates) <= most


def _verified(keys: Sequence[int], wish: str) -> list[int]:
    """Those of the cases that really have a name in which this stands."""
    entries = SearchEntry.objects.filter(case__in=keys) if keys else ()
    return [entry.case_id for entry in entries if any(wish in name for name in entry.names)]


def _in_order(own: Sequence[str], keys: Sequence[int], others: Sequence[int] = ()) -> list[Case]:
    """The cases in the order of their keys; that each is of the departments or one of ``others`` is asked once more."""
    cases = Case.objects.filter(Q(department_key__in=own) | Q(pk__in=others)).in_bulk(keys) if keys else {}
    return [cases[key] for key in keys if key in cases]


def _orders(wish: str) -> Iterator[list[int]]:
    """Under each key of the ring, the tokens with the rarest first; none where one of them stands in no case."""
    for tokens in tokens_of(wish):
        weights = _weights(tokens) if len(tokens) > 1 else [1]
        if all(weights):
            yield [token for _weight, token in sorted(zip(weights, tokens, strict=True))]


def _weights(tokens: Sequence[int]) -> list[int]:
    """In how many cases each token stands, weighed as far as WEIGHED."""
    one = f"(SELECT COUNT(*) FROM (SELECT 1 FROM {TABLE} WHERE token = %s LIMIT {WEIGHED}) AS weighed)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(tokens))}", list(tokens))
        return list(cursor.fetchone())


def _candidates(tokens: Sequence[int], where: Range, limit: int, before: int | None = None) -> list[int]:
    """Cases in which all tokens stand, the newest of a department first."""
    first, *others = tokens
    also = f" AND EXISTS (SELECT 1 FROM {TABLE} other WHERE other.token = %s"  # noqa: S608
    also += " AND other.department_key = led.department_key AND other.case_id = led.case_id)"
    place, params = _place(where, before)
    sql = f"SELECT led.case_id FROM {TABLE} led WHERE led.token = %s{place}{also * len(others)}"  # noqa: S608
    order = "" if where.department is None else " ORDER BY led.case_id DESC"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql}{order} LIMIT %s", [first, *params, *others, limit])
        return [row[0] for row in cursor.fetchall()]


def _place(where: Range, before: int | None) -> tuple[str, list[str | int]]:
    sql, params = "", list[str | int]()
    if where.department is not None:
        sql, params = " AND led.department_key = %s", [where.department]
    elif where.but:
        sql = f" AND led.department_key NOT IN ({', '.join(['%s'] * len(where.but))})"
        params = list(where.but)
    if before is not None:
        sql, params = f"{sql} AND led.case_id < %s", [*params, before]
    return sql, params
