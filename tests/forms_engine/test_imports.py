"""A resident fills in a form that came from another program; staff bring lists of fields and PDFs."""

import io
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

import schemas
from forms_engine import imports
from forms_engine.forms import PageForm, form_for, pages_for
from forms_engine.spec import FormSpec
from schemas import DocumentRefused
from schemas.dialects.places import in_place, names_of
from schemas.pointers import MISSING
from tests.schemas.dialects.corpus_files import CORPUS, adopted

TODAY = date(2026, 11, 24)
LINES = [
    ["犬の登録申請書", "", "", "", ""],
    ["ページ", "項目名", "種類", "必須", "選択肢"],
    ["飼い主", "申請者氏名", "", "○", ""],
    ["", "フリガナ", "", "○", ""],
    ["", "ご住所", "", "必須", ""],
    ["", "〒", "", "", ""],
    ["", "電話番号", "", "", ""],
    ["犬", "犬の名前", "テキスト", "○", ""],
    ["", "オス・メス", "ラジオボタン", "○", "1：オス、2：メス"],
    ["", "色", "チェックボックス", "", "白\n黒\n茶"],
    ["", "特徴", "長文", "", ""],
    ["", "注射済証の写し", "", "", ""],
    ["", "謎の項目", "超音波", "", ""],
    ["", "", "テキスト", "", ""],
]
EXPECTED = ["person", "address", "phone", "item_4", "item_5", "item_6", "item_7", "file", "item_9"]


def typed(form: PageForm) -> dict[str, list[str]]:
    return {**form.typed(), "_seen": [form.shown]}


@pytest.mark.parametrize("name", CORPUS)
def test_every_page_is_shown_with_a_control_for_each_required_question(name: str) -> None:
    spec = FormSpec.load(adopted(name).document)
    for answers in [{}, *CORPUS[name]["valid"]]:
        for page in pages_for(spec, answers, "ja", TODAY):
            form = form_for(spec, page.key, answers, today=TODAY)
            html = str(form.html)
            given = [(control, answers.get(key, MISSING)) for key, control in form.controls.items()]
            leaves = [one for control, answer in given for one, rows in control.walk(answer) if not rows]
            for leaf in leaves:
                if leaf.is_leaf and leaf.question.required and leaf.kind not in ("hidden", "calculated"):
                    assert f'data-field="{leaf.name}"' in html or leaf.name in html, leaf.name


@pytest.mark.parametrize("name", CORPUS)
def test_answers_come_back_as_they_were_typed(name: str) -> None:
    spec = FormSpec.load(adopted(name).document)
    for answers in CORPUS[name]["valid"]:
        saved: dict[str, Any] = {}
        for page in pages_for(spec, answers, "ja", TODAY):
            shown = form_for(spec, page.key, answers, today=TODAY)
            saved |= form_for(spec, page.key, saved, data=typed(shown), today=TODAY).to_save()
        kept = {key: value for key, value in saved.items() if value is not None}
        assert {key: kept.get(key) for key in answers} == answers


def spreadsheet(path: Path) -> Path:
    workbook = Workbook()
    workbook.active.append(["表紙"])
    sheet = workbook.create_sheet("項目")
    for line in LINES:
        sheet.append(line)
    workbook.save(path)
    return path


def written(path: Path, encoding: str) -> Path:
    quoted = [",".join(f'"{cell}"' for cell in line) for line in LINES]
    path.write_bytes("\r\n".join(quoted).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "xlsx"])
def test_a_list_of_fields_becomes_a_draft_form(tmp_path: Path, encoding: str) -> None:
    is_book = encoding == "xlsx"
    path = spreadsheet(tmp_path / "list.xlsx") if is_book else written(tmp_path / "list.csv", encoding)
    form = imports.read(path)
    properties = form.document["schema"]["properties"]
    assert schemas.check(form.document) == [] and form.document["title"] == "犬の登録申請書"
    assert list(properties) == EXPECTED and properties["person"]["$ref"].endswith("/person")
    assert [page["title"] for page in form.document["pages"]] == ["飼い主", "犬"]
    assert properties["item_6"]["items"]["enum"] == ["白", "黒", "茶"]
    assert properties["item_5"]["oneOf"][1] == {"const": "2", "title": "メス"}
    said = {remark.code for remark in form.remarks}
    assert {"import_absorbed", "import_guessed", "import_guessed_kind", "import_kind", "import_line"} <= said


def fillable(path: Path) -> Path:
    canvas = Canvas(str(path))
    canvas.setTitle("Permit")
    canvas.drawString(60, 705, "Full name")
    canvas.acroForm.textfield(name="text1", x=160, y=700, width=200, height=18, maxlen=30, fieldFlags="required")
    canvas.acroForm.textfield(name="plan", tooltip="Plan of the event", x=160, y=600, height=60, fieldFlags="multiline")
    canvas.acroForm.checkbox(name="agree", tooltip="I agree", x=160, y=560, fieldFlags="")
    for value in ("park", "street"):
        y = 520 if value == "park" else 500
        canvas.acroForm.radio(name="place", tooltip="Place", value=value, x=160, y=y, fieldFlags="radio")
    canvas.showPage()
    canvas.acroForm.choice(
        name="size", tooltip="Size", options=[("Small", "s"), ("Large", "l")], value="s", x=60, y=700
    )
    canvas.showPage()
    canvas.save()
    return path


def test_a_fillable_pdf_becomes_a_draft_form(tmp_path: Path) -> None:
    form = imports.read(fillable(tmp_path / "permit.pdf"))
    properties = form.document["schema"]["properties"]
    assert schemas.check(form.document) == [] and form.document["title"] == "Permit"
    assert list(properties) == ["text1", "plan", "agree", "place", "size"]
    assert properties["text1"] == {"title": "Full name", "type": "string", "maxLength": 30, "minLength": 1}
    assert properties["agree"] == {"title": "I agree", "type": "boolean"}
    assert set(properties["place"]["enum"]) == {"park", "street"}
    assert [page["fields"] for page in form.document["pages"]] == [["text1", "plan", "agree", "place"], ["size"]]
    assert form.document["schema"]["required"] == ["text1"]


def plain_pdf() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(60, 705, "Nothing to fill in")
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7 broken"), ("b.pdf", plain_pdf()), ("c.xlsx", b"PK\x03\x04 broken"), ("d.json", b'{"a": 1}')],
)
def test_a_file_that_describes_no_form_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentRefused) as refused:
        imports.read(path)
    assert str(refused.value).startswith(str(path)) and "\n" not in str(refused.value)


def test_small_workbook_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    Workbook().save(path)
    with ZipFile(path, "a", ZIP_DEFLATED) as packed, packed.open("xl/sharedStrings.xml", "w") as strings:
        for _ in range(60):
            strings.write(b" " * 1024 * 1024)
    with pytest.raises(DocumentRefused, match="大きすぎる"):
        imports.read(path)


def test_schema_that_refers_to_itself_ten_times_at_every_level_is_read_once() -> None:
    levels = {f"t{n}": {"allOf": [{"$ref": f"#/$defs/t{n - 1}"}] * 10} for n in range(1, 30)}
    schema = {"type": "object", "$defs": {"t0": {"properties": {"x": {"type": "string"}}}, **levels}}
    assert names_of(schema, levels["t5"]) == ["x"]
    assert len(list(in_place(schema, levels["t5"]))) == 11
