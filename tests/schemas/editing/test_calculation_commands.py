"""A calculation that no page shows: named, used by a check, and taken away when nothing uses it."""

import pytest

import schemas
from schemas.editing import CommandRefused, edited

FORM = schemas.starter("forms", "purchase_request")


def test_hidden_calculation_has_a_name_and_goes_when_nothing_uses_it():
    made = {"do": "add_calculation", "title": "収入と支出の差", "expression": {"+": [1, 2]}}
    document = edited(FORM, made)
    assert document["x-titles"]["calculation"] == "収入と支出の差"
    check = {"do": "add_check", "message": "差があります", "fact": "calculation", "when": {"minimum": 1}}
    used, gone = edited(document, check), {"do": "delete_calculation", "field": "calculation"}
    with pytest.raises(CommandRefused) as refused:
        edited(used, gone)
    assert "差があります" in refused.value.problem.message()
    assert edited(document, gone) == FORM
