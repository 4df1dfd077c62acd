"""One field asked by itself: what is understood when somebody types into it, and how a page shows it."""

from typing import Any

from forms_engine.fields import Asking, Question, control_of
from forms_engine.fields.control import Posted, Sheet
from schemas.pointers import MISSING


def asked(schema: dict[str, Any], required: bool = True, **presentation: Any) -> Any:
    """The control that asks for an answer of the schema at /field."""
    return control_of(Question("/field", schema, Asking(presentation={"/field": presentation}), required))


def answer(schema: dict[str, Any], typed: Any, required: bool = True, **presentation: Any) -> Any:
    """What is understood when this is typed; a dict where the control has several boxes."""
    boxes = typed if isinstance(typed, dict) else {"": typed}
    texts = {f"/field{part}": text if isinstance(text, list) else [text] for part, text in boxes.items()}
    return asked(schema, required, **presentation).read(Posted(texts))


def html(schema: dict[str, Any], given: Any = MISSING, errors: tuple[str, ...] = (), **presentation: Any) -> str:
    """The field as a page shows it with this answer."""
    control = asked(schema, **presentation)
    answers = {} if given is MISSING else {"field": given}
    return control.html(Sheet(Posted(control.typed(given)), answers, errors={"/field": list(errors)} if errors else {}))
