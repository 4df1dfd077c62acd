"""F09: a signboard, a pipe that is dug in, a scaffold for long, a renewal by rule and an end."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HERE, PERSON, day, file

COMPANY = {
    "corporate_number": "4010001123456",
    "org_name": "かかない看板株式会社",
    "representative": "代表取締役 葛\U000e0100城 誠",
    "person_in_charge": "髙﨑 一郎",
}
SIGNBOARD = {"object_type": "signboard", "dimensions": "縦0.9m×横2m×厚さ0.2m", "quantity": 1.8, "unit": "m2"}
PIPE = {"object_type": "pipe_water", "dimensions": "直径0.15m", "quantity": 12.5, "unit": "m"}
SCAFFOLD = {"object_type": "scaffold", "dimensions": "高さ12m×幅1m×長さ300m", "quantity": 300, "unit": "m2"}


def signboard(today: date) -> dict[str, Any]:
    """A company that puts up a new signboard for a year."""
    return {
        "application_kind": "new",
        "legal_basis": "article32_application",
        "applicant_kind": "corporation",
        "organisation": COMPANY,
        "address": HERE,
        "person_in_charge_contact": CONTACT,
        "purpose": "店舗の看板の設置",
        "route_name": "市道千代田1号線",
        "road_part": "overhead",
        "place": "千代田一丁目2番3号の前",
        "map_point": "35.6812, 139.7671",
        "objects": [SIGNBOARD],
        "structure": "鉄骨・アルミ板、建物の壁にボルトで固定",
        "occupancy_start": day(today, 60),
        "occupancy_end": day(today, 424),
        "work_period_start": day(today, 60),
        "work_period_end": day(today, 62),
        "work_method": "夜間に片側通行とし、交通誘導員を2人置く",
        "excavation": False,
        "restoration": "占用をやめるときに撤去し、元どおりにする",
        "police_permit": "will_apply",
        "location_map": [file("位置図.pdf")],
        "plan_drawings": [file("平面図.pdf")],
        "structure_drawings": [file("構造図.pdf")],
        "photos": [file("現況.jpg", "image/jpeg"), file("現況2.png", "image/png")],
        "affects_others": False,
        "privacy_consent": True,
    }


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By what is placed and how; the scaffold costs so much that the director decides."""
    base = signboard(today)
    person = {key: answer for key, answer in base.items() if key != "organisation"}
    person |= {"applicant_kind": "person", "applicant": PERSON}
    settled = {key: answer for key, answer in base.items() if not key.startswith("work_")}
    former = {"former_permit": "R3-0001", "former_permit_date": day(today, -1766)}
    pipe = {"objects": [PIPE], "road_part": "underground", "excavation": True, "restoration_entrusted": True}
    pipe |= {"excavation_drawings": [file("掘削図.pdf")], "restoration_mandate": [file("委任状.pdf")]}
    pipe |= {"affects_others": True, "neighbour_consent": [file("同意書.pdf")], "fee_exemption": True}
    renewal = {**former, "application_kind": "renewal", "former_permit_end": day(today, 59), "unchanged": True}
    return {
        "signboard": base,
        "pipe_of_person": {**person, **pipe, "fee_exemption_reason": "公共の水道の引込みのため"},
        "scaffold": {**base, "objects": [SCAFFOLD, {**SIGNBOARD, "object_type": "other", "object_details": "日よけ"}]},
        "unchanged_renewal": settled | renewal,
        "change_by_the_prefecture": {
            **base,
            **former,
            "application_kind": "change",
            "legal_basis": "article35_consultation",
        },
        "end": settled | former | {"application_kind": "abolish"},
    }
