"""Definitions as files."""

import pytest

import schemas
from schemas.pointers import MISSING, escaped, leaves, lookup, parts, pointer, unescaped


def test_file_is_loaded_with_or_without_byte_order_mark(tmp_path):
    path = tmp_path / "form.json"
    path.write_bytes('\ufeff{"form": "犬"}'.encode())
    assert schemas.load(path) == {"form": "犬"}


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"a": 1,}', "JSON"), ('{"a": 1, "a": 2}', "2回"), ("[]", "定義"), ('{"a": NaN}', "数"), ("[" * 99999, "深すぎ")],
)
def test_file_that_is_no_definition_is_refused_in_one_line(tmp_path, text, said):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(schemas.DocumentRefused) as refused:
        schemas.load(path)
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_missing_and_foreign_files_are_refused(tmp_path):
    (tmp_path / "sjis.json").write_bytes('{"form": "犬"}'.encode("cp932"))
    for name in ("sjis.json", "nothing.json"):
        with pytest.raises(schemas.DocumentRefused):
            schemas.load(tmp_path / name)


def test_unknown_starter_is_refused():
    with pytest.raises(KeyError):
        schemas.starter("forms", "../vocabulary.schema")
    with pytest.raises(KeyError):
        schemas.starters("elsewhere")


def test_pointers_go_both_ways():
    address = pointer(["a/b", "c~d", 0])
    assert address == "/a~1b/c~0d/0" and parts(address) == ["a/b", "c~d", "0"]
    assert unescaped(escaped("~1/~0")) == "~1/~0"
    document = {"a/b": {"c~d": [7]}}
    assert lookup(document, address) == 7
    assert lookup(document, "/a~1b/c~0d/1") is MISSING and lookup(document, "/x", None) is None
    assert lookup(document, "/a~1b/c~0d/-1") is MISSING
    assert dict(leaves(document)) == {address: 7}
    with pytest.raises(ValueError, match="pointer"):
        parts("a")
