"""The kinds of fields: which control asks for an answer of a schema, and how an answer reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms_engine.fields.address import Address
from forms_engine.fields.alternative import Alternative
from forms_engine.fields.anything import Anything
from forms_engine.fields.bank_account import BankAccount
from forms_engine.fields.boolean import Boolean
from forms_engine.fields.calculated import Calculated
from forms_engine.fields.choice import Choice
from forms_engine.fields.choices import Choices
from forms_engine.fields.consent import Consent
from forms_engine.fields.control import Control
from forms_engine.fields.corporate_number import CorporateNumber
from forms_engine.fields.date import Date
from forms_engine.fields.deeper import Deeper
from forms_engine.fields.drawn_signature import DrawnSignature
from forms_engine.fields.email import Email
from forms_engine.fields.file import File
from forms_engine.fields.group import Group
from forms_engine.fields.hidden import Hidden
from forms_engine.fields.integer import Integer
from forms_engine.fields.kana import Kana
from forms_engine.fields.money import Money
from forms_engine.fields.my_number import MyNumber
from forms_engine.fields.partial_date import PartialDate
from forms_engine.fields.person import Person
from forms_engine.fields.phone import Phone
from forms_engine.fields.postal_code import PostalCode
from forms_engine.fields.question import Asking, Question
from forms_engine.fields.table import Table
from forms_engine.fields.text import Text
from forms_engine.fields.textarea import Textarea
from forms_engine.fields.time import Time
from forms_engine.fields.transfer_account import TransferAccountGroup
from forms_engine.fields.year_month import YearMonth
from schemas.branches import plain

__all__ = ["KINDS", "Asking", "Control", "Question", "control_of", "kind_of", "text_of"]

# The first kind that matches asks; the last one matches everything.
KINDS: dict[str, type[Control]] = {
    kind.kind: kind
    for kind in (
        Hidden, Calculated, MyNumber, DrawnSignature, Deeper, File, Consent, Alternative, Choices, Table, Address,
        Person, TransferAccountGroup, Group, Choice, Boolean, PartialDate, Date, YearMonth, Time, Kana, Phone, Email,
        PostalCode, CorporateNumber, BankAccount,
        Money, Integer, Textarea, Text, Anything,
    )
}  # fmt: skip


def kind_of(schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> type[Control]:
    """The kind that asks for answers of this (effective) schema."""
    return next(kind for kind in KINDS.values() if kind.matches(plain(schema), presentation))


def control_of(question: Question) -> Control:
    """The control for a question."""
    asked = replace(question, schema=plain(question.schema))
    return next(kind for kind in KINDS.values() if kind.matches(asked.schema, asked.presentation))(asked, control_of)


def text_of(question: Question, answer: Any) -> str:
    """An answer as a person reads it, in the question's language: 「犬」 for "dog", both calendars for a date."""
    return control_of(question).text(answer)
