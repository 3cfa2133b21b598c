"""The columns a standard is printed in, as data (`layouts/rules_book.yaml`)."""

from __future__ import annotations

from functools import lru_cache

import yaml

from templates.text.page import LAYOUTS
from templates.text.sheet import points


@lru_cache(maxsize=1)
def rules_columns() -> tuple[float, ...]:
    """Their widths in points. The file is part of the programme: a fault in it raises KeyError or TypeError."""
    raw = yaml.safe_load((LAYOUTS / "rules_book.yaml").read_text(encoding="utf-8"))
    return tuple(points(width) for width in raw["columns"])
