"""Whether a text says anything: a compulsory reason is words a reader sees, not blanks, unseen signs or a full stop."""

from __future__ import annotations

import unicodedata

# Unicode 规定默认不显示、却算作字母的字符。
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_WORDS = ("L", "N")  # letters and ideographs, numbers


def has_visible_text(text: str | None) -> bool:
    """At least one visible letter, ideograph or number."""
    return any(unicodedata.category(c)[0] in _WORDS and c not in _BLANK_LETTERS for c in text or "")


def plain_words(text: str) -> str:
    """The text without what nobody sees, blanks made one; empty when it says nothing: to tell whether one changed."""
    if not has_visible_text(text):
        return ""
    shown = (c for c in text if c not in _BLANK_LETTERS and unicodedata.category(c) != "Cf")
    return " ".join("".join(shown).split())
