"""The verdict that unsaved input would have, while it is being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from scoring.assessment import IndicatorResult, VetoResult
from scoring.judging.one_row import judge_row
from scoring.kinds.typed import EntryError
from scoring.submission import Level, Submission
from ui.components import labels, verbatim
from ui.components.rows.row import JudgedRow, Row


class Previewed(NamedTuple):
    """What the row would be under one standard."""

    judged: JudgedRow
    result: IndicatorResult | VetoResult


def previewed(row: Row, level: Level, make: Callable[[], Submission]) -> tuple[Previewed, ...]:
    """Under each standard the verdict if this were saved; nothing where what is typed cannot be read."""
    try:
        content = make()
    except EntryError:
        return ()
    return tuple(Previewed(one, judge_row(content, one.standard, one.row, level)) for one in row.judged)


def preview_chips(results: Sequence[Previewed]) -> str:
    """HTML for beside the buttons, which stay in sight: 若保存：达标, once where the standards agree."""
    chips = {labels.result_chip(judged.row, result): labels.short_name(judged.standard) for judged, result in results}
    several = len(chips) > 1
    words = (f"{labels.tag(name) if several else ''}{chip}" for chip, name in chips.items())
    return f"<span>，若保存：{' '.join(words)}</span>" if chips else ""


def preview(results: Sequence[Previewed]) -> None:
    """One line per standard: the verdict if this were saved, and the first reason in the way."""
    if not results:
        return
    lines = []
    for judged, result in results:
        reason = next((reason.text for reason in result.reasons if reason.effect == "blocks"), "")
        lines.append(
            f"<li>{verbatim.markup(labels.short_name(judged.standard))} "
            f"{labels.result_chip(judged.row, result)} <small>{verbatim.markup(reason)}</small></li>"
        )
    st.html(
        f'<div class="dc-preview"><p>若按现在填写的内容保存：</p><ul class="dc-verbatim">{"".join(lines)}</ul></div>'
    )
