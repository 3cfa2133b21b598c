"""At a row: the findings before, voided ones too, and what the county changed since oneself or another found on it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from scoring.submission import EVIDENCE_COLUMNS, ReviewLevel
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import clock_words
from ui.components.rows.row import Row
from ui.components.rows.row_page import fold
from workflow.procedure.confirming import doubtful_rows, rows_in_question
from workflow.procedure.doubts import open_doubts
from workflow.procedure.past import FormerFinding, Since, changed_since_found, former_findings
from workflow.procedure.reviewing import EntryChange
from workflow.submission.tracing import display_names
from workflow.targets import Target
from workflow.words.changes import changed_lines
from workflow.words.entries import entry_lines, entry_name


def in_question(opened: StoredForms, level: ReviewLevel) -> frozenset[str]:
    """Rows to be looked at one by one."""
    return opened.once(("in question", level), lambda: rows_in_question(opened.past, level))


def doubtful(opened: StoredForms, level: ReviewLevel) -> tuple[str, ...]:
    """Rows that ask for a look of their own and have not had it."""
    doubts = frozenset(doubt.row_id for doubt in open_doubts(opened.snapshot, level))
    return doubtful_rows(opened.compared.values(), level, in_question(opened, level), doubts)


def row_past(opened: StoredForms, row: Row) -> None:
    """Nothing for a row nobody has found on yet."""
    html = opened.once(("row past", row.id), lambda: _html(opened, row))
    if html:
        st.html(html)


def _html(opened: StoredForms, row: Row) -> str:
    past = opened.past
    since = list(changed_since_found(past, row.id))
    former = former_findings(past, row.id)
    names = display_names(opened.office, {one.by for one in former} | {c.by for one in since for c in one.changes})
    parts = [_since(opened, one, names) for one in since]
    parts += [_former(opened, row, one, names[one.by]) for one in former]
    if not parts:
        return ""
    changed = any(one.changes for one in since)
    mark = labels.tag("县里有改动", "notice") if changed else ""
    return fold("past", "此前的认定和此后的改动", "".join(parts), is_open=changed or bool(former), marks=mark)


def _since(opened: StoredForms, since: Since, names: dict[str, str]) -> str:
    who = "您" if since.level is None else labels.word("levels", since.level)
    head = f"自{who} {clock_words(since.at)} 认定以来"
    if not since.changes:
        return f'<p class="dc-quiet">{verbatim.markup(head)}，县里没有改动本项所用的内容。</p>'
    items = "".join(line for change in since.changes for line in _change(opened, change, names[change.by]))
    told = f"{head}，县里改动了 {len(since.changes)} 处："
    return f'<p><b>{verbatim.markup(told)}</b></p><ul class="dc-verbatim">{items}</ul>'


def _change(opened: StoredForms, change: EntryChange, who: str) -> Iterator[str]:
    before, after = (entry_lines(opened, change.target, body) for body in (change.before, change.after))
    name = f"{entry_name(opened, change.target)}（{who}，{clock_words(change.at)}）"
    for label, old, new in changed_lines(before, after):
        if label == EVIDENCE_COLUMNS["sha256"].label:  # 文件换了，文件名已说明
            continue
        yield (
            f"<li>{verbatim.markup(name)} {verbatim.markup(label or '内容')}："
            f"<del>{verbatim.markup(old or '（没有）')}</del> → <b>{verbatim.markup(new or '（没有）')}</b></li>"
        )


def _former(opened: StoredForms, row: Row, former: FormerFinding, who: str) -> str:
    level = labels.word("levels", former.level)
    said = "；".join(
        f"{label}：{text}" if label else text
        for label, text in entry_lines(opened, Target.finding(former.level, row.id), former.body)
    )
    head = f"{level}此前的认定（{who}，{clock_words(former.at)}，{former.ended.value}）"
    return f'<p class="dc-verbatim"><b>{verbatim.markup(head)}</b>　{verbatim.markup(said)}</p>'
