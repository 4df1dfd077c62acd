"""Beginnings (作り始め): what a new draft is made of: nothing, a starter, a published form, another program's file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import schemas
from forms_engine import imports
from forms_engine.definitions import FormVersion
from forms_engine.manuscripts import Manuscript, ManuscriptQuerySet
from schemas.definitions import DocumentRefused, load
from schemas.editing.field_commands import KEY
from workflows.capacities import BUILDER, departments_for
from workflows.staff import Department, StaffMember

Document = dict[str, Any]
LARGEST = 5 * 1024 * 1024
ENDINGS = {".json", ".csv", ".tsv", ".txt", ".xlsx", ".pdf"}


class BeginningRefused(ValueError):
    """The draft cannot be begun; the message says why, and ``place`` names the control that it is about."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True)
class Beginning:
    """What a draft begins as, for which department, from which version, and what an import left to be looked at."""

    document: Document
    department: str
    version: int | None = None
    remarks: tuple[str, ...] = ()


def of_version(key: str, by: StaffMember) -> Beginning:
    """The newest published version, to be changed by its own department. Raises BeginningRefused."""
    found = _newest(key)
    department = found.document["procedure"]["department"]
    if not may_build(by, department):
        raise BeginningRefused(_("この様式を変えられるのは、担当課の職員だけです。写して新しい様式を作れます。"))
    return Beginning(dict(found.document), department, found.number)


def of_wish(posted: Mapping[str, str], upload: UploadedFile | None, by: StaffMember) -> Beginning:
    """A new form under a key of its own. Raises BeginningRefused."""
    department, key, title = (posted.get(name, "").strip() for name in ("department", "key", "title"))
    if not Department.objects.filter(key=department).exists() or not may_build(by, department):
        raise BeginningRefused(_("担当課を選んでください。"), "new-department")
    published = FormVersion.objects.values_list("definition__key", flat=True)
    key = key or free_key("form", published, Manuscript.objects.forms())
    if not KEY.match(key):
        words = _("記号は英小文字で始め、英小文字・数字・下線だけで入力してください。例：parking_use")
        raise BeginningRefused(words, "new-key")
    if FormVersion.objects.of(key).exists():
        raise BeginningRefused(_("「%(key)s」という記号の様式はもうあります。") % {"key": key}, "new-key")
    document, remarks = imported(upload) if upload else (_source(posted.get("of", ""), department), ())
    title = title or str(document.get("title", ""))
    if not title:
        raise BeginningRefused(_("様式の名前を入力してください。"), "new-title")
    procedure = {**document["procedure"], "department": department}
    return Beginning({**document, "form": key, "title": title, "procedure": procedure}, department, None, remarks)


def free_key(stem: str, published: Iterable[str], drafts: ManuscriptQuerySet) -> str:
    """A key for who wishes for none: the first of form_1, form_2 … that neither a version nor a draft has."""
    taken = {*published, *drafts.values_list("key", flat=True)}
    return next(key for number in range(1, len(taken) + 2) if (key := f"{stem}_{number}") not in taken)


def may_build(member: StaffMember, department: str) -> bool:
    """Whether the member may build for the department."""
    allowed = departments_for(member, BUILDER)
    return allowed is None or department in allowed


def imported(upload: UploadedFile) -> tuple[Document, tuple[str, ...]]:
    """The form in a file, ours or another program's, and what is to be looked at. Raises BeginningRefused."""
    ending = Path(upload.name or "").suffix.lower()
    if ending not in ENDINGS or (upload.size or 0) > LARGEST:
        raise BeginningRefused(_("JSON・CSV・Excel・PDFのファイル（5MBまで）を選んでください。"), "new-file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(upload.name or '').stem[:60] or 'form'}{ending}"
        path.write_bytes(upload.read())
        try:
            return _read(path)
        except DocumentRefused as refused:
            message = str(refused).removeprefix(f"{path}: ")
            raise BeginningRefused(
                _("このファイルは取り込めません：%(why)s") % {"why": message}, "new-file"
            ) from refused


def _read(path: Path) -> tuple[Document, tuple[str, ...]]:
    if not imports.is_foreign_file(path):
        document = load(path)
        if "form" not in document or "procedure" not in document:
            raise DocumentRefused(_("様式の定義ではありません"))
        return document, ()
    adopted = imports.read(path)
    language = get_language() or "ja"
    return adopted.document, tuple(remark.message(language) for remark in adopted.remarks)


def _source(of: str, department: str) -> Document:
    kind, _sign, name = of.partition(":")
    if kind == "version":
        return dict(_newest(name).document)
    if kind == "starter" and name in schemas.starters("forms"):
        return schemas.starter("forms", name)
    return empty(department)


def _newest(key: str) -> FormVersion:
    found: FormVersion | None = FormVersion.objects.of(key).select_related("definition").order_by("-number").first()
    if found is None:
        raise BeginningRefused(_("もとにする様式がありません。"), "new-of")
    return found


def empty(department: str) -> Document:
    """A form without any field, whose procedure is what most have."""
    procedure = {
        "kind": "application", "mode": "online_complete", "identity": "L1", "workflow": "",
        "department": department, "period": {"working_days": 5}, "retention_years": 5,
    }  # fmt: skip
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {}}
    page = {"key": "page-1", "title": _("はじめの画面"), "fields": []}
    return {"form": "", "title": "", "schema": schema, "pages": [page], "procedure": procedure}
