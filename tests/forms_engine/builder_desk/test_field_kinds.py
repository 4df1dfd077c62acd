"""The kind of a field is changed in its properties, and what went with it is said."""

import json

from forms_engine.manuscripts import Manuscript

FIELD = "dog_name"
CHANGE = {"do": "change_field", "field": FIELD, "at_tab": "fields", "at_field": FIELD}


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def edit(browser, draft, part, **more):
    return browser.post(address(draft, "edits"), {**CHANGE, "part": part}, **more)


def asked(draft):
    return Manuscript.objects.get(pk=draft.pk).document["schema"]["properties"][FIELD]


def test_kinds_that_the_answer_allows_are_offered_by_name(builder, draft):
    shown = builder.get(address(draft), {"field": FIELD}).content.decode()
    assert "項目の種類" in shown and "文字（複数行）" in shown and "1つ選ぶ" in shown
    assert "項目の種類" not in builder.get(address(draft), {"field": "owner"}).content.decode()


def test_changed_kind_says_what_went_and_is_taken_back(builder, draft):
    before = asked(draft)
    changed = edit(builder, draft, "choice", headers={"HX-Request": "true"})
    assert "外れたもの：" in changed.content.decode()
    assert "最大の文字数" in json.loads(changed.headers["HX-Trigger"])["told"]
    assert "oneOf" in asked(draft) and asked(draft)["title"] == before["title"]
    builder.post(address(draft, "undo"), {"at_tab": "fields"})
    assert asked(draft) == before


def test_without_the_script_it_is_said_on_the_next_page(builder, draft):
    edit(builder, draft, "textarea")
    shown = builder.get(address(draft), {"field": FIELD}).content.decode()
    assert "項目の種類を変えました" in shown


def test_kind_that_does_not_fit_is_refused_beside_the_select(builder, draft):
    refused = edit(builder, draft, "date")
    assert refused.status_code == 422 and "新しい項目を加えてください" in refused.content.decode()
