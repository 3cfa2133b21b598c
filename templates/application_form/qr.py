"""A QR code drawn as one path, kept once in the file however many pages show it."""

from __future__ import annotations

from typing import Final

import segno
from reportlab.pdfgen.canvas import Canvas

_NAME: Final = "check-code"
# Of the eight masks one picks the best to break up even patterns; a digest has none, and picking is most of the work.
_MASK: Final = 2


class QrMark:
    """Encodes once; `draw` places it. ``text`` is short: where the code is checked, or division, round, digest."""

    def __init__(self, canvas: Canvas, text: str) -> None:
        matrix = segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK).matrix
        self._canvas = canvas
        self._modules = len(matrix)
        canvas.beginForm(_NAME, 0, 0, self._modules, self._modules)
        bars: list[str] = []
        for index, row in enumerate(matrix):
            start: int | None = None
            for x, dark in enumerate([*row, 0]):
                if dark and start is None:
                    start = x
                elif not dark and start is not None:
                    bars.append(f"{start} {self._modules - 1 - index} {x - start} 1 re")
                    start = None
        canvas.addLiteral(" ".join([*bars, "f"]))
        canvas.endForm()

    def draw(self, x: float, y: float, size: float) -> None:
        """Place it with its lower left corner at canvas coordinates ``x``, ``y``."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.scale(size / self._modules, size / self._modules)
        self._canvas.doForm(_NAME)
        self._canvas.restoreState()
