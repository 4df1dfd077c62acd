"""A matter: the smallest thing that can be put before people or rules."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from schemas.canonical import digest
from workflows.appeal import Remedy
from workflows.decisions import Decision
from workflows.keyring import EncryptedJSONField, EncryptedTextField
from workflows.routable import Routable, Row, Section
from workflows.staff import StaffMember


class Matter(Routable, models.Model):
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
