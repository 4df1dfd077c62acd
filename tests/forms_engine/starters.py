"""The procedures that are shipped, as an office opens them and people fill them in."""

from __future__ import annotations

import io
import json
from typing import Any

from PIL import Image

import schemas
from forms_engine import applications, attachments
from forms_engine import definitions as forms
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.fields.file import files_in
from forms_engine.forms import form_for, pages_for
from forms_engine.registers import Register
from tests.conftest import MUNICIPALITY
from workflows import definitions as workflows
from workflows.staff import StaffMember

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def opened(name: str) -> FormVersion:
    """The procedure as the office offers it, with its route and the registers it looks into."""
    document = schemas.starter("forms", name)
    for register in json.loads(MUNICIPALITY.read_text())["registers"]:
        Register.load(register)
    workflows.publish(schemas.starter("workflows", document["procedure"]["workflow"]))
    return forms.publish(document)


def content(media_type: str) -> bytes:
    """The smallest file of a type that forms accept."""
    if media_type == "application/pdf":
        return PDF
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, media_type.removeprefix("image/").upper())
    return file.getvalue()


def attached(application: Application, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with each file that they speak of really uploaded."""
    for at, file in list(files_in(answers)):
        upload = io.BytesIO(content(file["media_type"]))
        upload.name = file["name"]
        allowed = {"properties": {"media_type": {"enum": [file["media_type"]]}}}
        file.clear()
        file.update(attachments.attach(application, at, upload, allowed))
    return answers


def filled(application: Application, answers: dict[str, Any]) -> Application:
    """Every page that asks something, typed in and read back as the wizard does it; nothing else is saved."""
    spec = application.form_version.spec
    for page in pages_for(spec, answers):
        shown = form_for(spec, page.key, answers)
        sent = form_for(spec, page.key, answers, data={**shown.typed(), "_seen": shown.shown})
        assert sent.errors == {}, page.key
        applications.save_answers(application, sent.answers())
    return application


def drafter(name: str) -> StaffMember | None:
    """Who fills it in: a member of staff where the procedure is internal, else a resident."""
    is_internal = schemas.starter("forms", name)["procedure"]["kind"] == "internal"
    return StaffMember.objects.get(username="sato") if is_internal else None
