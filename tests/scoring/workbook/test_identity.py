"""A forged identity sheet is refused like an altered one, whatever it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indicators import load_library
from scoring.exchange.reading import read_submission_file
from scoring.spreadsheets.opening import BadSpreadsheetError, Cell, Sheet
from scoring.workbook.identity import SHEET, Identity, identity_lines, read_identity, seal

SAMPLE = Path(__file__).parents[3] / "sample_submissions" / "01-fully-eligible.yaml"
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


def sheet_of(lines: list[tuple[str, str]]) -> Sheet:
    lines = [*lines, ("seal", seal(lines))]
    cells = (
        Cell(row, column, text) for row, line in enumerate(lines, 1) for column, text in enumerate(line, 1) if text
    )
    return Sheet(SHEET, hidden=True, cells=tuple(cells))


@pytest.mark.parametrize("about", FORGED, ids=[text[:40] for text in FORGED])
def test_a_forged_identity_is_an_altered_one(about: str) -> None:
    with pytest.raises(BadSpreadsheetError) as refused:
        read_identity(sheet_of([("about", about), ("base", "")]), load_library())
    assert refused.value.code == "identity_changed"


def test_versions_come_back_and_those_that_no_store_could_keep_are_altered_ones() -> None:
    library = load_library()
    whole = read_submission_file(SAMPLE, library)
    versions = {f"answer/{number}": number for number in range(1, 9_000)}  # longer than a cell
    made = list(identity_lines(Identity(whole, None, 1, None, versions), library))[:-1]
    assert read_identity(sheet_of(made), library).versions == versions
    others = [line for line in made if line[0] != "versions"]
    assert read_identity(sheet_of(others), library).versions is None
    for forged in ('{"answer/1": 1e999}', f'{{"answer/1": {10**30}}}', '{"answer/1": 0}', "[1]", "3"):
        with pytest.raises(BadSpreadsheetError) as refused:
            read_identity(sheet_of([*others, ("versions", forged)]), library)
        assert refused.value.code == "identity_changed"
