"""DMN 1.3 (OMG formal/2021-02-01): the tables of a workflow as decision tables for other tools."""

from __future__ import annotations

from schemas.dmn.writing import dmn_of

__all__ = ["dmn_of"]
