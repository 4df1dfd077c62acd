"""Every form of the editor that replaces something says what its sender saw there, and says it rightly."""

import json

import lxml.html
import pytest

import schemas
from forms_engine import manuscripts
from schemas.editing.homes import homes
from schemas.editing.step_commands import every_step
from schemas.pointers import MISSING, lookup

#: Commands that put something in, take it out or move it, those that say one of two things, and the one that adds
#: ticks to those of others.
NOTHING_REPLACED = (
    "add_",
    "move_",
    "delete_",
    "remove_",
    "duplicate_",
    "show_for",
    "show_always",
    "show_when",
    "require_",
)


def forms_of(page):
    """The forms of a page that carry a command: the command with what it sets, and what was seen."""
    for form in lxml.html.fromstring(page.content.decode()).xpath("//form[.//input[@name='do']]"):
        fields = [(one.get("name"), one.get("value") or "") for one in form.xpath(".//input[@type='hidden']")]
        said = dict(fields)
        seen = [value for name, value in fields if name == "seen"]
        was = [json.loads(value) for name, value in fields if name == "was"]
        what = " ".join(said[name] for name in ("do", "name", "part", "word", "aspect") if said.get(name))
        yield what, dict(zip(seen, was, strict=True))


def stands(document, pointer, was):
    found = lookup(document, pointer)
    return found == was or (found is MISSING and was in (None, "", []))


def seen_on(builder, draft, places):
    """What the forms of some places of the editor say was seen, by command; each is checked against the draft."""
    unseen = set()
    for place in places:
        for what, seen in forms_of(builder.get(f"/builder/drafts/{draft.pk}/", place)):
            assert all(stands(draft.document, *one) for one in seen.items()), (place, what, seen)
            if not seen and not what.startswith(NOTHING_REPLACED):
                unseen.add(what)
    return unseen


@pytest.mark.parametrize("name", ["dog_registration", "facility_use", "grant_application"])
def test_form_editor_overwrites_nothing_that_was_not_seen(builder, published, name):
    document = schemas.starter("forms", name)
    draft = manuscripts.begin({**document, "form": "copy"}, "environment")
    tabs = ("fields", "procedure", "logic", "notices", "texts")
    fields = [key for home in homes(document) for key in home.properties]
    places = [{"tab": tab} for tab in tabs] + [{"field": key} for key in fields]
    places += [{"content": key} for key in document.get("content", {})]
    assert sorted(seen_on(builder, draft, places)) == []


@pytest.mark.parametrize("name", ["dog_registration", "facility_use", "purchase_request", "grant_application"])
def test_route_editor_overwrites_nothing_that_was_not_seen(builder, published, name):
    document = schemas.starter("workflows", name)
    draft = manuscripts.begin({**document, "workflow": "copy"}, "environment")
    places = [{"tab": "fields"}, *({"field": step["key"]} for step in every_step(document["steps"]))]
    assert sorted(seen_on(builder, draft, places)) == []


def posted(browser, draft, pointer, **more):
    """The form that says it saw this place, as a browser would send it with something else chosen."""
    page = lxml.html.fromstring(browser.get(f"/builder/drafts/{draft.pk}/", more.pop("place")).content.decode())
    form = page.xpath(f"//form[.//input[@name='seen' and @value='{pointer}']]")[0]
    return {one.get("name"): one.get("value") or "" for one in form.xpath(".//input[@type='hidden']")} | more


@pytest.mark.parametrize(("pointer", "place", "first", "second", "words"), [
    ("/schema/properties/dog_name", {"field": "dog_name"}, {"part": "textarea"}, {"part": "choice"},
     ("文字（複数行）", "1つ選ぶ")),
    ("/checks/0/kind", {"tab": "logic"}, {"value": "warning"}, {"value": "error"},
     ("知らせるだけで、提出できる", "直すまで提出できない")),
    ("/x-titles/dog_birth_from", {"field": "dog_birth"}, {"against": "today"}, {"against": "day"},
     ("犬の生年月日と本日の間の日数", "指定する日以降")),
])  # fmt: skip
def test_conflict_over_a_choice_is_said_by_its_labels(
    builder, sato_builds, draft, pointer, place, first, second, words
):
    wanted = [posted(browser, draft, pointer, place=place) for browser in (sato_builds, builder)]
    address = f"/builder/drafts/{draft.pk}/edits/"
    assert sato_builds.post(address, wanted[0] | first).status_code == 302
    refused = builder.post(address, wanted[1] | second)
    conflict = refused.context["conflict"]
    assert refused.status_code == 422 and (conflict.now, conflict.typed) == words
    assert builder.post(address, dict(conflict.inputs)).status_code == 302
