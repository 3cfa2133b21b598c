"""Reading a TrueType font quicker than reportlab does: its own reader takes each number out of the file by itself.

Three fonts of some twenty thousand glyphs cost a tenth of a second that way, at each start; and each subset copied ten
megabytes of outlines to take a few. ``tests/templates/text/test_truetype.py`` holds both readers to the same result.
"""

from __future__ import annotations

import struct
from itertools import chain, repeat
from typing import Any, Final

from reportlab.pdfbase import ttfonts

_RUNS: Final = 12  # the cmap format of runs of code points, with which our fonts' tables end
_LONG: Final = 1  # the loca format of whole offsets
_THOUSANDTHS: Final = 1000
reportlab_original: Final = ttfonts.TTFontFace


class _Outlines:
    """A table of the file, of which slices are taken: a slice is copied, the table never is."""

    def __init__(self, data: bytes, start: int, length: int) -> None:
        self._data, self._start, self._length = data, start, length

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._length)
        return self._data[self._start + start : self._start + stop]


class QuickFace(ttfonts.TTFontFace):  # type: ignore[misc]  # reportlab tells no types
    """reportlab's face, its characters, widths and places of outlines read table by table.

    What it does not know how to read so (other formats, another square) is left to reportlab.
    """

    def get_table(self, tag: str) -> Any:  # noqa: ANN401 - bytes, or what is sliced like them
        """The table; of the outlines a window."""
        return _Outlines(self._ttf_data, *self.get_table_pos(tag)) if tag == "glyf" else super().get_table(tag)

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - reportlab's names
        """Fill the face in. Raises TTFError."""
        try:
            super().extractInfo(0)
            runs = self._runs_of_characters() if charInfo else None
            if runs is not None and self.unitsPerEm == _THOUSANDTHS and self._numbers("H", "head", 50, 1) == (_LONG,):
                self._fill_in(runs)
            elif charInfo:
                super().extractInfo(charInfo)
        except (struct.error, IndexError) as error:
            raise ttfonts.TTFError(f"cut short: {error}") from error

    def _numbers(self, kind: str, tag: str, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}{kind}", self._ttf_data, self.get_table_pos(tag)[0] + at)

    def _runs_of_characters(self) -> tuple[int, ...] | None:
        """First and last code point and first glyph of each run; None where the font says it otherwise."""
        (tables,) = self._numbers("H", "cmap", 2, 1)
        platform, _ = self._numbers("H", "cmap", 4 + 8 * (tables - 1), 2)
        (offset,) = self._numbers("L", "cmap", 8 + 8 * (tables - 1), 1)
        if platform != 3 or self._numbers("H", "cmap", offset, 1) != (_RUNS,):  # noqa: PLR2004 - Windows, as reportlab prefers
            return None
        (count,) = self._numbers("L", "cmap", offset + 12, 1)
        return self._numbers("L", "cmap", offset + 16, 3 * count)

    def _fill_in(self, runs: tuple[int, ...]) -> None:
        glyphs: dict[int, int] = {}
        for first, last, glyph in zip(runs[::3], runs[1::3], runs[2::3], strict=True):
            if first == last:
                glyphs[first] = glyph
            else:
                glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        (full,) = self._numbers("H", "hhea", 34, 1)
        pairs, more = self._numbers("H", "hmtx", 0, 2 * full), self.numGlyphs - full
        widths = (*pairs[::2], *repeat(pairs[-2], more))
        bearings = chain(pairs[1::2], self._numbers("H", "hmtx", 4 * full, more))
        self.charToGlyph = glyphs
        self.glyphToChar: dict[int, list[int]] = {}  # asked by shaping alone, which we do not
        self.charWidths = {code: widths[glyph] for code, glyph in glyphs.items()}
        self.defaultWidth = widths[0]
        self.hmetrics = list(zip(widths, bearings, strict=True))
        self.glyphPos = list(self._numbers("L", "loca", 0, self.numGlyphs + 1))
        for there, other in ((0x20, 0xA0), (0xA0, 0x20)):  # the two spaces stand for each other
            if there in glyphs:
                glyphs[other], self.charWidths[other] = glyphs[there], self.charWidths[there]
                break


def install() -> None:
    """Make reportlab use it; calling it again changes nothing."""
    ttfonts.TTFontFace = QuickFace
