from datetime import date, time

import pytest

from forms_engine.reservations import Reservation, ResourceDay, Slot, are_free, fact, lock, release, reserve, slots

PROVIDER = {
    "kind": "reservation",
    "resources": ["/facility", "/rooms"],
    "date": "/on",
    "from": "/starts",
    "to": "/ends",
}
ANSWERS = {"facility": "hall", "rooms": ["a", "b"], "on": "2026-11-24", "starts": "09:00", "ends": "12:00"}
DAY = date(2026, 11, 24)


def slot(starts=9, ends=12, resource="hall/a"):
    return Slot(resource, DAY, time(starts), time(ends))


def test_every_room_asked_for_is_a_slot():
    assert slots([PROVIDER], ANSWERS) == [slot(), slot(resource="hall/b")]


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {**ANSWERS, "rooms": []},
        {**ANSWERS, "on": "tomorrow"},
        {**ANSWERS, "starts": None},
        {**ANSWERS, "ends": "09:00"},
        {**ANSWERS, "facility": 7},
    ],
)
def test_incomplete_answers_ask_for_nothing(answers):
    assert slots([PROVIDER], answers) == []


def test_other_providers_ask_for_nothing():
    assert slots([{"kind": "register", "register": "r", "value": "/v"}], ANSWERS) == []


@pytest.mark.django_db
def test_one_may_start_where_another_ends_but_not_before(draft):
    first, second = draft(), draft()
    reserve(first.pk, [slot(9, 12)])
    assert are_free([slot(12, 15)], second.pk) and are_free([slot(7, 9)], second.pk)
    assert not are_free([slot(11, 13)], second.pk) and not are_free([slot(8, 18)], second.pk)
    assert are_free([slot(9, 12, "hall/b")], second.pk)


@pytest.mark.django_db
def test_its_own_reservation_does_not_stand_in_its_way(draft):
    application = draft()
    reserve(application.pk, slots([PROVIDER], ANSWERS))
    assert fact(PROVIDER, ANSWERS, application.pk)
    assert not fact(PROVIDER, ANSWERS, draft().pk)


@pytest.mark.django_db
def test_reserving_again_replaces_and_releasing_keeps_the_record(draft):
    application = draft()
    reserve(application.pk, [slot(9, 12)])
    reserve(application.pk, [slot(13, 15)])
    assert [held.starts for held in Reservation.objects.held()] == [time(13)]
    release(application.pk)
    assert not Reservation.objects.held().exists() and Reservation.objects.count() == 2


@pytest.mark.django_db
def test_the_fact_is_false_while_answers_are_incomplete(draft):
    assert fact(PROVIDER, {}, draft().pk) is False


@pytest.mark.django_db
def test_locking_a_day_twice_is_harmless(organisation):
    lock([slot(), slot(13, 15)])
    lock([slot()])
    lock([])
    assert ResourceDay.objects.count() == 1
