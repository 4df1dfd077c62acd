"""Assessments (規則の判定): what a table of rules said about a case, with the facts that it saw, whoever then decided.

They explain on the case why it was or was not approved automatically, and are what a changed table is tried on.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from workflows.cases import Case
from workflows.handwritten import Handwritten
from workflows.keyring import EncryptedJSONField, keyed_hash
from workflows.rules import Verdict, judge
from workflows.staff_fields import titles_of
from workflows.suspensions import suspended_rows
from workflows.tables import RulesStep

#: A place in the sample is drawn among so many.
LOTS = 1_000_000


class Assessment(Handwritten):
    """One reading of one table.  ``outcome`` is the table's; ``sampled`` says that a person reads it all the same:
    "before" it is approved or "after" that."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assessments")
    step = models.CharField(_("段階"), max_length=150)
    outcome = models.CharField(_("判定"), max_length=20)
    rows = models.JSONField(_("当てはまった規則"), default=list)
    sampled = models.CharField(_("抽出"), max_length=10, blank=True)
    valid_on = models.DateField(_("基準日"))
    facts = EncryptedJSONField(_("判定した事実"), default=dict)
    explanation = EncryptedJSONField(_("規則の説明"), default=list)
    at = models.DateTimeField(_("日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("規則の判定")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} {self.outcome}"

    @property
    def headline(self) -> str:
        """What came of it, in one sentence for staff."""
        sampled = {
            "before": _("規則に当てはまりましたが、抽出されたため、承認の前に人が確かめます。"),
            "after": _("規則が承認しました。抽出されたため、後で人が確かめます。"),
        }
        said = {
            "approved": _("規則が承認しました。"),
            "person": _("人が確かめるという規則に当てはまったため、人が審査します。"),
            "none": _("当てはまる規則がないため、人が審査します。"),
            "several": _("1つだけ当てはまるはずの規則に2つ以上当てはまったため、人が審査します。"),
            "suspended": _("当てはまる規則が停止中のため、人が審査します。"),
        }
        return str(sampled.get(self.sampled) or said[self.outcome])


def assess(case: Case, step: RulesStep) -> tuple[Verdict, str]:
    """Read the table for the case and keep what it said; the verdict, and whether the case is in the sample."""
    day, facts = valid_on(case, step), case.facts
    suspended = suspended_rows(case.spec, step.key, case.running_suspensions)
    titles = {**case.subject.fact_titles("ja"), **titles_of(case.spec, "ja")}
    verdict = judge(step, facts, day, suspended, titles)
    sampled = step.sample if verdict.is_approval and is_sampled(case, step) else ""
    _keep(case, step.key, verdict, sampled, day, facts)
    return verdict, sampled


def valid_on(case: Case, step: RulesStep) -> date:
    """The day on which a row has to be valid in this case."""
    return localdate(case.opened_at) if step.judged_on == "arrival" else localdate()


def is_sampled(case: Case, step: RulesStep) -> bool:
    """Whether the case is among those that a person reads: the same at every asking, and not to be foreseen.

    A keyed hash of the case and the step draws its lot; the key is the office's own.
    """
    lot = int(keyed_hash(f"{case.public_id}/{step.key}", "rule sample"), 16) % LOTS
    return lot < step.sample_percent * LOTS / 100


def _keep(case: Case, step: str, verdict: Verdict, sampled: str, day: date, facts: Mapping[str, Any]) -> None:
    said: dict[str, Any] = {"outcome": verdict.outcome, "rows": [row.key for row in verdict.rows], "sampled": sampled}
    kept = {"facts": dict(facts), "explanation": verdict.explanation(), "valid_on": day}
    Assessment(case=case, step=step, **said, **kept).save()
