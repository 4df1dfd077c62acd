"""Manuscripts (下書き) of definitions: what builders work on, edit by edit, each kept at once and each to be undone.

A manuscript belongs to a form or a workflow under one key. Publishing it makes a version; the manuscript then stands
where the version does, and goes on from there. Edits are commands (schemas.editing), so two people may work at once: a
command says what it does to which field, never what the whole document is. A command that would replace what somebody
else has just changed is refused, and shows what stands there now.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forms_engine.edits import Edit, going_on, last_hand
from schemas.editing import applied, changes, edited, reversed_changes
from schemas.pointers import MISSING, lookup
from workflows import audit
from workflows.staff import StaffMember

FORM, WORKFLOW = "form", "workflow"
KINDS = [(FORM, _("様式")), (WORKFLOW, _("決裁経路"))]
Command = Mapping[str, Any]
#: The text of no changes at all.
NOTHING = "[]"


class EditConflict(Exception):
    """Somebody else has changed what this edit would replace; nothing is overwritten.

    ``pointer`` is where, ``value`` what stands there now (MISSING if nothing), ``by`` whose edit was the last one.
    """

    def __init__(self, pointer: str, value: Any, by: StaffMember | None) -> None:
        super().__init__(pointer)
        self.pointer, self.value, self.by = pointer, value, by


class UndoUnseen(Exception):
    """The edit that would be taken back is somebody else's, made after whoever takes back looked; ``edit`` is that."""

    def __init__(self, edit: "Edit") -> None:
        super().__init__(str(edit))
        self.edit = edit


class ManuscriptExists(Exception):
    """Somebody works on a definition of this key already; ``draft`` is theirs."""

    def __init__(self, draft: "Manuscript") -> None:
        super().__init__(draft.key)
        self.draft = draft


class ManuscriptQuerySet(models.QuerySet["Manuscript"]):
    def forms(self) -> Self:
        return self.filter(kind=FORM)

    def workflows(self) -> Self:
        return self.filter(kind=WORKFLOW)


class Manuscript(models.Model):
    """A definition being worked on (下書き).  ``standing`` edits count; those after it were taken back.

    ``serial`` grows with everything that happens to the draft, so that a page knows whether it still shows it as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("種類"), max_length=20, choices=KINDS)
    key = models.SlugField(_("記号"), max_length=63)
    title = models.CharField(_("名称"), max_length=200)
    department_key = models.CharField(_("課"), max_length=50)
    text = models.TextField(_("定義"))
    standing = models.PositiveIntegerField(default=0)
    serial = models.PositiveIntegerField(default=0)
    version_number = models.PositiveIntegerField(_("もとの版"), null=True, blank=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(_("作成日時"), default=now)
    edited_at = models.DateTimeField(_("更新日時"), default=now)

    objects = ManuscriptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("下書き")
        ordering = ["-edited_at"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="manuscript_of_definition")]
        indexes = [models.Index(fields=["department_key", "-edited_at"], name="manuscript_department")]

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> dict[str, Any]:
        """The document as it stands, a new copy at every call."""
        document: dict[str, Any] = json.loads(self.text)
        return document

    @property
    def is_form(self) -> bool:
        return self.kind == FORM

    def can_undo(self) -> bool:
        return self.standing > 0

    def can_redo(self) -> bool:
        return self.edits.filter(number=self.standing + 1).exists()

    def edit_count(self) -> int:
        return self.edits.filter(number__lte=self.standing).count()


def begin(
    document: Mapping[str, Any],
    department: str,
    by: StaffMember | None = None,
    version_number: int | None = None,
) -> Manuscript:
    """A new draft of a document, for a department to work on.

    Raises ManuscriptExists if there is one under its key: a definition is worked on in one place.
    """
    kind = WORKFLOW if "workflow" in document else FORM
    with transaction.atomic():
        draft, is_new = Manuscript.objects.get_or_create(
            kind=kind,
            key=document[kind],
            defaults={
                "title": document.get("title", ""),
                "department_key": department,
                "text": written(document),
                "version_number": version_number,
                "begun_by": by,
            },
        )
        if not is_new:
            raise ManuscriptExists(draft)
        audit.record("begin_manuscript", f"{kind}:{draft.key}", by, department=department)
    return draft


def written(document: Mapping[str, Any]) -> str:
    """The text of a document as drafts keep it: the order of its members counts."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


@transaction.atomic
def edit(
    draft: Manuscript,
    command: Command,
    by: StaffMember | None = None,
    seen: Mapping[str, Any] | None = None,
    typing: str = "",
) -> Manuscript:
    """Carry out a command on the draft as it stands now; what was taken back before can then not come again.

    ``seen`` gives, by pointer, what whoever edits saw in the places that the command replaces.  Commands that
    follow each other in one ``typing`` become one edit.  Raises CommandRefused, EditConflict.
    """
    draft = _locked(draft)
    before = draft.document
    _refuse_unseen(draft, before, seen or {})
    last = going_on(draft, by, typing)
    if last is None:
        return _made(draft, before, edited(before, command), command, by, typing)
    before = applied(
        before, reversed_changes(last.made)
    )  # what half a word took with it, such as translations, is back
    return _gone_on(draft, last, before, edited(before, command), command)


@transaction.atomic
def undo(draft: Manuscript, by: StaffMember | None = None, seen_at: datetime | None = None) -> Edit | None:
    """Take the last standing edit back; that edit, None if there is none.

    ``seen_at`` is when whoever takes back saw the draft. Raises UndoUnseen.
    """
    draft = _locked(draft)
    last = draft.edits.filter(number=draft.standing).select_related("by").first()
    if last is not None:
        if seen_at is not None and last.by != by and last.at > seen_at:
            raise UndoUnseen(last)
        _turn(last, by)
        _kept(draft, applied(draft.document, reversed_changes(last.made)), last.number - 1)
    return last


@transaction.atomic
def redo(draft: Manuscript, by: StaffMember | None = None) -> Edit | None:
    """Let the edit that was taken back last count again; that edit, None if there is none."""
    draft = _locked(draft)
    following = draft.edits.filter(number=draft.standing + 1).select_related("by").first()
    if following is not None:
        _turn(following, by)
        _kept(draft, applied(draft.document, following.made), following.number)
    return following


@transaction.atomic
def replace(draft: Manuscript, document: Mapping[str, Any], by: StaffMember | None = None) -> Manuscript:
    """Put another whole document into the draft (an import, the view for experts), as one edit that can be undone."""
    draft = _locked(draft)
    return _made(draft, draft.document, dict(document), {"do": "replace"}, by)


@transaction.atomic
def discard(draft: Manuscript, by: StaffMember | None = None) -> None:
    """Throw the draft away with its edits; what is published stays."""
    audit.record("discard_manuscript", f"{draft.kind}:{draft.key}", by, edits=draft.standing)
    draft.delete()


def stand_at(draft: Manuscript, version_number: int) -> None:
    """The draft is what was published as that version, and goes on from there."""
    Manuscript.objects.filter(pk=draft.pk).update(version_number=version_number)


def _made(
    draft: Manuscript,
    before: dict[str, Any],
    after: dict[str, Any],
    command: Command,
    by: StaffMember | None,
    typing: str = "",
) -> Manuscript:
    """Keep what was edited, if anything was; what was taken back before is gone then."""
    made = _text_of_changes(before, after)
    if made == NOTHING:
        return draft
    draft.edits.filter(number__gt=draft.standing).delete()
    number = draft.standing + 1
    Edit.objects.create(draft=draft, number=number, command=written(command), changes=made, by=by, typing=typing)
    return _kept(draft, after, number)


def _gone_on(
    draft: Manuscript, last: Edit, before: dict[str, Any], after: dict[str, Any], command: Command
) -> Manuscript:
    """Let the last edit be this instead of what it was; typed back to what was there ``before``, it never was."""
    draft.edits.filter(number__gt=draft.standing).delete()
    last.changes, last.command, last.at = _text_of_changes(before, after), written(command), now()
    if last.changes == NOTHING:
        last.delete()
        return _kept(draft, after, last.number - 1)
    last.save(update_fields=["changes", "command", "at"])
    return _kept(draft, after, last.number)


def _text_of_changes(before: dict[str, Any], after: dict[str, Any]) -> str:
    return json.dumps(
        [change.as_json() for change in changes(before, after)], ensure_ascii=False, separators=(",", ":")
    )


def _locked(draft: Manuscript) -> Manuscript:
    return Manuscript.objects.select_for_update().get(pk=draft.pk)


def _kept(draft: Manuscript, document: Mapping[str, Any], standing: int) -> Manuscript:
    draft.text, draft.standing, draft.serial = written(document), standing, draft.serial + 1
    draft.title, draft.edited_at = str(document.get("title", ""))[:200], now()
    draft.save(update_fields=["text", "standing", "serial", "title", "edited_at"])
    return draft


def _turn(edit: Edit, by: StaffMember | None) -> None:
    edit.turned_by, edit.turned_at = by, now()
    edit.save(update_fields=["turned_by", "turned_at"])


def _refuse_unseen(draft: Manuscript, document: Mapping[str, Any], seen: Mapping[str, Any]) -> None:
    for pointer, value in seen.items():
        found = lookup(dict(document), pointer)
        if found != value and not (found is MISSING and value in ("", None, [])):
            raise EditConflict(pointer, found, last_hand(draft, pointer))
