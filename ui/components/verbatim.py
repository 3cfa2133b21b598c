"""What people wrote, shown as they wrote it: the one place that makes text safe for markdown and for HTML.

Streamlit reads markdown in labels, options, alerts and toasts, and after the escapes are gone it still turns
``:name:`` into emoji or icons, ``->`` into arrows and bare addresses into links. Prefer `markup` or a data frame.
"""

from __future__ import annotations

import html
import re
import unicodedata

_ACTIVE = re.compile(r"([!-/:-@\[-`{-~])")
# Separates what the passes after unescaping look for (":smile:", "->", "www.", "https://", "a@b") without being seen.
_WORD_JOINER = "\u2060"
_JOINED = re.compile(r"(?<=[:@./>=<~-])(?=\S)|(?<=\S)(?=[:@>])|(?<=[wW])(?=[wW])")
_LINE_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Inside an emoji of several people or colours the zero-width joiner is part of the picture.
_EMOJI_JOINER = re.compile(
    r"(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_KEPT_CONTROLS = {"\n", "\t"}


def visible(text: str) -> str:
    """The text with every invisible steering character spelled out (⟦U+202E⟧), line breaks made one kind.

    Bidi controls, zero-width characters and C0/C1 controls could make a line read as something it does not say.
    """
    cleaned = _LINE_BREAKS.sub("\n", text)
    pieces = _EMOJI_JOINER.split(cleaned)
    return "\u200d".join("".join(_spelled(character) for character in piece) for piece in pieces)


def plain(text: str) -> str:
    """The text on one line, for elements that parse nothing: options of a select box, cells of a data frame."""
    return " ".join(visible(text).split())


def markdown(text: str) -> str:
    """The text for an element that reads markdown: nothing in it is active, line breaks become spaces."""
    return _ACTIVE.sub(r"\\\1", _JOINED.sub(_WORD_JOINER, plain(text)))


def markup(text: str) -> str:
    """The text for inside an HTML element or a quoted attribute."""
    return html.escape(visible(text), quote=True)


def _spelled(character: str) -> str:
    if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}:
        return character
    return f"⟦U+{ord(character):04X}⟧"
