"""Definitions as files: loading them, telling a form from a workflow, checking them, and the starters shipped here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schemas.form_checks import form_problems
from schemas.problems import Problem
from schemas.workflow_checks import workflow_problems

HERE = Path(__file__).parent
KINDS = ("forms", "workflows")


class DocumentRefused(ValueError):
    """The file is no JSON document; the message says in one line what is wrong and where."""


def load(path: str | Path) -> dict[str, Any]:
    """The definition in a JSON file (UTF-8). Raises DocumentRefused, also for a name given twice in one object."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        document = json.loads(text, object_pairs_hook=_distinct, parse_constant=_no_number)
    except OSError as error:
        raise DocumentRefused(f"{path}: ファイルを読めません({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise DocumentRefused(f"{path}: 文字コードをUTF-8にしてください") from error
    except json.JSONDecodeError as error:
        raise DocumentRefused(
            f"{path}: {error.lineno}行{error.colno}文字目: JSONとして読めません({error.msg})"
        ) from error
    except DocumentRefused:
        raise
    except ValueError as error:
        raise DocumentRefused(f"{path}: 桁の多すぎる数があります") from error
    except RecursionError as error:
        raise DocumentRefused(f"{path}: 入れ子が深すぎます") from error
    if not is_storable(document):
        raise DocumentRefused(f"{path}: 文字にならない記号(\\ud800など)か、深すぎる入れ子があります")
    if not isinstance(document, dict):
        raise DocumentRefused(f"{path}: 様式または決裁経路の定義ではありません")
    return document


def is_storable(document: Any) -> bool:
    """Whether it can be written as UTF-8: JSON can name halves of characters (RFC 8259 §8.2), which no text holds."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DocumentRefused(f"「{twice}」が同じ所に2回書かれています。1つにしてください")
    return found


def _no_number(text: str) -> Any:
    raise DocumentRefused(f"{text} はJSONの数ではありません")


def check(document: Any) -> list[Problem]:
    """Everything that stands in the way of publishing a form or workflow definition; empty when it may be published.

    Pointers are into the document. What the meta-schema refuses is reported alone: nothing else can be trusted then.
    """
    if isinstance(document, dict) and "workflow" in document:
        return workflow_problems(document)
    if isinstance(document, dict) and "form" in document:
        return form_problems(document)
    return [Problem("", "definition_kind", {})]


def starters(kind: str) -> list[str]:
    """Names of the definitions shipped for copying: kind is "forms" or "workflows"."""
    return sorted(path.stem for path in _folder(kind).glob("*.json"))


def starter(kind: str, name: str) -> dict[str, Any]:
    """A shipped definition, a new copy at every call. Raises KeyError when there is none of this name."""
    if name not in starters(kind):
        raise KeyError(f"{kind}/{name}")
    return load(_folder(kind) / f"{name}.json")


def _folder(kind: str) -> Path:
    if kind not in KINDS:
        raise KeyError(kind)
    return HERE / kind
