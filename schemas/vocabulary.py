"""The shared vocabulary: what an answer means, the same in every form (names after the Government Interoperability
Framework, https://github.com/JDA-DM/GIF)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_specifications import REGISTRY as SPECIFICATIONS
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource
from referencing.jsonschema import DRAFT202012

NAME = "vocabulary.schema.json"


@cache
def vocabulary() -> dict[str, Any]:
    """The vocabulary document: "$defs" by name and its own "translations". Shared: do not change it."""
    document: dict[str, Any] = json.loads((Path(__file__).parent / NAME).read_text(encoding="utf-8"))
    return document


def is_vocabulary(uri: str) -> bool:
    """Whether a reference (without fragment) means our vocabulary, relative or below any base."""
    return uri == NAME or uri.endswith(f"/{NAME}")


def _retrieve(uri: str) -> Resource[Any]:
    """Nothing is ever fetched over a network: only the vocabulary exists beside the standard's own meta-schemas."""
    if is_vocabulary(uri):
        return DRAFT202012.create_resource(vocabulary())
    raise NoSuchResource(ref=uri)  # type: ignore[call-arg]  # attrs makes the arguments


def _registry() -> Registry[Any]:
    known = vocabulary()
    names = {NAME, known.get("$id", NAME)}
    resources = [(name, DRAFT202012.create_resource(known)) for name in sorted(names)]
    empty: Registry[Any] = Registry(retrieve=_retrieve)  # type: ignore[call-arg]  # attrs makes the arguments
    return empty.combine(SPECIFICATIONS).with_resources(resources).crawl()


REGISTRY: Registry[Any] = _registry()
