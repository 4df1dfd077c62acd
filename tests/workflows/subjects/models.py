"""A matter: the smallest thing that can be put before people or rules."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from schemas.canonical import digest
from workflows.appeal import Remedy
from workflows.decisions import Decision
from workflows.handwritten import Handwritten
from workflows.keyring import EncryptedJSONField, EncryptedTextField
from workflows.routable import Routable, Row, Section
from workflows.staff import StaffMember
from workflows.staff_fields import StaffFields


class PlainSheet:
    """Staff fields as plain lines of text; numbers are told by their type."""

    def __init__(self, fields: StaffFields, entries: Mapping[str, Any], data: Any, outcome: str) -> None:
        sent = {name: data.get(f"/{name}", "") for name in fields.properties} if data is not None else dict(entries)
        self.typed = {f"/{name}": [str(text)] for name, text in sent.items()}
        self.entries = {name: self._read(fields, name, text) for name, text in sent.items() if text != ""}
        wrong = [] if data is None else fields.problems(self.entries, outcome)
        self.summary = [(each.pointer, each.message("ja", fields.title(each.field))) for each in wrong]

    @staticmethod
    def _read(fields: StaffFields, name: str, text: Any) -> Any:
        is_number = fields.properties[name]["type"] == "integer" and str(text).isdecimal()
        return int(text) if is_number else text

    @property
    def html(self) -> SafeString:
        return format_html_join(
            "", '<input id="{0}" name="{0}" value="{1}">', [(k, v[0]) for k, v in self.typed.items()]
        )

    def is_valid(self) -> bool:
        return not self.summary


class Matter(Routable, Handwritten):
    """Remembers what it was told, so that tests can ask."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=40, default="R8-0001")
    title = models.CharField(max_length=100, default="犬の登録")
    department_key = models.CharField(max_length=40, default="environment")
    answers = EncryptedJSONField(default=dict)
    note = EncryptedTextField(default="")
    applicant = models.ForeignKey(StaffMember, models.CASCADE, null=True, related_name="+")
    asked = models.JSONField(default=dict)
    is_internal = models.BooleanField(default=False)
    drafter = models.ForeignKey(StaffMember, models.CASCADE, null=True, related_name="+")
    pulled_back = models.PositiveIntegerField(default=0)
    conditions = models.JSONField(default=list)
    names = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, blank=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        app_label = "subjects"

    def __str__(self) -> str:
        return self.reference

    def label(self) -> str:
        return str(self.names[0]) if self.names else ""

    def facts(self) -> Mapping[str, Any]:
        return self.answers

    def fact_titles(self, language: str) -> Mapping[str, str]:
        return {"fee": "手数料"}

    def signed_content(self) -> Mapping[str, Any]:
        return {"sha256": digest(self.answers), "kind": "matter"}

    def search_terms(self) -> list[str]:
        return list(self.names)

    def read_out(self, language: str) -> list[Section]:
        return [Section("内容", [Row(f"/{key}", key, str(value)) for key, value in self.answers.items()])]

    def staff_sheet(
        self, fields: StaffFields, entries: Mapping[str, Any], language: str, data: Any = None, is_onward: bool = True
    ) -> PlainSheet:
        return PlainSheet(fields, entries, data, "approved" if is_onward else "returned")

    def read_entries(self, fields: StaffFields, entries: Mapping[str, Any], language: str) -> list[Row]:
        return [Row(f"/{name}", fields.title(name, language), str(value)) for name, value in entries.items()]

    def remedy(self) -> Remedy:
        return Remedy("かかない市長", "かかない市", "かかない市長")

    def is_applicant(self, member: StaffMember) -> bool:
        return self.applicant_id == member.pk

    def on_correction_requested(self, remarks: Mapping[str, str], decision: Decision) -> None:
        self.asked = dict(remarks)
        self.save(update_fields=["asked"])

    def on_pulled_back(self, by: StaffMember) -> None:
        self.pulled_back += 1
        self.save(update_fields=["pulled_back"])

    def on_closed(self, outcome: str, decision: Decision | None) -> None:
        self.outcome, self.closed_by = outcome, decision and decision.pk
        self.conditions = (decision and decision.conditions) or []
        self.save(update_fields=["outcome", "closed_by", "conditions"])


class Plain(models.Model):
    """A row whose key the database makes, so that its sealed values are bound to their field only."""

    text = EncryptedTextField(default="")

    class Meta:
        app_label = "subjects"

    def __str__(self) -> str:
        return str(self.pk)
