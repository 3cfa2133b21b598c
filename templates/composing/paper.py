"""Papers as data (`layouts/papers/*.yaml`), each read once into points: sheet, type area, sizes, rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import yaml

from templates.text.page import LAYOUTS, Page
from templates.text.sheet import points

PaperName = Literal["book", "wide", "letter"]
PAPERS: tuple[PaperName, ...] = get_args(PaperName)


@dataclass(frozen=True, slots=True)
class PaperType:
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
class Paper:
    """Sheet, type area, sizes, a table's padding and rules; all in points. ``page_number``: its words at the foot."""

    page: Page
    foot: float
    type: PaperType
    side: float
    pad: float
    outer: float
    inner: float
    page_number: str


@lru_cache(maxsize=len(PAPERS))
def paper(name: PaperName) -> Paper:
    """The file is part of the programme: a fault in it raises KeyError or TypeError."""
    raw = yaml.safe_load((LAYOUTS / "papers" / f"{name}.yaml").read_text(encoding="utf-8"))
    return Paper(
        page=Page(**{key: points(value) for key, value in raw["page"].items()}),
        foot=points(raw["foot"]),
        type=PaperType(**{key: float(value) for key, value in raw["type"].items()}),
        side=points(raw["padding"]["side"]),
        pad=points(raw["padding"]["top"]),
        outer=float(raw["rules"]["outer"]),
        inner=float(raw["rules"]["inner"]),
        page_number=raw["page_number"],
    )
