"""Papers (庁内資料) about an application: kept by staff, encrypted like attachments, never given to its resident."""

import hashlib
from functools import partial
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine import attachments, vault
from forms_engine.applications import Application
from forms_engine.attachments import AttachmentRefused, Delivery
from forms_engine.media_types import EXTENSIONS
from workflows import keyring
from workflows.cases import Case
from workflows.papers import Paper, PaperRefused, may_remove, refuse_outsider, remark_of
from workflows.staff import StaffMember
from workflows.traces import note

#: Files about one application.
MOST = 50
#: Anything that can be told from its content.
KINDS = {"properties": {"media_type": {"enum": list(EXTENSIONS)}}}


class InternalFile(Paper):
    """One paper (庁内資料) about an application.  Its content stands encrypted in a file, as that of attachments."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers")

    @property
    def url(self) -> str:
        return reverse("staff_paper", args=[self.pk])

    @property
    def removal_url(self) -> str:
        return reverse("staff_paper_removal", args=[self.pk])


vault.keep_for(InternalFile)


def keep(case: Case, by: StaffMember, upload: Any, remark: str = "") -> InternalFile:
    """Keep a file about the application of a case that the member may see.

    ``upload`` has a name and is read from its start; None where none was chosen.  Raises PaperRefused, CaseBusy.
    """
    refuse_outsider(case, by)
    said = remark_of(remark)
    content, media_type = _received(upload)
    name = attachments.clean_name(str(getattr(upload, "name", "") or ""), media_type)
    with case.locked():
        if InternalFile.objects.filter(application=case.subject_id).count() >= MOST:
            raise PaperRefused(_("庁内資料は1つの案件に%(most)d個までです。") % {"most": MOST})
        digest = hashlib.sha256(content).hexdigest()
        paper = InternalFile(application_id=case.subject_id, by=by, name=name, remark=said, media_type=media_type)
        paper.size, paper.sha256 = len(content), digest
        vault.write(paper.id, keyring.encrypt(content, _place(paper)))
        paper.save(force_insert=True)
        note("keep_paper", case, by, paper=str(paper.id), sha256=digest, size=paper.size)
    return paper


def _received(upload: Any) -> tuple[bytes, str]:
    if upload is None:
        raise PaperRefused(_("ファイルを選んでください。"))
    try:
        return attachments.received(upload, "", KINDS)
    except AttachmentRefused as refused:
        raise PaperRefused(refused.problem.message(get_language() or "ja")) from refused


def remove(paper: InternalFile, case: Case, by: StaffMember) -> None:
    """Take a paper away again, for good; that it was there stays in the audit chain.  Doing it twice does it once.

    Raises PaperRefused, CaseBusy.
    """
    with case.locked():
        if not may_remove(paper, case, by):
            raise PaperRefused(_("付けた本人だけが、案件が終わるまで外せます。"))
        if not InternalFile.objects.filter(pk=paper.pk).delete()[0]:
            return
        transaction.on_commit(partial(vault.remove, paper.id))
        note("remove_paper", case, by, paper=str(paper.id), sha256=paper.sha256)


def deliver(paper: InternalFile) -> Delivery:
    """The parts of a response that hands it out.  Raises OSError, keyring.Unreadable."""
    content = keyring.decrypt(vault.read(paper.id), _place(paper))
    return attachments.delivery_of(content, paper.media_type, paper.name)


def _place(paper: InternalFile) -> bytes:
    return f"paper:{paper.id}".encode()
