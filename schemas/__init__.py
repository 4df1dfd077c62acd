"""The languages of Kakanai: forms and workflows as JSON documents, and everything that can be said about them without a
database or a browser. The lowest floor: it imports neither engine.
"""

from __future__ import annotations

from schemas.adoption import AdoptionRefused, adopted
from schemas.definitions import DocumentRefused, check, load, starter, starters
from schemas.dialects import Adopted, NotRecognised, adopt
from schemas.form_checks import checks_of
from schemas.problems import Problem

__all__ = [
    "Adopted",
    "AdoptionRefused",
    "DocumentRefused",
    "NotRecognised",
    "Problem",
    "adopt",
    "adopted",
    "check",
    "checks_of",
    "load",
    "starter",
    "starters",
]
