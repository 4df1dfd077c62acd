"""Tables leave as DMN: valid against OMG's own schema, and each test means what the condition means."""

from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import schemas
from schemas.conditions import holds
from schemas.dmn import dmn_of
from schemas.dmn.feel import Unsayable, fact_name, literal
from schemas.dmn.feel import test_of as unary_test
from schemas.dmn.tables import tables_of

DMN = {"d": "https://www.omg.org/spec/DMN/20191111/MODEL/", "k": "urn:kakanai:bpmn:1"}
DECIDE = {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "mayor"}}


@cache
def omg_schema() -> etree.XMLSchema:
    """DMN13.xsd, which the test dependency SpiffWorkflow ships."""
    return etree.XMLSchema(file=str(files("SpiffWorkflow") / "dmn/parser/schema/DMN13.xsd"))


def read(document) -> etree._Element:
    root = etree.fromstring(dmn_of(document).encode())
    omg_schema().assertValid(root)
    return root


def ruled(*rows, **step):
    table = [{"key": f"r{n}", "title": f"規則{n}", "outcome": "approved", **row} for n, row in enumerate(rows)]
    rules = {"key": "rules", "kind": "rules", "title": "自動承認", "table": table, **step}
    return {"workflow": "ruled", "title": "自動承認つき", "steps": [rules, DECIDE]}


def texts(root, path):
    return [found or "" for found in (each.text for each in root.iterfind(path, DMN))]


@pytest.mark.parametrize("name", schemas.starters("workflows"))
def test_every_starter_can_be_exported(name):
    steps = schemas.starter("workflows", name)["steps"]
    titles = [table.title for table in tables_of(steps)]
    assert [each.get("name") for each in read(schemas.starter("workflows", name)).findall("d:decision", DMN)] == titles
    assert len(titles) >= sum(step["kind"] == "rules" for step in steps)


def test_row_has_a_test_for_each_fact_and_says_who_answers_for_it():
    owner = {"owner": {"department": "environment"}, "legal_basis": "条例第3条", "valid_from": "2026-04-01"}
    document = ruled(
        {"when": {"fee": {"minimum": 1, "maximum": 1000}}, **owner}, {"when": {"/a/0/b": {"const": "更新"}}}
    )
    assert schemas.check(document) == []
    root = read({**document, "steps": [{**document["steps"][0], "hit": "unique"}, DECIDE]})
    assert root.find(".//d:decisionTable", DMN).get("hitPolicy") == "UNIQUE"
    assert texts(root, ".//d:input/d:inputExpression/d:text") == ["fee", "a[1].b", "判定日"]
    first = ["[1..1000]", "-", '>= date("2026-04-01")']
    assert texts(root, ".//d:inputEntry/d:text") == [*first, "-", '"更新"', "-"]
    assert texts(root, ".//d:outputEntry/d:text") == ['"approved"'] * 2
    assert texts(root, ".//d:annotationEntry/d:text")[:4] == ["規則0", "条例第3条", "environment", "2026-04-01〜"]


@pytest.mark.parametrize(("hit", "policy"), [(None, "FIRST"), ("first", "FIRST"), ("collect", "COLLECT")])
def test_hit_policy(hit, policy):
    root = read(ruled({"when": {"fee": {"maximum": 1}}}, **({"hit": hit} if hit else {})))
    assert root.find(".//d:decisionTable", DMN).get("hitPolicy") == policy


def test_where_no_row_holds_a_person_looks():
    assert texts(read(ruled({"when": {"a": True}})), ".//d:defaultOutputEntry/d:text") == ['"person"']


def test_authority_is_a_table_too():
    rows = [
        {"when": {"total": {"exclusiveMaximum": 9}}, "by": {"role": "chief"}},
        {"otherwise": True, "by": {"role": "mayor"}},
    ]
    decide = {"key": "decide", "kind": "decision", "title": "決裁", "authority": rows}
    root = read(
        {"workflow": "w", "title": "専決", "steps": [{"key": "c", "kind": "choice", "cases": [{"steps": [decide]}]}]}
    )
    assert texts(root, ".//d:inputEntry/d:text") == ["< 9", "-"]
    assert "mayor" in texts(root, ".//d:outputEntry/d:text")[1]


def test_what_feel_cannot_say_never_approves_and_is_told():
    root = read(ruled({"when": {"size": {"multipleOf": 3}}}))
    assert texts(root, ".//d:inputEntry/d:text") == ["? != ?"]
    assert "multipleOf" in texts(root, ".//d:annotationEntry/d:text")[-1]


TESTS = {
    '"a", "b"': {"enum": ["a", "b"]},
    "true": {"const": True},
    ">= 3": {"minimum": 3},
    "? != null and not(? = 5)": {"not": {"const": 5}},
    "? != null and ((? < 1) or (? > 9))": {"anyOf": [{"exclusiveMaximum": 1}, {"exclusiveMinimum": 9}]},
    "? != null and ? instance of string and string length(?) >= 2": {"type": "string", "minLength": 2},
    '? != null and list contains(?, "x")': {"contains": {"const": "x"}},
    "? != null and true": True,
    "? != null and false": False,
    "? != ?": {"enum": []},
}


@pytest.mark.parametrize("text", TESTS)
def test_condition_in_feel(text):
    assert unary_test(TESTS[text]) == text


@pytest.mark.parametrize(
    "schema", [{"properties": {}}, {"const": [1]}, {"type": "object"}, {"contains": {"minimum": 1}}]
)
def test_what_feel_has_no_word_for(schema):
    with pytest.raises(Unsayable):
        unary_test(schema)


def test_names_that_are_no_names():
    assert fact_name("/申請者/年齢") == "申請者.年齢"
    with pytest.raises(Unsayable):
        fact_name("a-b")


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_without_exponents(number):
    assert "e" not in literal(number).lower()
    assert float(literal(number)) == float(number)


WHEN = st.fixed_dictionaries({}, optional={"minimum": st.integers(0, 9), "exclusiveMaximum": st.integers(0, 9)})
WHEN |= st.fixed_dictionaries({"enum": st.lists(st.integers(0, 9), min_size=1)})
WHEN |= st.fixed_dictionaries({"not": st.fixed_dictionaries({"const": st.integers(0, 9)})})
WHEN |= st.fixed_dictionaries({"minimum": st.integers(0, 9), "maximum": st.integers(0, 9)})


@settings(max_examples=200, deadline=None)
@given(WHEN, st.integers(0, 9))
def test_test_means_what_the_condition_means(schema, fact):
    assert evaluated(unary_test(schema), fact) == holds({"fact": schema}, {"fact": fact})


def evaluated(test: str, fact: int) -> bool:
    """As much FEEL as numbers need, in Python's words."""
    if test.startswith("["):
        low, high = test.strip("[]").split("..")
        return int(low) <= fact <= int(high)
    if test[0] in "<>":
        return bool(eval(f"{fact} {test}"))  # noqa: S307 – made by the line above
    if "?" not in test:
        return fact in map(int, test.split(","))
    words = test.replace("?", str(fact)).replace("null", "None").replace(" = ", " == ").replace("true", "True")
    return bool(eval(words))  # noqa: S307
