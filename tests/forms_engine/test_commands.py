import copy
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import load_command_class
from django.core.management.base import CommandError

from forms_engine.applications import Application
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.attachments import Attachment
from tests.forms_engine.conftest import PDF
from tests.forms_engine.documents import ANSWERS, ROOM, ROUTE
from workflows.audit import AuditEntry
from workflows.cases import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def manage(capsys):
    """``manage("submit", "room", path)``: status, standard output and standard error, as a shell would see them."""

    def run(name, *arguments):
        command = load_command_class("forms_engine", name)
        status, error = 0, ""
        try:
            options = vars(command.create_parser("manage.py", name).parse_args([str(one) for one in arguments]))
            options.pop("args", None)
            command.execute(**options)
        except CommandError as refused:
            status, error = refused.returncode, f"CommandError: {refused}\n"
        except SystemExit as left:
            status = left.code
        out, err = capsys.readouterr()
        return status, out, error + err

    return run


@pytest.fixture
def written(tmp_path):
    """``written(document)``: the path of a file that holds it as JSON."""

    def write(content, name="file.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
        return path

    return write


def is_one_line(text):
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


def test_a_good_definition_passes_the_check(manage, written):
    status, out, _err = manage("check_definition", written(ROOM))
    assert status == 0 and "OK" in out


def test_a_bad_definition_is_told_its_problems_by_place(manage, written):
    broken = {**copy.deepcopy(ROOM), "pages": [{"key": "a", "title": "あ", "fields": ["no_such_field"]}]}
    status, out, _err = manage("check_definition", written(broken))
    assert status == 1 and "/pages/0/fields/0" in out


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"form": NaN}', b'"text"', b"[" * 100_000])
@pytest.mark.parametrize("name", ["check_definition", "publish"])
def test_a_file_that_is_no_definition_is_one_line_and_an_error(manage, written, name, content):
    status, out, err = manage(name, written(content))
    assert status == 1 and is_one_line(out + err)


@pytest.mark.parametrize("command", [("check_definition",), ("publish",), ("submit", "room"), ("verify_archive",)])
def test_a_file_that_is_not_there_is_one_line_and_an_error(manage, room, command, tmp_path):
    status, out, err = manage(*command, tmp_path / "nowhere.json")
    assert status == 1 and not out and is_one_line(err)


TREE = {"type": "object", "title": "Tree", "properties": {"how many": {"type": "integer"}}, "required": ["how many"]}
TREE_UI = {
    "type": "VerticalLayout",
    "elements": [{"type": "Control", "scope": "#/properties/how many", "label": "本数"}],
}


def test_a_foreign_form_is_checked_as_what_it_would_become(manage, written):
    status, out, err = manage("check_definition", written({"schema": TREE, "uischema": TREE_UI}, "tree.json"))
    assert status == 0 and "OK" in out
    assert "JSON Formsの様式として読みました（項目1、画面1、" in err and "/procedure" in err


def test_a_foreign_form_is_written_as_a_definition(manage, written, tmp_path):
    target = tmp_path / "definition.json"
    schema, ui = written(TREE, "tree.json"), written(TREE_UI, "layout.json")
    status, out, err = manage("import_form", schema, "--ui", ui, "-o", target, "--workflow", "room_route")
    definition = json.loads(target.read_text())
    assert status == 0 and out.strip() == str(target) and "注意 /procedure" in err
    assert definition["schema"]["properties"]["how many"] == {"type": "integer", "title": "本数"}
    assert definition["procedure"]["workflow"] == "room_route" and manage("check_definition", target)[0] == 0


def test_a_ui_schema_beside_its_schema_is_found(manage, written):
    schema, _ui = written(TREE, "schema.json"), written(TREE_UI, "uischema.json")
    status, out, err = manage("import_form", schema)
    assert status == 0 and json.loads(out)["pages"][0]["fields"] == ["how many"] and "JSON Forms" in err


def test_a_foreign_form_is_published_once_its_route_is(manage, written, organisation):
    assert "section_chief" in manage("publish", written(TREE, "tree.json"))[1]
    manage("publish", written({**ROUTE, "workflow": "section_chief"}, "route.json"))
    status, out, err = manage("publish", written(TREE, "tree.json"))
    assert status == 0 and out.startswith("tree 1 ") and "JSON Schemaの様式" in err


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"%PDF-1.4", b"PK\x03\x04", b'{"a": 1}', b"[" * 100_000])
def test_a_file_that_describes_no_form_is_one_line_and_an_error(manage, written, content):
    status, out, err = manage("import_form", written(content, "x.json"))
    assert status == 1 and not out and is_one_line(err)


def test_workflow_and_form_are_published_and_published_again(manage, written, organisation):
    assert manage("publish", written(ROUTE))[0] == 0
    first, second = manage("publish", written(ROOM)), manage("publish", written(ROOM))
    assert first == second and first[1].startswith("room 1 ")


def test_a_form_without_its_workflow_is_refused_in_words(manage, written, organisation):
    status, out, _err = manage("publish", written(ROOM))
    assert status == 1 and "room_route" in out and is_one_line(out)


def test_submitting_prints_the_receipt_number_alone(manage, written, room):
    status, out, err = manage("submit", "room", written(ANSWERS))
    assert (status, err) == (0, "") and out.strip() == Application.objects.get().receipt_number


def test_problems_are_printed_field_by_field_and_nothing_is_left_behind(manage, written, room):
    status, out, _err = manage("submit", "room", written({**ANSWERS, "use_date": "tomorrow", "rooms": []}))
    assert status == 1
    assert [line.split(":")[0] for line in sorted(out.splitlines())] == ["/rooms 部屋", "/use_date 使用日"]
    assert not Application.objects.exists()


def test_fields_that_the_form_does_not_have_are_named(manage, written, room):
    status, out, _err = manage("submit", "room", written({**ANSWERS, "favourite": "blue"}))
    assert status == 1 and out.startswith("/favourite") and not Application.objects.exists()


def test_files_are_attached_by_name_or_pointer(manage, written, room):
    selling, plan = written({**ANSWERS, "sales": True, "goods": "菓子"}), written(PDF, "計画.pdf")
    status, out, _err = manage(
        *("submit", "room", selling, "--attach", f"plan={plan}"),
        *("--attach", f"/photos={plan}", "--attach", f"photos={plan}"),
    )
    assert status == 0 and out.startswith("R")
    answers = Application.objects.get().latest_revision().answers
    assert answers["plan"]["name"] == "計画.pdf" and len(answers["photos"]) == 2


@pytest.mark.parametrize(
    ("attach", "words"),
    [("plan", "FIELD=PATH"), ("plan=/nowhere.pdf", "/nowhere.pdf"), ("=x", "FIELD=PATH"), ("goods=", "FIELD=PATH")],
)
def test_an_attachment_that_cannot_be_read_is_one_line(manage, written, room, attach, words):
    selling = written({**ANSWERS, "sales": True, "goods": "菓子"})
    status, out, err = manage("submit", "room", selling, "--attach", attach)
    assert status == 1 and words in err and is_one_line(out + err)


def test_a_file_of_the_wrong_kind_is_a_problem_at_its_field(manage, written, room):
    selling, page = written({**ANSWERS, "sales": True, "goods": "菓子"}), written(b"<html>", "plan.pdf")
    status, out, _err = manage("submit", "room", selling, "--attach", f"plan={page}")
    assert status == 1 and out.startswith("/plan 販売計画書:") and not Attachment.objects.exists()


def test_an_unknown_form_is_one_line(manage, written, organisation):
    status, _out, err = manage("submit", "no_form", written(ANSWERS))
    assert status == 1 and "no_form" in err and is_one_line(err)


def test_an_application_is_decided_from_the_command_line(manage, submitted):
    number = submitted().receipt_number
    assert manage("decide", number, "approved", "--as", "sato")[0] == 0
    status, out, _err = manage("decide", number.lower(), "approved", "--as", "yoshino", "--comment", "異議なし")
    assert status == 0 and out.startswith(f"{number} decide approved")
    assert Application.objects.get().outcome == "approved"


def test_a_correction_is_requested_with_its_remarks(manage, submitted):
    application = submitted()
    status, _out, _err = manage(
        "decide", application.receipt_number, "correction", "--as", "sato", "--remark", "group_id=番号は？"
    )
    assert status == 0 and application.open_correction().remarks == {"/group_id": "番号は？"}
    status, _out, err = manage("decide", application.receipt_number, "approved", "--as", "sato")
    assert status == 1 and "補正" in err and is_one_line(err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("R8-999999", "approved", "--as", "sato"),
        ("{number}", "approved", "--as", "nobody"),
        ("{number}", "approved", "--as", "yoshino"),
        ("{number}", "approved", "--as", "admin"),
        ("{number}", "refused", "--as", "sato", "--comment", "理由"),
        ("{number}", "correction", "--as", "sato"),
        ("{number}", "correction", "--as", "sato", "--remark", "group_id"),
        ("{number}", "returned", "--as", "sato", "--to", "nowhere"),
    ],
)
def test_what_may_not_be_decided_is_one_line_and_changes_nothing(manage, submitted, arguments):
    application = submitted()
    filled = [argument.format(number=application.receipt_number) for argument in arguments]
    status, out, err = manage("decide", *filled)
    assert status == 1 and not out and is_one_line(err)
    assert not Case.objects.of(application).get().decisions.exists()


def test_deciding_twice_is_refused(manage, submitted):
    number = submitted(group_id="F-00001").receipt_number
    status, _out, err = manage("decide", number, "approved", "--as", "sato")
    assert status == 1 and "終わっています" in err and is_one_line(err)


@pytest.mark.parametrize("arguments", [(), ("R8-1",), ("R8-1", "sometimes", "--as", "sato"), ("R8-1", "approved")])
def test_wrong_arguments_are_one_line(manage, arguments):
    status, out, err = manage("decide", *arguments)
    assert status == 2 and not out and is_one_line(err)


def test_the_audit_chain_is_verified(manage, submitted):
    submitted()
    status, out, _err = manage("verify_audit")
    assert status == 0 and str(AuditEntry.objects.count()) in out


def test_a_broken_audit_chain_is_one_line_and_an_error(manage, submitted):
    submitted()
    AuditEntry.objects.filter(number=2)._raw_delete("default")
    status, out, err = manage("verify_audit")
    assert status == 1 and "2" in err and is_one_line(out + err)


def test_the_archive_copy_is_exported_and_verified(manage, submitted, tmp_path):
    number = submitted(group_id="F-00001").receipt_number
    path = tmp_path / "copy.pdf"
    assert manage("export_archive", number, "-o", path)[0] == 0
    status, out, _err = manage("verify_archive", path)
    assert status == 0 and number in out and "登録団体の通常使用" in out


def test_an_altered_archive_copy_is_told_and_an_error(manage, submitted, tmp_path, written):
    path = tmp_path / "copy.pdf"
    manage("export_archive", submitted(group_id="F-00001").receipt_number, "-o", path)
    content = path.read_bytes()
    status, out, _err = manage("verify_archive", written(content[:2000] + b"?" + content[2001:]))
    assert status == 1 and out


def test_there_is_no_copy_of_what_is_still_open(manage, submitted, tmp_path):
    status, _out, err = manage("export_archive", submitted().receipt_number, "-o", tmp_path / "copy.pdf")
    assert status == 1 and is_one_line(err)


def test_a_copy_that_cannot_be_written_is_one_line(manage, submitted, tmp_path):
    number = submitted(group_id="F-00001").receipt_number
    status, _out, err = manage("export_archive", number, "-o", tmp_path / "no" / "such" / "folder.pdf")
    assert status == 1 and is_one_line(err)


def test_the_sweep_finds_the_closed_application_whose_copy_was_never_made(manage, submitted):
    application = submitted(group_id="F-00001")
    ArchiveCopy.objects.all().delete()
    status, out, _err = manage("sweep")
    assert status == 0 and "1 件" in out
    assert ArchiveCopy.objects.get().application == application


def test_in_a_shell_an_error_is_one_line_and_never_a_traceback(tmp_path, written):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3", "KAKANAI_VAR": str(tmp_path)}
    manage_py = str(settings.BASE_DIR / "manage.py")
    for arguments in (["submit", "room", str(written(ANSWERS))], ["decide", "R8-1", "approved", "--as", "sato"]):
        done = subprocess.run([sys.executable, manage_py, *arguments], env=environment, capture_output=True, text=True)
        assert done.returncode != 0 and is_one_line(done.stderr) and not done.stdout
