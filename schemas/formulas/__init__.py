"""Formulas (計算式): calculations as people write them in a spreadsheet, `通数 * 300 + IF(郵送, 110, 0)`.

A formula is only a way to write and to read a calculation. What is kept is its JsonLogic, in which fields have their
keys: renaming a field changes how the formula reads, never what it means.
"""

from __future__ import annotations

from schemas.formulas.names import Names
from schemas.formulas.reading import FormulaRefused, read_formula
from schemas.formulas.writing import write_formula

__all__ = ["FormulaRefused", "Names", "read_formula", "write_formula"]
