"""What people wrote, shown as they wrote it: the one place that makes text safe for markdown and for HTML.

Streamlit reads markdown in labels, options, alerts and toasts, and after the escapes are gone it still turns
``:name:`` into emoji or icons, ``->`` into arrows and bare addresses into links. Prefer `markup` or a data frame.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from indicators.comparing.text_diff import Piece
from indicators.reading.visible import visible

__all__ = ["markdown", "marked", "markup", "plain", "visible"]

_SIDES = {"both": "{}", "first": '<mark class="dc-first">{}</mark>', "second": '<mark class="dc-second">{}</mark>'}

_ACTIVE = re.compile(r"([!-/:-@\[-`{-~])")
# Separates what the passes after unescaping look for (":smile:", "->", "www.", "https://", "a@b") without being seen;
# chinese.js takes it out of what is drawn, so that the text can be copied and searched.
_WORD_JOINER = "\u2060"
_JOINED = re.compile(r"(?<=[:@/>=<~-])(?=\S)|(?<=\S)(?=[:@>])|(?<=[wW])(?=[wW])")


def plain(text: str) -> str:
    """The text on one line, for elements that parse nothing: options of a select box, cells of a data frame."""
    return " ".join(visible(text).split())


@lru_cache(maxsize=2048)  # the labels of a form, drawn again with every change in it
def markdown(text: str) -> str:
    """The text for an element that reads markdown: nothing in it is active, line breaks become spaces."""
    return _ACTIVE.sub(r"\\\1", _JOINED.sub(_WORD_JOINER, plain(text)))


def markup(text: str) -> str:
    """The text for inside an HTML element or a quoted attribute."""
    return html.escape(visible(text), quote=True)


def marked(pieces: Sequence[Piece]) -> str:
    """HTML of a text compared with another; what stands in one of the two only is marked."""
    return "".join(_SIDES[piece.side].format(markup(piece.text)) for piece in pieces)
