import uuid
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils.timezone import now

from forms_engine.residents import (
    ALPHABET,
    GUESSES,
    WINDOW,
    Guess,
    TooManyGuesses,
    admit,
    code_of,
    forget_guesses,
    matches,
)

MINE, THEIRS = uuid.UUID(int=1), uuid.UUID(int=2)


def test_a_code_is_four_groups_of_four_without_ambiguous_letters():
    groups = code_of(MINE).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET) and not set("ILOU") & set(ALPHABET)


def test_every_application_has_a_code_of_its_own_and_always_the_same():
    assert code_of(MINE) == code_of(MINE) != code_of(THEIRS)
    assert not matches(THEIRS, code_of(MINE))


def test_codes_are_read_as_people_write_them():
    code = code_of(MINE)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code.replace("-", ""))
    sloppy = code.replace("0", "o").replace("1", "l").replace("-", " ").lower()
    assert matches(MINE, wide) and matches(MINE, sloppy) and matches(MINE, f"　{code}\n")
    assert matches(MINE, code.replace("1", "I").replace("0", "Ｏ"))


@pytest.mark.parametrize("wrong", ["", "0", "-", "あいうえお", "0000-0000-0000-0000", "U" * 16])
def test_nothing_else_is_a_code(wrong):
    assert not matches(MINE, wrong)
    assert not matches(MINE, code_of(MINE)[:-1]) and not matches(MINE, code_of(MINE) + "0")


def test_a_code_given_out_under_an_older_key_still_opens():
    with override_settings(KEY_RING={"old": b"o" * 32}):
        code = code_of(MINE)
    with override_settings(KEY_RING={"new": b"n" * 32, "old": b"o" * 32}):
        assert matches(MINE, code) and code_of(MINE) != code
    with override_settings(KEY_RING={"new": b"n" * 32}):
        assert not matches(MINE, code)


@pytest.mark.django_db
def test_after_ten_wrong_guesses_only_the_right_code_is_let_in():
    for _guess in range(GUESSES):
        assert not admit(MINE, "WRONG")
    with pytest.raises(TooManyGuesses):
        admit(MINE, "WRONG")
    assert admit(MINE, code_of(MINE)), "guessing must not lock the resident out"
    assert admit(THEIRS, code_of(THEIRS))


@pytest.mark.django_db
def test_the_window_passes_and_counting_begins_again():
    Guess.objects.create(application_id=MINE, count=GUESSES, since=now() - WINDOW - timedelta(seconds=1))
    assert admit(MINE, code_of(MINE)) and not admit(MINE, "WRONG")
    assert Guess.objects.get().count == 1


@pytest.mark.django_db
def test_right_codes_are_never_counted():
    for _time in range(GUESSES + 2):
        assert admit(MINE, code_of(MINE))
    assert not Guess.objects.exists()


@pytest.mark.django_db
def test_old_counts_are_forgotten():
    Guess.objects.create(application_id=MINE, since=now() - WINDOW)
    Guess.objects.create(application_id=THEIRS)
    assert forget_guesses() == 1 and Guess.objects.get().application_id == THEIRS
