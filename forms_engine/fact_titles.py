"""Titles of facts (事実の名前): how a rule that looked at a fact names it to people."""

from collections.abc import Mapping
from typing import Any

from forms_engine.readout import joined_label
from forms_engine.spec import FormSpec
from forms_engine.standing import Standing
from schemas.alternatives import choices
from schemas.pointers import escaped


def titles_of(spec: FormSpec, answers: Mapping[str, Any], language: str) -> Mapping[str, str]:
    """What facts are called: fields by their titles, choices as ``name=value``, members by their pointers.

    A field that these answers do not bring up is called as its schema calls it; a rule may still have asked for it.
    Facts that are no field are named in the form's ``x-titles``: ``{"days_since_acquired": "取得してからの日数"}``.
    """
    standing = spec.standing(answers, language)
    return standing.once(("fact titles", language), lambda: _of(standing, language))


def _of(standing: Standing, language: str) -> dict[str, str]:
    spec = standing.spec
    titles = {name: spec.text(f"/x-titles/{name}", language) for name in spec.document.get("x-titles", {})}
    titles |= {name: schema["title"] for name, schema in spec.fields.items() if "title" in schema}
    for name, schema in standing.schema["properties"].items():
        titles[name] = str(schema.get("title") or name)
        offered = choices(schema) or choices(schema.get("items"))
        titles |= {f"{name}={_plain(value)}": title for value, title in offered if title}
        titles |= _member_titles(f"/{escaped(name)}", schema, titles[name], language)
    return titles


def _member_titles(at: str, schema: Mapping[str, Any], above: str, language: str) -> dict[str, str]:
    titles: dict[str, str] = {at: above}
    for name, member in schema.get("properties", {}).items():
        titles |= _member_titles(
            f"{at}/{escaped(name)}", member, joined_label((name,), member, above, language), language
        )
    return titles


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
