"""Charges (手数料): what an application costs and how it is paid, as its resident is told."""

from dataclasses import dataclass

from forms_engine.applications import Application
from forms_engine.spec import FormSpec

#: The calculated field that holds the amount in yen, where the procedure names none.
FIELD = "fee"


@dataclass(frozen=True)
class Charge:
    """An amount in yen, None where nothing was calculated; ``words`` says when and how it is paid."""

    amount: int | None
    words: str

    @property
    def amount_text(self) -> str:
        return f"{self.amount or 0:,}"


def field_of(spec: FormSpec) -> str | None:
    """The calculated field that holds the amount; None where no amount is calculated."""
    named = str(spec.procedure.get("fee_calculation", FIELD))
    return named if named in spec.calculations else None


def charge_of(application: Application, language: str) -> Charge | None:
    """What is to be paid; None where the procedure knows of no fee, or there is nothing to pay.

    Calculated as of the last submission: what is written in a correction changes it only when it is submitted.
    """
    spec, answers = application.form_version.spec, application.answers
    fixed = spec.procedure.get("fee")
    field = field_of(spec)
    amount = answers.get(field) if field else fixed if isinstance(fixed, int) else None
    words = spec.text("/procedure/payment", language)
    if (amount is None and not words) or amount == 0 or application.outcome in ("refused", "withdrawn"):
        return None
    return Charge(amount, words)
