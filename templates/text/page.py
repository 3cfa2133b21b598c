"""A sheet of paper and its type area, in points; where the layouts stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LAYOUTS = Path(__file__).parents[1] / "layouts"


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet and its type area."""

    width: float
    height: float
    top: float
    left: float
    text_width: float
    text_height: float

    @property
    def right(self) -> float:
        """Right edge of the type area."""
        return self.left + self.text_width

    @property
    def bottom(self) -> float:
        """Lower edge of the type area."""
        return self.top + self.text_height
