"""The commands with which a form is translated, as an office uses them."""

import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import schemas
from forms_engine import definitions

pytestmark = pytest.mark.django_db
DOG = Path(schemas.__file__).parent / "forms" / "dog_registration.json"


def run(*arguments: object) -> tuple[int, str]:
    """Status and output of ``manage.py translations …``."""
    out = io.StringIO()
    try:
        call_command("translations", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(DOG, tmp_path / "dog.json"))


def test_what_is_complete_is_said_to_be(file: Path) -> None:
    assert run(file) == (0, "0 件（en、ja-easy）\n")


def test_what_is_missing_is_listed_with_its_source(file: Path) -> None:
    status, told = run(file, "--language", "vi")
    assert status == 1 and "vi\t訳がない\t/title\t犬の登録申請書" in told


def test_a_translator_fills_the_table_and_it_is_read_in(file: Path, tmp_path: Path) -> None:
    table = tmp_path / "dog.csv"
    run(file, "--language", "vi", "--export", table)
    text = table.read_bytes().decode("utf-8-sig").replace("犬の登録申請書,", "犬の登録申請書,", 1)
    first, title, *rest = text.split("\r\n")
    table.write_bytes("\ufeff".encode() + "\r\n".join([first, f"{title}Đăng ký chó", *rest]).encode())
    assert run(file, "--import", table)[0] == 0
    assert json.loads(file.read_text())["translations"]["vi"] == {"/title": "Đăng ký chó"}


def test_a_table_in_shift_jis_is_refused_with_what_to_do(file: Path, tmp_path: Path) -> None:
    (tmp_path / "dog.csv").write_bytes("pointer,kind,ja\r\n/title,title,犬\r\n".encode("cp932"))
    with pytest.raises(CommandError, match="CSV UTF-8"):
        run(file, "--import", tmp_path / "dog.csv")


def test_a_source_that_changed_between_versions_is_outdated(published: None, file: Path) -> None:
    document = json.loads(file.read_text())
    document["description"] = "新しい説明"
    definitions.publish(document)
    assert "en\t原文が変わった\t/description" in run("dog_registration")[1]


def test_a_published_form_is_not_overwritten(published: None, tmp_path: Path) -> None:
    run("dog_registration", "--export", tmp_path / "dog.csv")
    with pytest.raises(CommandError, match="-o FILE"):
        run("dog_registration", "--import", tmp_path / "dog.csv")
    assert run("dog_registration", "--import", tmp_path / "dog.csv", "-o", tmp_path / "new.json")[0] == 0
    assert json.loads((tmp_path / "new.json").read_text()) == definitions.current("dog_registration").document


def test_a_notice_is_previewed_on_the_command_line(file: Path) -> None:
    out = io.StringIO()
    call_command("preview_notice", str(file), "receipt", "--language", "en", stdout=out)
    assert "We received your application: Dog registration" in out.getvalue()
