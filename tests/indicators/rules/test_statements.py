"""Every row of the merged standards says what the printed tables say: held to a second, independent transcription."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from indicators import load_library
from indicators.model import Indicator, Library, Standard

FIXTURES = Path(__file__).parent / "statements"
PRINTED: dict[str, dict[str, dict[str, Any]]] = {
    name: yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))["rows"]
    for name in ("national-2018", "yunnan-2018")
}
ROWS = [pytest.param(standard, row, id=f"{standard}-{row}") for standard, rows in PRINTED.items() for row in rows]
# fmt: off
DIFFERING = [
    "1.1.1", "1.1.2", "2.1.1", "2.1.2", "3.3.2", "3.4.4", "4.2.1", "4.4.3", "5.1.1", "5.1.2", "5.2.1", "5.3.2", "5.4.1",
]
# fmt: on


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def row_of(library: Library, standard: str, row_id: str) -> Indicator:
    row = library.standards[standard].row(row_id)
    assert row is not None, f"{standard} 缺 {row_id}"
    return row


def place_of(standard: Standard, row_id: str) -> tuple[str, str]:
    """(section title, topic title) under which the row is printed; vetoes stand in a part of their own."""
    if row_id in {veto.id for veto in standard.vetoes}:
        return "一票否决", ""
    places = [
        (section.title, topic.title)
        for section in standard.sections
        for topic in section.topics
        if row_id in topic.indicators
    ]
    assert len(places) == 1, f"{row_id} 应只在一处"
    return places[0]


@pytest.mark.parametrize(("standard", "row_id"), ROWS)
def test_statement_is_the_printed_one_word_for_word(library: Library, standard: str, row_id: str) -> None:
    assert row_of(library, standard, row_id).statement == PRINTED[standard][row_id]["statement"]


@pytest.mark.parametrize(("standard", "row_id"), ROWS)
def test_row_stands_where_it_is_printed(library: Library, standard: str, row_id: str) -> None:
    printed = PRINTED[standard][row_id]
    assert place_of(library.standards[standard], row_id) == (printed["section"], printed["topic"])
    assert row_of(library, standard, row_id).label == printed["label"]


@pytest.mark.parametrize(("standard", "row_id"), ROWS)
def test_methods_are_the_printed_ones_and_inherited_ones_are_marked(
    library: Library, standard: str, row_id: str
) -> None:
    row, printed = row_of(library, standard, row_id), PRINTED[standard][row_id]
    shown = [library.vocabulary.label("methods", method) for method in row.methods]
    if printed["methods"]:
        assert shown == printed["methods"]
        # 5.4 shares the printed cell of 5.3, so it may be called printed or inherited; every other one is printed.
        assert not row.methods_inherited or printed.get("cell") == "shared"
    elif standard == "yunnan-2018":
        assert shown == []  # Yunnan prints 责任单位 in that column; methods are never borrowed
    else:
        assert row.methods_inherited
        assert shown == printed_above(row_id)


def printed_above(row_id: str) -> list[str]:
    """The nearest methods printed above a blank cell of the national table."""
    rows = list(PRINTED["national-2018"])
    above = reversed(rows[: rows.index(row_id)])
    return next(PRINTED["national-2018"][r]["methods"] for r in above if PRINTED["national-2018"][r]["methods"])


@pytest.mark.parametrize(("standard", "row_id"), ROWS)
def test_responsible_units_are_the_printed_ones_in_order(library: Library, standard: str, row_id: str) -> None:
    units, printed = row_of(library, standard, row_id).responsible_units, PRINTED[standard][row_id]["responsible_units"]
    rest = printed
    for unit in units:
        before, found, rest = rest.partition(unit)
        assert found, f"“{unit}”不在“{printed}”中，或次序不同"
        assert re.fullmatch(r"[、，]?", before), f"“{printed}”中漏了“{before}”"
    assert re.fullmatch(r"等?(部门)?", rest), f"“{printed}”中漏了“{rest}”"


@pytest.mark.parametrize("standard", PRINTED)
def test_standard_has_45_indicators_and_3_vetoes_in_printed_order(library: Library, standard: str) -> None:
    merged = library.standards[standard]
    assert (len(merged.indicators), len(merged.vetoes)) == (45, 3)
    assert [row.id for row in merged.rows()] == list(PRINTED[standard])
    listed = [i for section in merged.sections for topic in section.topics for i in topic.indicators]
    assert listed == [row.id for row in merged.indicators]


def test_exactly_thirteen_statements_differ_between_the_two_standards(library: Library) -> None:
    national, yunnan = library.standards["national-2018"], library.standards["yunnan-2018"]
    differing = [row.id for row in national.rows() if row.statement != row_of(library, yunnan.id, row.id).statement]
    assert differing == DIFFERING


@pytest.mark.parametrize("standard", PRINTED)
def test_every_mended_place_reads_as_mended(library: Library, standard: str) -> None:
    for mended in library.standards[standard].mended:
        statement = row_of(library, standard, mended.at).statement
        assert mended.mended in statement
        assert mended.scanned not in statement


def test_every_listed_fault_of_the_scan_is_named(library: Library) -> None:
    # Every row whose printed words were mended says so, so that a reader of the scan is not left to wonder.
    named = {name: {mended.at for mended in library.standards[name].mended} for name in PRINTED}
    assert {"3.2.1", "3.2.2", "3.2.3", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.4.4", "4.3.2", "4.4.3", "5.1.4"} == named[
        "national-2018"
    ]
    assert {"1.1.1", "5.2.1"} <= named["yunnan-2018"]


@pytest.mark.parametrize("standard", ["national-2018", "yunnan-2018"])
def test_what_asks_for_a_note_in_its_label_counts_with_one_only(library: Library, standard: str) -> None:
    asking = {
        (row.id, measure.id, item)
        for row in library.standards[standard].rows()
        for measure in row.measures
        for item, label in measure.items.items()
        if "请在说明中写明" in label
    }
    noted = {(r.id, m.id, item) for r in library.standards[standard].rows() for m in r.measures for item in m.noted}
    assert asking == noted
    assert asking
