"""Publishing: at once, on a set day, ended, and begun again."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

import schemas
from forms_engine import schedules
from forms_engine.definitions import FormVersion, current
from forms_engine.manuscripts import Manuscript, edit
from forms_engine.schedules import Schedule
from workflows.audit import AuditEntry
from workflows.definitions import publish as publish_workflow

TITLE = {"do": "retitle_form", "title": "犬を飼い始めたときの届"}


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def order(browser, draft, kind="publish", **later):
    at = localtime(now() + timedelta(**(later or {"days": 2})))
    posted = {"kind": kind, "day": at.date().isoformat(), "time": at.strftime("%H:%M")}
    return browser.post(address(draft, "schedules"), posted, follow=True)


def make_due():
    Schedule.objects.update(at=now() - timedelta(minutes=1))
    return schedules.sweep()


def test_published_draft_stands_at_its_version_and_says_what_changed(builder, draft):
    edit(draft, TITLE)
    assert "犬を飼い始めたときの届" in builder.get(address(draft, "publication")).content.decode()
    builder.post(address(draft, "versions"))
    assert current("dog_registration").document["title"] == "犬を飼い始めたときの届"
    assert Manuscript.objects.get().version_number == 2


def test_draft_with_something_to_put_right_is_not_published(builder, draft):
    edit(draft, {"do": "set_procedure", "name": "workflow", "value": "nowhere"})
    page = builder.get(address(draft, "publication"))
    assert [one.place.tab for one in page.context["problems"]] == ["procedure"]
    builder.post(address(draft, "versions"))
    assert FormVersion.objects.of("dog_registration").count() == 1


def test_what_is_scheduled_is_published_as_it_was_when_the_day_was_set(builder, draft):
    edit(draft, TITLE)
    assert "予約しました" in order(builder, draft).content.decode()
    edit(draft, {"do": "retitle_form", "title": "あとから変えた名前"})
    assert current("dog_registration").number == 1
    assert make_due() == 1
    assert current("dog_registration").document["title"] == "犬を飼い始めたときの届"
    assert schedules.sweep() == 0


def test_form_ends_on_its_day_and_is_found_no_more_until_it_is_opened_again(builder, draft, client):
    order(builder, draft, "retire")
    make_due()
    with pytest.raises(FormVersion.DoesNotExist):
        current("dog_registration")
    assert "犬の登録" not in client.get("/").content.decode()
    builder.post(address(draft, "offer"), {"kind": "reopen"})
    assert current("dog_registration").number == 1


def test_schedule_that_can_no_longer_be_carried_out_keeps_the_reason(builder, draft, published):
    order(builder, draft)
    Schedule.objects.update(text='{"form": "dog_registration"}')
    assert make_due() == 0
    assert Schedule.objects.get().trouble
    assert "行えませんでした" in builder.get(address(draft, "publication")).content.decode()


def test_day_in_the_past_and_unfinished_drafts_are_refused(builder, draft):
    assert "これからの日" in order(builder, draft, days=-1).content.decode()
    assert "これからの日" in builder.post(address(draft, "schedules"), {"day": "x"}, follow=True).content.decode()
    edit(draft, {"do": "set_procedure", "name": "workflow", "value": "nowhere"})
    assert "予約していません" in order(builder, draft).content.decode()
    assert not Schedule.objects.exists()


def test_schedule_is_cancelled(builder, draft):
    order(builder, draft)
    builder.post(address(draft, "schedules", str(Schedule.objects.get().pk), "end"))
    assert not Schedule.objects.exists()
    verbs = list(AuditEntry.objects.filter(verb__contains="schedule").values_list("verb", flat=True))
    assert verbs == ["schedule", "unschedule"]


def test_running_applications_are_counted_per_version_and_step(builder, draft, running_dog):
    page = builder.get(address(draft, "publication"))
    assert [(one.version, one.number) for one in page.context["running"]] == [(1, 1)]
    assert "審査" in page.context["running"][0].step


def test_checklist_leads_to_where_each_thing_is_set(builder, draft):
    edit(draft, {"do": "set_procedure", "name": "legal_basis"})
    items = builder.get(address(draft, "publication")).context["checklist"]
    assert [(one.place.query) for one in items if not one.is_done] == ["?tab=procedure"]


def test_conditions_of_the_route_that_can_no_longer_be_met_are_named_and_stop_nobody(builder, draft):
    route = schemas.starter("workflows", "dog_registration")
    route["steps"][0]["table"][0]["when"]["coat_color"] = {"const": "茶"}
    publish_workflow(route)
    there = address(draft, "publication")
    assert builder.get(there).context["warnings"] == []
    edit(draft, {"do": "change_field", "field": "coat_color", "part": "choice"})
    (unfit,) = builder.get(there).context["warnings"]
    assert "の条件（毛色：「茶」）は、今の項目では答えられません" in unfit.message
    assert unfit.place.field == "coat_color"
    edit(draft, {"do": "delete_field", "field": "coat_color"})
    (missing,) = builder.get(there).context["warnings"]
    assert "が見る「毛色」が、この様式にありません" in missing.message
    assert builder.post(address(draft, "versions"), follow=True).status_code == 200
    assert "coat_color" not in current("dog_registration").document["schema"]["properties"]
