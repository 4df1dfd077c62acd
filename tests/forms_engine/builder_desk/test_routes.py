"""Routes and rule tables as their builders meet them: drawn, set in words, tried, published, without the script too."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from forms_engine import manuscripts, schedules
from forms_engine.builder_desk.route_facts import facts_of
from forms_engine.builder_desk.route_people import Organisation, vacant
from forms_engine.manuscripts import Manuscript
from forms_engine.schedules import Schedule
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.definitions import current
from workflows.staff import Post

HTMX = {"HX-Request": "true"}


@pytest.fixture
def route(published):
    """The route of the dog registration, being worked on by 環境課."""
    version = current("dog_registration")
    return manuscripts.begin(version.document, "environment", version_number=version.number)


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def document(draft):
    return Manuscript.objects.get(pk=draft.pk).document


def edit(browser, draft, do, **posted):
    return browser.post(address(draft, "edits"), {"do": do, **posted})


def step(draft, key):
    return next(one for one in document(draft)["steps"] if one["key"] == key)


def added(browser, draft, kind, joint):
    """The key of a step that was added at a joint."""
    answer = edit(browser, draft, "add_step", kind=kind, joint=joint)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url.rpartition("field=")[2]


@pytest.mark.parametrize("tab", ["fields", "procedure", "texts", "source", "history", "nonsense"])
def test_every_tab_of_a_route_is_shown(builder, route, tab):
    assert builder.get(address(route), {"tab": tab}).status_code == 200


@pytest.mark.parametrize("kind", ["approval", "decision", "consultation", "rules", "choice", "parallel",
                                  "later_reading", "circulation", "notify"])  # fmt: skip
def test_every_kind_of_step_is_added_where_the_plus_was_pressed_and_can_be_selected(builder, route, kind):
    assert "ここに加える段階" in builder.get(address(route), {"joint": ".0.1"}).content.decode()
    key = added(builder, route, kind, ".0.1")
    assert document(route)["steps"][1]["kind"] == kind
    assert builder.get(address(route), {"field": key}).status_code == 200


def test_who_is_said_with_department_and_role_and_told_by_their_names(builder, route):
    key = added(builder, route, "approval", ".0.0")
    edit(builder, route, "set_step", step=key, name="by", who_where="department:citizens", who_role="section_chief")
    assert step(route, key)["by"] == {"department": "citizens", "role": "section_chief"}
    assert "市民課の課長" in builder.get(address(route)).content.decode()
    refused = edit(builder, route, "set_step", step=key, name="by", who_where="own", who_role="")
    assert refused.status_code == 422 and "役職を選んでください" in refused.content.decode()


def test_members_of_a_consultation_are_added_put_in_order_and_taken_away(builder, route):
    key = added(builder, route, "consultation", ".0.1")
    rows = {"who_where": ["own", "department:citizens"], "who_role": ["reviewer", "section_chief"]}
    edit(builder, route, "set_members", step=key, **rows, who_title=["", "市民課"], row_up="1")
    assert [one.get("title") for one in step(route, key)["members"]] == ["市民課", None]
    edit(builder, route, "set_members", step=key, **rows, who_title=["", ""], row_gone="0")
    assert len(step(route, key)["members"]) == 1


def test_branch_is_taken_by_an_answer_said_in_words(builder, route):
    key = added(builder, route, "choice", ".0.1")
    said = {"fact": "fee", "comparison": "minimum", "compared": "２００，０００"}
    edit(builder, route, "set_branch", step=key, branch="0", **said)
    assert step(route, key)["cases"][0]["when"] == {"fee": {"minimum": 200000}}
    assert "200,000" in builder.get(address(route), {"field": key}).content.decode()
    edit(builder, route, "set_branch", step=key, branch="0", title="高額")
    assert step(route, key)["cases"][0]["title"] == "高額"
    refused = edit(builder, route, "set_branch", step=key, branch="0", **{**said, "compared": "たくさん"})
    assert refused.status_code == 422
    edit(builder, route, "set_branch", step=key, branch="0", fact="fee", comparison="")
    assert step(route, key)["cases"][0]["when"] == {}


def test_authority_is_a_table_of_conditions_and_people(builder, route):
    key = next(one["key"] for one in document(route)["steps"] if one["kind"] == "decision")
    edit(builder, route, "set_authority", step=key, act="begin")
    edit(builder, route, "set_authority", step=key, act="when", row="0", fact="fee", comparison="minimum", compared="5")
    edit(builder, route, "set_authority", step=key, act="who", row="0", who_where="own", who_role="mayor")
    first = step(route, key)["authority"][0]
    assert first == {"when": {"fee": {"minimum": 5}}, "by": {"role": "mayor"}} and "by" not in step(route, key)
    edit(builder, route, "set_authority", step=key, act="end")
    assert "authority" not in step(route, key) and "by" in step(route, key)


def test_step_moves_over_the_edge_of_its_branch_and_says_where_it_is(builder, route):
    block = added(builder, route, "choice", ".0.1")
    key = added(builder, route, "approval", f"{block}.0.0")
    told = builder.post(address(route, "edits"), {"move": f"up step:{key}", "at_tab": "fields"}, headers=HTMX)
    assert document(route)["steps"][1]["key"] == key
    assert "2番目" in json.loads(told.headers["HX-Trigger"])["told"]


def test_rule_cell_is_a_comparison_and_the_table_can_be_tried_row_by_row(builder, route):
    rules = next(one for one in document(route)["steps"] if one["kind"] == "rules")
    key, fact = rules["key"], next(iter(rules["table"][0]["when"]))
    page = builder.get(address(route), {"field": key})
    table = page.context["table"]
    assert fact in [one.name for one in table.columns] and table.coverage is not None
    tried = builder.post(address(route, "rules", "trial"), {"at_tab": "fields", "at_field": key})
    assert [one.held for one in tried.context["tried"]] == [False] * len(rules["table"])
    edit(builder, route, "set_cell", step=key, rule=rules["table"][0]["key"], fact=fact, comparison="")
    assert fact not in step(route, key)["table"][0]["when"]


def test_second_of_two_builders_does_not_overwrite_who_decides(builder, route, sato_builds):
    steps = document(route)["steps"]
    place = next(number for number, one in enumerate(steps) if "by" in one)
    seen = {"seen": f"/steps/{place}/by", "was": json.dumps(steps[place]["by"])}
    posted = {"step": steps[place]["key"], "name": "by", "who_where": "own", **seen}
    edit(sato_builds, route, "set_step", **posted, who_role="mayor")
    refused = edit(builder, route, "set_step", **posted, who_role="unit_chief")
    assert refused.status_code == 422 and "先に変えていました" in refused.content.decode()
    again = dict(refused.context["conflict"].inputs)
    assert builder.post(address(route, "edits"), again).status_code == 302
    assert document(route)["steps"][place]["by"] == {"role": "unit_chief"}


def test_undo_of_a_route_says_what_it_took_back(builder, route):
    added(builder, route, "consultation", ".0.1")
    undone = builder.post(address(route, "undo"), {"at_tab": "fields"}, headers=HTMX)
    assert json.loads(undone.headers["HX-Trigger"])["told"] == "元に戻しました：「合議」：段階を加える"


def test_routes_of_others_are_seen_but_not_worked_on(yoshino_builds, route):
    assert yoshino_builds.get(address(route)).status_code == 404
    assert yoshino_builds.get("/builder/routes/").status_code == 200
    refused = yoshino_builds.post("/builder/routes/drafts/", {"change": "dog_registration"})
    assert refused.status_code == 422


def test_route_is_begun_edited_and_published_by_who_may(builder):
    posted = {"key": "parking", "title": "駐車場", "department": "environment", "of": ""}
    answer = builder.post("/builder/routes/drafts/", posted, follow=True)
    draft = Manuscript.objects.workflows().get(key="parking")
    assert "駐車場" in answer.content.decode()
    assert "初めて公開します" in builder.get(address(draft, "publication")).content.decode()
    assert builder.get(address(draft, "publication")).context["problems"] == []
    builder.post(address(draft, "versions"))
    assert current("parking").number == 1
    builder.post(address(draft, "offer"), {"kind": "retire"})
    assert "使用を終えています" in builder.get(address(draft, "publication")).content.decode()
    assert "使用終了" in builder.get("/builder/routes/").content.decode()


def test_route_that_a_form_runs_on_does_not_end_before_the_form_does(builder, route, draft):
    refused = builder.post(address(route, "offer"), {"kind": "retire"}, follow=True).content.decode()
    assert "終えていません" in refused and "犬の登録" in refused
    builder.post(address(draft, "offer"), {"kind": "retire"})
    assert "使用を終えました" in builder.post(address(route, "offer"), {"kind": "retire"}, follow=True).content.decode()
    refused = builder.post(address(draft, "offer"), {"kind": "reopen"}, follow=True).content.decode()
    assert "使い終えています" in refused
    assert "使い終えています" in builder.get(address(draft, "publication")).content.decode()
    builder.post(address(route, "offer"), {"kind": "reopen"})
    assert "再開しました" in builder.post(address(draft, "offer"), {"kind": "reopen"}, follow=True).content.decode()


def test_case_goes_on_when_its_route_has_ended(builder, route, draft, running_dog, sato):
    for ended in (draft, route):
        builder.post(address(ended, "offer"), {"kind": "retire"})
    task = Task.objects.get(process=Case.objects.of(running_dog).get(), finished=None)
    decide(task, "approved", sato)
    assert Task.objects.get(pk=task.pk).finished


def test_route_is_published_and_ended_on_set_days_by_the_sweep(builder, route):
    at = localtime(now() + timedelta(days=1))
    posted = {"day": at.date().isoformat(), "time": at.strftime("%H:%M")}
    edit(builder, route, "set_route", name="title", value="犬の登録（新）")
    assert "予約しました" in builder.post(address(route, "schedules"), {**posted, "kind": "publish"}, follow=True).text
    assert current("dog_registration").number == 1
    Schedule.objects.update(at=now() - timedelta(minutes=1))
    assert (schedules.sweep(), schedules.sweep()) == (1, 0)
    assert current("dog_registration").document["title"] == "犬の登録（新）"
    assert Manuscript.objects.get(pk=route.pk).version_number == 2
    builder.post(address(route, "schedules"), {**posted, "kind": "retire"})
    Schedule.objects.filter(done_at=None).update(at=now() - timedelta(minutes=1))
    assert schedules.sweep() == 0
    assert "行えませんでした" in builder.get(address(route, "publication")).content.decode()


def test_rules_are_offered_what_an_office_decides_by_and_no_names_and_streets(route):
    offered = {fact.name for fact in Organisation.read(facts_of(route.document)).offered}
    assert {"/address/city", "/address/prefecture", "dog_sex", "fee"} <= offered
    assert not {"/owner/family_name", "/address/block", "/contact/phone", "/organisation/org_name"} & offered


def test_key_that_is_taken_is_refused_beside_what_was_typed(builder, published):
    posted = {"key": "dog_registration", "title": "犬", "department": "environment"}
    refused = builder.post("/builder/routes/drafts/", posted)
    assert refused.status_code == 422 and "もうあります" in refused.content.decode()


def test_who_may_only_build_does_not_publish_a_route(sato_builds, route):
    assert sato_builds.post(address(route, "versions")).status_code == 403


def test_post_that_nobody_holds_is_named_and_does_not_forbid(builder, route):
    Post.objects.filter(role__key="unit_chief").delete()
    assert list(vacant(document(route), ["environment"]))
    problems = builder.get(address(route, "problems"))
    assert problems.context["problems"] == []
    assert any("今日はいません" in one.message for one in problems.context["warnings"])


def test_facts_are_those_of_the_forms_that_run_on_the_route(route):
    facts = facts_of(route.document)
    assert facts["dog_sex"].kind == "choice" and facts["dog_sex"].choices
    assert (facts["national_registration"].kind, facts["fee"].kind) == ("truth", "number")
    assert facts["dog_age_days"].title == "犬の生後日数"


def test_definition_whose_shape_the_editor_cannot_show_is_refused_with_words(builder, route):
    wrong = {**document(route), "steps": [{"key": "x", "kind": "magic"}]}
    posted = {"serial": route.serial, "source": json.dumps(wrong)}
    assert builder.post(address(route, "source"), posted).status_code == 422
    assert document(route) == route.document
