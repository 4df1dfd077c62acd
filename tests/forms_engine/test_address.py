"""A resident types a postal code and the address is filled in, never over what they wrote."""

import pytest
from django.test import Client

from forms_engine.forms import PageForm, form_for
from forms_engine.spec import FormSpec

HOME = FormSpec.load(
    {
        "form": "home",
        "title": "住所",
        "schema": {
            "type": "object",
            "properties": {
                "home": {"$ref": "vocabulary.schema.json#/$defs/address"},
                "others": {
                    "type": "array",
                    "title": "以前の住所",
                    "items": {"$ref": "vocabulary.schema.json#/$defs/address"},
                },
            },
            "required": ["home"],
        },
    }
)
PAGE = HOME.pages[0].key


def pressed(button: str = "/home", **typed: str) -> PageForm:
    return form_for(HOME, PAGE, {}, data={"_postal": [button], **{f"/home/{key}": [it] for key, it in typed.items()}})


def boxes(form: PageForm) -> list[str]:
    return [form.posted.first(f"/home/{key}") for key in ("prefecture", "city", "town", "block")]


def test_a_postal_code_fills_in_the_address() -> None:
    form = pressed(postal_code="１００－０００１")
    assert boxes(form) == ["東京都", "千代田区", "千代田", ""]
    assert "住所を入れました" in form.html and form.errors == {} and not form.is_valid()
    assert form.to_save()["home"]["town"] == "千代田"


def test_what_was_typed_further_stays() -> None:
    assert boxes(pressed(postal_code="1000001", town="千代田一丁目"))[2] == "千代田一丁目"


def test_another_address_is_replaced_only_when_the_person_says_so() -> None:
    form = pressed(postal_code="1000001", prefecture="北海道", city="札幌市中央区", block="5")
    assert boxes(form) == ["北海道", "札幌市中央区", "", "5"]
    assert "入力してある住所と違います" in form.html and 'value="/home~0"' in form.html
    chosen = pressed("/home~0", postal_code="1000001", prefecture="北海道", city="札幌市中央区", block="5")
    assert boxes(chosen) == ["東京都", "千代田区", "千代田", "5"]


def test_a_code_of_several_towns_offers_them() -> None:
    form = pressed(postal_code="4520961")
    assert boxes(form) == ["", "", "", ""] and form.html.count('value="/home~') > 50
    assert boxes(pressed("/home~1", postal_code="4520961"))[:2] == ["愛知県", "清須市"]


def test_a_large_offices_code_fills_in_the_block_too() -> None:
    assert boxes(pressed(postal_code="1008111")) == ["東京都", "千代田区", "千代田", "1-1"]


@pytest.mark.parametrize("button", ["/home", "/home~0", "/home~99999", "/home~x", "/home~²", "/elsewhere"])
def test_an_unknown_code_changes_nothing_and_says_so_kindly(button: str) -> None:
    form = pressed(button, postal_code="9999999", city="那覇市")
    assert boxes(form) == ["", "那覇市", "", ""]
    assert (button != "/home") or ">この郵便番号の住所は見つかりませんでした" in form.html


def test_each_row_of_a_table_of_addresses_has_its_own_button() -> None:
    typed = {"/others~rows": ["1"], "/others/0/postal_code": ["1000001"], "_postal": ["/others/0"]}
    form = form_for(HOME, HOME.pages[-1].key, {}, data=typed)
    assert form.posted.first("/others/0/city") == "千代田区" and 'value="/others/0"' in form.html


def test_a_correction_of_one_part_offers_no_completion() -> None:
    saved = {"home": {"postal_code": "1000001", "prefecture": "東京都", "city": "港区", "town": "芝", "block": "1"}}
    form = form_for(HOME, PAGE, saved, data={"_postal": ["/home~0"]}, only=frozenset({"/home/block"}))
    assert boxes(form)[1] == "港区" and "data-completion" not in form.html


def test_a_script_may_ask_without_saying_who_asks(client: Client) -> None:
    reply = client.get("/postal-codes/1000001/")
    assert [place["city"] for place in reply.json()["places"]] == ["千代田区"]
    assert "public" in reply["Cache-Control"] and "Cookie" not in reply.get("Vary", "")
    assert client.get("/postal-codes/nonsense/").json() == {"places": []}
