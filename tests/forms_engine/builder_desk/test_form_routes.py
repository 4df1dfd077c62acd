"""Somebody begins a form, and its route from there: its fields are known at once, and the route is published first."""

import pytest

from forms_engine import manuscripts
from forms_engine.builder_desk.route_facts import facts_of
from forms_engine.manuscripts import Manuscript
from workflows.definitions import current


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def document(draft):
    return Manuscript.objects.get(pk=draft.pk).document


def edit(browser, draft, do, **posted):
    return browser.post(address(draft, "edits"), {"do": do, **posted})


@pytest.fixture
def form(builder):
    """A new form, for which nobody thought of a key, with one question."""
    builder.post("/builder/drafts/", {"title": "駐車場の使用", "key": "", "department": "environment"})
    draft = Manuscript.objects.forms().get(title="駐車場の使用")
    edit(
        builder,
        draft,
        "add_field",
        page="page-1",
        part="boolean",
        title="市の行事ですか",
        required_offered="1",
        required="1",
    )
    return draft


def test_form_without_a_key_gets_one_and_a_field_is_required_as_it_was_ticked(builder, form):
    assert form.key == "form_1" and document(form)["schema"]["required"] == ["boolean"]
    edit(builder, form, "add_field", page="page-1", part="person", title="氏名", required_offered="1")
    assert document(form)["schema"]["required"] == ["boolean"]


def test_route_of_a_form_knows_its_fields_and_is_published_before_it(builder, form):
    answer = builder.post(address(form, "route"), follow=True)
    route = Manuscript.objects.workflows().get(key="form_1")
    assert "駐車場の使用の決裁" in answer.content.decode()
    assert [fact.title for fact in facts_of(document(route)).values()] == ["市の行事ですか"]
    assert "まだ公開されていません" in builder.get(address(form, "problems")).content.decode()
    builder.post(address(route, "versions"))
    assert builder.get(address(form, "publication")).context["problems"] == []
    builder.post(address(form, "versions"))
    assert builder.get(address(form, "publication")).context["differences"] == []


def test_draft_of_another_department_does_not_keep_a_route_from_being_published(yoshino_builds, builder, form):
    builder.post(address(form, "route"))
    route = Manuscript.objects.workflows().get(key="form_1")
    Manuscript.objects.filter(pk=route.pk).update(department_key="citizens")
    assert yoshino_builds.post(address(route, "versions")).status_code == 302
    assert current("form_1").number == 1


def test_columns_of_a_rule_table_stay_until_they_are_decided(builder, form):
    builder.post(address(form, "route"))
    route = Manuscript.objects.workflows().get(key="form_1")
    manuscripts.edit(form, {"do": "add_field", "page": "page-1", "part": "integer", "title": "台数"})
    manuscripts.edit(route, {"do": "add_step", "kind": "rules", "at": 0})
    table = builder.get(address(route), {"field": "rules", "columns": "boolean", "fact": "integer"}).context["table"]
    assert [one.title for one in table.columns] == ["市の行事ですか", "台数"]
    assert [cell.asked.suggested for cell in table.rows[0].cells] == ["true", "minimum"]


def test_conflict_over_people_is_said_in_words(builder, form, sato_builds):
    builder.post(address(form, "route"))
    route = Manuscript.objects.workflows().get(key="form_1")
    seen = {"seen": "/steps/0/by", "was": '{"role": "reviewer"}', "step": "approval", "name": "by", "who_where": "own"}
    edit(sato_builds, route, "set_step", **seen, who_role="unit_chief")
    conflict = edit(builder, route, "set_step", **seen, who_role="section_chief").context["conflict"]
    assert (conflict.now, conflict.typed) == ("申請の担当課の係長", "申請の担当課の課長")
