"""The corpus of foreign documents: each with answers that its own validator accepts and with some that it refuses."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import FormatChecker
from jsonschema.validators import validator_for

from forms_engine.spec import FormSpec
from schemas.adoption import adopted, wrapped
from schemas.drafts import draft_of
from schemas.formats import FORMAT_CHECKER

FOLDER = Path(__file__).parent.parent / "schemas" / "corpus"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
REFERENCE = {4: "http://json-schema.org/draft-04/schema#", 7: "http://json-schema.org/draft-07/schema#"}


@cache
def entry(name: str) -> dict[str, Any]:
    """One document with its answers."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def spec(name: str) -> FormSpec:
    """The form that the document becomes."""
    return FormSpec.load(adopted(entry(name)["schema"]))


def held(name: str, answers: Any) -> dict[str, Any]:
    """The answers as the form holds them."""
    return wrapped(spec(name).document, answers)


@cache
def reference(name: str) -> Any:
    """The validator of the document's own draft, with our formats."""
    return validator_of(entry(name)["schema"])


def validator_of(schema: Any) -> Any:
    named = REFERENCE.get(draft_of(schema)) if isinstance(schema, dict) and "$schema" not in schema else None
    kind = validator_for({"$schema": named} if named else schema)
    checker = FormatChecker(formats=())
    checker.checkers = {key: value for key, value in FORMAT_CHECKER.checkers.items() if key != "time"}
    return kind(schema, format_checker=checker)
