"""Text that people wrote, for terminals, pages and logs: what steers without being seen is spelled out. Pure."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Inside an emoji of several people or colours the zero-width joiner is part of the picture.
_EMOJI_JOINER = re.compile(
    r"(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_KEPT_CONTROLS = {"\n", "\t"}
_PLAIN_SPACES = str.maketrans("\n\t\u00a0\u3000", "    ")  # not "printable" to Python, and nothing that steers


def visible(text: str) -> str:
    """The text with every invisible steering character spelled out (⟦U+202E⟧), line breaks made one kind.

    Bidi controls, zero-width characters and C0/C1 controls could make a line read as something it does not say.
    """
    cleaned = _LINE_BREAKS.sub("\n", text)
    if cleaned.translate(_PLAIN_SPACES).isprintable():
        return cleaned
    pieces = _EMOJI_JOINER.split(cleaned)
    return "\u200d".join("".join(_spelled(character) for character in piece) for piece in pieces)


def one_line(text: str) -> str:
    """The same on one line, so that nobody's text can forge a line of a terminal; other white space stays."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def _spelled(character: str) -> str:
    if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}:
        return character
    return f"⟦U+{ord(character):04X}⟧"
