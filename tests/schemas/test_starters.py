"""The shipped forms and routes can be published as they are, in every language they promise."""

import re

import pytest

import schemas
from schemas.effective import effective
from schemas.pointers import lookup
from tests.schemas.answers import variants
from tests.schemas.answers.made_up import made_up
from tests.schemas.starter_answers import TODAY, facts, form, settled, told, wrong

STARTERS = [(kind, name) for kind in ("forms", "workflows") for name in schemas.starters(kind)]


@pytest.mark.parametrize(("kind", "name"), STARTERS)
def test_starter_can_be_published(kind, name):
    document = schemas.starter(kind, name)
    assert [(one.pointer, one.message()) for one in schemas.check(document)] == []
    assert document["form" if kind == "forms" else "workflow"] == name


READ = ("title", "description", "help", "message", "legal_basis", "audience", "fee", "unit", "payment")
LISTS = ("needed", "categories", "life_events", "life_event_reasons", "outcome_words")


def texts_in(node, at="", within=""):
    """Every text that a person reads, with its pointer; search words are in all scripts already, signs in none."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        is_read = key in READ or within in (*LISTS, "x-titles") or (key == "text" and at.startswith("/content/"))
        if isinstance(value, str) and is_read and re.search(r"[^\W\d_]", value):
            yield f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}"
        if key != "translations":
            yield from texts_in(value, f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}", key)


@pytest.mark.parametrize("language", ["en", "ja-easy"])
@pytest.mark.parametrize(("kind", "name"), STARTERS)
def test_every_text_is_translated(kind, name, language):
    document = schemas.starter(kind, name)
    assert set(document["translations"][language]) == set(texts_in(document))
    assert all(document["translations"][language].values())


@pytest.mark.parametrize(("kind", "name"), STARTERS)
def test_english_holds_japanese_only_as_an_example(kind, name):
    texts = schemas.starter(kind, name)["translations"]["en"].values()
    japanese = [text for text in texts if re.search("[ぁ-んァ-ヶ一-鿿]", text)]
    assert [text for text in japanese if not re.search("Example: |「", text)] == []


@pytest.mark.parametrize(("kind", "name"), STARTERS)
def test_easy_japanese_is_easier_than_the_japanese(kind, name):
    document = schemas.starter(kind, name)
    easy = document["translations"]["ja-easy"]
    kanji = re.compile("[一-鿿]")
    plain = sum(len(kanji.findall(lookup(document, at))) for at in easy)
    assert sum(len(kanji.findall(text)) for text in easy.values()) < plain


@pytest.mark.parametrize("name", schemas.starters("forms"))
def test_every_fact_that_a_rule_looks_at_has_a_name(name):
    document, workflow = form(name), schemas.starter("workflows", form(name)["procedure"]["workflow"])
    fields = {key for page in document["pages"] for key in page["fields"] if isinstance(key, str)}
    rules = [step for step in workflow["steps"] if step["kind"] == "rules"]
    for row in [row for step in rules for row in step["table"]]:
        assert row["legal_basis"]
        assert set(row["when"]) <= fields | set(document["x-titles"])


@pytest.mark.parametrize("name", schemas.starters("forms"))
def test_form_asks_nothing_of_an_empty_application_that_no_page_shows(name):
    document = form(name)
    shown = {key for page in document["pages"] for key in page["fields"] if isinstance(key, str)}
    assert set(effective(document["schema"], {})["properties"]) <= shown


@pytest.mark.parametrize("name", schemas.starters("forms"))
def test_complete_answers_are_accepted(name):
    for variant, answers in variants(name, TODAY).items():
        assert wrong(name, settled(name, answers)) == [], variant
        assert "error" not in told(name, facts(name, answers)).values(), variant


@pytest.mark.parametrize("name", ["dog_registration", "facility_use", "moving_in"])
def test_answers_made_up_from_the_schema_fit_it(name):
    assert wrong(name, made_up(form(name)["schema"], TODAY)) == []
