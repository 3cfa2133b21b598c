"""How a verdict, a veto's state or the state of a local commitment looks: the one table of their colours and marks.

The style sheet's part is made from it (`style_rules`); data frames, which read no style sheet, ask it themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_INK, _EDGE = "#1f2329", "#aab2bd"  # words on a pale background, and its border


@dataclass(frozen=True, slots=True)
class Tone:
    """``background`` of a chip or cell, ``on_background`` the words on it, ``ink`` the words on white."""

    background: str
    ink: str
    on_background: str = "#fff"

    @property
    def pale(self) -> bool:
        """Whether the background needs a border to be seen."""
        return self.on_background != "#fff"


_GOOD = Tone("#2f6f4f", "#24573f")
_BAD = Tone("#a61b1b", "#a61b1b")
_NONE = Tone("#68707b", "#5b626c")
_BLANK = Tone("#e6e9ee", "#5b626c", on_background=_INK)
TONES: Mapping[str, Tone] = {
    "met": _GOOD,
    "not_met": _BAD,
    "unproven": Tone("#8a5200", "#8a5200"),
    "contradicted": Tone("#7b2d72", "#7b2d72"),
    "needs_judgement": Tone("#2a5ea0", "#2a5ea0"),
    "not_applicable": _NONE,
    "unanswered": _BLANK,
    # 一票否决
    "clear": _GOOD,
    "present": _BAD,
    "undeclared": _BLANK,
    # 地方文件对照
    "kept": _GOOD,
    "short": _BAD,
    "not_due": _NONE,
    "unfilled": _BLANK,
}


def ink(*, good: bool) -> str:
    """The colour of words that say 符合 or 尚不符合."""
    return (_GOOD if good else _BAD).ink


def style_rules() -> str:
    """The style sheet's rules of every state: ``dc-s-met`` as a chip, a segment of a bar, a cell."""
    return "\n".join(_rules(state, tone) for state, tone in TONES.items()) + "\n"


def _rules(state: str, tone: Tone) -> str:
    if not tone.pale:
        return f".dc-s-{state} {{ background: {tone.background}; }}"
    return (
        f".dc-s-{state} {{ background: {tone.background}; color: {tone.on_background}; border-color: {_EDGE}; }}\n"
        f".dc-segment.dc-s-{state} {{ color: {tone.on_background}; border: 1px solid {_EDGE}; line-height: 1.4rem; }}"
    )
