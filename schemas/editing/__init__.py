"""Editing a definition: small commands on a draft, each of which can be taken back; what uses a field; formulas.

A command takes a document and gives another; it never changes the one it was given. Between two documents stand their
differences (changes.py), and these are what a builder's undo is made of.
"""

from __future__ import annotations

from schemas.editing.changes import Change, applied, changes, reversed_changes
from schemas.editing.commands import COMMANDS, CommandRefused, edited
from schemas.editing.usage import Use, uses

__all__ = ["COMMANDS", "Change", "CommandRefused", "Use", "applied", "changes", "edited", "reversed_changes", "uses"]
