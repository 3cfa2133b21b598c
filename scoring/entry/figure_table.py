"""Figures of several rows laid out as the one table they are filled in as: what the rules say of each (`Cell`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.model import Measure
from scoring.entry.answer import fields
from scoring.kinds.typed import Field


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing to fill in: a field of a measure of a row."""

    row_id: str
    measure: Measure
    field: Field


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a word of the list ``table_lines``, or a calendar year. ``cells``: in the columns' order."""

    name: str
    cells: tuple[tuple[Figure, ...], ...]

    @property
    def of(self) -> tuple[str, ...]:
        """The facts whose sum is the whole of every figure of the line; empty where they have not the same."""
        wholes = {figure.measure.of for cell in self.cells for figure in cell}
        return next(iter(wholes)) if len(wholes) == 1 else ()


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Columns and lines, both in the order in which the rows name them; years in their own."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Line by line."""
        return tuple(figure for line in self.lines for cell in line.cells for figure in cell)


def figure_table(table: str, asked: Mapping[str, Iterable[Measure]], years: Iterable[str]) -> FigureTable:
    """The table of that id. ``asked``: by row id, the measures the county is asked; ``years``: of the period."""
    known = tuple(years)
    placed: dict[tuple[str, str], list[Figure]] = {}
    columns: dict[str, None] = {}
    lines: dict[str, None] = {}
    for row_id, measures in asked.items():
        for measure in measures:
            cell = measure.in_table
            if cell is None or cell.table != table:
                continue
            columns[cell.column] = None
            for field in fields(measure, known):
                line = cell.line or field.path[0]
                lines[line] = None
                placed.setdefault((line, cell.column), []).append(Figure(row_id, measure, field))
    return FigureTable(
        tuple(columns),
        tuple(Line(line, tuple(tuple(placed.get((line, column), ())) for column in columns)) for line in lines),
    )
