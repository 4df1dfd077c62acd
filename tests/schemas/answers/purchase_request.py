"""F18: a purchase for each tier of those who decide, IT goods, a short budget, and consumables that nobody looks at."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import day, file

CHAIRS: dict[str, Any] = {
    "section": "environment",
    "drafter": "佐藤 花子",
    "title": "事務用椅子の購入について（伺）",
    "reason": "座面が破損し、修理できないため",
    "items": [{"item_name": "事務用椅子（肘付き）", "quantity": 3, "unit_price": 16_500}],
    "includes_it": False,
    "budget_code": "020101_17_equipment",
    "allotment_left": 20_000_000,
    "quotations": [file("見積書.pdf")],
    "retention_class": "y5",
}
TWO = [file("見積書A.pdf"), file("見積書B.pdf")]


def chairs(count: int, **changes: Any) -> dict[str, Any]:
    """So many chairs at 16,500 yen, with quotations of two suppliers."""
    return {**CHAIRS, "items": [{**CHAIRS["items"][0], "quantity": count}], "quotations": TWO, **changes}


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By the amount: 49,500 – 165,000 – 330,000 – 1,650,000 – 8,250,000 yen, and what is special."""
    paper = [{"item_name": "コピー用紙A4", "quantity": 10, "unit_price": 3_000}]
    computers = {"section": "tax", "includes_it": True, "it_details": "窓口の端末。庁内LANに接続。"}
    return {
        "section_chief": {**CHAIRS, "due_date": day(today, 20)},
        "read_later": chairs(10),
        "director": chairs(20),
        "deputy_mayor_for_it": chairs(100, **computers),
        "mayor": chairs(500),
        "short_budget": chairs(20, allotment_left=100_000, section="water"),
        "consumables_by_rule": {**CHAIRS, "items": paper, "budget_code": "020101_10_consumables"},
    }
