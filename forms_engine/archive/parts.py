"""The parts of the document: what stands in it, in the order of reading, as blocks with their structure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms_engine.archive import wording
from forms_engine.archive.blocks import Block, Grid, Piece, Row, Style, Text
from forms_engine.archive.content import AttachmentLine, Content, DecisionLine
from forms_engine.archive.font import ArchivalFont
from forms_engine.archive.picture import Picture
from forms_engine.archive.pieces import LABEL, WIDTH, Pieces
from forms_engine.archive.stamp import Stamp
from forms_engine.archive.tagged import Element

DECISION_COLUMNS = (92.0, 112.0, 212.0, 65.0)
PAIRS = (74.0, 166.5, 74.0, 166.5)
FILE_COLUMNS = (118.0, 152.0, 211.0)
#: Outcomes that an official puts a stamp under.
STAMPED = frozenset({"approved", "refused"})
ABOUT = (
    "この文書は、申請の内容と決裁の記録を一つにまとめた保存原本です。市の電子公印（電子署名）が付いており、"
    "1文字でも書き換えると検証で分かります。元の申請データ、様式の全文、決裁の署名の記録、添付書類は、このファイルの中に入っています。"
)
CHECK = (
    "要確認：この文書には、備え付けの書体で表せない文字があります。〓は文字が表せなかった箇所です。"
    "職員が確認するまで、正式な写しとして交付できません。"
)


class Composer(Pieces):
    """Makes the blocks of one copy and hangs their elements into the structure tree."""

    def __init__(self, content: Content, regular: ArchivalFont, bold: ArchivalFont, root: Element) -> None:
        super().__init__(regular, bold, root)
        self.content = content

    def blocks(self, missing: Sequence[str], inexact: Sequence[str]) -> Iterator[Block]:
        """Everything, from the title to how to check it."""
        yield from self._opening()
        yield from self._uncertain(missing, inexact)
        yield from self._answers()
        yield from self._consents()
        yield from self._signatures()
        yield from self._refusal()
        yield from self._decisions()
        yield from self._attachments()
        yield from self._checking()

    # --- the first lines -------------------------------------------------------------------------------------------

    def _opening(self) -> Iterator[Block]:
        content = self.content
        yield self._paragraph(wording.day(content.submitted_at), replace(self.body, align="right"))
        yield self._paragraph(f"（宛先）{content.addressee}", replace(self.body, after=10))
        title = Style(self.bold, 18.0, 26.0, align="center", after=14)
        yield Text(content.title, title, self.root.add("H1"))
        yield self._summary()

    def _summary(self) -> Grid:
        content = self.content
        outcome = content.outcome_title or wording.outcome(content.outcome)
        pairs = [
            ("受付番号", content.receipt_number, "結果", outcome),
            ("提出日時", wording.moment(content.submitted_at), "完了日時", wording.moment(content.closed_at)),
        ]
        table = self.root.add("Table")
        return Grid(PAIRS, [self._row(table, *pair) for pair in pairs])

    def _uncertain(self, missing: Sequence[str], inexact: Sequence[str]) -> Iterator[Block]:
        if missing:
            yield self._paragraph(CHECK, replace(self.paragraph, font=self.bold))
            yield self._paragraph(f"表せない文字：{_code_points(missing)}", self.small)
        if inexact:
            yield self._paragraph(f"異体字を区別できず、標準の字形で表した文字：{_code_points(inexact)}", self.small)

    # --- what was asked --------------------------------------------------------------------------------------------

    def _answers(self) -> Iterator[Block]:
        yield self._heading("起案の内容" if self.content.is_internal else "申請の内容")
        for section in self.content.sections:
            yield Text(section.title, self.subheading, self.root.add("H3"))
            if section.rows:
                yield self._section(section)

    def _consents(self) -> Iterator[Block]:
        """What was agreed to, in full: a version alone says nothing to whoever reads this in twenty years."""
        if self.content.consents:
            yield self._heading("同意した内容")
        for consent in self.content.consents:
            yield Text(f"{consent.title}（{consent.version} 版）", self.subheading, self.root.add("H3"))
            yield from (self._paragraph(text, self.paragraph) for text in consent.text.splitlines() if text.strip())
            yield self._paragraph(f"この文章の確認値（SHA-256）：{consent.sha256}", self.small)

    def _signatures(self) -> Iterator[Block]:
        """What the applicant signed with, as it was drawn, and what it was signed under."""
        if self.content.signatures:
            yield self._heading(f"{self.content.party}の署名")
        for line in self.content.signatures:
            yield self._paragraph(f"{line.label}　{line.words}", replace(self.paragraph, keep=110))
            if line.picture:
                yield Picture(line.picture, self.root.add("Figure", alternative=f"{line.label}　{line.words}"))
            yield self._paragraph(f"署名した内容の確認値（SHA-256）：{line.signs}", self.small)

    # --- how it ended ----------------------------------------------------------------------------------------------

    def _refusal(self) -> Iterator[Block]:
        content = self.content
        if content.reasons:
            yield self._heading("不承認の理由")
            yield from (self._paragraph(text, self.paragraph) for text in content.reasons.splitlines() if text.strip())
        if content.instruction:
            yield self._heading("教示（不服がある場合の手続）")
            for number, text in enumerate(content.instruction, 1):
                yield self._paragraph(f"{number}　{text}", self.paragraph)

    def _decisions(self) -> Iterator[Block]:
        yield self._heading("決裁")
        if not self.content.decisions:
            yield self._paragraph("決裁の記録はありません。", self.paragraph)
            return
        table = self.root.add("Table")
        head = self._columns(table, "段階", "決裁者", "結果・日時", "印")
        yield Grid(DECISION_COLUMNS, [self._decision(table, line) for line in self.content.decisions], head)

    def _decision(self, table: Element, line: DecisionLine) -> Row:
        row = table.add("TR")
        who = [line.post, line.name] if line.name else ["規則による自動処理", line.post]
        return Row(
            [
                self._value(row, [line.step]),
                self._value(row, [text for text in who if text]),
                self._value(row, [wording.moment(line.at)], self._remarks(line), strong=wording.outcome(line.outcome)),
                self._stamp(row.add("TD"), line),
            ]
        )

    def _remarks(self, line: DecisionLine) -> list[str]:
        is_told_above = line.to_applicant == self.content.reasons
        told = [f"{self.content.party}への連絡：{line.to_applicant}"] if line.to_applicant and not is_told_above else []
        return [*told, *line.explanation, *(["この決裁は差戻しにより効力を失いました。"] if line.is_void else [])]

    def _stamp(self, cell: Element, line: DecisionLine) -> list[Piece]:
        if line.outcome not in STAMPED or line.is_void:
            return []
        who = f"{line.post} {line.name}" if line.name else f"規則 {line.post}"
        alternative = f"電子印影　{who}　{wording.outcome(line.outcome)}　{wording.day(line.at)}"
        figure = cell.add("Figure", alternative=alternative)
        return [Stamp(_inscription(line), self.bold, figure, is_rule=not line.name)]

    # --- what was enclosed, and how to check it --------------------------------------------------------------------

    def _attachments(self) -> Iterator[Block]:
        if self.content.attachments:
            yield self._heading("添付書類")
            table = self.root.add("Table")
            head = self._columns(table, "項目", "ファイル", "確認値（SHA-256）")
            yield Grid(FILE_COLUMNS, [self._attachment(table, line) for line in self.content.attachments], head)

    def _attachment(self, table: Element, line: AttachmentLine) -> Row:
        row = table.add("TR")
        note = f"{line.media_type}　{wording.size(line.size)}　同封名 {line.enclosed_as}"
        cells = [self._value(row, [line.label]), self._value(row, [line.name], [note])]
        return Row([*cells, self._value(row, [], [line.sha256])])

    def _checking(self) -> Iterator[Block]:
        content = self.content
        yield self._heading("この文書の確認")
        yield self._paragraph(ABOUT, self.paragraph)
        table = self.root.add("Table")
        version = self._row(table, "様式の版", f"第{content.form_version}版")
        rows = [self._revision(table, number, len(content.revisions)) for number in range(len(content.revisions))]
        yield Grid((LABEL, WIDTH - LABEL), [version, *rows])

    def _revision(self, table: Element, number: int, count: int) -> Row:
        revision = self.content.revisions[number]
        title = "提出内容の確認値" if count == 1 else f"第{revision.number}回提出の確認値"
        row = table.add("TR")
        note = f"SHA-256（RFC 8785 正規化JSON）　{wording.moment(revision.submitted_at)} 提出"
        return Row([self._label(row, title), self._value(row, [revision.digest], [note])], labels=frozenset({0}))


def _inscription(line: DecisionLine) -> tuple[str, str, str]:
    """What stands in a stamp: office, day, family name; of a rule, that it was one and how it decided."""
    date = wording.stamp_day(line.at)
    if not line.name:
        return "規則", date, wording.outcome(line.outcome)
    return (line.post.split() or ["決裁"])[-1], date, (line.name.split() or [""])[0]


def _code_points(clusters: Sequence[str]) -> str:
    return "、".join(f"{cluster}（{' '.join(f'U+{ord(c):04X}' for c in cluster)}）" for cluster in clusters)
