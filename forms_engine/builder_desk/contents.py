"""Explanations between the fields (説明): what can be set of each, and images as a definition carries them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from forms_engine.builder_desk.settings import CHOICE, LINE, TEXT, Setting
from schemas.editing import CommandRefused
from schemas.editing.content_commands import PARTS
from schemas.pointers import escaped

#: An image stands inside of the document, so it is kept small (docs/content.md).
LARGEST = 500 * 1024
SIGNS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def block_settings(block: Mapping[str, Any], key: str) -> Iterator[Setting]:
    """The texts of an explanation, its tone and its address; an image is uploaded apart."""
    labels = {
        "title": (_("見出し"), LINE),
        "text": (_("文（**太字**、[リンク](https://…)、- 箇条書き が使えます）"), TEXT),
        "tone": (_("調子"), CHOICE),
        "url": (_("リンク先のアドレス"), LINE),
        "alt": (_("図の内容（見えない方への説明）"), TEXT),
    }
    tones = [("info", _("お知らせ")), ("warning", _("注意"))]
    for part in PARTS[block["kind"]]:
        if part in labels:
            label, kind = labels[part]
            extra, seen = {"content": key, "part": part}, f"/content/{escaped(key)}/{part}"
            choices = tones if part == "tone" else ()
            yield Setting("set_content", "value", label, block.get(part, ""), kind, "", seen, extra, choices)


def image_of(upload: UploadedFile) -> str:
    """An uploaded PNG or JPEG as a data address. Raises CommandRefused for anything else, and for what is too large."""
    if (upload.size or 0) > LARGEST:
        raise CommandRefused("edit_image_large")
    content = upload.read()
    kind = next((kind for sign, kind in SIGNS.items() if content.startswith(sign)), None)
    if kind is None:
        raise CommandRefused("edit_image_kind")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
