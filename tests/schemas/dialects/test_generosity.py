"""Whatever staff bring, they get a form or a sentence: never a stack trace."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import schemas
from forms_engine.spec import FormSpec
from schemas import NotRecognised, Problem
from tests.schemas.dialects.corpus_files import CORPUS

ODD: list[Any] = [
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "#",
    "#/properties/x",
    [],
    ["x"],
    [None],
    {},
    {"x": None},
    {"type": "x"},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def replaced(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.copy(document)
    changed[path[0]] = replaced(document[path[0]], path[1:], value)
    return changed


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Any, Any]:
    """A document of the corpus with its UI schema, in which a few values are something else."""
    case = CORPUS[draw(st.sampled_from(sorted(CORPUS)))]
    whole = [case["document"], case.get("ui")]
    for _ in range(draw(st.integers(1, 3))):
        whole = replaced(
            whole, draw(st.sampled_from([one for one in places(whole) if one])), draw(st.sampled_from(ODD))
        )
    return whole[0], whole[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_a_damaged_document_is_read_or_refused_in_words(pair: tuple[Any, Any]) -> None:
    document, ui = pair
    before = json.dumps(pair)
    try:
        form = schemas.adopt(document, ui, "x")
    except NotRecognised as unknown:
        assert unknown.problem.message("en")
        return
    assert all(isinstance(remark, Problem) and remark.message() for remark in form.remarks)
    assert {problem.code for problem in schemas.check(form.document)} <= {"definition_empty"}
    assert list(FormSpec.load(form.document).pages) and json.dumps(pair) == before


WORDS = [
    *("type", "properties", "items", "$ref", "allOf", "oneOf", "enum", "required", "elements", "scope", "components"),
    *("key", "chapters", "pages", "schema", "uiSchema", "uischema", "rule", "condition", "ui:order", "dependencies"),
    *("if", "then"),
]
ANYTHING = st.recursive(
    st.sampled_from(ODD),
    lambda inner: st.dictionaries(st.sampled_from(WORDS), inner) | st.lists(inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(ANYTHING)
def test_any_json_is_read_or_refused_in_words(document: Any) -> None:
    try:
        schemas.check(schemas.adopt(document).document)
    except NotRecognised as unknown:
        assert str(unknown)
