"""Setting text: from a user's words to measured lines of a given size and width; collects missing glyphs. In points."""

from __future__ import annotations

from dataclasses import dataclass, field

from templates.text import cleaning
from templates.text.breaking import INDENT, Line, break_paragraph
from templates.text.typefaces import Typeface, Typefaces


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line ready to be drawn in its face and size; ``centred`` lines stand in the middle of their measure."""

    line: Line
    face: Typeface
    size: float
    centred: bool = False


@dataclass(slots=True)
class Setter:
    """Sets texts with one set of faces and remembers which characters none of them has."""

    faces: Typefaces
    missing: dict[str, None] = field(default_factory=dict)

    def _choose(self, text: str) -> tuple[Typeface, str]:
        face, shown, missing = self.faces.choose(text)
        if missing:
            self.missing |= dict.fromkeys(ch for ch in text if ch in missing)
        return face, shown

    def prose(self, text: str | None, size: float, width: float) -> list[SetLine]:
        """Paragraphs with a two-character indent, justified."""
        lines: list[SetLine] = []
        for paragraph in cleaning.paragraphs(text):
            face, shown = self._choose(paragraph)
            lines += [SetLine(line, face, size) for line in break_paragraph(shown, face.measure, width / size, INDENT)]
        return lines

    def cell(self, text: str | None, size: float, width: float, *, centred: bool = True) -> list[SetLine]:
        """A short field, wrapped without indent; its own line feeds are spaces."""
        face, shown = self._choose(cleaning.one_line(text))
        return [SetLine(line, face, size, centred) for line in break_paragraph(shown, face.measure, width / size, 0.0)]

    def fixed(self, text: str, size: float, width: float, face: Typeface, *, centred: bool = False) -> list[SetLine]:
        """Our own words, in the face given."""
        return [SetLine(line, face, size, centred) for line in break_paragraph(text, face.measure, width / size, 0.0)]
