"""The palette of a route (段階の部品): the kinds of step that a builder can add, and what each begins as."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CHIEF, REVIEWER = {"role": "section_chief"}, {"role": "reviewer"}


@dataclass(frozen=True)
class StepPart:
    """One kind of step: what it is called, what it does in a sentence, and the document that it begins as."""

    kind: str
    titles: Mapping[str, str]
    purposes: Mapping[str, str]
    document: Mapping[str, Any]

    def title(self, language: str = "ja") -> str:
        return self.titles.get(language, self.titles["ja"])

    def purpose(self, language: str = "ja") -> str:
        return self.purposes.get(language, self.purposes["ja"])

    def begun(self, key: str, title: str) -> dict[str, Any]:
        """A new step of this kind."""
        return {"key": key, "kind": self.kind, "title": title, **copy.deepcopy(dict(self.document))}


def _part(kind: str, ja: str, en: str, why_ja: str, why_en: str, **document: Any) -> StepPart:
    return StepPart(kind, {"ja": ja, "en": en}, {"ja": why_ja, "en": why_en}, document)


FIRST_RULE = {"key": "rule", "title": "規則1", "outcome": "approved", "when": {}}
STEP_PARTS = (
    _part(
        "approval",
        "審査・承認",
        "Approval",
        "担当や上司が確かめて、次へ進めます。",
        "Somebody checks and passes on.",
        by=REVIEWER,
        may=["approve", "return", "request_correction"],
    ),
    _part(
        "decision",
        "決裁",
        "Decision",
        "最終的に決める人です。1つの案件に1人だけです。",
        "Who decides in the end: one a case.",
        by=CHIEF,
        may=["approve", "refuse", "return", "request_correction"],
    ),
    _part(
        "consultation",
        "合議",
        "Consultation",
        "ほかの課の同意を求めます。",
        "Other sections are asked to agree.",
        members=[],
        order="together",
        need="all",
    ),
    _part(
        "rules",
        "自動承認の規則",
        "Rules",
        "条件を満たす案件を、人を待たずに承認します。",
        "Approves by itself what meets conditions.",
        table=[FIRST_RULE],
    ),
    _part(
        "choice",
        "分かれ道",
        "Choice",
        "答えによって、通る段階を変えます。",
        "Answers decide which steps come next.",
        cases=[{"when": {}, "steps": []}, {"otherwise": True, "steps": []}],
    ),
    _part(
        "parallel",
        "同時に進める",
        "Parallel",
        "複数の段階を同時に進めます。",
        "Several lines of steps at once.",
        branches=[{"steps": []}, {"steps": []}],
        need="all",
    ),
    _part(
        "later_reading",
        "後閲",
        "Later reading",
        "決裁を待たせずに、あとで読んでもらいます。",
        "Read later, holding nothing up.",
        to=CHIEF,
    ),
    _part("circulation", "供覧", "Circulation", "関係者に見てもらいます。", "Shown to those concerned.", to=[CHIEF]),
    _part(
        "notify", "お知らせ", "Notice", "職員や申請者に知らせます。", "Tells staff or the applicant.", to=["applicant"]
    ),
)
ROUTE_PALETTE: Mapping[str, StepPart] = {part.kind: part for part in STEP_PARTS}
