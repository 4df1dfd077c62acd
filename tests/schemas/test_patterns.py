"""A pattern must never bring the server to a halt."""

import pytest

from schemas.patterns import pattern_trouble


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9]{7}$",
        "^[ァ-ヶー・ ]+$",
        "^[A-Z]{2}[0-9]{8}[A-Z]{2}$",
        "^(?:[a-z]+-)*[a-z]+$",
        "^[0-9]{1,3}(,[0-9]{3})*$",
        "^[^@]+@[^@]+$",
        "^(a|b)*$",
        "^(?:[0-9]{4}-){3}[0-9]{4}$",
        "^[a-z][a-z0-9_]{0,62}$",
        "^[a-z]{1,20}[a-z0-9]{0,10}$",
        "^(?!000|666)[0-9]{3}-[0-9]{2}-[0-9]{4}$",
        "^(?=.*[0-9])[a-z0-9]{8,}$",
        "",
    ],
)
def test_ordinary_patterns_may_be_used(pattern):
    assert pattern_trouble(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "^(a|a)*$",
        "(a*)*",
        "(x+x+)+y",
        "(a|ab|b)*c",
        "(?:a{1,40}){1,40}",
        "(a?){30}a{30}",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "^([ァ-ヶ]x?|[ア-ン])+$",
        "^(.|[あ-ん])*!$",
        "([a-z]+-?)*$",
        ".*.*x",
        "^[ ]*[a-z ]+[ ]*$",
        "^[a-z]+[a-z0-9]*$",
        "(?=(a+)+b)a",
    ],
)
def test_patterns_that_explode_are_refused(pattern):
    assert pattern_trouble(pattern) == "pattern_slow"


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        (r"^\d{7}$", "pattern_wide"),
        (r"\w", "pattern_wide"),
        ("(?<=a)a", "pattern_back"),
        ("^((?=a)a)*$", "pattern_back"),
        (r"(a)\1", "pattern_back"),
        ("(", "pattern_unreadable"),
    ],
)
def test_patterns_that_others_read_differently_are_refused(pattern, code):
    assert pattern_trouble(pattern) == code


def test_escaped_backslash_before_d_is_no_class():
    assert pattern_trouble(r"^\\d$") is None
