"""The document of a rehearsal (見本): what an archive copy would look like, for answers that nobody gave."""

import io
from collections.abc import Mapping
from math import ceil
from typing import Any

import pikepdf
from django.conf import settings
from django.utils.timezone import now

from forms_engine import readout
from forms_engine.archive import document
from forms_engine.archive.blocks import PAD_X
from forms_engine.archive.content import Content, RevisionLine
from forms_engine.archive.document import Drawn
from forms_engine.archive.font import registered
from forms_engine.archive.pieces import LABEL, WIDTH, Pieces
from forms_engine.archive.tagged import Element
from forms_engine.spec import FormSpec
from schemas.canonical import digest
from schemas.translations import sources

LANGUAGE = "ja"
NUMBER = "見本"


def drawn(spec: FormSpec, answers: Mapping[str, Any]) -> Drawn:
    """The copy of an application with these answers, without decisions, attachments or seal.

    Raises ValueError where something is so large that no page holds it.
    """
    at, mark = now(), digest(dict(answers))
    content = Content(
        title=spec.title,
        municipality=settings.MUNICIPALITY["name"],
        addressee=settings.MUNICIPALITY["mayor"],
        receipt_number=NUMBER,
        form_version=0,
        submitted_at=at,
        closed_at=at,
        outcome="",
        outcome_title=NUMBER,
        sections=readout.sections(spec, answers, LANGUAGE, unlinked),
        decisions=(),
        revisions=[RevisionLine(1, at, mark)],
        digest=mark,
    )
    return document.draw(content)


def pages_filled(length: int) -> int:
    """How many pages an answer of so many full-width characters takes at most; its box grows as far as it must."""
    regular, bold = registered()
    style = Pieces(regular, bold, Element("Document")).body
    # a form may allow any length: worked out, not set
    rows = ceil(length / ((WIDTH - LABEL - 2 * PAD_X) // style.size))
    return ceil(rows * style.leading / (document.TOP - document.BOTTOM))


def page_count(pdf: bytes) -> int:
    """How many pages a document has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def unlinked(file_id: str) -> str:
    """The address of a file that is not there."""
    return ""


def undrawable(definition: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The texts of a form that no font can draw as they stand: their pointers, and the characters."""
    regular, _bold = registered()
    found = ((at, regular.uncovered([text])[0]) for at, text in sources(definition))
    return [(at, " ".join(missing)) for at, missing in found if missing]
