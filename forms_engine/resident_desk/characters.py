"""Characters that the archive copy cannot show as they are: said while a name is typed, and before it is submitted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from forms_engine.archive.font import registered
from schemas.writing import normalise

LONGEST = 1000
#: What every face of the archive has: the first two levels of JIS X 0208.
COMMON = "shift_jis"


@require_POST
def characters(request: HttpRequest) -> HttpResponse:
    """Which characters of the posted text cannot be printed as they are.  Posted, for a name stands in no address."""
    text = normalise("name", request.POST.get("text", "")[:LONGEST])
    return JsonResponse({"unprintable": unprintable([text])})


def unprintable(texts: Iterable[str]) -> list[str]:
    """The characters of the texts that no face draws, or only in another shape than was written."""
    rare = [text for text in texts if not _is_common(text)]
    missing, inexact = registered()[0].uncovered(rare) if rare else ([], [])
    return sorted({*missing, *inexact})


def _is_common(text: str) -> bool:
    try:
        text.encode(COMMON)
    except UnicodeEncodeError:
        return False
    return True


def advice(answers: Mapping[str, Any], language: str) -> list[str]:
    """What to say about such characters before submitting; nothing stands in the way of it."""
    found = unprintable(_texts(answers))
    if not found:
        return []
    with override(language):
        said = _(
            "「{characters}」は控えの書類（PDF）にそのまま印刷できません。入力はこのままで受け付けます。"
            "名前の場合は、代わりの漢字も入力してください。"
        )
    return [said.format(characters="、".join(found))]


def _texts(answer: Any) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Mapping):
        for one in answer.values():
            yield from _texts(one)
    elif isinstance(answer, list):
        for one in answer:
            yield from _texts(one)
