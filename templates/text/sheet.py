"""Ink on a page: lines of set text, rules, marks. Raw canvas only: nothing a user wrote is ever parsed as markup.

Lengths in points; y runs downwards from the top edge of the sheet, as one reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from templates.text.characters import DASH
from templates.text.placing import Run, place, place_centred
from templates.text.setting import SetLine
from templates.text.typefaces import Typeface

_ASCENT: Final = 0.88  # of the square of a Chinese character above the baseline
_DASH_SCALE: Final = 1.25  # the embedded serif's dash is shorter than its square: 破折号 is drawn through
_DASH_SHIFT: Final = 0.03
_FULL_DASH: Final = 0.95


class _Ink(PDFTextObject):  # type: ignore[misc]  # reportlab tells no types
    """A text object that writes each change of font and spacing once, and lengths to a hundredth of a point.

    reportlab's own ``textOut`` measures every run and escapes it sign by sign, which costs more than all of the layout.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._document = canvas._doc
        self._font: tuple[str, float, int] | None = None
        self._spacing = "0.00"

    def run(self, run: Run, item: SetLine, x: float, baseline: float) -> None:
        """Draw a run of a line whose left margin is ``x``."""
        size, face = item.size, item.face
        start, spacing, stretched = run.x, run.spacing, False
        if run.dash:
            advance = face.advance(DASH)
            stretched = advance < _FULL_DASH
            scale = _DASH_SCALE if stretched else 1.0
            spacing = 1 / scale - advance
            start -= _DASH_SHIFT if stretched else 0.0
        write = self._code.append
        if stretched:
            write(f"{_DASH_SCALE * 100:.0f} Tz")
        write(f"1 0 0 1 {x + start * size:.2f} {baseline:.2f} Tm")
        spacing_code = f"{spacing * size:.2f}"
        if spacing_code != self._spacing:
            self._spacing = spacing_code
            write(f"{spacing_code} Tc")
        for subset, codes in face.font.splitString(run.text, self._document):
            if (face.name, size, subset) != self._font:
                self._font = (face.name, size, subset)
                write(f"{face.font.getSubsetInternalName(subset, self._document)} {size:g} Tf")
            write(f"<{codes.hex()}> Tj")
        if stretched:
            write("100 Tz")

    def done(self) -> None:
        """Leave no spacing behind: in PDF it outlives the text object, and the next one starts from none."""
        if self._spacing != "0.00":
            self._spacing = "0.00"
            self._code.append("0.00 Tc")


class Sheet:
    """Draws on the canvas' current page."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        self.canvas = canvas
        self.width = width
        self.height = height

    def lines(self, lines: Sequence[SetLine], x: float, top: float, leading: float) -> None:
        """Set lines one below the other, the first one's leading starting at ``top``."""
        if not lines:
            return
        text = _Ink(self.canvas)
        for index, item in enumerate(lines):
            baseline = self.height - (top + index * leading + (leading - item.size) / 2 + _ASCENT * item.size)
            for run in (place_centred if item.centred else place)(item.line, item.face.measure):
                text.run(run, item, x, baseline)
        text.done()
        self.canvas.drawText(text)

    def word(
        self,
        text: str,
        face: Typeface,
        size: float,
        x: float,
        baseline: float,
        *,
        align: Literal["left", "centre", "right"] = "left",
        spacing: float = 0,
    ) -> None:
        """One short run of our own words; ``x`` is its left, middle or right; ``spacing`` between its characters."""
        width = sum(map(face.advance, text)) * size + spacing * max(0, len(text) - 1)
        shift = {"left": 0.0, "centre": width / 2, "right": width}[align]
        run = self.canvas.beginText(x - shift, self.height - baseline)
        run.setFont(face.name, size)
        run.setCharSpace(spacing)
        run.textOut(text)
        self.canvas.drawText(run)

    def box(self, x: float, top: float, width: float, height: float, stroke: float = 0.6) -> None:
        """A ruled frame."""
        self.canvas.setLineWidth(stroke)
        self.canvas.rect(x, self.height - top - height, width, height, stroke=1, fill=0)

    def bar(self, x: float, top: float, width: float, height: float, grey: float) -> None:
        """A filled bar; ``grey`` from 0 (black) to 1."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, self.height - top - height, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def picture(self, path: Path, x: float, top: float, width: float, height: float) -> None:
        """A picture of the product's own, in the middle of this room, in its own shape."""
        y = self.height - top - height
        self.canvas.drawImage(str(path), x, y, width, height, preserveAspectRatio=True, anchor="c")

    def rule(self, x: float, top: float, to_x: float, to_top: float, stroke: float = 0.6) -> None:
        """A straight line."""
        self.canvas.setLineWidth(stroke)
        self.canvas.line(x, self.height - top, to_x, self.height - to_top)


def points(millimetres: float) -> float:
    """Millimetres to points."""
    return float(millimetres * mm)
