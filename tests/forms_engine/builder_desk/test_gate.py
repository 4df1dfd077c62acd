"""Who may build, and what."""

import pytest

from forms_engine.definitions import FormVersion
from forms_engine.manuscripts import Manuscript

PLACES = ["", "edits/", "undo/", "company/", "trial/", "source/", "problems/", "publication/", "versions/", "end/"]


@pytest.mark.parametrize("place", PLACES)
def test_draft_of_another_department_is_as_if_there_were_none(yoshino_builds, draft, place):
    ask = (
        yoshino_builds.post
        if place in ("edits/", "undo/", "trial/", "source/", "versions/", "end/")
        else yoshino_builds.get
    )
    assert ask(f"/builder/drafts/{draft.pk}/{place}").status_code == 404


def test_page_whose_session_ended_is_not_filled_with_the_sign_in_page(client, draft):
    asked = client.get(f"/builder/drafts/{draft.pk}/company/", headers={"HX-Request": "true"})
    assert (asked.status_code, asked.content) == (204, b"")
    assert client.get(f"/builder/drafts/{draft.pk}/").url.startswith("/login/")


def test_staff_without_the_capacity_are_refused(client_of, draft):
    suzuki = client_of("suzuki")
    assert suzuki.get("/builder/").status_code == 403
    assert suzuki.post(f"/builder/drafts/{draft.pk}/edits/", {"do": "add_page"}).status_code == 403


def test_who_may_build_may_not_therefore_publish(sato_builds, draft):
    assert "今すぐ公開する" not in sato_builds.get(f"/builder/drafts/{draft.pk}/publication/").content.decode()
    assert sato_builds.post(f"/builder/drafts/{draft.pk}/versions/").status_code == 403
    assert FormVersion.objects.of("dog_registration").count() == 1


def test_published_form_of_another_department_is_copied_and_not_changed(yoshino_builds, published):
    refused = yoshino_builds.post("/builder/drafts/", {"change": "dog_registration"})
    assert refused.status_code == 422 and "担当課の職員だけ" in refused.content.decode()
    copy = {"key": "cat_registration", "title": "猫の届出", "department": "citizens", "of": "version:dog_registration"}
    assert yoshino_builds.post("/builder/drafts/", copy).status_code == 302
    made = Manuscript.objects.get()
    assert (made.document["form"], made.document["procedure"]["department"]) == ("cat_registration", "citizens")


def test_key_of_a_published_form_is_not_taken_over(yoshino_builds, published):
    taken = {"key": "dog_registration", "title": "犬", "department": "citizens"}
    assert "もうあります" in yoshino_builds.post("/builder/drafts/", taken).content.decode()


def test_form_is_not_published_for_a_department_that_one_may_not_publish_for(yoshino_builds, published):
    copy = {"key": "cat_registration", "title": "猫の届出", "department": "citizens", "of": "version:dog_registration"}
    yoshino_builds.post("/builder/drafts/", copy)
    draft = Manuscript.objects.get()
    wish = {
        "do": "set_procedure",
        "name": "department",
        "value_type": "text",
        "value": "environment",
        "at_tab": "procedure",
    }
    yoshino_builds.post(f"/builder/drafts/{draft.pk}/edits/", wish)
    assert yoshino_builds.post(f"/builder/drafts/{draft.pk}/versions/").status_code == 403
