"""Party names (当事者の氏名・名称): who stands in the answers, as staff look for them.

An answer is a name if the shared vocabulary says so (``x-vocabulary``); labels are never looked at, and a My Number is
no name.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from forms_engine.spec import FormSpec
from workflows.routable import Routable

MadeOf = tuple[tuple[str, ...], ...]
PERSON: MadeOf = (("family_name", "given_name"), ("family_name_kana", "given_name_kana"))
#: By vocabulary, the members that make a name when they are put together.
NAMES: Mapping[str, MadeOf] = {
    "person": PERSON,
    "household_member": PERSON,
    "full_name": (("name",), ("name_kana",)),
    "agent": (("agent_name",),),
    "corporation": (("org_name",), ("representative",), ("person_in_charge",)),
}
#: Who stands in an application beside the one that applies.
BESIDE = frozenset({"agent", "household_member"})
#: The members by which one that applies is written, the most telling first.
WRITTEN = (("org_name",), ("name",), ("family_name", "given_name"))


class Named(Routable):
    """By whom an application is known to staff: who applies, or who drafted it."""

    form_version: Any

    def standing_answers(self) -> dict[str, Any]:
        """The answers as last submitted."""
        raise NotImplementedError

    def label(self) -> str:
        own = self.drafter if self.is_internal else None
        return str(own or first_party(self.form_version.spec, self.standing_answers()))

    def search_terms(self) -> list[str]:
        drafters = [str(self.drafter)] if self.drafter else []
        return [*drafters, *party_names(self.form_version.spec, self.standing_answers())]


def party_names(spec: FormSpec, answers: Mapping[str, Any]) -> Iterator[str]:
    """The names in the answers to a form, also those inside groups and rows."""
    for kind, answer in _named(spec.plan.resolved(answers), answers):
        yield from _own(NAMES[kind], answer)


def first_party(spec: FormSpec, answers: Mapping[str, Any]) -> str:
    """Who applies, as it is written: the first person or organisation in the answers; empty if there is none.

    An organisation stands for the people who act for it.
    """
    named = (answer for kind, answer in _named(spec.plan.resolved(answers), answers) if kind not in BESIDE)
    return next(filter(None, map(_written, named)), "")


def _written(answer: Mapping[str, Any]) -> str:
    for members in WRITTEN:
        if name := " ".join(part for member in members if isinstance(part := answer.get(member), str) and part):
            return name
    return ""


def _named(schema: Mapping[str, Any], answers: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The answers that name somebody, in the order of the form, each with its vocabulary."""
    if isinstance(answers, list):
        items = schema.get("items", {})
        for answer in answers:
            yield from _named(items, answer) if isinstance(items, Mapping) else ()
    elif isinstance(answers, Mapping):
        if (kind := str(schema.get("x-vocabulary"))) in NAMES:
            yield kind, answers
        for name, field in schema.get("properties", {}).items():
            yield from _named(field, answers.get(name)) if isinstance(field, Mapping) else ()


def _own(made_of: MadeOf, answer: Mapping[str, Any]) -> Iterator[str]:
    for members in made_of:
        name = "".join(part for member in members if isinstance(part := answer.get(member), str))
        if name:
            yield name
