"""The form's layout as data (`layouts/application_form.yaml`), read once into points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import yaml

from scoring.submission import FORM_LABELS
from templates.text.page import LAYOUTS, Page
from templates.text.sheet import points


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes and leadings."""

    body: float
    leading: float
    label: float
    label_leading: float
    title: float
    title_leading: float
    heading: float
    note: float
    small: float


@dataclass(frozen=True, slots=True)
class Cell:
    """The label of a field of `scoring.submission.Form` (its lines, and a smaller note under them), or the field."""

    width: float
    label: tuple[str, ...] = ()
    note: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid; it grows with its cells."""

    height: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A large box: its label, and the name under which its text goes on elsewhere. ``key`` is a field or an opinion."""

    key: str
    label: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Continuation:
    """Where things stand on an 附页."""

    top: float
    frame_top: float
    frame_bottom: float
    footer: float


@dataclass(frozen=True, slots=True)
class FormLayout:
    """Everything printed on the form and where, in points."""

    page: Page
    type: Type
    outer: float
    inner: float
    side: float
    pad: float
    cell_pad: float
    attachment: str
    title: tuple[str, ...]
    grid_top: float
    rows: tuple[GridRow, ...]
    cell_lines: int
    narrative: Box
    opinion_height: float
    opinions: tuple[Box, ...]
    seal: str
    blank_date: tuple[str, ...]
    seal_centre: float
    copies: str
    continuation: Continuation
    draft: str

    @property
    def inner_width(self) -> float:
        """Width of running text inside a box."""
        return self.page.text_width - 2 * self.side


def _cell(raw: dict[str, Any]) -> Cell:
    """A label's words are the field's own; what of them stands in brackets is the note under it."""
    width = points(raw["width"])
    if "field" in raw:
        return Cell(width, field=raw["field"])
    words, bracket, note = FORM_LABELS[raw["label_of"]].partition("（")
    edges = (0, *raw.get("break_after", ()), len(words))
    return Cell(width, tuple(words[start:end] for start, end in pairwise(edges)), bracket + note or None)


def _narrative(field: str, note: str) -> Box:
    label = FORM_LABELS[field]
    return Box(field, f"{label}：", label, note)


@lru_cache(maxsize=1)
def application_form() -> FormLayout:
    """The 申报表's layout. The file is part of the programme: a fault in it raises KeyError or TypeError."""
    raw = yaml.safe_load((LAYOUTS / "application_form.yaml").read_text(encoding="utf-8"))
    opinions, narrative = raw["opinions"], raw["narrative"]
    return FormLayout(
        page=Page(**{key: points(value) for key, value in raw["page"].items()}),
        type=Type(**{key: float(value) for key, value in raw["type"].items()}),
        outer=float(raw["rules"]["outer"]),
        inner=float(raw["rules"]["inner"]),
        side=points(raw["padding"]["side"]),
        pad=points(raw["padding"]["top"]),
        cell_pad=points(raw["padding"]["cell"]),
        attachment=raw["attachment"],
        title=tuple(raw["title"]),
        grid_top=points(raw["grid_top"]),
        rows=tuple(GridRow(points(row["height"]), tuple(map(_cell, row["cells"]))) for row in raw["rows"]),
        cell_lines=int(raw["cell_lines"]),
        narrative=_narrative(narrative["field"], narrative["note"]),
        opinion_height=points(opinions["height"]),
        opinions=tuple(Box(box["opinion"], box["label"], box["name"]) for box in opinions["boxes"]),
        seal=opinions["seal"],
        blank_date=tuple(opinions["blank_date"]),
        seal_centre=points(opinions["seal_centre"]),
        copies=raw["copies"],
        continuation=Continuation(**{key: points(value) for key, value in raw["continuation"].items()}),
        draft=raw["draft"],
    )
