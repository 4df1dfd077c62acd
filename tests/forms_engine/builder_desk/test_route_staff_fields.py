"""Staff fields in the route editor: added, named, ordered, required and looked at by somebody who never wrote code."""

import pytest

import schemas
from forms_engine import manuscripts
from forms_engine.builder_desk.route_facts import facts_of, filled_in_later
from forms_engine.manuscripts import Manuscript
from workflows.definitions import current


@pytest.fixture
def route(published):
    """The route of the dog registration, being worked on by 環境課."""
    version = current("dog_registration")
    return manuscripts.begin(version.document, "environment", version_number=version.number)


def document(draft):
    return Manuscript.objects.get(pk=draft.pk).document


def edit(browser, draft, do, **posted):
    answer = browser.post(f"/builder/drafts/{draft.pk}/edits/", {"do": do, "step": "review", **posted})
    assert answer.status_code == 302, answer.content.decode()


def fields(draft):
    return next(one for one in document(draft)["steps"] if one["key"] == "review").get("staff_fields")


@pytest.fixture
def assessed(builder, route):
    """The review asks for a day and an amount."""
    edit(builder, route, "add_staff_field", part="date", title="実地調査日")
    edit(builder, route, "add_staff_field", part="money", title="査定額")
    return route


def test_fields_are_added_required_and_put_in_order(builder, assessed):
    edit(builder, assessed, "require_staff_field", field="money", required="1")
    edit(builder, assessed, "move_staff_field", field="money", to="0")
    assert list(fields(assessed)["properties"]) == ["money", "date"]
    assert fields(assessed)["required"] == ["money"]
    assert [problem.message() for problem in schemas.check(document(assessed))] == []


def test_title_help_and_bounds_are_set_in_small_forms(builder, assessed):
    edit(builder, assessed, "retitle_staff_field", field="money", title="交付額")
    edit(
        builder,
        assessed,
        "set_staff_field",
        field="money",
        name="maximum",
        value="５００，０００",
        value_type="integer",
    )
    edit(builder, assessed, "set_staff_field", field="money", name="description", value="千円未満は切り捨て")
    one = fields(assessed)["properties"]["money"]
    assert (one["title"], one["maximum"], one["description"]) == ("交付額", 500000, "千円未満は切り捨て")


def test_kind_is_changed_and_choices_are_named(builder, assessed):
    edit(builder, assessed, "change_staff_field", field="date", part="choice")
    edit(
        builder, assessed, "set_staff_choices", field="date",
        choice_value=["choice_1", "", ""], choice_title=["外観", "立入", ""],
    )  # fmt: skip
    one = fields(assessed)["properties"]["date"]
    assert one["title"] == "実地調査日"
    assert one["oneOf"] == [{"const": "choice_1", "title": "外観"}, {"const": "choice_2", "title": "立入"}]


def test_editor_shows_the_fields_and_what_they_are(builder, assessed):
    page = builder.get(f"/builder/drafts/{assessed.pk}/", {"field": "review"}).content.decode()
    assert 'id="staff-field-money"' in page
    assert "実地調査日" in page
    assert 'value="add_staff_field"' in page


def test_later_steps_are_offered_the_entries_and_earlier_ones_are_not(builder, assessed):
    facts = facts_of(document(assessed))
    assert facts["staff.review.money"].title == "審査：査定額"
    assert facts["staff.review.money"].kind == "number"
    assert "staff.review.money" in filled_in_later(document(assessed), "review")
    assert "staff.review.money" not in filled_in_later(document(assessed), "decide")
    edit(builder, assessed, "set_authority", step="decide", act="begin")
    page = builder.get(f"/builder/drafts/{assessed.pk}/", {"field": "decide"}).content.decode()
    assert "0:staff.review.money" in page


def test_field_that_a_condition_looks_at_stays(builder, assessed):
    edit(builder, assessed, "set_authority", step="decide", act="begin")
    wish = {"row": "0", "act": "when", "fact": "staff.review.money", "comparison": "maximum", "compared": "1000000"}
    edit(builder, assessed, "set_authority", **{**wish, "step": "decide"})
    sent = {"do": "delete_staff_field", "step": "review", "field": "money"}
    answer = builder.post(f"/builder/drafts/{assessed.pk}/edits/", sent)
    assert answer.status_code == 422
    assert "決裁" in answer.content.decode()
    assert "money" in fields(assessed)["properties"]


def test_last_field_goes_without_leaving_anything(builder, assessed):
    edit(builder, assessed, "delete_staff_field", field="money")
    edit(builder, assessed, "delete_staff_field", field="date")
    assert document(assessed) == current("dog_registration").document
