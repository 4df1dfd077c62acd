"""Visits (来庁): procedures that the law finishes at the counter only; what is filled in online prepares them."""

from forms_engine.spec import FormSpec

VISIT = "prefill_then_visit"


def is_needed(spec: FormSpec) -> bool:
    """Whether somebody has to come (転入届, 印鑑登録)."""
    return spec.procedure.get("mode") == VISIT


def things_to_bring(spec: FormSpec, language: str) -> tuple[str, ...]:
    """What the procedure says is needed, for whoever has to come; nothing where nobody has."""
    count = len(spec.procedure.get("needed", ())) if is_needed(spec) else 0
    return tuple(spec.text(f"/procedure/needed/{number}", language) for number in range(count))


def working_days(spec: FormSpec) -> int | None:
    """The standard period (標準処理期間), which begins when an application arrives: one that awaits a visit has not."""
    days: int | None = spec.procedure.get("period", {}).get("working_days")
    return None if is_needed(spec) else days
