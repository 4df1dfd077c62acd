"""Rules are tried, suspended and resumed from the command line, with the same checks as anywhere."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.workflows import documents
from tests.workflows.subjects.models import Matter
from workflows.cases import start
from workflows.definitions import publish
from workflows.suspensions import Suspension

pytestmark = pytest.mark.django_db


def told(*command: Any, **options: Any) -> str:
    out = StringIO()
    call_command(*command, **options, stdout=out)
    return out.getvalue()


def written(path: Path, **row: Any) -> Path:
    """The table with something changed in its second row, as a file."""
    document = json.loads(json.dumps(documents.RULED))
    document["steps"][0]["table"][1] |= row
    path.write_text(json.dumps(document))
    return path


def test_a_changed_table_is_tried_on_past_cases(organisation: None, tmp_path: Path) -> None:
    start(Matter.objects.create(answers={"fee": 5000}, reference="R8-7"), publish(documents.RULED))
    file = written(tmp_path / "rules.json", when={"fee": {"maximum": 9000}})
    lines = told("try_rules", "ruled", file).splitlines()
    assert lines[0] == "R8-7: 規則に当てはまらない → 自動承認（small）、実際の結果: 審査中"
    assert "結果の変わる案件 1 件" in lines[-1]
    assert "調べた案件 0 件" in told("try_rules", "ruled", file, since="2999-01-01")


def test_a_table_with_problems_is_not_tried(organisation: None, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        told("try_rules", "ruled", written(tmp_path / "rules.json", outcome="refused"))
    with pytest.raises(CommandError, match="other"):
        told("try_rules", "other", written(tmp_path / "rules.json"))


def test_a_rule_is_suspended_and_resumed(organisation: None) -> None:
    publish(documents.RULED)
    assert "停止" in told("suspend_rule", "ruled", "rules", "small", reason="点検")
    assert Suspension.objects.running().count() == 1
    assert "再開" in told("suspend_rule", "ruled", "rules", "small", resume=True)
    with pytest.raises(CommandError, match="停止していません"):
        told("suspend_rule", "ruled", "rules", "small", resume=True)
