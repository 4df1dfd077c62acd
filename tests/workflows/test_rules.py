import json

from tests.workflows import documents
from workflows.rules import first_match
from workflows.spec import RulesStep, WorkflowSpec

STEP = WorkflowSpec.load(documents.RULED).step("rules")
TABLE = STEP.table if isinstance(STEP, RulesStep) else ()


def test_first_row_that_holds_decides() -> None:
    match = first_match(TABLE, {"renewal": True, "fee": 500}, {})
    assert match.row is not None
    assert match.row.key == "renewal"


def test_no_row_holds_where_facts_are_missing() -> None:
    assert first_match(TABLE, {}, {}).row is None


def test_every_row_is_explained_also_those_after_the_match() -> None:
    explanation = first_match(TABLE, {"renewal": True, "fee": 5000}, {"fee": "手数料"}).explanation()
    assert [(row["row"], row["held"]) for row in explanation] == [("renewal", True), ("small", False)]
    assert json.loads(json.dumps(explanation)) == explanation
    assert "手数料" in json.dumps(explanation[1], ensure_ascii=False)
