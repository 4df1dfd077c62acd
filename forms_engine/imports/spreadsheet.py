"""Excel workbooks as rows of text: the first sheet that holds a list of fields. The one door to openpyxl."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from schemas.definitions import DocumentRefused
from schemas.dialects.field_list import is_list

# A list of fields is short; what is longer is something else.
MOST_ROWS, MOST_COLUMNS = 2000, 60
# What a workbook may hold once it is unpacked; a small file can hold gigabytes.
MOST_BYTES = 50 * 1024 * 1024


def rows(path: Path) -> list[list[str]]:
    """The cells of the sheet, as they are read by people. Raises DocumentRefused for a file that is no workbook."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which nobody needs here
            _refuse_bomb(path)
            workbook = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
            sheets = [_cells(sheet) for sheet in workbook.worksheets]
            workbook.close()
    except DocumentRefused:
        raise
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError, SyntaxError) as error:
        raise DocumentRefused(f"{path}: Excelのファイルとして読めません") from error
    return next((sheet for sheet in sheets if is_list(sheet)), sheets[0] if sheets else [])


def _refuse_bomb(path: Path) -> None:
    """Raises DocumentRefused for a file that unpacks to more than a list of fields is.

    No member gives more than it says of itself: what goes on after that fails its checksum.
    """
    with ZipFile(path) as packed:
        if sum(member.file_size for member in packed.infolist()) > MOST_BYTES:
            raise DocumentRefused(f"{path}: 中身が大きすぎるExcelのファイルです")


def _cells(sheet: Any) -> list[list[str]]:
    found = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    return [[_text(cell) for cell in row] for row in found]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
