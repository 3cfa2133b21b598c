"""A forged identity sheet is refused like an altered one, whatever it says."""

from __future__ import annotations

import json

import pytest

from indicators import load_library
from scoring.spreadsheets.opening import BadSpreadsheetError, Cell, Sheet
from scoring.workbook.identity import SHEET, read_identity, seal

ABOUT = {"standards": {}, "part": None, "first_spare": 1, "made_on": None}
FORGED = [
    "[" * 100_000,
    "[]",
    json.dumps(ABOUT | {"first_spare": 1e999}),
    json.dumps(ABOUT | {"standards": ["national-2018"]}),
    json.dumps(ABOUT | {"standards": None}),
    json.dumps(ABOUT | {"part": {"department": "公安", "rows": 3, "documents": []}}),
    json.dumps(ABOUT),
]


@pytest.mark.parametrize("about", FORGED, ids=[text[:40] for text in FORGED])
def test_a_forged_identity_is_an_altered_one(about: str) -> None:
    lines = [("about", about), ("base", "")]
    lines.append(("seal", seal(lines)))
    cells = (
        Cell(row, column, text) for row, line in enumerate(lines, 1) for column, text in enumerate(line, 1) if text
    )
    with pytest.raises(BadSpreadsheetError) as refused:
        read_identity(Sheet(SHEET, hidden=True, cells=tuple(cells)), load_library())
    assert refused.value.code == "identity_changed"
