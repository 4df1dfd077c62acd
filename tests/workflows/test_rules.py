"""What a table of rules says: held against reading it row by row, and never a refusal."""

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.conditions import holds
from tests.workflows import documents
from workflows.rules import Verdict, judge, outcome_of
from workflows.spec import WorkflowSpec
from workflows.tables import RulesStep, rules_step

STEP = WorkflowSpec.load(documents.RULED).step("rules")
assert isinstance(STEP, RulesStep)
TODAY = date(2026, 11, 25)
DAYS = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: (TODAY + timedelta(days=days)).isoformat()))
CONDITION = st.dictionaries(st.sampled_from("ab"), st.integers(0, 3).map(lambda most: {"maximum": most}), min_size=1)
ROW = st.fixed_dictionaries(
    {"outcome": st.sampled_from(["approved", "person"]), "when": CONDITION, "from": DAYS, "until": DAYS}
)
FACTS = st.dictionaries(st.sampled_from("ab"), st.integers(0, 4))
HITS = st.sampled_from(["first", "unique", "collect"])


def table(rows: list[dict[str, Any]], hit: str = "first") -> RulesStep:
    """A step with these rows, as a document would give it."""
    made = []
    for number, row in enumerate(rows):
        days = {f"valid_{name}": row[name] for name in ("from", "until") if row.get(name)}
        made.append({"key": f"r{number}", "title": "行", "outcome": row["outcome"], "when": row["when"], **days})
    return rules_step({"key": "rules", "kind": "rules", "hit": hit, "table": made})


def ruled(facts: dict[str, Any], **titles: str) -> Verdict:
    return judge(STEP, facts, TODAY, titles=titles)  # type: ignore[arg-type]


def test_first_row_that_holds_decides() -> None:
    verdict = ruled({"renewal": True, "fee": 500})
    assert (verdict.outcome, [row.key for row in verdict.rows]) == ("approved", ["renewal"])


def test_no_row_holds_where_facts_are_missing() -> None:
    assert (ruled({}).outcome, ruled({}).rows) == ("none", ())


def test_every_row_is_explained_also_those_after_the_match() -> None:
    explanation = ruled({"renewal": True, "fee": 5000}, fee="手数料").explanation()
    assert [(row["row"], row["held"]) for row in explanation] == [("renewal", True), ("small", False)]
    assert json.loads(json.dumps(explanation)) == explanation
    assert "手数料" in json.dumps(explanation[1], ensure_ascii=False)


def expected(rows: list[dict[str, Any]], hit: str, facts: dict[str, Any]) -> tuple[str, list[int]]:
    """The hit policies, spelt out once more and as plainly as can be."""
    today = TODAY.isoformat()
    hits = []
    for number, row in enumerate(rows):
        is_valid = (row["from"] or today) <= today <= (row["until"] or today)
        if is_valid and holds(row["when"], facts):
            hits.append(number)
    if not hits:
        return "none", []
    if hit == "unique" and len(hits) > 1:
        return "several", hits
    taken = hits[:1] if hit == "first" else hits
    all_approve = all(rows[number]["outcome"] == "approved" for number in taken)
    return ("approved" if all_approve else "person"), taken


@given(st.lists(ROW, min_size=1, max_size=5), HITS, FACTS)
def test_hit_policies_are_as_plain_reading_has_them(
    rows: list[dict[str, Any]], hit: str, facts: dict[str, Any]
) -> None:
    step = table(rows, hit)
    verdict = judge(step, facts, TODAY)
    outcome, taken = expected(rows, hit, facts)
    assert (verdict.outcome, [row.key for row in verdict.rows]) == (outcome, [f"r{number}" for number in taken])
    assert outcome_of(step, facts, TODAY) == (outcome, tuple(f"r{number}" for number in taken))
    assert verdict.outcome in ("approved", "person", "none", "several")
    assert len(verdict.readings) == len(rows)


@given(st.lists(ROW, min_size=1, max_size=5), HITS, FACTS, st.sets(st.sampled_from([f"r{each}" for each in range(5)])))
def test_suspending_rows_never_approves_what_was_not_before(
    rows: list[dict[str, Any]], hit: str, facts: dict[str, Any], suspended: set[str]
) -> None:
    step = table(rows, hit)
    before, after = judge(step, facts, TODAY), judge(step, facts, TODAY, suspended)
    assert before.is_approval or not after.is_approval
    assert not after.is_approval or not {row.key for row in after.rows} & suspended


def test_an_approval_is_bound_to_all_that_was_gathered() -> None:
    rows = [
        {"key": key, "title": key, "outcome": "approved", "when": {"a": {"maximum": 9}}, "conditions": conditions}
        for key, conditions in (("one", ["つなぐこと"]), ("two", ["つなぐこと", "鑑札を付けること"]))
    ]
    step = rules_step({"key": "rules", "kind": "rules", "hit": "collect", "table": rows})
    assert judge(step, {"a": 1}, TODAY).conditions == ("つなぐこと", "鑑札を付けること")


def test_a_row_says_why_it_does_not_count() -> None:
    rows = [{"outcome": "approved", "when": {"a": {"maximum": 9}}, **days} for days in ({"until": "2026-11-24"}, {})]
    verdict = judge(table(rows), {"a": 1}, TODAY, {"r1"})
    assert [row.get("state") for row in verdict.explanation()] == ["expired", "suspended"]
    assert verdict.outcome == "suspended"
