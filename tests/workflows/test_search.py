"""Staff look for cases by the names in them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.name_folding import folded_name
from tests.workflows.conftest import waiting_task
from tests.workflows.test_queue import assert_no_scan, plan_of
from workflows.cases import Case, Task
from workflows.corrections import resume
from workflows.decisions import decide
from workflows.search import NEAR, index_what_is_missing, search
from workflows.search_terms import SearchEntry, SearchToken, label_all, rekey, tokens_of
from workflows.staff import StaffMember

pytestmark = pytest.mark.both
Opened = Callable[..., Case]
NEW, OLD = bytes(range(32)), bytes(range(32, 64))


def found(member: StaffMember, text: str) -> list[Case]:
    return list(search(member, text).cases)


@pytest.mark.parametrize("typed", ["髙﨑", "高崎", "髙﨑　一郎", "崎一", "タカサキ", "たかさき", "ﾀｶｻｷ ｲﾁﾛｳ"])
def test_a_name_is_found_however_it_is_written(opened: Opened, sato: StaffMember, typed: str) -> None:
    case = opened(names=["髙﨑一郎", "タカサキイチロウ"])
    opened(names=["佐藤花子", "サトウハナコ"])
    assert found(sato, typed) == [case]


@pytest.mark.parametrize("typed", ["葛城", "葛󠄀城", "𠮷野", "吉野", "かかない", "(株)かかない", "ＫＡＫＡＮＡＩ"])
def test_selectors_variants_and_width_make_no_difference(opened: Opened, sato: StaffMember, typed: str) -> None:
    case = opened(names=["葛󠄁城𠮷野", "㈱かかない", "Kakanai Ltd."])
    assert found(sato, typed) == [case]


def test_characters_in_another_order_are_another_name(opened: Opened, sato: StaffMember) -> None:
    opened(names=["山本本山", "山"])
    assert found(sato, "本本山山") == found(sato, "山山") == []
    assert len(found(sato, "本山")) == 1


def test_two_names_of_one_case_are_not_read_as_one(opened: Opened, sato: StaffMember) -> None:
    opened(names=["田中", "中村", "村田"])
    assert found(sato, "田中村") == []


def test_one_character_is_answered_with_what_helps(opened: Opened, sato: StaffMember) -> None:
    opened(names=["林太郎"])
    assert search(sato, "林").cases == [] and "1文字" in search(sato, "林").hint
    assert "受付番号" in search(sato, " ・ ").hint
    assert len(found(sato, "林太")) == 1


@pytest.mark.parametrize("typed", ["R8-000123", "r8-123", "Ｒ８－１２３", "R8 000123"])
def test_a_receipt_number_is_found_however_it_is_written(opened: Opened, sato: StaffMember, typed: str) -> None:
    case = opened(reference="R8-000123")
    opened(reference="R8-000124")
    assert found(sato, typed) == [case]


def test_nobody_finds_what_he_may_not_see(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    opened(names=["佐藤花子"], reference="R8-000123")
    assert len(found(sato, "佐藤")) == 1
    assert found(suzuki, "佐藤") == found(suzuki, "R8-000123") == []


def test_a_case_of_another_department_is_found_by_whom_it_concerns(
    opened: Opened, sato: StaffMember, suzuki: StaffMember, admin: StaffMember
) -> None:
    case = opened(names=["佐藤花子"])
    Task.objects.filter(process=case).update(owner=suzuki)
    assert found(suzuki, "佐藤") == [case]
    assert found(admin, "佐藤") == []


def test_more_than_fit_are_cut_with_a_hint(opened: Opened, sato: StaffMember) -> None:
    cases = [opened(names=[f"佐藤{'一二三'[number]}"]) for number in range(3)]
    few = search(sato, "佐藤", limit=2)
    assert few.cases == [cases[2], cases[1]] and "全部" in few.hint
    assert search(sato, "佐藤", limit=3).hint == ""


def test_correction_changes_what_is_found(opened: Opened, sato: StaffMember) -> None:
    case = opened(names=["佐藤花子"])
    decide(waiting_task(case), "correction", sato, comment="氏名")
    subject = case.subject
    subject.names = ["加藤花子"]
    subject.save()
    resume(case)
    assert found(sato, "佐藤") == [] and found(sato, "加藤") == [case] == found(sato, "花子")


def test_index_holds_nothing_readable(opened: Opened) -> None:
    opened(names=["佐藤花子"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT terms FROM workflows_searchentry")
        (sealed,) = cursor.fetchone()
    assert "佐藤".encode() not in bytes(sealed)
    assert SearchToken.objects.count() == 3
    with override_settings(KEY_RING={"other": NEW}):
        assert not set(SearchToken.objects.values_list("token", flat=True)) & set(tokens_of("佐藤花子")[0])


def test_search_goes_on_while_keys_change(opened: Opened, sato: StaffMember) -> None:
    with override_settings(KEY_RING={"old": OLD}):
        first = opened(names=["佐藤花子"])
    with override_settings(KEY_RING={"new": NEW, "old": OLD}):
        second = opened(names=["佐藤次郎"])
        assert found(sato, "佐藤") == [second, first]
        assert (rekey(), rekey()) == (1, 0)
    with override_settings(KEY_RING={"new": NEW}):
        assert found(sato, "佐藤") == [second, first]


def test_label_is_written_anew_under_the_new_key_and_where_there_is_none(opened: Opened, sato: StaffMember) -> None:
    with override_settings(KEY_RING={"old": OLD}):
        case = opened(names=["佐藤花子"])
    with override_settings(KEY_RING={"new": NEW, "old": OLD}):
        assert (rekey(), index_what_is_missing()) == (1, 0)
    with override_settings(KEY_RING={"new": NEW}):
        assert label_of(case) == "佐藤花子"
        SearchEntry.objects.update(label=None)
        assert label_of(case) == "" and index_what_is_missing() == 1
        assert label_of(case) == "佐藤花子"


def label_of(case: Case) -> Any:
    label_all([case])
    return vars(case)["label"]


def test_case_that_is_erased_leaves_no_terms(opened: Opened) -> None:
    case = opened(names=["佐藤花子"])
    case.delete()
    assert not SearchToken.objects.exists() and not SearchEntry.objects.exists()


@pytest.fixture
def elsewhere(opened: Opened) -> list[Case]:
    """More cases of another department with one pair of characters in a name than are looked at at first."""
    case = opened(names=["加藤花子"], department_key="facilities")
    facts = {"version": case.version, "subject_type": case.subject_type, "subject_id": case.subject_id}
    more = [Case(flow_class=case.flow_class, department_key="facilities", **facts) for _ in range(NEAR + 1)]
    cases, token = Case.objects.bulk_create(more), tokens_of("佐藤")[0][0]
    SearchToken.objects.bulk_create(
        SearchToken(token=token, department_key="facilities", case_id=each.pk) for each in cases
    )
    return cases


def test_other_departments_are_looked_at_further_if_one_asks(elsewhere: list[Case], sato: StaffMember) -> None:
    near, far = search(sato, "佐藤"), search(sato, "佐藤", is_far=True)
    assert near.is_near and "ほかの課" in near.hint
    assert (far.is_near, far.hint) == (False, "")
    assert near.cases == far.cases == []


def test_search_reads_along_indexes(elsewhere: list[Case], opened: Opened, sato: StaffMember) -> None:
    opened(names=["佐藤花子"])
    with CaptureQueriesContext(connection) as read:
        assert len(found(sato, "佐藤花子")) == 1
    plans = [plan_of(query["sql"]) for query in read.captured_queries if "workflows_search" in query["sql"]]
    assert len(plans) == 4
    assert_no_scan("\n".join(plans))


NAMES = st.lists(st.text("佐藤髙高﨑崎一二ァあア々 　", max_size=6), max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(NAMES, max_size=4), wish=st.text("佐藤高崎一二あ々", min_size=2, max_size=4))
def test_search_finds_what_a_reader_of_all_names_finds(
    opened: Opened, sato: StaffMember, cases: list[list[str]], wish: str
) -> None:
    Case.objects.all().delete()
    made = [(opened(names=names), names) for names in cases]
    folded = folded_name(wish)
    assert len(folded) > 1
    expected = [case for case, names in made if any(folded in folded_name(name) for name in names)]
    assert found(sato, wish) == expected[::-1]
