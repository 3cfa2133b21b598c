"""Figures that stand in one table: what the installed rules say, laid out by line and column."""

from __future__ import annotations

import pytest

from indicators import load_library
from scoring.entry.figure_table import figure_table

LIBRARY = load_library()
YEARS = ("2017", "2018")


def may_be_asked(measure, kind):
    condition = measure.applies_when
    return condition is None or "county_kind" not in condition.facts() or f"'{kind}'" in str(condition)


@pytest.mark.parametrize("kind", LIBRARY.vocabulary.lists["county_kinds"])
@pytest.mark.parametrize("table", LIBRARY.vocabulary.lists["figure_tables"])
@pytest.mark.parametrize("standard", LIBRARY.standards.values(), ids=lambda standard: standard.id)
def test_no_county_has_two_figures_in_one_cell(standard, table, kind):
    asked = {
        row.id: [measure for measure in row.measures if may_be_asked(measure, kind)] for row in standard.indicators
    }
    laid = figure_table(table, asked, YEARS)
    assert laid.figures
    assert all(len(cell) <= 1 for line in laid.lines for cell in line.cells), laid
    assert all(len(line.cells) == len(laid.columns) for line in laid.lines)


def test_figures_by_year_have_a_line_for_each_year_and_one_whole_for_its_line():
    rows = {row.id: row.measures for row in LIBRARY.standards["national-2018"].indicators}
    assert [line.name for line in figure_table("each_year", rows, YEARS).lines] == list(YEARS)
    of = {line.name: line.of for line in figure_table("workforce", rows, YEARS).lines}
    assert of == {"township": ("townships", "subdistricts"), "village": ("villages", "communities"), "county_body": ()}
