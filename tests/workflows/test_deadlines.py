from datetime import date

import pytest

from workflows.deadlines import due_on, working_days_between


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 24)),  # over a weekend and 勤労感謝の日
        (date(2026, 12, 28), 1, date(2027, 1, 4)),  # over the closing days of the year
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 4, 28), 3, date(2026, 5, 7)),  # 昭和の日, and 憲法記念日 to its substitute
    ],
)
def test_period_counts_the_days_on_which_the_office_is_open(start: date, days: int, due: date) -> None:
    assert due_on(start, days) == due


def test_clock_stood_still_for_as_many_days() -> None:
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 25)) == 2
    assert working_days_between(date(2026, 11, 24), date(2026, 11, 24)) == 0
