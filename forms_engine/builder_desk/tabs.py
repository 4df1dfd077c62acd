"""The tabs of the editor: what each shows of a draft."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_engine import notice_texts
from forms_engine.builder_desk import comparisons, history, procedure, translations
from forms_engine.builder_desk.contents import block_settings
from forms_engine.builder_desk.form_routes import draft_of_route
from forms_engine.builder_desk.formula_words import functions
from forms_engine.builder_desk.places import Place
from forms_engine.builder_desk.properties import selected
from forms_engine.builder_desk.settings import CHOICE, TEXT, Setting
from forms_engine.builder_desk.structure import Structure, facts_in_words, structure
from forms_engine.manuscripts import Manuscript
from schemas.editing.palette import PARTS
from schemas.formulas import Names, write_formula
from schemas.placeholders import NAMES
from schemas.pointers import escaped

Document = dict[str, Any]
Context = dict[str, Any]


def titles() -> list[tuple[str, str]]:
    """Every tab with its title, in order."""
    return [
        ("fields", _("画面と項目")),
        ("procedure", _("手続き")),
        ("logic", _("計算と確認")),
        ("notices", _("お知らせ")),
        ("texts", _("ほかの言語")),
        ("try", _("試す")),
        ("source", _("定義（JSON）")),
        ("history", _("履歴")),
    ]


def context(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    """What the template of the place's tab shows."""
    return CONTEXTS[place.tab](draft, document, place, language)


def _fields(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    shown = structure(document, language)
    field = selected(document, shown, place.field, translations.languages(document))
    key = field.address if field else place.content
    first = key.split("/")[1] if key.startswith("/") else key
    page = (shown.page_of(first) if first else None) or shown.page(place.page) or next(iter(shown.pages), None)
    block = document.get("content", {}).get(place.content)
    return {
        "structure": shown,
        "page": page,
        "field": field,
        "content": _block(document, shown, place.content, language) if block and not field else None,
        "parts": PARTS,
        "spoken": translations.languages(document),
        "kinds": content_kinds(),
        "comparisons": comparisons.offered(),
        "functions": functions(),
        "limits_offered": [one for one in comparisons.offered() if one[0] in comparisons.LIMITS],
    }


def content_kinds() -> list[tuple[str, str]]:
    """The kinds of explanations that can be added."""
    return [
        ("text", _("文章")),
        ("notice", _("目立つお知らせ")),
        ("details", _("開くと読める説明")),
        ("link", _("リンク")),
        ("image", _("図・写真")),
    ]


def _block(document: Document, shown: Structure, key: str, language: str) -> Context:
    block = document["content"][key]
    when = block.get("when") or {}
    entry = next(one for page in shown.pages for one in page.entries if one.content == key)
    return {
        "key": key,
        "kind": dict(content_kinds()).get(block["kind"], block["kind"]),
        "title": entry.title,
        "place": entry.place,
        "settings": list(block_settings(block, key)),
        "is_image": block["kind"] == "image",
        "when": facts_in_words(when, shown.homes, shown.titles(), language),
        "seen_at": f"/content/{escaped(key)}/when",
        "seen_was": block.get("when"),
        "before": entry.place - 1,
        "after": entry.place + 1,
    }


def _procedure(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    key = document.get("procedure", {}).get("workflow", "")
    return {"groups": procedure.groups(document), "route_draft": draft_of_route(key, draft.department_key)}


@dataclass(frozen=True)
class Calculation:
    """One calculation: what it is called, its formula (None where none can be written), and its field if it has one."""

    key: str
    title: str
    formula: str | None
    field: str


@dataclass(frozen=True)
class Check:
    """One check with its settings, and when it speaks; ``at`` is where the document says that, ``when`` how."""

    key: str
    message: str
    settings: Sequence[Setting]
    conditions: Sequence[tuple[str, str]]
    at: str
    when: Mapping[str, Any]


def _logic(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    shown, names = structure(document, language), Names(document)
    titles = shown.titles()
    calculations = [
        Calculation(
            key,
            titles.get(key) or document.get("x-titles", {}).get(key, key),
            write_formula(source, names),
            key if key in shown.homes else "",
        )
        for key, source in document.get("calculations", {}).items()
    ]
    facts = [
        *((one.key, one.title) for one in shown.fields()),
        *((c.key, c.title) for c in calculations if not c.field),
    ]
    checks = list(_checks(document, shown, facts, language))
    more = {"facts": facts, "comparisons": comparisons.offered(), "names": names.titles(), "functions": functions()}
    return {"structure": shown, "calculations": calculations, "checks": checks, **more}


def _checks(document: Document, shown: Structure, facts: Sequence[tuple[str, str]], language: str) -> Iterator[Check]:
    titles = {**dict(facts), **shown.titles()}
    for place, one in enumerate(document.get("checks", ())):
        said = [
            (fact, facts_in_words({fact: when}, shown.homes, titles, language)) for fact, when in one["when"].items()
        ]
        at = f"/checks/{place}"
        yield Check(one["key"], one["message"], list(_check_settings(one, at, shown)), said, f"{at}/when", one["when"])


def _check_settings(check: Mapping[str, Any], at: str, shown: Structure) -> Iterator[Setting]:
    own, key = check.get("field", ""), check["key"]
    fields = [("", _("どの項目でもない")), *((f"/{entry.key}", entry.title) for entry in shown.fields())]
    fields += [(own, own)] if own and own not in dict(fields) else []
    kinds = [("error", _("直すまで提出できない")), ("warning", _("知らせるだけで、提出できる"))]
    for part, label, value, kind, choices in (
        ("message", _("伝える文"), check["message"], TEXT, ()),
        ("field", _("伝える場所"), own, CHOICE, fields),
        ("kind", _("強さ"), check.get("kind", "error"), CHOICE, kinds),
    ):
        extra, stands = {"check": key, "part": part}, check.get(part)
        yield Setting("set_check", "value", label, value, kind, "", f"{at}/{part}", extra, choices, stands=stands)


def _notices(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    """Every notice with the words that it has of its own, and the usual ones."""
    parts = {"subject": (_("件名"), notice_texts.subject_of), "body": (_("本文"), notice_texts.body_of)}
    notices = []
    for kind in notice_texts.KINDS:
        own: Mapping[str, str] = document.get("notices", {}).get(kind, {})
        settings = [
            Setting(
                "set_notice", "text", label, own.get(part, ""), TEXT, "", f"/notices/{escaped(kind)}/{part}",
                {"kind": kind, "part": part}, source=usual(kind),
            )
            for part, (label, usual) in parts.items()
        ]  # fmt: skip
        notices.append((notice_texts.kind_title(kind), settings))
    return {"notices": notices, "placeholders": [name for name in NAMES if not name.isascii()]}


def texts(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    """Every text beside its translation."""
    spoken = translations.languages(document)
    chosen = place.language or next((code for code, _name in spoken if code != "ja-easy"), "en")
    if chosen not in dict(spoken):
        spoken.append((chosen, translations.name_of(chosen)))
    return {
        "spoken": spoken,
        "chosen": chosen,
        "chosen_name": translations.name_of(chosen),
        "texts": translations.table(document, chosen),
        "offered": translations.offered(document),
        "missing": translations.missing(document),
    }


def _try(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    return {}


def source(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    """The definition itself."""
    return {"source": json.dumps(document, ensure_ascii=False, indent=2)}


def history_lines(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    """What was done to the draft."""
    return {"lines": list(history.lines(draft))}


CONTEXTS: Mapping[str, Callable[[Manuscript, Document, Place, str], Context]] = {
    "fields": _fields,
    "procedure": _procedure,
    "logic": _logic,
    "notices": _notices,
    "texts": texts,
    "try": _try,
    "source": source,
    "history": history_lines,
}
