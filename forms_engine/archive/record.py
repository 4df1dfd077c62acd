"""The record (記録) of one application: everything that its archive copy says, gathered from the tables and proven."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from forms_engine import attachments, drawn_signatures, pictures, progress, readout
from forms_engine.applications import Application, Revision
from forms_engine.archive.content import (
    DECISIONS,
    FORM,
    AttachmentLine,
    ConsentLine,
    Content,
    DecisionLine,
    Enclosure,
    RevisionLine,
    SignatureLine,
    enclosed_names,
    revision_name,
    sha256,
)
from forms_engine.fields.drawn_signature import words_of
from schemas.canonical import canonical
from schemas.conditions import Finding
from schemas.pointers import lookup
from schemas.staff_fields import is_entry
from workflows.appeal import instruction
from workflows.cases import Case
from workflows.chains import chain
from workflows.decisions import Decision
from workflows.signatures import verify_chain

LANGUAGE = "ja"


class RecordBroken(Exception):
    """What stands in the tables or files is not what was submitted or signed: it must not be sealed as if it were."""


def content_of(application: Application) -> Content:
    """What the copy of a closed application says.

    Raises RecordBroken, signatures.ChainBroken, or what attachments.open() raises, where something was altered.
    """
    case = Case.objects.of(application).get()
    revisions = list(application.revisions.order_by("number"))
    documents = [_proven(revision) for revision in revisions]
    decisions = list(case.decisions.select_related("case").order_by("number"))
    files = _files(application, documents)
    reasons = _reasons(application, decisions)
    return Content(
        title=application.title,
        municipality=settings.MUNICIPALITY["name"],
        addressee=settings.MUNICIPALITY["mayor"],
        receipt_number=application.reference,
        form_version=application.form_version.number,
        submitted_at=revisions[0].submitted_at,
        closed_at=_closed(application),
        outcome=application.outcome,
        sections=application.read_out(LANGUAGE),
        decisions=[_decision_line(application, decision) for decision in decisions],
        revisions=[RevisionLine(one.number, one.submitted_at, one.digest) for one in revisions],
        digest=revisions[-1].digest,
        attachments=[line for line, _ in files],
        consents=list(_consents(revisions[-1])),
        signatures=list(_signatures(application, revisions[-1])),
        enclosures=[
            *_records(documents, case, revisions),
            _form(application),
            *{one.name: one for _, one in files}.values(),
        ],
        reasons=reasons,
        instruction=_instruction(application),
        outcome_title=progress.outcome_title(application, LANGUAGE),
        is_internal=application.is_internal,
    )


def _closed(application: Application) -> Any:
    if application.closed_at is None:
        raise RecordBroken(f"{application} is not closed")
    return application.closed_at


def _proven(revision: Revision) -> dict[str, Any]:
    """The revision's document, which must still have the digest it was submitted with."""
    document = revision.document()
    if sha256(canonical(document)) != revision.digest:
        raise RecordBroken(f"revision {revision} is not what was submitted")
    return document


def _records(documents: list[dict[str, Any]], case: Case, revisions: list[Revision]) -> Iterator[Enclosure]:
    """The submissions, the standing one first, and the decisions, whose signatures must hold."""
    count = len(documents)
    for number in (count, *range(1, count)):
        data = canonical(documents[number - 1])
        about = f"提出された内容（第{number}回提出、RFC 8785 正規化JSON）"
        yield Enclosure(revision_name(number, count), "application/json", data, "Source", about)
    signed = chain(case)
    verify_chain(signed, revisions[0].digest, [revision.digest for revision in revisions])
    about = "決裁の署名の連鎖（JWS、Ed25519）"
    yield Enclosure(DECISIONS, "application/json", canonical(signed), "Supplement", about)


def _form(application: Application) -> Enclosure:
    """The version of the form, as it was published: what was asked and explained, in every language."""
    version = application.form_version
    data = canonical(version.document)
    if sha256(data) != version.digest:
        raise RecordBroken(f"{version} is not what was published")
    about = f"申請に使った様式（第{version.number}版、質問と説明の全文、RFC 8785 正規化JSON）"
    return Enclosure(FORM, "application/json", data, "Supplement", about)


def _files(application: Application, documents: Iterable[Mapping[str, Any]]) -> list[tuple[AttachmentLine, Enclosure]]:
    """Every attachment of every revision under each field that it answers; the same content is enclosed once."""
    entries = {(one["field"], one["sha256"]): one for document in documents for one in document["attachments"]}
    contents = {entry["sha256"]: entry for entry in entries.values()}
    names = dict(zip(contents, enclosed_names(list(contents.values())), strict=True))
    kept = {attachment.sha256: attachment for attachment in application.attachments.all()}
    enclosed = {digest: _enclosure(names[digest], entry, _content(kept, digest)) for digest, entry in contents.items()}
    spec, answers = application.form_version.spec, application.standing_answers()
    found = []
    for (field, digest), entry in entries.items():
        label = readout.label_of(spec, answers, field, LANGUAGE)
        line = AttachmentLine(label, entry["name"], names[digest], entry["media_type"], entry["size"], digest)
        found.append((line, enclosed[digest]))
    return found


def _enclosure(name: str, entry: Mapping[str, Any], data: bytes) -> Enclosure:
    return Enclosure(name, entry["media_type"], data, "Supplement", f"添付書類「{entry['name']}」")


def _content(kept: Mapping[str, attachments.Attachment], digest: str) -> bytes:
    if digest not in kept:
        raise RecordBroken(f"the attachment {digest} is gone")
    data = attachments.open(kept[digest])
    if sha256(data) != digest:
        raise RecordBroken(f"the attachment {digest} is not what was submitted")
    return data


def _consents(revision: Revision) -> Iterator[ConsentLine]:
    """The texts that were agreed to, as they stand in the form's version; each once."""
    spec = revision.application.form_version.spec
    for one in {agreed.text: agreed for agreed in revision.consents()}.values():
        title, text = (spec.text(f"/consents/{one.text}/{part}", LANGUAGE) for part in ("title", "text"))
        yield ConsentLine(title, one.version, text, one.sha256)


def _signatures(application: Application, revision: Revision) -> Iterator[SignatureLine]:
    """The drawn signatures of what was last submitted, each with its picture."""
    spec, answers = application.form_version.spec, revision.answers
    kept = {str(attachment.pk): attachment for attachment in application.attachments.all()}
    for pointer in sorted(drawn_signatures.pointers(spec)):
        given = lookup(answers, pointer, default=None)
        if given:
            label = readout.label_of(spec, answers, pointer, LANGUAGE)
            image = kept.get(given.get("image", {}).get("id", ""))
            picture = pictures.printable(attachments.open(image)) if image else b""
            with translation.override(LANGUAGE):
                yield SignatureLine(label, words_of(given), given["signs"], picture)


def _decision_line(application: Application, decision: Decision) -> DecisionLine:
    return DecisionLine(
        step=decision.step_title,
        post=decision.actor_name if decision.is_by_rule else decision.post,
        name="" if decision.is_by_rule else decision.actor_name,
        outcome=decision.outcome,
        at=decision.at,
        to_applicant="\n".join(_told(application, decision)),
        explanation=list(_explained(decision)),
        is_void=decision.voided_at is not None,
    )


def _told(application: Application, decision: Decision) -> Iterator[str]:
    """What was written to the applicant: the comment, conditions, and a remark for each item."""
    if decision.comment_to_applicant:
        yield decision.comment_to_applicant
    conditions: Any = decision.conditions
    for number, condition in enumerate(conditions or (), start=1):
        yield f"条件{number}　{condition}"
    spec, answers = application.form_version.spec, application.standing_answers()
    remarks: Any = decision.remarks
    for pointer, remark in remarks.items():
        yield f"「{readout.label_of(spec, answers, pointer, LANGUAGE)}」{remark}"


def _explained(decision: Decision) -> Iterator[str]:
    """Why the rule held, condition by condition; what it asked of the entries of staff is not the applicant's."""
    explanation: Any = decision.explanation
    for row in explanation:
        if row["held"] and not row.get("state"):
            told = (finding for finding in row["findings"] if not is_entry(finding["fact"]))
            yield from (Finding(**finding).message(LANGUAGE) for finding in told)


def _reasons(application: Application, decisions: list[Decision]) -> str:
    """The reasons for a refusal (行政手続法 第8条), as the deciding official wrote them."""
    refusals = [decision for decision in decisions if decision.outcome == "refused"]
    if application.outcome != "refused" or not refusals:
        return ""
    return "\n".join(_told(application, refusals[-1]))


def _instruction(application: Application) -> tuple[str, ...]:
    """The instruction on appeal, for a refusal; a document of the office speaks Japanese."""
    with translation.override(LANGUAGE):
        is_told = application.outcome == "refused" and not application.is_internal
        return instruction(application.remedy()) if is_told else ()
