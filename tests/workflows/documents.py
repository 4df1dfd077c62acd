"""The workflows that these tests run."""

from typing import Any

REVIEW = {"key": "review", "kind": "approval", "title": "審査", "by": {"role": "reviewer"}, "working_days": 2}
CHECK = {"key": "check", "kind": "approval", "title": "係長確認", "by": {"role": "unit_chief"}}
DECIDE = {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "section_chief"}, "working_days": 3}
MAYOR = {"key": "mayor", "kind": "decision", "title": "市長決裁", "by": {"role": "mayor"}}
RULES = {
    "key": "rules",
    "kind": "rules",
    "title": "自動承認",
    "table": [
        {"key": "renewal", "title": "更新", "outcome": "approved", "when": {"renewal": {"const": True}}},
        {"key": "small", "title": "少額", "outcome": "approved", "when": {"fee": {"maximum": 1000}}},
    ],
}

#: Two people one after the other.
LINE: dict[str, Any] = {"workflow": "line", "title": "係員審査・課長専決", "steps": [REVIEW, DECIDE]}
#: Three, so that there is something to return to.
LONG: dict[str, Any] = {"workflow": "long", "title": "三段階", "steps": [REVIEW, CHECK, DECIDE]}
#: Rules first, people where none holds.
RULED: dict[str, Any] = {"workflow": "ruled", "title": "自動承認つき", "steps": [RULES, REVIEW, DECIDE]}
#: The amount says who decides.
CHOSEN: dict[str, Any] = {
    "workflow": "chosen",
    "title": "金額による専決",
    "steps": [
        REVIEW,
        {
            "key": "amount",
            "kind": "choice",
            "title": "金額",
            "cases": [
                {"when": {"fee": {"maximum": 10000}}, "steps": [DECIDE]},
                {"otherwise": True, "steps": [CHECK, MAYOR]},
            ],
        },
    ],
}
