"""Slips (受付票): the receipt that a resident keeps, as a tagged PDF in the language of the page; it has no seal.

It carries the access code and, as a QR code, the link that opens the application: being able to follow it is what a
receipt is for, and it says so beside it.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import segno
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from forms_engine import charges, progress, visits
from forms_engine.applications import Application
from forms_engine.archive import conformance
from forms_engine.archive.blocks import Block, Grid, Piece, Row, Style, Text
from forms_engine.archive.document import FurnishedPages, fill
from forms_engine.archive.font import ArchivalFont, registered
from forms_engine.archive.pieces import LABEL, WIDTH, Pieces
from forms_engine.archive.tagged import Element, TaggedCanvas
from workflows.cases import Case
from workflows.routable import Section
from workflows.templatetags.calendar import day, moment

LANGUAGES = {"en": "en", "ja": "ja-JP", "ja-easy": "ja-JP"}
CODE_SIDE = 112.0
QUIET_ZONE = 4


@dataclass(frozen=True)
class Slip:
    """What a receipt says.  ``following`` are the sentences on what happens next; ``link`` opens the application."""

    language: str
    municipality: str
    title: str
    receipt_number: str
    access_code: str
    submitted_at: datetime
    following: Sequence[str]
    sections: Sequence[Section]
    link: str


def slip_of(application: Application, language: str, link: str) -> Slip:
    """The receipt of a submitted application as it stands now."""
    if application.submitted_at is None:
        raise ValueError("a draft has no receipt")
    with override(language):
        return Slip(
            language,
            settings.MUNICIPALITY["name"],
            application.form_version.spec.text("/title", language),
            application.reference,
            application.access_code,
            application.submitted_at,
            list(_following(application, language)),
            list(_answered(application.submitted_view(language))),
            link,
        )


def _answered(sections: Sequence[Section]) -> Iterator[Section]:
    """What was answered, and nothing of what was left blank: a receipt is to be short."""
    blank = {_("（記入なし）"), _("（添付なし）")}
    for one in sections:
        rows = [row for row in one.rows if row.text not in blank]
        if rows:
            yield Section(one.title, rows)


def _visit(application: Application, language: str) -> Iterator[str]:
    """What to bring to the counter, where a visit is to follow."""
    things = visits.things_to_bring(application.form_version.spec, language)
    if things:
        yield _("入力だけでは終わりません。予定の日に窓口で本人を確認して、手続きが終わります。お持ちいただくもの：")
        yield from (f"・{thing}" for thing in things)


def _following(application: Application, language: str) -> Iterator[str]:
    if application.is_closed:
        yield _("結果：%(outcome)s") % {"outcome": progress.outcome_title(application, language)}
    else:
        yield from _visit(application, language)
        yield _("担当の課が内容を審査します。")
        due = Case.objects.of(application).values_list("due_on", flat=True).first()
        if due:
            yield _("%(due)sまでに結果をお知らせする予定です。") % {"due": day(due)}
        yield _("直していただくところがあるときは、状況の画面でお知らせします。")
    charge = charges.charge_of(application, language)
    if charge and charge.amount:
        yield _("手数料：%(amount)s円") % {"amount": f"{charge.amount:,}"}
    if charge and charge.words:
        yield charge.words


def draw(slip: Slip) -> bytes:
    """The PDF; the same bytes for the same slip."""
    regular, bold = registered()
    root, stream = Element("Document"), io.BytesIO()
    with override(slip.language):
        corners = (f"{slip.municipality}　{slip.title}", f"{_('受付番号')} {slip.receipt_number}", _("受付票"))
        canvas = FurnishedPages(stream, corners, regular)
        fill(canvas, SlipComposer(slip, regular, bold, root).blocks())
        canvas.save()
        title = f"{_('受付票')} {slip.receipt_number}"
    return conformance.finished(
        stream.getvalue(),
        root,
        canvas.marks,
        title=title,
        author=slip.municipality,
        at=localtime(slip.submitted_at),
        enclosures=[],
        language=LANGUAGES.get(slip.language, "ja-JP"),
    )


class SlipComposer(Pieces):
    """Sets a slip in the language that is active."""

    def __init__(self, slip: Slip, regular: ArchivalFont, bold: ArchivalFont, root: Element) -> None:
        super().__init__(regular, bold, root)
        self.slip = slip
        self.large = Style(bold, 15.0, 21.0)

    def blocks(self) -> Iterator[Block]:
        """Number and code, how to follow, what happens next, what was answered."""
        yield Text(_("受付票"), Style(self.bold, 18.0, 26.0, align="center", after=4), self.root.add("H1"))
        yield self._paragraph(self.slip.title, replace(self.body, align="center", after=10))
        yield self._numbers()
        yield self._heading(_("このあとの流れ"))
        yield from (self._paragraph(text, replace(self.paragraph, after=2)) for text in self.slip.following)
        yield self._heading(_("状況を見るには"))
        yield self._code()
        yield self._heading(_("提出した内容"))
        for section in self.slip.sections:
            yield Text(section.title, self.subheading, self.root.add("H3"))
            yield self._section(section)

    def _numbers(self) -> Grid:
        slip, table = self.slip, self.root.add("Table")
        pairs = [
            (_("受付番号"), slip.receipt_number, self.large),
            (_("照会番号"), slip.access_code, self.large),
            (_("提出した日時"), moment(slip.submitted_at), self.body),
        ]
        return Grid((LABEL, WIDTH - LABEL), [self._number(table.add("TR"), *pair) for pair in pairs])

    def _number(self, row: Element, label: str, text: str, style: Style) -> Row:
        return Row([self._label(row, label), [Text(text, style, row.add("TD"))]], labels=frozenset({0}))

    def _code(self) -> Grid:
        row = self.root.add("Table").add("TR")
        cell = row.add("TD")
        texts = [
            _("右のQRコードを読み取るか、サイトの「申請の状況を見る」で受付番号と照会番号を入力してください。"),
            _("QRコードと照会番号で、この申請の内容を見たり、取り下げたりできます。他の人に見せないでください。"),
        ]
        words: list[Piece] = [Text(text, self.paragraph, cell.add("P")) for text in texts]
        figure = row.add("TD").add("Figure", alternative=_("申請の状況を見るためのQRコード"))
        return Grid((WIDTH - CODE_SIDE - 11, CODE_SIDE + 11), [Row([words, [Code(self.slip.link, figure)]])])


@dataclass
class Code:
    """A QR code (ISO/IEC 18004) of a link, as a piece of a cell."""

    link: str
    element: Element
    height: float = CODE_SIDE

    def wrap(self, width: float) -> float:
        return self.height

    def split(self, room: float) -> list["Code"]:
        return []

    def set(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it, dark modules that touch as one bar."""
        rows = [bytes(row) for row in segno.make(self.link, error="m", micro=False).matrix_iter(border=QUIET_ZONE)]
        side = CODE_SIDE / len(rows)
        self.element.box = (round(x, 2), round(top - CODE_SIDE, 2), round(x + CODE_SIDE, 2), round(top, 2))
        canvas.setFillGray(0)
        for number, row in enumerate(rows):
            for start, length in _bars(row):
                y = top - (number + 1) * side
                canvas.rect(x + start * side, y, length * side, side, stroke=0, fill=1)


def _bars(row: bytes) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and how many follow one another."""
    start = 0
    while (start := row.find(1, start)) >= 0:
        end = row.find(0, start)
        yield start, end - start
        start = end
