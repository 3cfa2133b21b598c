"""A county's answer to a row in a few lines, for a list of rows: figures with thresholds, its words, its material."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.submission import Answer
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.review.answer_given import cited, document, judgement_lines
from ui.components.rows.row import Row


def answer_brief(opened: OpenedSubmission, row: Row) -> str:
    """HTML of it; what warns of the row stands last."""
    content = opened.snapshot.content
    answer = (content.vetoes if row.veto else content.answers).get(row.id, Answer())
    lines = [*_figures(row), *judgement_lines(row, answer)]
    if answer.note:
        lines.append(f"说明：{verbatim.markup(answer.note)}")
    papers = (document(opened, item_id, content.evidence.get(item_id)) for item_id in cited(answer))
    lines.append(f"材料：{'；'.join(papers) or '没有附材料'}")
    lines += (f"提醒：{verbatim.markup(labels.reason_words(reason))}" for reason, _ in row.reasons("warns"))
    return f'<ul class="dc-brief dc-verbatim">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _figures(row: Row) -> Iterator[str]:
    """Each measure that has a figure, with what is asked; what the standards ask differently, each."""
    for measure in row.measures():
        results = [r for judged in row.judged for r in judged.result.measures if r.id == measure.id]
        figures = [r.figure for r in results if r.figure is not None and r.state != "not_asked"]
        if figures and measure.kind != "judgement":
            asked = "；".join(dict.fromkeys(r.threshold for r in results if r.threshold))
            threshold = f"<small>门槛 {verbatim.markup(asked)}</small>" if asked else ""
            yield f"{verbatim.markup(measure.label)}：<b>{verbatim.markup(figures[0])}</b>{threshold}"
