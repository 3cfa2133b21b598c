"""Progress by section as a picture: one bar per 项目, its verdicts side by side, each with its number.

Plain HTML: a chart library would need scripts evaluated from text, which the page's policy forbids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol

import streamlit as st

from indicators.model import Section, Standard
from scoring.assessment import VERDICTS, StandardAssessment
from ui.components import labels, verbatim
from ui.components.bar import bar, told
from ui.components.rows.row import HasVerdicts


class Kept(HasVerdicts, Protocol):
    """Anything judged that keeps what is made of it."""

    def once(self, name: object, make: Callable[[], str]) -> str:
        """Something made of it alone, by that name."""


def progress(submission: Kept) -> None:
    """One picture per standard, side by side, and the legend."""
    st.subheader("各项目进度", anchor=False)
    st.html(submission.once("progress", lambda: _pictures(submission)))


def _pictures(submission: HasVerdicts) -> str:
    pictures = "".join(
        _picture(standard, submission.assessment.standards[standard.id]) for standard in submission.standards
    )
    legend = "".join(
        f'<span class="dc-chip dc-s-{verdict}">{verbatim.markup(labels.word("verdicts", verdict))}</span>'
        for verdict in VERDICTS
    )
    return f'<div class="dc-cards">{pictures}</div><p class="dc-legend">图例 {legend}</p>'


def _picture(standard: Standard, judged: StandardAssessment) -> str:
    bars = "".join(_bar(section, judged) for section in standard.sections)
    caption = f"<figcaption>{verbatim.markup(labels.short_name(standard))}</figcaption>"
    return f'<figure class="dc-figure">{caption}{bars}</figure>'


def _bar(section: Section, judged: StandardAssessment) -> str:
    ids = [row_id for topic in section.topics for row_id in topic.indicators]
    counts = Counter(judged.indicators[row_id].verdict for row_id in ids)
    parts = [(verdict, counts[verdict], verbatim.markup(labels.word("verdicts", verdict))) for verdict in VERDICTS]
    title = verbatim.markup(section.title)
    return bar(title, parts, f"{title}：{told(parts)}", f"达标 {counts['met']}/{len(ids) - counts['not_applicable']}")
