import pytest

from tests.workflows import documents
from workflows.spec import HumanStep, RulesStep, WorkflowSpec


def test_document_becomes_its_structure() -> None:
    spec = WorkflowSpec.load(documents.RULED)
    assert (spec.key, spec.title) == ("ruled", "自動承認つき")
    rules, review, decide = spec.steps
    assert isinstance(rules, RulesStep)
    assert [row.key for row in rules.table] == ["renewal", "small"]
    assert isinstance(review, HumanStep)
    assert (review.by, review.working_days, review.is_decision) == ({"role": "reviewer"}, 2, False)
    assert spec.step("decide") is decide


def test_step_offers_what_is_usual_where_nothing_is_said() -> None:
    review, decide = WorkflowSpec.load(documents.LINE).human_steps()
    assert review.outcomes == ("approved", "returned", "correction")
    assert decide.outcomes == ("approved", "refused", "returned", "correction")


def test_steps_before_another_leave_out_the_branch_beside_it() -> None:
    spec = WorkflowSpec.load(documents.CHOSEN)
    assert [step.key for step in spec.before("decide")] == ["review"]
    assert [step.key for step in spec.before("mayor")] == ["review", "check"]
    assert spec.before("review") == ()


def test_return_redoes_all_from_there() -> None:
    spec = WorkflowSpec.load(documents.LONG)
    assert spec.redone("review", "decide") == {"review", "check", "decide"}
    assert spec.redone("check", "decide") == {"check", "decide"}


def test_unknown_step_is_an_error() -> None:
    with pytest.raises(KeyError):
        WorkflowSpec.load(documents.LINE).step("nobody")
