"""Bundles (一式) going out and coming in: what belongs to a form, and what others' names mean here.

Nothing that comes in is published: it becomes drafts, over what is there already as one edit that can be undone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from forms_engine import manuscripts
from forms_engine.definitions import FormVersion
from forms_engine.manuscripts import FORM, WORKFLOW, Manuscript
from schemas.bundles import Bundle, Names
from schemas.differences import Difference, differences
from workflows import audit
from workflows.definitions import WorkflowVersion
from workflows.staff import Department, Role, StaffMember

Document = Mapping[str, Any]
ASKED = ("departments", "roles", "logins")


class Correspondence(models.Model):
    """What a name of another municipality is here (読み替え), remembered for the next bundle from there."""

    origin = models.CharField(_("元の団体"), max_length=200)
    kind = models.CharField(_("種類"), max_length=20)
    theirs = models.CharField(_("元の記号"), max_length=150)
    ours = models.CharField(_("こちらの記号"), max_length=150)

    class Meta:
        verbose_name = verbose_name_plural = _("読み替え")
        ordering = ["origin", "kind", "theirs"]
        constraints = [models.UniqueConstraint(fields=["origin", "kind", "theirs"], name="correspondence_of_name")]

    def __str__(self) -> str:
        return f"{self.origin} {self.theirs} = {self.ours}"


class OthersDraft(Exception):
    """Another department works on a definition of this key; ``draft`` is theirs."""

    def __init__(self, draft: Manuscript) -> None:
        super().__init__(draft.title)
        self.draft = draft


@dataclass(frozen=True)
class Name:
    """One name in a bundle: its kind, what it is called there, what it is here (empty where nothing fits), and what
    it can be here."""

    kind: str
    theirs: str
    title: str
    ours: str
    choices: tuple[tuple[str, str], ...]

    @property
    def is_known(self) -> bool:
        return bool(self.ours)

    @property
    def field(self) -> str:
        """What it is called on the page on which it is mapped."""
        return f"{self.kind}:{self.theirs}"


@dataclass(frozen=True)
class Change:
    """What a document of a bundle would change here: None before where it is new."""

    document: Document
    before: Document | None
    differences: tuple[Difference, ...]


def of_form(key: str) -> Bundle:
    """The newest version of a form with the routes that it needs. Raises FormVersion.DoesNotExist."""
    newest = FormVersion.objects.of(key).order_by("-number").first()
    if newest is None:
        raise FormVersion.DoesNotExist(key)
    return of_document(newest.document)


def of_document(document: Document) -> Bundle:
    """A form's document, published or not, with the published routes that it needs and what their names mean."""
    routes = list(_routes(str(document.get("procedure", {}).get("workflow", "")), set()))
    origin = settings.MUNICIPALITY["name"]
    named = Bundle(origin, dict(document), routes).named()
    titles = {
        kind: {key: title for key, title in _ours(kind) if key in named[kind]} for kind in ("departments", "roles")
    }
    return Bundle(origin, dict(document), routes, titles)


def _routes(key: str, seen: set[str]) -> Iterator[dict[str, Any]]:
    """The published route of a key after those that it takes over."""
    newest = WorkflowVersion.objects.of(key).order_by("-number").first()
    if newest is None or key in seen:
        return
    seen.add(key)
    for inner in Bundle("", dict(newest.document)).named()["workflows"]:
        yield from _routes(inner, seen)
    yield dict(newest.document)


def _ours(kind: str) -> list[tuple[str, str]]:
    """What there is here of a kind: keys with titles."""
    if kind == "departments":
        return list(Department.objects.values_list("key", "title"))
    if kind == "roles":
        return list(Role.objects.values_list("key", "title"))
    members = StaffMember.objects.active().order_by("username")
    return [(member.username, str(member)) for member in members]


def names(bundle: Bundle) -> list[Name]:
    """Every department, role and person that the bundle names, with what each is here: as it was mapped the last time,
    else of the same key and title, else of the same title, else of the same key."""
    found, remembered = bundle.named(), _remembered(bundle.origin)
    return [
        Name(kind, theirs, title, remembered.get((kind, theirs)) or _like(theirs, title, ours), tuple(ours))
        for kind in ASKED
        for ours in [_ours(kind)]
        for theirs in found[kind]
        for title in [str(bundle.titles.get(kind, {}).get(theirs, theirs))]
    ]


def _remembered(origin: str) -> dict[tuple[str, str], str]:
    rows = Correspondence.objects.filter(origin=origin).values_list("kind", "theirs", "ours")
    return {(kind, theirs): ours for kind, theirs, ours in rows}


def _like(theirs: str, title: str, ours: list[tuple[str, str]]) -> str:
    titled = [key for key, named in ours if named == title]
    same = [key for key, _named in ours if key == theirs]
    return next(iter([*(key for key in titled if key == theirs), *titled, *same]), "")


def changes(bundle: Bundle) -> list[Change]:
    """What each document would change here; those that are here already just so are not among them."""
    found = []
    for document in bundle.documents:
        before = _standing(document)
        if before is None or manuscripts.written(before) != manuscripts.written(document):
            told = tuple(differences(before, document)) if before is not None else ()
            found.append(Change(document, before, told))
    return found


def _standing(document: Document) -> Document | None:
    """What stands here under the key of a document: the draft, else what is published."""
    kind = WORKFLOW if WORKFLOW in document else FORM
    draft = Manuscript.objects.filter(kind=kind, key=document[kind]).first()
    return draft.document if draft is not None else _published(kind, document[kind])


def _published(kind: str, key: str) -> Document | None:
    rows: Any = WorkflowVersion.objects if kind == WORKFLOW else FormVersion.objects
    newest = rows.of(key).order_by("-number").first()
    return newest.document if newest is not None else None


@transaction.atomic
def take_in(bundle: Bundle, mapping: Names, by: StaffMember | None = None) -> list[Manuscript]:
    """Make drafts of what the bundle changes here, the form's last; the mapping is remembered.

    Raises OthersDraft where another department works on one of these keys.
    """
    for kind, pairs in mapping.items():
        for theirs, ours in pairs.items():
            Correspondence.objects.update_or_create(
                origin=bundle.origin, kind=kind, theirs=theirs, defaults={"ours": ours}
            )
    renamed = bundle.renamed(mapping)
    department = str(renamed.form["procedure"]["department"])
    wanted = [*(one.document for one in changes(renamed) if WORKFLOW in one.document), renamed.form]
    drafts = [_draft(document, department, by) for document in wanted]
    audit.record("import_bundle", f"form:{renamed.form[FORM]}", by, origin=bundle.origin[:100], drafts=len(drafts))
    return drafts


def _draft(document: Document, department: str, by: StaffMember | None) -> Manuscript:
    kind = WORKFLOW if WORKFLOW in document else FORM
    draft = Manuscript.objects.filter(kind=kind, key=document[kind]).first()
    if draft is None:
        before = _published(kind, document[kind])
        draft = manuscripts.begin(before or document, department, by, _number(kind, document[kind]))
    elif draft.department_key != department:
        raise OthersDraft(draft)
    return manuscripts.replace(draft, document, by)


def _number(kind: str, key: str) -> int | None:
    rows: Any = WorkflowVersion.objects if kind == WORKFLOW else FormVersion.objects
    return rows.of(key).order_by("-number").values_list("number", flat=True).first()
