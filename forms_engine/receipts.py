"""Receipt numbers (受付番号): counted within a fiscal year without a gap, so a missing number is a missing record."""

import unicodedata
from datetime import date

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

REIWA_BEFORE_FIRST = 2018
DIGITS = 6

#: The first number of a year, or the next, in one statement that PostgreSQL and SQLite both have.
NEXT = """
    INSERT INTO forms_engine_receiptcounter (fiscal_year, last) VALUES (%s, 1)
    ON CONFLICT (fiscal_year) DO UPDATE SET last = forms_engine_receiptcounter.last + 1
    RETURNING last
"""


class ReceiptCounter(models.Model):
    """The last number given in a fiscal year (会計年度: 1 April to 31 March, 地方自治法 第208条)."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"), primary_key=True)
    last = models.PositiveIntegerField(_("最後の番号"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("受付番号")

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last}"


def fiscal_year(day: date) -> int:
    """The year in which the fiscal year of this day began."""
    return day.year if day.month >= 4 else day.year - 1


def next_number(day: date) -> str:
    """「R8-000123」: era year of the fiscal year and a serial number.

    To be called in the transaction that uses the number: it locks the counter until that transaction ends, and gives
    the number back if it fails.
    """
    year = fiscal_year(day)
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [year])
        (serial,) = cursor.fetchone()
    return f"R{year - REIWA_BEFORE_FIRST}-{serial:0{DIGITS}}"


def normalised(text: str) -> str:
    """The number a person meant: full-width, lower case, blanks, other hyphens and missing zeros are forgiven."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    year, _hyphen, serial = plain.translate(dict.fromkeys(map(ord, "‐‑‒–—―−ー"), "-")).partition("-")
    return f"{year}-{serial.zfill(DIGITS)}" if serial else plain
