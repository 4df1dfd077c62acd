"""Archive copies to test with: a dog that a rule registered, a hall that was refused, and ones that are hard to set."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from forms_engine.archive.content import (
    DECISIONS,
    SUBMISSION,
    AttachmentLine,
    Content,
    DecisionLine,
    Enclosure,
    RevisionLine,
    enclosed_names,
    sha256,
)
from schemas.canonical import canonical
from workflows.appeal import Remedy, instruction
from workflows.routable import Row, Section

CERTIFICATE = b"%PDF-1.4 certificate of vaccination"
AT = datetime(2026, 11, 20, 1, 2, 11, tzinfo=UTC)
DECIDED = datetime(2026, 11, 21, 0, 15, 3, tzinfo=UTC)


def section(title: str, **texts: str) -> Section:
    return Section(title, [Row(f"/{label}", label, text) for label, text in texts.items()])


OWNER = section(
    "飼い主",
    氏名="葛󠄀城　𠮷乃",
    ふりがな="かつらぎ　よしの",
    住所="〒123-0001 かかない市千代田1丁目2番3号　グリーンハイツ㐂久　101号室",
    電話番号="03-1234-5678",
    メールアドレス="yoshino.katsuragi@example.jp",
)
DOG = section(
    "犬",
    名前="ハナ",
    種類="柴犬",
    生年月日="令和6年4月1日",
    注射済み="☑ はい　☐ いいえ",
    狂犬病予防注射をした日="令和8年4月12日",
    手数料="3,550円",
)


def submission(number: int = 1, certificate: bytes = CERTIFICATE, **answers: Any) -> dict[str, Any]:
    """A revision's document."""
    file = {"field": "/certificate", "name": "注射済証明書.pdf", "media_type": "application/pdf"}
    return {
        "form": "dog_registration",
        "form_version": 3,
        "form_digest": "0" * 64,
        "receipt_number": "R8-000123",
        "revision": number,
        "submitted_at": AT.isoformat(timespec="microseconds"),
        "answers": answers or {"dog_name": "ハナ"},
        "attachments": [{**file, "size": len(certificate), "sha256": sha256(certificate)}],
    }


def record(document: Any, name: str = SUBMISSION) -> Enclosure:
    """A JSON file inside, in canonical form."""
    return Enclosure(name, "application/json", canonical(document), "Source", "提出された内容")


def attached(data: bytes = CERTIFICATE, name: str = "注射済証明書.pdf") -> Enclosure:
    safe = enclosed_names([{"name": name}])[0]
    return Enclosure(safe, "application/pdf", data, "Supplement", f"添付書類「{name}」")


@dataclass
class Office:
    """Signs decisions as the office does, with a key made for the test."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def chain(self, *documents: dict[str, Any], outcomes: Sequence[str] = ("approved", "approved")) -> dict[str, Any]:
        """What decisions.json holds when these were submitted and so decided on the last of them."""
        digests = [sha256(canonical(document)) for document in documents]
        entries, previous = [], digests[0]
        for number, outcome in enumerate(outcomes, 1):
            payload = self._payload(number, outcome, digests[-1])
            jws = self._signed({**payload, "prev": previous})
            previous = sha256(jws.encode())
            entries.append({"jws": jws, "digest": previous, "step_title": "審査", **payload})
        public = _text(self.key.public_key().public_bytes_raw())
        return {"reference": "R8-000123", "decisions": entries, "keys": {"k1": public}, "head": previous}

    def _payload(self, number: int, outcome: str, subject: str) -> dict[str, Any]:
        who = {"actor": "yoshino", "actor_name": "𠮷野 恵", "post": "環境課 課長"}
        what = {"step": "review", "outcome": outcome, "number": number, "subject_sha256": subject}
        return {**who, **what, "at": DECIDED.isoformat(timespec="microseconds")}

    def _signed(self, payload: dict[str, Any]) -> str:
        header = canonical({"alg": "Ed25519", "kid": "k1", "typ": "decision+jws"})
        content = f"{_text(header)}.{_text(canonical(payload))}"
        return f"{content}.{_text(self.key.sign(content.encode()))}"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


OFFICE = Office(Ed25519PrivateKey.from_private_bytes(b"k" * 32))


def by_rule() -> DecisionLine:
    return DecisionLine(
        step="自動承認",
        post="注射済みの犬の登録",
        name="",
        outcome="approved",
        at=AT,
        explanation=[
            "注射済みは条件のとおりです（条件：はい）",
            "狂犬病予防注射をした日は条件のとおりです（条件：1年以内）",
        ],
    )


def by_person(step: str, post: str, name: str, outcome: str = "approved", **more: Any) -> DecisionLine:
    return DecisionLine(step=step, post=post, name=name, outcome=outcome, at=DECIDED, **more)


def enclosing(*enclosures: Enclosure) -> Content:
    """The dog's copy with these files inside instead of its own."""
    return replace(dog(), enclosures=enclosures)


def dog() -> Content:
    """A short one: registered by rule, with one certificate."""
    document = submission()
    digest = sha256(canonical(document))
    certificate = attached()
    line = AttachmentLine(
        "証明書", "注射済証明書.pdf", certificate.name, "application/pdf", len(CERTIFICATE), sha256(CERTIFICATE)
    )
    return Content(
        title="犬の登録申請書",
        municipality="かかない市",
        addressee="かかない市長",
        receipt_number="R8-000123",
        form_version=3,
        submitted_at=AT,
        closed_at=DECIDED,
        outcome="approved",
        sections=[OWNER, DOG],
        decisions=[by_rule()],
        revisions=[RevisionLine(1, AT, digest)],
        digest=digest,
        attachments=[line],
        enclosures=[record(document), record(OFFICE.chain(document), DECISIONS), certificate],
    )


def refused() -> Content:
    """A hall whose use was refused, with reasons and the instruction on appeal."""
    reasons = (
        "申請のあった日時には、先に受け付けた別の使用許可があります。\n"
        "また、使用の目的は物品の販売であり、かかない市公共施設条例第5条第2項に定める使用の制限に当たるためです。"
    )
    return replace(
        dog(),
        title="公共施設使用許可申請書",
        outcome="refused",
        sections=[OWNER],
        decisions=[
            by_person("審査", "施設課 担当", "鈴木 次郎"),
            by_person(
                "審査", "施設課 担当", "鈴木 次郎", "correction", to_applicant="使用の目的を具体的に書いてください。"
            ),
            by_person("決裁", "施設課 館長", "葛󠄀城 誠", "refused", to_applicant=reasons),
        ],
        reasons=reasons,
        instruction=instruction(Remedy("かかない市長", "かかない市", "かかない市長")),
    )


def with_answers(*rows: tuple[str, str]) -> Content:
    return replace(dog(), sections=[Section("記入", [Row(f"/{n}", *row) for n, row in enumerate(rows)])])


def with_sections(sections: Sequence[Section]) -> Content:
    return replace(dog(), sections=sections)
