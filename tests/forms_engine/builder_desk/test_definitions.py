"""The list of definitions, and how a new one begins."""

import io

import pytest

from forms_engine.manuscripts import Manuscript

NEW = {"key": "parking_use", "title": "駐車場の使用申請書", "department": "environment"}


def begin(browser, **more):
    return browser.post("/builder/drafts/", {**NEW, **more})


def upload(name, content):
    file = io.BytesIO(content)
    file.name = name
    return file


def test_new_form_begins_with_an_empty_page(builder, organisation):
    assert begin(builder).url.startswith("/builder/drafts/")
    document = Manuscript.objects.get().document
    assert [page["fields"] for page in document["pages"]] == [[]]
    assert document["procedure"]["department"] == "environment"


def test_starter_is_taken_over_under_a_key_of_its_own(builder, organisation):
    begin(builder, of="starter:facility_use", title="")
    made = Manuscript.objects.get()
    assert (made.key, made.title) == ("parking_use", "公共施設使用許可申請書")


def test_list_of_fields_is_imported_with_its_remarks(builder, organisation):
    table = "項目名,種類,必須\n氏名,文字,はい\n希望日,日付,いいえ\n".encode()
    response = builder.post("/builder/drafts/", {**NEW, "file": upload("項目.csv", table)}, follow=True)
    titles = [one["title"] for one in Manuscript.objects.get().document["schema"]["properties"].values()]
    assert titles == ["氏名", "希望日"]
    assert response.status_code == 200


def test_json_schema_is_imported(builder, organisation):
    schema = b'{"type": "object", "title": "Cats", "properties": {"name": {"type": "string", "title": "Name"}}}'
    begin(builder, file=upload("cats.json", schema))
    assert "name" in Manuscript.objects.get().document["schema"]["properties"]


@pytest.mark.parametrize(
    "file",
    [
        ("a.exe", b"MZ"),
        ("a.json", b"{"),
        ("a.pdf", b"%PDF-1.7 nothing"),
        ("a.json", b'{"form": 1}'),
        ("a.json", b'{"form": 1, "procedure": []}'),
        ("a.json", b'{"type": "object", "properties": {"a": {"maximum": ' + b"9" * 5000 + b"}}}"),
        ("a.json", b'{"type": "object", "properties": {"a": {"title": "\\ud800"}}}'),
        ("a.json", b'{"type":"object","properties":{"a":' * 400 + b"{}" + b"}}" * 400),
        ("a.csv", "項目名,種類\n".encode() + b"a" * 200_000),
    ],
)
def test_file_that_is_no_form_is_refused_in_words_and_what_was_typed_stays(builder, organisation, file):
    response = begin(builder, file=upload(*file))
    assert response.status_code == 422
    assert "駐車場の使用申請書" in response.content.decode()


def test_text_with_nul_is_refused_before_anything_looks_for_it(builder, organisation):
    assert begin(builder, department="a\0b").status_code == 400
    assert begin(builder, title="a\0b").status_code == 400


@pytest.mark.parametrize(
    "more", [{"key": "Parking"}, {"title": ""}, {"department": "nowhere"}, {"of": "version:nothing"}]
)
def test_what_is_missing_is_said_at_its_place(builder, organisation, more):
    response = begin(builder, **more)
    assert response.status_code == 422
    assert response.context["refused"].place.startswith("new-")


def test_list_shows_states_and_finds_by_name_and_department(builder, draft):
    text = builder.get("/builder/").content.decode()
    assert "第1版を公開中" in text and "下書きあり" in text
    found = builder.get("/builder/", {"q": "犬"}).context["entries"]
    assert [one.key for one in found] == ["dog_registration"]
    assert builder.get("/builder/", {"department": "facilities"}).context["entries"][0].key == "facility_use"


def test_discarded_draft_leaves_what_is_published(builder, draft):
    assert builder.post(f"/builder/drafts/{draft.pk}/end/").url == "/builder/"
    entry = next(one for one in builder.get("/builder/").context["entries"] if one.key == "dog_registration")
    assert (entry.draft, entry.version) == (None, 1)
