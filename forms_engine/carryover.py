"""Carry-over (引継ぎ): a new application begins with answers of an earlier one, if its resident wants that.

Which answers fit is decided in forms_engine.prefill; here they are offered, taken, and noted with where they came from.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from forms_engine import applications, prefill, provenance, readout
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.prefill import Match
from workflows import audit
from workflows.routable import Row


@dataclass(frozen=True)
class Offer:
    """One field that can be taken over: its pointer in the new form, and its name and answers in the earlier one.

    ``is_usual`` where it is mostly the same again: who one is, not for which day a room was wanted.
    """

    pointer: str
    title: str
    rows: tuple[Row, ...]
    is_usual: bool = True


def offers(earlier: Application, version: FormVersion, language: str) -> list[Offer]:
    """What of a submitted application fits into a new one of this version."""
    spec, answers = earlier.form_version.spec, earlier.standing_answers()
    found = _matches(earlier, version)
    rows = [row for one in readout.sections(spec, answers, language, str) for row in one.rows]
    return [_offer(match, rows, readout.label_of(spec, answers, match.source, language)) for match in found]


def _offer(match: Match, rows: Iterable[Row], title: str) -> Offer:
    """The rows of what would be taken over, without the title that stands above them."""
    kept = {pointer for pointer, _answer in prefill.leaves(match.answer, match.source)}
    inside = (row for row in rows if row.pointer in kept)
    shown = tuple(replace(row, label=_short(row.label, title)) for row in inside)
    return Offer(match.target, title, shown, match.meaning.vocabulary != prefill.SAME_PLACE)


def _short(label: str, title: str) -> str:
    return label.removeprefix(title).lstrip("／– ") or label


def begin(draft: Application, earlier: Application, pointers: Collection[str], by: str = "resident") -> Application:
    """Take over those answers of an earlier application that were chosen, and note where they came from."""
    chosen = [match for match in _matches(earlier, draft.form_version) if match.target in pointers]
    if not chosen:
        return draft
    with transaction.atomic():
        applications.save_answers(draft, prefill.taken(chosen))
        draft.has_provenance = True
        provenance.note(draft.pk, {match.target: match.answer for match in chosen}, earlier.reference)
        audit.record("carry_over", f"application:{draft.pk}", by, source=earlier.reference, fields=len(chosen))
    return draft


def _matches(earlier: Application, version: FormVersion) -> list[Match]:
    answers = earlier.standing_answers()
    known = earlier.form_version.spec.plan.resolved(answers)
    is_same_form = earlier.form_version.definition_id == version.definition_id
    return prefill.matches(known, answers, {"properties": version.spec.fields}, is_same_form)
