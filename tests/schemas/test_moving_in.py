"""F01 転入届: fourteen days, a visit while the office is open, what each person brings (住民基本台帳法 第22条)."""

import pytest

from schemas.effective import effective
from tests.schemas.answers import variants
from tests.schemas.answers.moving_in import mover
from tests.schemas.answers.people import HANAKO, HERE, PERSON
from tests.schemas.starter_answers import TODAY, answered, facts, form, settled, told, wrong

NAME = "moving_in"
FAMILY = variants(NAME, TODAY)["family"]
CARDLESS = [mover(PERSON, "head", nationality="JPN", registered_domicile="北海道", family_register_head="髙﨑") | {
    "has_mynumber_card": False
}]  # fmt: skip


def asked(answers):
    known = facts(NAME, answers)
    return effective(form(NAME)["schema"], known)


@pytest.mark.parametrize(("days", "is_asked"), [(14, False), (15, True)])
def test_whoever_comes_after_fourteen_days_says_why(days, is_asked):
    moved = (TODAY.fromordinal(TODAY.toordinal() - days)).isoformat()
    assert ("late_reason" in asked(answered(FAMILY, {"move_in_date": moved}))["required"]) is is_asked


@pytest.mark.parametrize(("movers", "is_asked"), [(FAMILY["movers"], False), (CARDLESS, True)])
def test_one_card_in_the_family_takes_the_place_of_the_certificate(movers, is_asked):
    assert ("moving_out_certificate" in asked(answered(FAMILY, {"movers": movers}))["required"]) is is_asked


def test_nobody_from_abroad_is_asked_for_an_address_in_japan():
    fields = asked(answered(FAMILY, {"move_type": "in_from_abroad", "movers": CARDLESS}))["properties"]
    assert not {"old_address", "old_head_of_household", "moving_out_certificate"} & set(fields)


def test_japanese_say_their_domicile_and_others_their_residence_card():
    items = form(NAME)["schema"]["properties"]["movers"]["items"]
    japanese, foreign = ({"nationality": one} for one in ("JPN", "BRA"))
    assert {"registered_domicile", "family_register_head"} <= set(effective(items, japanese)["required"])
    assert {"residence_card_no", "residence_status"} <= set(effective(items, foreign)["required"])
    assert "residence_card_no" not in effective(items, {})["properties"]


FAULTS = [
    ({"movers": []}, ["/movers", "/moving_out_certificate"]),
    ({"movers": [mover(PERSON, "head", nationality="VNM", residence_card_no="AB1234567CD", residence_status="留学")]},
     ["/movers/0/residence_card_no"]),
    ({"movers": [mover(PERSON, "master")]}, ["/movers/0/mover_person/relation_to_head"]),
    ({"notifier": "agent"}, ["/power_of_attorney"]),
    ({"late_reason": "入院"}, ["/late_reason"]),
    ({"privacy_consent": False}, ["/privacy_consent"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "pointers"), FAULTS)
def test_faults_of_a_notification_of_moving_in_are_found_where_they_are(changes, pointers):
    answers = answered(FAMILY, changes)
    assert wrong(NAME, answers | {key: one for key, one in settled(NAME, answers).items() if key not in answers}) == (
        pointers
    )


def visit(day):
    return {"visit_datetime": {"visit_date": day, "visit_hour": "late_morning"}}


CHECKS = [
    ({}, {}),
    ({"move_in_date": "2026-11-25"}, {"moved_in_future": "error"}),
    ({"move_in_date": "2026-11-09"}, {"moved_long_ago": "warning"}),
    ({"move_in_date": "2026-11-24"}, {}),
    ({"move_in_date": "2026-11-11"} | visit("2026-11-26"), {"visit_after_period": "warning"}),
    ({"new_address": HERE | {"city": "千代田区"}}, {"not_in_city": "error"}),
    ({"old_address": HERE}, {"moved_within_city": "error"}),
    ({"movers": [mover(PERSON, "head"), mover(HANAKO, "head")]}, {"several_heads": "error"}),
    ({"movers": [mover(PERSON | {"date_of_birth": "2026-11-25"}, "head")]}, {"mover_birth_future": "error"}),
    ({"movers": [mover(PERSON | {"date_of_birth": "1890-01-01"}, "head")]}, {"mover_birth_implausible": "error"}),
    (visit("2026-11-24"), {"visit_too_early": "error"}),
    (visit("2026-11-25"), {}),
    (visit("2026-11-28"), {"visit_on_closed_day": "error"}),
    (visit("2026-12-24"), {"visit_after_period": "warning"}),
    (visit("2026-12-25"), {"visit_too_late": "error", "visit_after_period": "warning"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_is_checked(changes, expected):
    assert told(NAME, facts(NAME, answered(FAMILY, changes))) == expected


# 学校教育法 第17条: from the first April after the sixth birthday, whose eve is counted, for nine years
PUPILS = [("2020-04-01", 1), ("2020-04-02", 0), ("2011-04-02", 1), ("2011-04-01", 0), ("2026-11-01", 0)]


@pytest.mark.parametrize(("born", "pupils"), PUPILS)
def test_pupils_are_told_about_their_new_school(born, pupils):
    movers = [mover(PERSON, "head"), mover(HANAKO | {"date_of_birth": born}, "child")]
    assert facts(NAME, answered(FAMILY, {"movers": movers}))["school_age_movers"] == pupils
