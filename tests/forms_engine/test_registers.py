from datetime import date

import pytest

from forms_engine.registers import Register, RegisterEntry, fact, is_registered
from tests.forms_engine.documents import GROUPS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
PROVIDER = {"kind": "register", "register": "groups", "value": "/group_id"}


@pytest.fixture(autouse=True)
def groups():
    return Register.load(GROUPS)


@pytest.mark.parametrize("written", ["F-00001", "f-00001", "Ｆ－００００１", " F−00001 ", "F‐00001"])
def test_a_registered_group_is_found_however_it_is_written(written):
    assert is_registered("groups", written, TODAY)


@pytest.mark.parametrize("written", ["F-00003", "", "F-0000", "F-00001x"])
def test_anything_else_is_not(written):
    assert not is_registered("groups", written, TODAY)


def test_a_registration_holds_until_its_last_day():
    assert is_registered("groups", "F-00002", date(2020, 3, 31))
    assert not is_registered("groups", "F-00002", date(2020, 4, 1))


def test_an_unknown_register_knows_nobody():
    assert not is_registered("nothing", "F-00001", TODAY)


def test_loading_again_changes_nothing_and_loading_less_removes(groups):
    Register.load(GROUPS)
    assert groups.entries.count() == 2
    Register.load({**GROUPS, "entries": [{"code": "F-00009"}]})
    assert is_registered("groups", "F-00009", TODAY) and not is_registered("groups", "F-00001", TODAY)


def test_codes_cannot_be_read_out_of_the_database():
    assert not RegisterEntry.objects.filter(code_hash__contains="00001").exists()


@pytest.mark.parametrize("code", ["", None, 5, ["F-00001"]])
def test_the_fact_is_false_where_no_code_is_answered(code):
    assert fact(PROVIDER, {"group_id": code}, TODAY) is False and fact(PROVIDER, {}, TODAY) is False


def test_the_fact_is_true_for_a_registered_code():
    assert fact(PROVIDER, {"group_id": "F-00001"}, TODAY) is True
