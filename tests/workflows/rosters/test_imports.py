"""A clerk of the personnel section brings the organisation in as a table, and takes it out again."""

import codecs
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from workflows import audit
from workflows.audit import AuditEntry
from workflows.changes import Change, OrganisationRefused
from workflows.departments import put_department
from workflows.rosters.cells import guard, read_table, unguard, write_table
from workflows.rosters.imports import Import, carry_out, export, preview
from workflows.rosters.kinds import KINDS
from workflows.staff import Department, Post, Role, StaffMember
from workflows.standing_substitutes import StandingSubstitute, load_substitutes, named_for

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DEPARTMENTS = "課の記号,課の名称,上位の課の記号,廃止日\n"


def shown(text: str, is_complete: bool = False) -> Import:
    return preview(text.encode(), is_complete, None)


def carried_out(text: str, is_complete: bool = False) -> Import:
    return carry_out(text.encode(), is_complete, shown(text, is_complete).fingerprint, None)


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("is_complete", [False, True])
def test_what_is_exported_changes_nothing_when_imported(municipality: None, key: str, is_complete: bool) -> None:
    load_substitutes([{"post": "*/mayor", "substitute": "*/deputy_mayor", "since": "2026-04-01"}])
    found = preview(export(key), is_complete, None)
    assert found.kind.key == key
    assert found.lines and not found.problems and not found.changing


def test_preview_names_new_changed_ended_unchanged_and_problem_lines(organisation: None) -> None:
    put_department("old", "古い課", None, None, None)
    found = shown(
        DEPARTMENTS + "environment,環境政策課,mayor_office,\nharbour,港湾課,,\nold,古い課,,2026/12/31\n"
        "general,総務課,mayor_office,\nnew one,空白課,,\nroads,道路課,nowhere,\n"
    )
    assert [line.change for line in found.lines[:4]] == [Change.CHANGED, Change.NEW, Change.ENDED, Change.UNCHANGED]
    assert [line.number for line in found.problems] == [6, 7]
    assert "半角" in found.problems[0].problem and "nowhere" in found.problems[1].problem
    assert not Department.objects.filter(key="harbour").exists()


def test_preview_leaves_no_trace(organisation: None) -> None:
    before = audit.verify()
    shown(DEPARTMENTS + "harbour,港湾課,,\n")
    assert audit.verify() == before


def test_carrying_out_does_it_once_and_says_so_in_the_audit_chain(organisation: None) -> None:
    text = DEPARTMENTS + "quay,岸壁係,harbour,\nharbour,港湾課,,\n"
    assert len(carried_out(text).of(Change.NEW)) == 2
    assert Department.objects.get(key="quay").parent == Department.objects.get(key="harbour")
    assert not carried_out(text).changing
    verbs = list(AuditEntry.objects.order_by("-number").values_list("verb", flat=True)[:4])
    assert verbs == ["import_roster", "import_roster", "found_department", "found_department"]


def test_nothing_is_carried_out_while_a_line_has_a_problem(organisation: None) -> None:
    with pytest.raises(OrganisationRefused, match="直す必要"):
        carried_out(DEPARTMENTS + "harbour,港湾課,,\nroads,,,\n")
    assert not Department.objects.filter(key="harbour").exists()


def test_nothing_is_carried_out_if_somebody_changed_the_organisation_meanwhile(organisation: None) -> None:
    text = DEPARTMENTS + "harbour,港湾課,,\n"
    seen = shown(text).fingerprint
    put_department("harbour", "港湾部", None, None, None)
    with pytest.raises(OrganisationRefused, match="確認した後"):
        carry_out(text.encode(), False, seen, None)
    assert Department.objects.get(key="harbour").title == "港湾部"


def test_whoever_a_complete_list_does_not_name_leaves(organisation: None, sato: StaffMember) -> None:
    text = "\n".join(line for line in export("posts").decode("utf-8-sig").splitlines() if not line.startswith("sato,"))
    found = carried_out(text, is_complete=True)
    assert [line.words for line in found.changing] == ["sato environment reviewer 2026-04-01"]
    assert Post.objects.get(member=sato).until == localdate()
    assert not carried_out(text, is_complete=True).changing


def test_a_post_that_never_began_is_withdrawn_by_a_complete_list(organisation: None, sato: StaffMember) -> None:
    text = export("posts").decode("utf-8-sig")
    where = {"department": Department.objects.get(key="general"), "role": Role.objects.get(key="reviewer")}
    Post.objects.create(member=sato, since=localdate() + timedelta(days=9), **where)
    assert len(carried_out(text, is_complete=True).of(Change.ENDED)) == 1
    assert not Post.objects.filter(member=sato, **where).exists()


def test_line_that_names_the_same_twice_is_a_problem(organisation: None) -> None:
    found = shown(DEPARTMENTS + "harbour,港湾課,,\nharbour,港湾部,,\n")
    assert [(line.number, line.problem) for line in found.problems] == [(3, "2行目と同じものです。")]


def test_a_file_as_excel_saves_it_in_japan_is_read(organisation: None) -> None:
    text = "ログイン名\t氏名\tフリガナ\tメール\t在職\r\nhayashi\t林 太郎\tハヤシ タロウ\t\t○\r\n"
    for content in (text.encode("cp932"), codecs.BOM_UTF8 + text.encode(), text.replace("\t", ",").encode("cp932")):
        assert [line.change for line in preview(content, False, None).lines] == [Change.NEW]


@pytest.mark.parametrize("written", ["2027/4/1", "2027-04-01", "令和9年4月1日", "R9.4.1"])
def test_days_are_read_as_people_write_them(organisation: None, sato: StaffMember, written: str) -> None:
    heads = "ログイン名,課の記号,役職の記号,発令日,解職日,個人番号の事務取扱担当者\n"
    carried_out(heads + f"sato,general,reviewer,{written},,×\n")
    assert Post.objects.get(member=sato, department__key="general").since.isoformat() == "2027-04-01"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "何も"),
        ("課の記号,課の名称\nx,y\n".encode(), "上位の課の記号"),
        (b"\x81\xff\xfe\x00", "文字コード"),
        (b'"a\nb', "CSVとして"),
        (b"x" * 1_000_001, "大きすぎ"),
    ],
)
def test_what_is_no_roster_is_refused_in_words(organisation: None, content: bytes, words: str) -> None:
    with pytest.raises(OrganisationRefused, match=words):
        preview(content, False, None)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_cells_come_back_as_they_went_and_none_is_a_formula(rows: list[list[str]]) -> None:
    written = write_table(["甲", "乙"], rows)
    assert [row for _number, row in read_table(written)[1]] == [row for row in rows if any(row)]
    assert all(guard(cell)[:1] not in "=+-@＝＋－＠\t\r\n" or not cell for row in rows for cell in row)
    assert all(unguard(guard(cell)) == cell for row in rows for cell in row)


TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: text.split()
)


class RosterOfAnything(TestCase):
    """Whatever an office calls its departments, its export changes nothing."""

    @settings(max_examples=25, deadline=None)
    @given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True), TITLES, min_size=1, max_size=5))
    def test_export_of_any_departments_changes_nothing(self, titles: dict[str, str]) -> None:
        parent = None
        for key, title in titles.items():
            put_department(key, title, parent, None, None)
            parent = Department.objects.get(key=key)
        found = preview(export("departments"), True, None)
        assert len(found.lines) == len(titles) and not found.changing and not found.problems


SUBSTITUTES = (
    "決裁する職の課の記号,決裁する職の役職の記号,代決する職の課の記号,代決する職の役職の記号,順位,初日,最終日\n"
)


def test_substitutes_of_the_office_come_in_as_a_table(municipality: None) -> None:
    lines = "environment,section_chief,environment,unit_chief,1,2026/12/1,\n,mayor,,deputy_mayor,1,R8.12.1,R9.3.31\n"
    StandingSubstitute.objects.all().delete()
    found = carried_out(SUBSTITUTES + lines)
    assert found.kind.key == "substitutes" and [line.change for line in found.lines] == [Change.NEW, Change.NEW]
    assert named_for("*/mayor", date(2027, 3, 31)) == ["*/deputy_mayor"]
    assert not carried_out(SUBSTITUTES + lines).changing
    changed = carried_out(SUBSTITUTES + lines.replace(",1,2026/12/1,", ",2,2026/12/1,2026/12/31"), is_complete=True)
    assert [line.change for line in changed.lines] == [Change.ENDED, Change.UNCHANGED]
    assert named_for("environment/section_chief", date(2027, 1, 1)) == []


def test_substitutes_that_no_line_names_end(municipality: None) -> None:
    StandingSubstitute.objects.all().delete()
    carried_out(SUBSTITUTES + "environment,section_chief,environment,unit_chief,1,2026/4/1,\n")
    found = carried_out(SUBSTITUTES + ",mayor,,deputy_mayor,1,2026/4/1,\n", is_complete=True)
    assert [line.change for line in found.lines] == [Change.NEW, Change.ENDED]
    assert named_for("environment/section_chief") == [] and named_for("*/mayor") == ["*/deputy_mayor"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("environment,section_chief,environment,section_chief,1,2026/4/1,", "同じ職"),
        ("environment,section_chief,environment,unit_chief,0,2026/4/1,", "1から9"),
        ("environment,section_chief,environment,unit_chief,1,,", "初日を書いて"),
        ("environment,section_chief,environment,unit_chief,1,2026/4/1,2026/3/1", "最終日"),
        ("nowhere,section_chief,environment,unit_chief,1,2026/4/1,", "nowhere"),
        ("mayor_office,mayor,,deputy_mayor,1,2026/4/1,", "課を書かないで"),
    ],
)
def test_substitute_that_cannot_be_named_is_a_problem_line(municipality: None, line: str, said: str) -> None:
    StandingSubstitute.objects.all().delete()
    (problem,) = shown(SUBSTITUTES + line + "\n").problems
    assert said in problem.problem
