"""The fee of a procedure is chosen among the calculations of its form, by their names."""

import copy

import pytest

import schemas
from forms_engine import applications, charges, submission
from forms_engine.definitions import current, publish
from forms_engine.manuscripts import Manuscript
from schemas.editing import CommandRefused, edited
from tests.forms_engine import answers

SET = {"do": "set_procedure", "name": "fee_calculation", "value_type": "text", "at_tab": "procedure"}


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


@pytest.fixture
def two_fees():
    """The dog registration with a second calculated amount."""
    document = copy.deepcopy(schemas.starter("forms", "dog_registration"))
    page = document["pages"][-1]["key"]
    added = {"do": "add_field", "part": "calculated", "page": page, "title": "登録と注射の合計", "key": "total"}
    document = edited(document, added)
    return edited(document, {"do": "calculate", "field": "total", "expression": {"+": [4000, 200]}})


def test_calculations_of_the_form_are_offered_by_their_names(builder, draft):
    shown = builder.get(address(draft), {"tab": "procedure"}).content.decode()
    assert "手数料の計算" in shown and '<option value="fee" selected>手数料</option>' in shown
    assert "記号も書けます" not in shown


def test_chosen_calculation_is_saved_and_taken_back(builder, draft):
    assert builder.post(address(draft, "edits"), {**SET, "value": "fee"}).status_code == 302
    assert Manuscript.objects.get(pk=draft.pk).document["procedure"]["fee_calculation"] == "fee"
    builder.post(address(draft, "undo"), {"at_tab": "procedure"})
    assert "fee_calculation" not in Manuscript.objects.get(pk=draft.pk).document["procedure"]


def test_resident_is_told_the_amount_of_the_chosen_calculation(published, two_fees):
    two_fees["procedure"]["fee_calculation"] = "total"
    publish(two_fees)
    application = applications.start(current("dog_registration"))
    application = submission.submit(applications.save_answers(application, answers.dog_of_a_company()))
    assert charges.charge_of(application, "ja").amount == 4200


@pytest.mark.parametrize("named", ["dog_name", "nothing"])
def test_fee_that_is_no_calculated_number_is_not_published(two_fees, named):
    two_fees["procedure"]["fee_calculation"] = named
    (problem,) = schemas.check(two_fees)
    assert "計算した数ではありません" in problem.message() and problem.pointer == "/procedure/fee_calculation"


def test_calculation_that_is_the_fee_is_not_deleted(two_fees):
    two_fees["procedure"]["fee_calculation"] = "total"
    with pytest.raises(CommandRefused) as refused:
        edited(two_fees, {"do": "delete_field", "field": "total"})
    assert "手数料の計算" in refused.value.problem.message()
