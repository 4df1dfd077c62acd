"""Party names (当事者の氏名・名称): who stands in the answers, as staff look for them.

An answer is a name if the shared vocabulary says so (``x-vocabulary``); labels are never looked at, and a My Number is
no name.
"""

from collections.abc import Iterator, Mapping
from typing import Any

PERSON = (("family_name", "given_name"), ("family_name_kana", "given_name_kana"))
#: By vocabulary, the members that make a name when they are put together.
NAMES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "person": PERSON,
    "household_member": PERSON,
    "full_name": (("name",), ("name_kana",)),
    "agent": (("agent_name",),),
    "corporation": (("org_name",), ("representative",), ("person_in_charge",)),
}


def party_names(schema: Mapping[str, Any], answers: Any) -> Iterator[str]:
    """The names in the answers to a schema whose references are resolved, also those inside groups and rows."""
    if isinstance(answers, list):
        items = schema.get("items", {})
        for answer in answers:
            yield from party_names(items, answer) if isinstance(items, Mapping) else ()
    elif isinstance(answers, Mapping):
        yield from _own(NAMES.get(str(schema.get("x-vocabulary")), ()), answers)
        for name, field in schema.get("properties", {}).items():
            yield from party_names(field, answers.get(name)) if isinstance(field, Mapping) else ()


def _own(made_of: tuple[tuple[str, ...], ...], answer: Mapping[str, Any]) -> Iterator[str]:
    for members in made_of:
        name = "".join(part for member in members if isinstance(part := answer.get(member), str))
        if name:
            yield name
