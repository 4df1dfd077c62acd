"""A form with its route goes to another municipality as one file, and comes in with its names mapped."""

import io
import json

import pytest
from django.core.management import call_command

from forms_engine import bundles, manuscripts
from forms_engine.definitions import FormVersion, current
from forms_engine.manuscripts import Manuscript
from schemas.bundles import Bundle, read, written
from workflows.audit import AuditEntry


def sent(**changes):
    """The bundle of another municipality, whose 環境課 is called otherwise."""
    ours = bundles.of_form("dog_registration")
    theirs = ours.renamed({"departments": {"environment": "kankyo"}})
    titles = {"departments": {"kankyo": "環境政策課"}, "roles": ours.titles["roles"]}
    return written(Bundle("となり市", {**theirs.form, **changes}, theirs.workflows, titles))


def bring(browser, text):
    file = io.BytesIO(text.encode())
    file.name = "dog.kakanai.json"
    return browser.post("/builder/bundles/", {"bundle": file})


def take_in(browser, text, **names):
    asked = bundles.names(read(text))
    return browser.post("/builder/bundles/drafts/", {"text": text, **{one.field: one.ours for one in asked}, **names})


def test_exported_file_holds_form_and_route_and_comes_back_byte_for_byte(builder, published):
    answer = builder.get("/builder/forms/dog_registration/bundle/")
    arrived = read(answer.content.decode())
    assert manuscripts.written(arrived.form) == manuscripts.written(current("dog_registration").document)
    assert [one["workflow"] for one in arrived.workflows] == ["dog_registration"]
    assert arrived.titles["departments"]["environment"] == "環境課"
    assert builder.get("/builder/forms/nothing/bundle/").status_code == 404


def test_unknown_department_is_named_and_asked_for_and_nothing_is_kept_before(builder, published):
    page = bring(builder, sent()).content.decode()
    assert "環境政策課" in page
    assert "同じ名前のものが、こちらにありません" in page
    again = take_in(builder, sent())
    assert again.status_code == 422
    assert "「環境政策課」に当たるものを選んでください" in again.content.decode()
    assert not Manuscript.objects.exists()


def test_mapped_bundle_becomes_a_draft_over_what_is_published_and_can_be_undone(builder, published):
    text = sent(title="犬の届")
    take_in(builder, text, **{"departments:kankyo": "environment"})
    draft = Manuscript.objects.get(kind="form")
    assert (draft.title, draft.version_number, draft.department_key) == ("犬の届", 1, "environment")
    manuscripts.undo(draft)
    draft.refresh_from_db()
    assert draft.document == current("dog_registration").document
    assert FormVersion.objects.of("dog_registration").count() == 1
    assert AuditEntry.objects.filter(verb="import_bundle").count() == 1


def test_difference_is_told_in_words_and_the_mapping_is_remembered(builder, published):
    take_in(builder, sent(), **{"departments:kankyo": "environment"})
    page = bring(builder, sent(title="犬の届")).content.decode()
    assert "犬の届" in page
    assert '<option value="environment" selected>' in page


def test_tampered_file_and_any_other_file_are_refused_in_words(builder, published):
    whole = json.loads(sent())
    whole["form"]["document"]["title"] = "書き換え"
    assert "書き換えられている" in bring(builder, json.dumps(whole)).content.decode()
    assert "新しい版" in bring(builder, '{"kakanai_bundle": 99}').content.decode()
    assert "一式のファイルではありません" in bring(builder, "hello").content.decode()
    assert "ファイルを選んでください" in builder.post("/builder/bundles/").content.decode()


def test_builder_of_one_department_takes_in_for_that_one_only(sato_builds, yoshino_builds, published):
    answer = take_in(yoshino_builds, sent(), **{"departments:kankyo": "environment"})
    assert answer.status_code == 422
    assert take_in(sato_builds, sent(), **{"departments:kankyo": "environment"}).status_code == 302


def test_draft_of_another_department_is_not_overwritten(builder, published):
    manuscripts.begin({**current("dog_registration").document}, "citizens")
    answer = take_in(builder, sent(title="犬の届"), **{"departments:kankyo": "environment"})
    assert "ほかの課が下書きを作っています" in answer.content.decode()
    assert Manuscript.objects.get().title != "犬の届"


def test_commands_write_a_file_and_read_it_with_names_mapped(published, tmp_path, capsys):
    file = tmp_path / "dog.json"
    call_command("export_bundle", "dog_registration", output=file)
    file.write_text(sent(title="犬の届"))
    with pytest.raises(SystemExit):
        call_command("import_bundle", str(file))
    assert "環境政策課" in capsys.readouterr().err
    call_command("import_bundle", str(file), map=["kankyo=environment"])
    assert Manuscript.objects.get(kind="form").title == "犬の届"


def test_starter_is_found_by_what_it_asks_and_chosen_for_the_new_form(builder, published):
    page = builder.get("/builder/", {"starter": "引越し 犬"}).context
    assert [one.key for one in page["gallery"]] == ["dog_registration"]
    chosen = builder.get("/builder/", {"of": "starter:grant_application"}).content.decode()
    assert '<option value="starter:grant_application" selected>' in chosen
    assert builder.get("/builder/", {"starter": "ありえない言葉"}).context["gallery"] == []
