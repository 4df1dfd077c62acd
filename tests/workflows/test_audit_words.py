"""Every verb that is recorded has a name that an auditor can read."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from workflows import audit
from workflows.audit_words import WORDS, word_of
from workflows.capacities import AUDITOR, grant
from workflows.staff import StaffMember

ROOT = Path(__file__).parents[2]
RECORDING = {"record", "note", "_record", "_audit", "_note"}
TABLES = {"VERBS"}


def trees() -> Iterator[ast.AST]:
    for floor in ("workflows", "forms_engine"):
        for path in (ROOT / floor).rglob("*.py"):
            if "migrations" not in path.parts:
                yield ast.parse(path.read_text())


def recorded() -> Iterator[str]:
    """The texts that are handed to what writes audit entries, and those of the tables from which verbs are taken."""
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if called in RECORDING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
        if isinstance(node, ast.Assign) and {getattr(one, "id", "") for one in node.targets} & TABLES:
            yield from (one.value for one in node.value.values if isinstance(one, ast.Constant))  # type: ignore[attr-defined]


def test_every_recorded_verb_has_a_word() -> None:
    found = set(recorded())
    assert {"decide", "submit", "found_department", "read_later"} <= found
    assert found - WORDS.keys() == set()


def test_a_verb_of_a_later_release_stands_for_itself() -> None:
    assert word_of("frobnicate") == "frobnicate"
    with override("en"):
        assert word_of("decide") == "Decision"


@pytest.mark.django_db
def test_auditor_reads_words_and_looks_for_them(admin: StaffMember, client_of: Callable[[str], Client]) -> None:
    grant(admin, AUDITOR)
    audit.record("suspend_rule", "workflow:line", None, step="check", row="small")
    page = client_of("admin").get(reverse("organisation:audit") + "?verb=suspend_rule").content.decode()
    assert "規則を停止" in page
    assert '<option value="suspend_rule" selected>' in page
