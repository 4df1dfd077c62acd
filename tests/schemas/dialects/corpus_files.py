"""Our corpus: form descriptions of other languages, written from their documentation, with answers to them.

Each file says what it is about, the dialect, the document (and UI schema), answers that are valid and invalid for the
original, answers for which some fields are hidden, and the codes of remarks that must be made.
"""

import copy
import json
from pathlib import Path
from typing import Any

from schemas import Adopted, adopt

FOLDER = Path(__file__).parent / "corpus"
CORPUS: dict[str, dict[str, Any]] = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def adopted(name: str) -> Adopted:
    """A new definition from a document of the corpus."""
    case = copy.deepcopy(CORPUS[name])
    return adopt(case["document"], case.get("ui"), name)


def original(name: str) -> dict[str, Any] | None:
    """The schema as it was; None for languages that have no schema of their own."""
    document = CORPUS[name]["document"]
    if "components" in document or "chapters" in document:
        return None
    schema: dict[str, Any] = copy.deepcopy(document.get("schema", document))
    return schema
