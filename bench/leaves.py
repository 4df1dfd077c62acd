"""One applicant's answers, and the leaves (single controls) that a form shows for them: alike for every peer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemas
from schemas.effective import effective

FORM = "dog_registration"
ANSWERS: dict[str, Any] = json.loads((Path(__file__).parent / "answers.json").read_text())


@dataclass(frozen=True)
class Leaf:
    """A single control: where its answer stands, and the schema it must meet."""

    pointer: str
    schema: dict[str, Any]
    required: bool

    @property
    def name(self) -> str:
        return self.pointer.strip("/").replace("/", "__")

    @property
    def title(self) -> str:
        return str(self.schema.get("title", self.pointer))

    @property
    def answer(self) -> Any:
        value: Any = ANSWERS
        for key in self.pointer.strip("/").split("/"):
            value = value.get(key, "") if isinstance(value, dict) else ""
        return value


def leaves_of(schema: dict[str, Any], pointer: str, required: bool) -> Iterator[Leaf]:
    if schema.get("type") == "object":
        for key, child in schema.get("properties", {}).items():
            yield from leaves_of(child, f"{pointer}/{key}", key in schema.get("required", ()))
    elif not schema.get("readOnly"):
        yield Leaf(pointer, schema, required)


def pages() -> list[tuple[str, list[Leaf]]]:
    """Each page's key with its leaves, in order, for ANSWERS."""
    document = schemas.starter("forms", FORM)
    now = effective(document["schema"], ANSWERS)
    return [
        (
            page["key"],
            [
                leaf
                for field in page["fields"]
                if isinstance(field, str) and field in now["properties"]
                for leaf in leaves_of(now["properties"][field], f"/{field}", field in now.get("required", ()))
            ],
        )
        for page in document["pages"]
    ]
