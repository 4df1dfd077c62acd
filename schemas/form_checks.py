"""Form checks: whether a form can be published, and whether the answers of one pass the form's own checks."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from typing import Any

from schemas.calculation_words import with_names
from schemas.calculations import check as calculation_problems
from schemas.conditions import holds
from schemas.consents import consent_problems
from schemas.content_checks import content_problems
from schemas.effective import plan_of
from schemas.fragments import Fragment, fragment
from schemas.metaschemas import condition_problems, shape_problems
from schemas.my_numbers import my_number_problems
from schemas.placeholders import notice_problems
from schemas.pointers import parts, pointer
from schemas.possible import branches_of, possible
from schemas.problems import Problem
from schemas.schema_checks import schema_trouble
from schemas.translations import texts_of, translation_problems
from schemas.workflow_checks import repeated

Document = Mapping[str, Any]


def checks_of(
    document: Document, facts: Mapping[str, Any], kind: str | None = None, places: Container[int] | None = None
) -> list[Problem]:
    """The form's own checks that the facts (answers and calculated facts) do not pass, as problems at their fields.

    `params` carry the "key" and the "kind": errors stop a submission, warnings do not; `kind` asks for one only, and
    `places` for those that stand there in the document.
    """
    found = []
    for place, one in enumerate(document.get("checks", [])):
        is_asked = kind in (None, one.get("kind", "error")) and (places is None or place in places)
        if is_asked and holds(one["when"], facts):
            texts = texts_of(document, f"/checks/{place}/message")
            params = {"key": one["key"], "kind": one.get("kind", "error"), "texts": texts}
            found.append(Problem(one.get("field", ""), "check", params))
    return found


def form_problems(document: dict[str, Any]) -> list[Problem]:
    """What stands in the way of publishing a form; pointers are into the document."""
    found = shape_problems("form", document) or schema_trouble(document["schema"], "/schema")
    if found:
        return found
    form = possible(document["schema"])
    if not form["properties"]:
        return [Problem("/schema/properties", "definition_empty", {"field": "properties"})]
    return [
        *_required_problems(plan_of(document["schema"]).fragment, "/schema"),
        *_title_problems(form),
        *_page_problems(document, form),
        *_presentation_problems(document, form),
        *_calculation_problems(document),
        *_fee_problems(document, form),
        *_provider_problems(document, form),
        *_check_problems(document, form),
        *content_problems(document, lambda name: _is_fact(document, form, name, verified=())),
        *my_number_problems(document, form),
        *consent_problems(document),
        *_signature_problems(document, form),
        *translation_problems(document),
        *notice_problems(document, form),
    ]


def _required_problems(whole: Fragment, at: str) -> Iterator[Problem]:
    """Required names that no branch declares: nobody could ever answer them."""
    branches = list(branches_of(whole))
    offered = {name: schemas for branch in branches for name, schemas in branch.offered.items()}
    declared = offered | {name: schemas for branch in branches for name, schemas in branch.properties.items()}
    for name in dict.fromkeys(name for branch in branches for name in branch.required):
        if name not in declared:
            yield Problem(at, "schema_required_unknown", {"field": name})
    for name, schemas in declared.items():
        for schema in schemas:
            yield from _required_problems(fragment(schema), at + pointer(["properties", name]))


def _title_problems(form: dict[str, Any]) -> Iterator[Problem]:
    for name, schema in form["properties"].items():
        if not schema.get("title"):
            yield Problem(pointer(["schema", "properties", name]), "field_without_title", {"field": name})


def _page_problems(document: Document, form: dict[str, Any]) -> Iterator[Problem]:
    if "pages" not in document:
        return
    keys: set[str] = set()
    shown: dict[str, str] = {}
    for place, page in enumerate(document["pages"]):
        yield from repeated(f"/pages/{place}", page["key"], keys)
        asked = [(number, entry) for number, entry in enumerate(page["fields"]) if isinstance(entry, str)]
        for number, name in asked:
            yield from _shown_problems(name, f"/pages/{place}/fields/{number}", page["title"], form, shown)
    for name, schema in form["properties"].items():
        if name not in shown and not schema.get("readOnly"):
            title = schema.get("title", name)
            yield Problem("/pages", "field_on_no_page", {"field": name, "title": title})


def _signature_problems(document: Document, form: dict[str, Any]) -> Iterator[Problem]:
    """Signatures that would be given before everything else is answered."""
    pages = document.get("pages", [])
    early = {name for page in pages[:-1] for name in page["fields"] if isinstance(name, str)}
    for name, schema in form["properties"].items():
        is_signature = schema.get("x-vocabulary") == "drawn_signature"
        if (is_signature and name in early) or (not is_signature and _holds_signature(schema)):
            at = pointer(["schema", "properties", name])
            yield Problem(at, "signature_place", {"title": schema.get("title", name)})


def _holds_signature(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    return schema.get("x-vocabulary") == "drawn_signature" or any(_holds_signature(one) for one in inner)


def _shown_problems(name: str, at: str, page: str, form: dict[str, Any], shown: dict[str, str]) -> Iterator[Problem]:
    if name not in form["properties"]:
        yield Problem(at, "page_unknown_field", {"field": name})
    elif name in shown:
        yield Problem(at, "field_on_two_pages", {"field": name, "page": shown[name]})
    shown.setdefault(name, page)


def _presentation_problems(document: Document, form: dict[str, Any]) -> Iterator[Problem]:
    for name in document.get("presentation", {}):
        address = name if name.startswith("/") else pointer([name])
        if not has_field(form, address):
            yield Problem(pointer(["presentation", name]), "presentation_unknown_field", {"field": name})


def has_field(form: Any, address: str) -> bool:
    """Whether a possible schema has a field at a pointer; any index, "*" or "-" stands for the rows of a list."""
    for part in parts(address):
        inner = form.get("properties", {}) if isinstance(form, dict) else {}
        if part in inner:
            form = inner[part]
        elif isinstance(form, dict) and isinstance(form.get("items"), dict) and (part.isdigit() or part in "*-"):
            form = form["items"]
        else:
            return False
    return True


def _calculation_problems(document: Document) -> Iterator[Problem]:
    verified = {name: {"type": "boolean"} for name in document.get("facts", {})}
    for problem in calculation_problems(document.get("calculations", {}), document["schema"], verified):
        named = with_names(problem, document)
        yield Problem(f"/calculations{named.pointer}", named.code, named.params)


def amounts(document: Document, form: Mapping[str, Any]) -> list[str]:
    """The calculated fields that hold a number: those that can be the fee."""
    fields = form["properties"]
    calculated = [name for name in document.get("calculations", {}) if fields.get(name, {}).get("readOnly")]
    return [name for name in calculated if fields[name].get("type") in ("integer", "number")]


def _fee_problems(document: Document, form: dict[str, Any]) -> Iterator[Problem]:
    named = document.get("procedure", {}).get("fee_calculation")
    if named is not None and named not in amounts(document, form):
        yield Problem("/procedure/fee_calculation", "fee_not_calculated", {"field": named})


def _provider_problems(document: Document, form: dict[str, Any]) -> Iterator[Problem]:
    """Verified facts must have names of their own, and look at fields that exist."""
    for name, provider in document.get("facts", {}).items():
        at = pointer(["facts", name])
        if name in form["properties"] or name in document.get("calculations", {}):
            yield Problem(at, "fact_name_taken", {"field": name})
        for where, address in _addresses(provider, at):
            if not has_field(form, address):
                yield Problem(where, "fact_unknown_field", {"field": address})


def _addresses(provider: Mapping[str, Any], at: str) -> Iterator[tuple[str, str]]:
    for key in ("date", "from", "to", "value"):
        if key in provider:
            yield f"{at}/{key}", provider[key]
    for place, address in enumerate(provider.get("resources", [])):
        yield f"{at}/resources/{place}", address


def _is_fact(document: Document, form: dict[str, Any], name: str, verified: Collection[str]) -> bool:
    """Whether a condition may name it: an answer, a calculation, or one of these verified facts."""
    known = name in form["properties"] or name in document.get("calculations", {}) or name in verified
    return has_field(form, name) if name.startswith("/") else known


def _check_problems(document: Document, form: dict[str, Any]) -> Iterator[Problem]:
    keys: set[str] = set()
    for place, one in enumerate(document.get("checks", [])):
        at = f"/checks/{place}"
        yield from repeated(at, one["key"], keys)
        yield from condition_problems(one["when"], f"{at}/when")
        for name in one["when"]:
            if not _is_fact(document, form, name, document.get("facts", ())):
                yield Problem(f"{at}/when{pointer([name])}", "check_unknown_fact", {"field": name})
        if "field" in one and not has_field(form, one["field"]):
            yield Problem(f"{at}/field", "check_unknown_field", {"field": one["field"]})
