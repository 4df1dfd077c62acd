"""F11: a grant for each tier of those who decide, and one that a rule grants."""

from datetime import date
from typing import Any

from schemas.working_days import fiscal_year
from tests.schemas.answers.people import CONTACT, HERE, PERSON, file

GROUP = {"org_name": "千代田地区自治会", "representative": "会長 𠮷野 恵", "person_in_charge": "髙﨑 花子"}
ACCOUNT = {
    "bank_code": "0001",
    "branch_code": "001",
    "account_type": "ordinary",
    "account_number": "1234567",
    "account_holder_kana": "ﾁﾖﾀﾞﾁｸｼﾞﾁｶｲ",
}


def money(eligible: int, other: int = 0) -> dict[str, Any]:
    """Rows of a budget that balances."""
    income = [{"income_item": "会費・市補助金", "income_amount": eligible + other}]
    expenses = [{"expense_item": "委託料", "expense_amount": eligible + other, "eligible_amount": eligible}]
    return {"income_rows": income, "expense_rows": expenses}


def festival(today: date) -> dict[str, Any]:
    """A neighbourhood's festival in the next fiscal year."""
    year = fiscal_year(today) + 1
    return {
        "program_id": "community_activity",
        "fiscal_year": year,
        "applicant_kind": "group",
        "organisation": GROUP,
        "address": HERE,
        "contact": CONTACT,
        "project_name": "千代田地区 夏まつり",
        "project_purpose": "地域の交流を深めるため",
        "project_description": "千代田公園で盆踊りを行う。参加者300人。",
        "start_date": f"{year}-06-01",
        "end_date": f"{year + 1}-03-31",
        "early_start": False,
        **money(400_000, other=50_000),
        "consumption_tax": "included_exempt",
        "project_plan": [file("事業計画書.pdf")],
        "quotation": [file("見積書.pdf")],
        "bylaws": [file("規約.pdf"), file("名簿.pdf")],
        "payout_account": ACCOUNT,
        "tax_check_consent": True,
        "anti_crime_pledge": True,
        "privacy_consent": True,
    }


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By the amount: 200,000 – 500,000 – 4,000,000 – 9,000,000 – 15,000,000 yen, and what a rule grants."""
    base = festival(today)
    company = {key: answer for key, answer in base.items() if key != "bylaws"} | {"applicant_kind": "corporation"}
    street = {**company, "program_id": "shopping_street", **money(5_000_000), "tax_check_consent": False}
    person = {key: answer for key, answer in company.items() if key != "organisation"}
    person |= {"applicant_kind": "person", "applicant": PERSON, "program_id": "food_waste"}
    hall = {**base, "program_id": "community_hall"}
    early = {"early_start": True, "early_start_reason": "開催日が決まっているため", "other_grants": "県の補助金10万円"}
    return {
        "festival": base,
        "director": {**base, **early, "program_id": "culture", **money(1_000_000)},
        "shopping_street": street | {"tax_certificate": [file("納税証明書.pdf")]},
        "deputy_mayor": {**hall, **money(12_000_000)},
        "mayor": {**hall, **money(30_000_000)},
        "food_waste_by_rule": {**person, **money(39_800)},
    }
