"""Exchange with other tools on the command line: BPMN out and in again, DMN out."""

import json

import pytest

import schemas
from tests.forms_engine.test_commands import is_one_line, manage, written  # noqa: F401 – fixtures
from workflows.definitions import publish

pytestmark = pytest.mark.django_db


def test_published_workflow_goes_out_and_comes_back(manage, organisation, tmp_path):  # noqa: F811
    document = schemas.starter("workflows", "dog_registration")
    publish(document)
    drawn, read = tmp_path / "dog.bpmn", tmp_path / "dog.json"
    assert manage("export_bpmn", "dog_registration", "-o", drawn) == (0, "", "")
    assert manage("import_bpmn", drawn, "-o", read) == (0, "", "")
    assert json.loads(read.read_text()) == document
    assert "係長" in drawn.read_text()


def test_file_goes_to_standard_output(manage, written):  # noqa: F811
    path = written(schemas.starter("workflows", "dog_registration"))
    assert manage("export_bpmn", path)[1].startswith("<?xml")
    assert "decisionTable" in manage("export_dmn", path)[1]


def test_foreign_file_that_cannot_be_read_is_refused_in_one_line(manage, written, tmp_path):  # noqa: F811
    path = written(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "bad.bpmn")
    status, _out, err = manage("import_bpmn", path, "-o", tmp_path / "out.json")
    assert status == 1 and "DOCTYPE" in err and is_one_line(err)
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("command", ["export_bpmn", "export_dmn"])
def test_unknown_workflow_and_spoilt_file_are_refused_in_one_line(manage, written, command):  # noqa: F811
    for named in ("nowhere", written({"workflow": "w", "title": "段階なし"}), written(b"{")):
        status, _out, err = manage(command, named)
        assert status == 1 and is_one_line(err)
