"""Operators over dates and times: deadlines, ages, durations. Results that are dates are ISO 8601 text."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar

from jsonlogic.evaluation import EvaluationContext
from jsonlogic.json_schema.types import BooleanType, DateType, IntegerType, JSONSchemaType, NumberType
from jsonlogic.registry import OperatorRegistry
from jsonlogic.resolving import PointerReferenceParser

from schemas.kinds import DATE, INTEGER, PARTIAL_DATE, TIME, Missing, reduced
from schemas.operators import Function
from schemas.partial_dates import earliest, latest
from schemas.working_days import add_working_days, age, fiscal_year, is_holiday, is_working_day

DATES = OperatorRegistry()
#: Forms name few pointers, again and again.
REFERENCES = lru_cache(maxsize=4096)(PointerReferenceParser())


class DatedContext(EvaluationContext):
    """An evaluation on a given day: the same facts and the same day always give the same results."""

    def __init__(self, facts: dict[str, Any], today: date) -> None:
        super().__init__(facts, settings={"reference_parser": REFERENCES})
        self.today = today


def today_of(context: EvaluationContext) -> date:
    """The day of the evaluation."""
    if not isinstance(context, DatedContext):
        raise Missing
    return context.today


@DATES.register("today")
class Today(Function):
    """{"today": []}: the day of the evaluation."""

    least, most = 0, 0
    result = DateType

    def compute(self, context: EvaluationContext, *values: Any) -> str:
        return today_of(context).isoformat()


@DATES.register("age")
class Age(Function):
    """{"age": [date of birth, on]}: full years on a day, today if none is given (see working_days.age)."""

    parameters = ((DATE,),)
    result = IntegerType

    def compute(self, context: EvaluationContext, *values: Any) -> int:
        born, on = values if len(values) == 2 else (values[0], today_of(context))
        years = age(born, on)
        if years < 0:
            raise Missing
        return years


@DATES.register("days_between")
class DaysBetween(Function):
    """{"days_between": [from, to]}: days from one date to another, negative when `to` is earlier."""

    least = 2
    parameters = ((DATE,),)
    result = IntegerType

    def compute(self, context: EvaluationContext, *values: Any) -> int:
        return int((values[1] - values[0]).days)


@DATES.register("hours_between")
class HoursBetween(Function):
    """{"hours_between": [start, end]} of two times of a day, exact (90 minutes: 1.5), negative when end is earlier."""

    least = 2
    parameters = ((TIME,),)
    result = NumberType

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        return reduced(Fraction(values[1] - values[0], 60))


@DATES.register("add_days")
class AddDays(Function):
    """{"add_days": [date, count]}: that many calendar days later."""

    least = 2
    parameters = ((DATE,), (INTEGER,))
    result = DateType

    def compute(self, context: EvaluationContext, *values: Any) -> str:
        return str(values[0] + timedelta(days=values[1]))


@DATES.register("add_working_days")
class AddWorkingDays(AddDays):
    """{"add_working_days": [date, count]}: that many working days of the office later (see working_days)."""

    def compute(self, context: EvaluationContext, *values: Any) -> str:
        return add_working_days(*values).isoformat()


class OfDate(Function):
    """Something said of one date."""

    most = 1
    parameters = ((DATE,),)
    result: ClassVar[type[JSONSchemaType]] = IntegerType


@DATES.register("fiscal_year")
class FiscalYear(OfDate):
    """The fiscal year, April to March."""

    def compute(self, context: EvaluationContext, *values: Any) -> int:
        return fiscal_year(values[0])


@DATES.register("weekday")
class Weekday(OfDate):
    """1 Monday to 7 Sunday (ISO 8601)."""

    def compute(self, context: EvaluationContext, *values: Any) -> int:
        return int(values[0].isoweekday())


@DATES.register("is_holiday")
class IsHoliday(OfDate):
    """Whether it is a national holiday."""

    result = BooleanType

    def compute(self, context: EvaluationContext, *values: Any) -> bool:
        return is_holiday(values[0])


@DATES.register("is_working_day")
class IsWorkingDay(OfDate):
    """Whether the office is open."""

    result = BooleanType

    def compute(self, context: EvaluationContext, *values: Any) -> bool:
        return is_working_day(values[0])


@DATES.register("earliest_day")
class EarliestDay(OfDate):
    """The first day that a partial date can mean: 1975-05 is 1975-05-01."""

    parameters = ((PARTIAL_DATE,),)
    result = DateType

    def compute(self, context: EvaluationContext, *values: Any) -> str:
        return str(earliest(values[0]))


@DATES.register("latest_day")
class LatestDay(EarliestDay):
    """The last day that a partial date can mean: 1975-05 is 1975-05-31."""

    def compute(self, context: EvaluationContext, *values: Any) -> str:
        return str(latest(values[0]))
