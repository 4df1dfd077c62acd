import pytest
from django.test import override_settings

from tests.workflows.subjects.models import Matter, Plain
from workflows.keyring import (
    Unreadable,
    decrypt,
    encrypt,
    key_id_of,
    keyed_hash,
    keyed_hashes,
    reencrypt,
    reencrypt_table,
)

OLD, NEW = b"o" * 32, b"n" * 32
BEFORE = override_settings(KEY_RING={"old": OLD})
ROTATED = override_settings(KEY_RING={"new": NEW, "old": OLD})
AFTER = override_settings(KEY_RING={"new": NEW})


def test_sealed_text_names_its_key_and_hides_its_content() -> None:
    with BEFORE:
        sealed = encrypt("佐藤 花子".encode(), b"here")
        assert key_id_of(sealed) == "old"
        assert "佐藤".encode() not in sealed
        assert decrypt(sealed, b"here").decode() == "佐藤 花子"


def test_what_is_sealed_for_a_purpose_opens_for_that_purpose_alone() -> None:
    with BEFORE:
        sealed = encrypt(b"text", b"here", "my number")
        assert decrypt(sealed, b"here", "my number") == b"text"
        for other in ("", "another"):
            with pytest.raises(Unreadable):
                decrypt(sealed, b"here", other)
    with ROTATED:
        assert decrypt(reencrypt(sealed, b"here", "my number"), b"here", "my number") == b"text"


def test_equal_texts_are_sealed_differently() -> None:
    assert encrypt(b"text", b"") != encrypt(b"text", b"")


@pytest.mark.parametrize("position", [0, 1, 5, 20, -1])
def test_changed_byte_is_noticed(position: int) -> None:
    sealed = bytearray(encrypt(b"text", b"here"))
    sealed[position] ^= 1
    with pytest.raises(Unreadable):
        decrypt(bytes(sealed), b"here")


@pytest.mark.parametrize("rubbish", [b"", b"\x05abc", b"\xff" * 40])
def test_rubbish_is_unreadable(rubbish: bytes) -> None:
    with pytest.raises(Unreadable):
        decrypt(rubbish, b"here")


def test_ring_rotates_without_losing_anything() -> None:
    with BEFORE:
        sealed = encrypt(b"text", b"here")
    with ROTATED:
        assert decrypt(sealed, b"here") == b"text"
        fresh = reencrypt(sealed, b"here")
        assert key_id_of(fresh) == "new"
        assert reencrypt(fresh, b"here") is fresh
    with AFTER:
        assert decrypt(fresh, b"here") == b"text"
        with pytest.raises(Unreadable, match="no key 'old'"):
            decrypt(sealed, b"here")


def test_keyed_hash_finds_rows_of_before_the_rotation() -> None:
    with BEFORE:
        stored = keyed_hash("F-00001", "register")
    with ROTATED:
        assert keyed_hash("F-00001", "register") != stored
        assert stored in keyed_hashes("F-00001", "register")


def test_keyed_hash_is_another_for_another_purpose() -> None:
    assert keyed_hash("F-00001", "register") != keyed_hash("F-00001", "access code")


def test_field_keeps_any_json_and_every_code_point(db: None) -> None:
    answers = {"name": "髙﨑 𠮷野 葛󠄀城", "list": [1, 2.5, None, True], "empty": {}}
    matter = Matter.objects.create(answers=answers, note="葛󠄀城")
    again = Matter.objects.get(pk=matter.pk)
    assert (again.answers, again.note) == (answers, "葛󠄀城")


def test_field_changed_in_place_is_saved(db: None) -> None:
    matter = Matter.objects.create(answers={"fee": 1})
    again = Matter.objects.get(pk=matter.pk)
    again.answers["fee"] = 2
    again.save()
    assert Matter.objects.get(pk=matter.pk).answers == {"fee": 2}


def test_values_gives_ciphertext_and_update_refuses_plain_text(db: None) -> None:
    Matter.objects.create(note="内緒")
    assert "内緒".encode() not in Matter.objects.values_list("note", flat=True).get()
    with pytest.raises(TypeError, match="by saving its row"):
        Matter.objects.update(note="内緒")


def test_value_moved_to_another_row_does_not_open(db: None) -> None:
    mine, other = Matter.objects.create(note="私の"), Matter.objects.create(note="他人の")
    Matter.objects.filter(pk=mine.pk).update(note=Matter.objects.values_list("note", flat=True).get(pk=other.pk))
    with pytest.raises(Unreadable):
        _ = Matter.objects.get(pk=mine.pk).note


def test_value_moved_to_another_field_does_not_open(db: None) -> None:
    matter = Matter.objects.create(note="メモ")
    Matter.objects.update(answers=Matter.objects.values_list("note", flat=True).get())
    with pytest.raises(Unreadable):
        _ = Matter.objects.get(pk=matter.pk).answers


def test_row_numbered_by_the_database_is_bound_to_its_field(db: None) -> None:
    plain = Plain.objects.create(text="本文")
    assert Plain.objects.get(pk=plain.pk).text == "本文"


def test_table_is_brought_under_the_new_key(db: None) -> None:
    with BEFORE:
        matter = Matter.objects.create(answers={"fee": 1}, note="メモ")
    with ROTATED:
        assert reencrypt_table(Matter) == 1
        assert reencrypt_table(Matter) == 0
    with AFTER:
        again = Matter.objects.get(pk=matter.pk)
        assert (again.answers, again.note) == ({"fee": 1}, "メモ")
