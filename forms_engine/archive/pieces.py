"""Pieces (部品): the styles, headings, cells and tables that every document of the archive is made of."""

from collections.abc import Sequence
from dataclasses import replace

from forms_engine.archive.blocks import Grid, Piece, Row, Style, Text
from forms_engine.archive.font import ArchivalFont
from forms_engine.archive.tagged import Element
from workflows.routable import Row as Answer
from workflows.routable import Section

WIDTH = 481.0
LABEL = 132.0


class Pieces:
    """Makes pieces of one document and hangs their elements into its structure tree."""

    def __init__(self, regular: ArchivalFont, bold: ArchivalFont, root: Element) -> None:
        self.root, self.bold = root, bold
        self.body = Style(regular, 9.5, 14.5)
        self.strong = Style(bold, 9.5, 14.5)
        self.small = Style(regular, 8.0, 11.5, grey=0.3)
        self.label = Style(bold, 8.8, 14.5, grey=0.2)
        self.head = Style(bold, 8.5, 12.5, grey=0.2)
        self.paragraph = replace(self.body, after=6, leading=15.5)
        self.heading = Style(bold, 12.0, 20.0, before=12, after=4, keep=70, bar=True)
        self.subheading = Style(bold, 10.0, 15.0, before=5, after=3, keep=50)

    def _section(self, section: Section) -> Grid:
        table = self.root.add("Table")
        return Grid((LABEL, WIDTH - LABEL), [self._answer(table, answer) for answer in section.rows])

    def _answer(self, table: Element, answer: Answer) -> Row:
        files = [file.name for file in answer.files if file.name not in answer.text]
        notes = [f"前回の提出：{answer.changed_from}"] if answer.changed_from is not None else []
        if answer.provenance:
            notes.append(f"出所：{answer.provenance}")
        line = table.add("TR")
        text = "\n".join(filter(None, [answer.text, *files]))
        return Row([self._label(line, answer.label), self._value(line, [text], notes)], labels=frozenset({0}))

    def _row(self, table: Element, *cells: str) -> Row:
        """Labels and their values in turn."""
        line = table.add("TR")
        made = [
            self._value(line, [], strong=text) if n % 2 else self._label(line, text) for n, text in enumerate(cells)
        ]
        return Row(made, labels=frozenset(range(0, len(cells), 2)))

    def _heading(self, text: str) -> Text:
        return Text(text, self.heading, self.root.add("H2"))

    def _paragraph(self, text: str, style: Style) -> Text:
        return Text(text, style, self.root.add("P"))

    def _columns(self, table: Element, *titles: str) -> Row:
        row = table.add("TR")
        cells: list[list[Piece]] = [[Text(title, self.head, row.add("TH", scope="Column"))] for title in titles]
        return Row(cells, labels=frozenset(range(len(titles))))

    def _label(self, row: Element, text: str) -> list[Piece]:
        return [Text(text, self.label, row.add("TH", scope="Row"))]

    def _value(self, row: Element, texts: Sequence[str], notes: Sequence[str] = (), strong: str = "") -> list[Piece]:
        """A cell; each text is a paragraph of its own where there are several."""
        cell = row.add("TD")
        styled = [(strong, self.strong)] if strong else []
        styled += [(text, self.body) for text in texts] + [(text, self.small) for text in notes]
        if len(styled) == 1:
            return [Text(styled[0][0], styled[0][1], cell)]
        return [Text(text, style, cell.add("P")) for text, style in styled]
