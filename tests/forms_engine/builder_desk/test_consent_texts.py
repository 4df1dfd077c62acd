"""The text of a consent as its builders write it: in the properties, saved at once, published under a version."""

from forms_engine.definitions import FormVersion, current
from forms_engine.manuscripts import Manuscript
from schemas.vocabulary import vocabulary

FIELD = "privacy_consent"
SHARED = vocabulary()["x-consents"]["privacy"]["text"]


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def write(browser, draft, part, value):
    posted = {"do": "set_consent", "field": FIELD, "part": part, "value": value, "at_tab": "fields", "at_field": FIELD}
    return browser.post(address(draft, "edits"), posted)


def document(draft):
    return Manuscript.objects.get(pk=draft.pk).document


def test_properties_of_a_consent_show_its_text_heading_and_version(builder, draft):
    shown = builder.get(address(draft), {"field": FIELD}).content.decode()
    assert "同意・誓約の文章" in shown and "文章の見出し" in shown and "文章の版" in shown
    assert SHARED.splitlines()[0] in shown
    assert "同意・誓約の文章" not in builder.get(address(draft), {"field": "dog_name"}).content.decode()


def test_text_is_saved_at_once_and_taken_back(builder, draft):
    assert write(builder, draft, "text", "登録だけに使います。\r\nほかには使いません。").status_code == 302
    assert document(draft)["consents"]["privacy"]["text"] == "登録だけに使います。\nほかには使いません。"
    assert "同意・誓約の文章を変える" in builder.get(address(draft), {"tab": "history"}).content.decode()
    builder.post(address(draft, "undo"), {"at_tab": "fields"})
    assert document(draft)["consents"]["privacy"]["text"] == SHARED


def test_changed_text_under_the_old_version_is_named_before_it_is_published(builder, draft):
    write(builder, draft, "text", "登録だけに使います。")
    problems = builder.get(address(draft, "problems")).content.decode()
    assert "「文章の版」を新しい版の名前(日付など)に変えてください" in problems and f"field={FIELD}" in problems
    builder.post(address(draft, "versions"))
    assert FormVersion.objects.of("dog_registration").count() == 1


def test_changed_text_under_a_new_version_is_published(builder, draft):
    write(builder, draft, "text", "登録だけに使います。")
    write(builder, draft, "version", "2026-11-26")
    assert "文章の版" not in builder.get(address(draft, "problems")).content.decode()
    builder.post(address(draft, "versions"))
    assert current("dog_registration").document["consents"]["privacy"]["version"] == "2026-11-26"


def test_builder_who_reads_english_is_told_in_english(builder, draft):
    shown = builder.get(address(draft), {"field": FIELD}, headers={"Accept-Language": "en"}).content.decode()
    assert "Text of the consent" in shown and "Version of the text" in shown
