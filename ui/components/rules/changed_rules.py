"""What differs between two editions of the rules: both wordings, the words of one only marked in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from indicators.comparing.differences import paired
from indicators.comparing.text_diff import side_of, text_diff
from ui.components import verbatim

_SHOWN = 400
_STEP = 1.5  # rem for two spaces of indent
_SIDES: tuple[tuple[Literal["first", "second"], str], ...] = (("first", "原"), ("second", "新"))


def changed_rules(rules: Sequence[str]) -> None:
    """The lines of `indicators.comparing.differences`, row by row."""
    if not rules:
        st.info("逐条比较，两者内容相同。")
        return
    lines = "".join(_rule(*one) for one in paired(rules[:_SHOWN]))
    more = f"<p>另有 {len(rules) - _SHOWN} 行未列出。</p>" if len(rules) > _SHOWN else ""
    st.html(f'<div class="dc-verbatim">{lines}</div>{more}')


def _rule(name: str, text: str, new: str | None) -> str:
    """A row's own line stands out; what differs in it stands below, indented."""
    if new is None:
        words = verbatim.markup(text.strip())
        return _line(text, words if text.startswith(" ") else f"<b>{words}</b>")
    pieces = text_diff(text, new)
    both = "<br>".join(
        f"{said}："
        + "".join(
            verbatim.markup(piece.text)
            if piece.side == "both"
            else f'<mark class="dc-{piece.side}">{verbatim.markup(piece.text)}</mark>'
            for piece in side_of(pieces, side)
        )
        for side, said in _SIDES
    )
    return _line(name, f"{verbatim.markup(name.strip())}<br>{both}")


def _line(text: str, words: str) -> str:
    indent = _STEP * (len(text) - len(text.lstrip(" "))) / 2
    return f'<p style="margin:.3rem 0 .1rem {indent:.1f}rem">{words}</p>'
