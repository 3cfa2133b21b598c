"""What differs between two editions of the rules: both wordings, the words of one only marked in each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal

import streamlit as st

from indicators.comparing.text_diff import side_of, text_diff
from indicators.model.rule_changes import RuleLine, texts
from ui.components import verbatim

_SHOWN = 400  # texts
_STEP = 1.5  # rem for a depth
_SIDES: tuple[tuple[Literal["first", "second"], str], ...] = (("first", "原"), ("second", "新"))


def changed_rules(rules: Sequence[RuleLine]) -> None:
    """Row by row; beyond `_SHOWN` texts they are only counted."""
    if not rules:
        st.info("逐条比较，两者内容相同。")
        return
    ends = accumulate(len(line.texts()) for line in rules)
    shown = [line for line, end in zip(rules, ends, strict=True) if end <= _SHOWN]
    left = len(texts(rules[len(shown) :]))
    more = f"<p>另有 {left} 行未列出。</p>" if left else ""
    st.html(f'<div class="dc-verbatim">{"".join(map(_line, shown))}</div>{more}')


def _line(line: RuleLine) -> str:
    """A row's own line stands out; what differs in it stands below, indented."""
    if line.old is None or line.new is None:
        words = verbatim.markup(line.texts()[0].strip())
        words = words if line.depth else f"<b>{words}</b>"
    else:
        pieces = text_diff(line.old, line.new)
        both = (f"{name}：{verbatim.marked(side_of(pieces, side))}" for side, name in _SIDES)
        words = "<br>".join((verbatim.markup(line.name), *both))
    return f'<p style="margin:.3rem 0 .1rem {_STEP * line.depth:.1f}rem">{words}</p>'
