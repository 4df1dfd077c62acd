"""Internal procedures (庁内手続き): what staff draft (起案) and residents never see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from forms_engine import applications, attachments, definitions
from forms_engine.applications import Application, ApplicationQuerySet
from forms_engine.definitions import FormVersion
from forms_engine.fields.file import files_in
from workflows import audit
from workflows.staff import StaffMember


@dataclass(frozen=True)
class Offered:
    """One of them, in a language: its key, title, and what it is for."""

    key: str
    title: str
    description: str
    needed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Titled:
    """One application with the title of its form in a language."""

    application: Application
    title: str
    status: str


def offered(language: str) -> list[Offered]:
    """Everything that staff can draft today, by title."""
    versions = FormVersion.objects.current().select_related("definition").defer("text")
    return sorted(
        (_offered(version, language) for version in versions if version.spec.is_internal), key=lambda one: one.title
    )


def _offered(version: FormVersion, language: str) -> Offered:
    spec = version.spec
    description = spec.text("/procedure/description", language) or spec.text("/description", language)
    count = len(spec.procedure.get("needed", ()))
    needed = tuple(spec.text(f"/procedure/needed/{number}", language) for number in range(count))
    return Offered(version.definition.key, spec.text("/title", language), description, needed)


def version_of(key: str) -> FormVersion | None:
    """What can be drafted under this key today; None for what residents apply for, and for nothing."""
    try:
        version = definitions.current(key)
    except FormVersion.DoesNotExist:
        return None
    return version if version.spec.is_internal else None


def drafted_by(member: StaffMember) -> ApplicationQuerySet:
    """What the member drafted, sent or not; what he applied for as a resident is not among it."""
    return Application.objects.with_version().filter(applied_by=member, is_internal=True)


def titled(found: Iterable[Application], language: str) -> list[Titled]:
    """Each with its title and, once it was sent, where it stands in one word."""
    return [
        Titled(each, each.form_version.spec.text("/title", language), "" if each.is_draft else each.status(language))
        for each in found
    ]


def start(version: FormVersion, language: str, member: StaffMember) -> Application:
    """A new draft of the member's."""
    return applications.start(version, language, member)


def copy(source: Application, version: FormVersion, language: str, member: StaffMember) -> Application:
    """A new draft that begins with the answers of an earlier one; files, and what is calculated, are left out."""
    answers, fields = source.standing_answers(), version.spec.fields
    kept = {key: answer for key, answer in answers.items() if key in fields and not fields[key].get("readOnly")}
    with transaction.atomic():
        draft = start(version, language, member)
        applications.save_answers(draft, {key: answer for key, answer in kept.items() if not _is_bound({key: answer})})
        audit.record("copy_draft", f"application:{draft.pk}", member, source=source.reference)
    return draft


def _is_bound(answers: dict[str, Any]) -> bool:
    """Whether an answer speaks of a file or a My Number, which belong to the application that they were given for."""
    return any(True for _file in files_in(answers)) or "my-number:" in str(answers)


@transaction.atomic
def discard(application: Application, by: StaffMember) -> None:
    """Delete a draft that was never sent, with its files."""
    attachments.drop(attachments.Attachment.objects.filter(application=application))
    audit.record("discard_draft", f"application:{application.pk}", by)
    Application.objects.filter(pk=application.pk, submitted_at=None).delete()
