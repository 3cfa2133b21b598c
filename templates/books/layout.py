"""The layout of printed rules as data (`layouts/rules_book.yaml`), read once into points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import yaml

from templates.application_form.layout import LAYOUTS, Page
from templates.text.sheet import points


@dataclass(frozen=True, slots=True)
class BookType:
    """Type sizes and leadings."""

    title: float
    title_leading: float
    heading: float
    heading_leading: float
    body: float
    leading: float
    small: float
    small_leading: float


@dataclass(frozen=True, slots=True)
class BookLayout:
    """Sheet, type area, sizes, the widths of the table's columns. All in points."""

    page: Page
    foot: float
    type: BookType
    columns: tuple[float, ...]
    side: float
    pad: float
    outer: float
    inner: float

    def column(self, index: int) -> float:
        """Where a column begins, from the left edge of the type area."""
        return sum(self.columns[:index])


@lru_cache(maxsize=1)
def rules_book() -> BookLayout:
    """The file is part of the programme: a fault in it raises KeyError or TypeError."""
    raw = yaml.safe_load((LAYOUTS / "rules_book.yaml").read_text(encoding="utf-8"))
    return BookLayout(
        page=Page(**{key: points(value) for key, value in raw["page"].items()}),
        foot=points(raw["foot"]),
        type=BookType(**{key: float(value) for key, value in raw["type"].items()}),
        columns=tuple(points(width) for width in raw["columns"]),
        side=points(raw["padding"]["side"]),
        pad=points(raw["padding"]["top"]),
        outer=float(raw["rules"]["outer"]),
        inner=float(raw["rules"]["inner"]),
    )
