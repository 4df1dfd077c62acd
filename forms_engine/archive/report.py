"""What the verification of an archive copy found (検証結果), in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms_engine.archive import wording

SENTENCES: dict[str, dict[str, str]] = {
    "too_large": {
        "ja": "ファイルが大きすぎるため、検証できません。",
        "en": "The file is too large to be verified.",
    },
    "unreadable": {
        "ja": "PDFとして読み取れません。壊れているか、別の種類のファイルです。",
        "en": "This cannot be read as a PDF: it is damaged, or another kind of file.",
    },
    "encrypted": {
        "ja": "パスワードで保護されています。保存原本は保護されていないはずです。",
        "en": "The file is protected by a password; an archive copy never is.",
    },
    "seal_missing": {
        "ja": "電子公印がありません。だれが作ったものか確認できません。",
        "en": "There is no seal: nobody can tell who made this file.",
    },
    "seal_unreadable": {
        "ja": "電子公印を読み取れません。ファイルが壊れているか、書き換えられています。",
        "en": "The seal cannot be read: the file is damaged or was altered.",
    },
    "altered": {
        "ja": "電子公印のあとで、ファイルの内容が書き換えられています。",
        "en": "The content of the file was altered after it was sealed.",
    },
    "appended": {
        "ja": "電子公印のあとで、ファイルに内容が追加されています。",
        "en": "Something was added to the file after it was sealed.",
    },
    "seal_untrusted": {
        "ja": "電子公印「{holder}」は、信頼できる認証局のものと確認できません。",
        "en": "The seal of “{holder}” does not lead to an authority that is trusted.",
    },
    "seal_expired": {
        "ja": "電子公印「{holder}」の証明書は有効期間外です。封印した時刻を示すタイムスタンプもありません。",
        "en": "The certificate of “{holder}” is not valid now, and no timestamp shows that it was when it sealed.",
    },
    "submission_missing": {
        "ja": "提出された内容（{name}）が入っていません。",
        "en": "What was submitted ({name}) is not in the file.",
    },
    "submission_damaged": {
        "ja": "提出された内容（{name}）を読み取れません。",
        "en": "What was submitted ({name}) cannot be read.",
    },
    "submission_changed": {
        "ja": "提出された内容が、決裁の署名にある内容と異なります。差し替えられた可能性があります。",
        "en": "What was submitted is not what the decisions were signed on: it may have been exchanged.",
    },
    "attachment_missing": {
        "ja": "添付書類「{name}」が入っていないか、提出されたものと異なります。",
        "en": "The attachment “{name}” is missing, or is not the one that was submitted.",
    },
    "attachment_unknown": {
        "ja": "提出されていないファイル「{name}」が入っています。",
        "en": "The file holds “{name}”, which was never submitted.",
    },
    "decisions_missing": {
        "ja": "決裁の記録（decisions.json）が入っていません。",
        "en": "The decisions (decisions.json) are not in the file.",
    },
    "decisions_damaged": {
        "ja": "決裁の記録（decisions.json）を読み取れません。",
        "en": "The decisions (decisions.json) cannot be read.",
    },
    "decisions_broken": {
        "ja": "決裁の署名のつながりが{number}番目で切れています。決裁が削除・変更された可能性があります。",
        "en": "The chain of signed decisions breaks at number {number}: a decision was removed or altered.",
    },
}
WORDS = {
    "ja": {
        "ok": "確認できました：このファイルは作られたときのままです。",
        "bad": "確認できませんでした：",
        "seal": "電子公印：{holder}　{at}",
        "reported": "{at}（署名者の時計による）",
        "stamped": "{at}（タイムスタンプによる）",
        "receipt": "受付番号：{number}　様式：{form} 第{version}版　提出{revision}回目　{at}",
        "digest": "提出内容の確認値（SHA-256）：{digest}",
        "decision": "決裁{number}：{step}　{who}　{outcome}　{at}",
        "rule": "規則「{name}」による自動処理",
    },
    "en": {
        "ok": "Verified: this file is as it was made.",
        "bad": "Not verified:",
        "seal": "Seal: {holder}, {at}",
        "reported": "{at} (by the signer's clock)",
        "stamped": "{at} (by a timestamp)",
        "receipt": "Receipt number: {number}; form: {form} version {version}; submission {revision}; {at}",
        "digest": "Digest of what was submitted (SHA-256): {digest}",
        "decision": "Decision {number}: {step}, {who}, {outcome}, {at}",
        "rule": "by the rule “{name}”",
    },
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: str = "ja") -> str:
        texts = SENTENCES[self.code]
        return texts.get(language, texts["ja"]).format(**self.params)


@dataclass(frozen=True)
class SealReading:
    """Whose seal is on the file, since when (``is_stamped``: by a trusted timestamp), and whether it holds."""

    holder: str
    at: datetime | None
    is_stamped: bool
    is_intact: bool
    is_trusted: bool


@dataclass(frozen=True)
class Receipt:
    """What was submitted, as the file itself says."""

    number: str
    form: str
    form_version: int
    revision: int
    submitted_at: datetime
    digest: str


@dataclass(frozen=True)
class DecisionReading:
    """Who decided what, from what was signed.  ``is_by_rule``: ``name`` is the rule's title."""

    number: int
    step: str
    post: str
    name: str
    outcome: str
    at: datetime
    is_by_rule: bool


@dataclass(frozen=True)
class Report:
    """Everything that was found.  Decisions are listed only if every signature holds."""

    findings: Sequence[Finding] = ()
    seal: SealReading | None = None
    receipt: Receipt | None = None
    decisions: Sequence[DecisionReading] = ()

    @property
    def ok(self) -> bool:
        """Sealed by somebody trusted, and nothing changed, removed or added since."""
        return not self.findings and self.seal is not None

    def lines(self, language: str = "ja") -> list[str]:
        """The report for a person to read, one line each."""
        words = WORDS.get(language, WORDS["ja"])
        verdict = [words["ok"]] if self.ok else [words["bad"], *(f"- {f.message(language)}" for f in self.findings)]
        decisions = [_decision_line(decision, words, language) for decision in self.decisions]
        return [*verdict, *self._seal_lines(words, language), *self._receipt_lines(words, language), *decisions]

    def _seal_lines(self, words: Mapping[str, str], language: str) -> list[str]:
        if self.seal is None:
            return []
        at = _time(self.seal.at, language) if self.seal.at else "-"
        told = words["stamped" if self.seal.is_stamped else "reported"].format(at=at)
        return [words["seal"].format(holder=self.seal.holder, at=told)]

    def _receipt_lines(self, words: Mapping[str, str], language: str) -> list[str]:
        if self.receipt is None:
            return []
        one = self.receipt
        at = _time(one.submitted_at, language)
        line = words["receipt"].format(
            number=one.number, form=one.form, version=one.form_version, revision=one.revision, at=at
        )
        return [line, words["digest"].format(digest=one.digest)]


def _decision_line(decision: DecisionReading, words: Mapping[str, str], language: str) -> str:
    who = (
        words["rule"].format(name=decision.name) if decision.is_by_rule else f"{decision.post} {decision.name}".strip()
    )
    outcome = decision.outcome if language == "en" else wording.outcome(decision.outcome)
    at = _time(decision.at, language)
    return words["decision"].format(number=decision.number, step=decision.step, who=who, outcome=outcome, at=at)


def _time(at: datetime, language: str) -> str:
    local = at.astimezone(wording.JAPAN)
    return f"{local:%Y-%m-%d %H:%M}" if language == "en" else wording.moment(at)
