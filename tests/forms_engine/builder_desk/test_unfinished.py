"""Texts that are no edits yet are kept for who typed them, as long as anybody could miss them."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from forms_engine import unfinished
from forms_engine.unfinished import LONGEST, MOST, Unfinished

pytestmark = pytest.mark.both


def put(browser, draft, place, **more):
    return browser.post(f"/builder/drafts/{draft.pk}/unfinished/", {"place": place, **more}).status_code


def test_text_is_kept_replaced_and_dropped_for_its_writer_alone(builder, sato_builds, draft):
    assert put(builder, draft, "here", text="半分") == put(builder, draft, "here", text="半分の文") == 204
    shown = "unfinished"
    assert builder.get(f"/builder/drafts/{draft.pk}/").context[shown] == {"here": "半分の文"}
    assert sato_builds.get(f"/builder/drafts/{draft.pk}/").context[shown] == {}
    assert put(builder, draft, "here") == 204 and not Unfinished.objects.exists()


def test_nobody_of_another_department_leaves_anything_there(yoshino_builds, draft):
    assert put(yoshino_builds, draft, "here", text="半分") == 404


def test_too_long_a_text_and_no_place_are_not_kept(builder, draft):
    assert put(builder, draft, "here", text="x" * (LONGEST + 1)) in (400, 413)
    assert put(builder, draft, "", text="x") == put(builder, draft, "x" * 301, text="x") == 413
    assert not Unfinished.objects.exists()


def test_oldest_go_where_there_are_too_many_and_all_after_a_month(builder, draft, sato):
    for number in range(MOST + 3):
        unfinished.keep(draft, sato, f"place {number}", "文")
    assert Unfinished.objects.count() == MOST and "place 0" not in unfinished.texts_of(draft, sato)
    Unfinished.objects.update(at=now() - timedelta(days=31))
    unfinished.forget()
    assert not Unfinished.objects.exists()


def test_text_goes_with_its_draft(builder, draft):
    put(builder, draft, "here", text="半分")
    draft.delete()
    assert not Unfinished.objects.exists()


def test_keystroke_that_is_an_edit_finishes_the_refused_one_before_it(builder, draft):
    """Killed between the two, the browser would have left the older text, to stand in the place of the newer one."""
    put(builder, draft, "there", text="半分")
    put(builder, draft, "elsewhere", text="別の半分")
    typed = {"do": "retitle_field", "field": "dog_name", "midway": "1", "typing": "a", "finished": "there"}
    assert builder.post(f"/builder/drafts/{draft.pk}/edits/", {**typed, "title": ""}).json()["serial"] is None
    assert Unfinished.objects.count() == 2
    assert builder.post(f"/builder/drafts/{draft.pk}/edits/", {**typed, "title": "犬の呼び名"}).json()["serial"] == 1
    assert [one.place for one in Unfinished.objects.all()] == ["elsewhere"]
