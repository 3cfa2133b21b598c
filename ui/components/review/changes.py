"""After a return: what was asked, and what the county changed since, before and after side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import streamlit as st

from storage.clock import local_date
from storage.records import Return
from ui.components import labels, verbatim
from ui.components.case.entry_words import Line, entry_lines, entry_name
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.row_place import leave_for
from ui.components.forms.outcome import clock_words
from ui.components.rows.cross_checks import DrawLink
from workflow.procedure.guards import FORM_LABELS
from workflow.procedure.reviewing import Change, changed_since
from workflow.submission.corrections import Correction
from workflow.submission.tracing import display_names
from workflow.targets import form_field

Answered = tuple[tuple[Return, tuple[Correction, ...]], ...]
_LONG = 120  # 字：再长就只列改动的部分
_AROUND = 15


def county_changes(case: OpenedSubmission) -> tuple[Change, ...]:
    """What the county changed since the last return; nothing where it was never returned."""
    return changed_since(case.office, case.person, case.id)


def changed_words(found: tuple[Change, ...], returned: Answered) -> str:
    """What the county did since the last return, as a sentence; empty where it has done nothing.

    Items are the notice's, as in the table below it: a change elsewhere is one of the 处 and none of the 项.
    """
    said = [one.item.row_id for one in returned[-1][1] if one.said] if returned else []
    if not (found or said):
        return ""
    told = [f"改动了 {len(found)} 处"] if found else []
    told += [f"书面说明了 {len(said)} 项"] if said else []
    met = sum(one.met for one in returned[-1][1]) if returned else 0
    of = f"，列明的 {len(returned[-1][1])} 项中已办理 {met} 项" if returned else ""
    return f"退回补正后县里{'、'.join(told)}{of}"


def changes(case: OpenedSubmission, found: tuple[Change, ...], returned: Answered, way: DrawLink | None = None) -> None:
    """The last notice with its numbered items, then every change; ``way`` leads to a row, else the reviewer's own."""
    if not returned:
        st.info("没有退回过。退回补正后，这里列出县里改动了什么。")
        return
    _notice(case, *returned[-1])
    st.subheader(f"退回后县里改动的内容（{len(found)} 处）", anchor=False)
    if not found:
        st.caption("还没有改动。")
    names = display_names(case.office, (change.by for change in found))
    for number, change in enumerate(found):
        _change(case, change, number, names[change.by], way)


def returned_row(row_id: str, one: Return, made: tuple[Correction, ...]) -> None:
    """Above a row: what the last return asked of it, and what the county did; nothing where it asked nothing."""
    found = next((c for c in made if c.item.row_id == row_id), None)
    if found is None:
        return
    st.html(
        f'<div class="dc-returned"><p><b>第 {one.number} 次退回补正第 {found.item.number} 项</b>：'
        f'<span class="dc-verbatim">{verbatim.markup(found.item.reason)}</span></p>'
        f'<p class="dc-verbatim">县级办理：{_done(found)}</p></div>'
    )


def _done(one: Correction) -> str:
    """HTML: changed, explained, both or neither."""
    parts = ["已改动"] if one.changed else []
    if one.said:
        parts.append(f"说明：{verbatim.markup(one.said)}")
    return "；".join(parts) or "没有改动，也没有说明"


def _notice(case: OpenedSubmission, one: Return, made: tuple[Correction, ...]) -> None:
    level = labels.word("levels", one.level)
    due = f"，补正期限 {one.due.isoformat()}" if one.due else ""
    done = f"，{local_date(one.closed_at).isoformat()} 补正后上报" if one.closed_at else "，尚未补正上报"
    st.subheader(
        f"第 {one.number} 次退回补正（{level}，{local_date(one.created_at).isoformat()}{due}{done}）", anchor=False
    )
    lines = "".join(
        f"<tr><td>{c.item.number}</td><td>{verbatim.markup(item_name(case, c.item.row_id))}</td>"
        f'<td class="dc-verbatim">{verbatim.markup(c.item.reason)}</td><td class="dc-verbatim">{_done(c)}</td></tr>'
        for c in made
    )
    reason = f'<p class="dc-verbatim">{verbatim.markup(one.reason)}</p>' if one.reason else ""
    head = "<tr><th>序号</th><th>项目</th><th>需补正的内容</th><th>县级办理</th></tr>"
    st.html(f'{reason}<table class="dc-table"><thead>{head}</thead><tbody>{lines}</tbody></table>')


def item_name(case: OpenedSubmission, row_id: str) -> str:
    """A return item's row or form field in words."""
    row = case.rows.get(row_id)
    if row is not None:
        return f"{labels.row_name(row.first)} {row.topic or row.section}"
    return f"申报表：{FORM_LABELS.get(form_field(row_id) or '', row_id)}"


def _change(case: OpenedSubmission, change: Change, number: int, by: str, way: DrawLink | None) -> None:
    bears = f"，涉及 {'、'.join(change.row_ids)}" if change.row_ids and not change.target.is_answer else ""
    with st.container(border=True):
        words, opening = st.columns([6, 1], vertical_alignment="center")
        words.html(
            f'<p class="dc-field"><b>{verbatim.markup(entry_name(case, change.target))}</b>'
            f"<small>{verbatim.markup(by)} {clock_words(change.at)}{verbatim.markup(bears)}</small></p>"
        )
        with opening:
            if change.row_ids and way is not None:
                way(change.row_ids[0], "查看", f"changed|{number}")
            elif change.row_ids and st.button("查看", key=case.place("changed", number), width="stretch"):
                leave_for(case, change.row_ids[0])
        pairs = changed_lines(
            entry_lines(case, change.target, change.before), entry_lines(case, change.target, change.after)
        )
        before, after = st.columns(2)
        before.html(_side("改动前", [(label, old) for label, old, _ in pairs], there=change.before is not None))
        after.html(_side("改动后", [(label, new) for label, _, new in pairs], there=change.after is not None))


def changed_lines(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[str, str | None, str | None]]:
    """Label, text before, text after of what is not the same; None = was or is not there. Long texts are cut down to
    the part that changed.
    """
    old, new = _by_label(before), _by_label(after)
    found: list[tuple[str, str | None, str | None]] = []
    for label in dict.fromkeys([*old, *new]):
        then, now = old.get(label), new.get(label)
        if then == now:
            continue
        if then is not None and now is not None:
            then, now = _differing(then, now)
        found.append((label, then, now))
    return found


def _by_label(lines: Sequence[Line]) -> dict[str, str]:
    held: dict[str, str] = {}
    for label, text in lines:
        held[label] = f"{held[label]}\n{text}" if label in held else text
    return held


def _differing(before: str, after: str) -> tuple[str, str]:
    if max(len(before), len(after)) <= _LONG:
        return before, after
    first = _alike(before, after)
    behind = _alike(before[first:][::-1], after[first:][::-1])
    return _cut(before, first, len(before) - behind), _cut(after, first, len(after) - behind)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(text: str, first: int, last: int) -> str:
    first, last = max(0, first - _AROUND), min(len(text), last + _AROUND)
    return f"{'……' if first else ''}{text[first:last]}{'……' if last < len(text) else ''}"


def _side(title: str, lines: Sequence[tuple[str, str | None]], *, there: bool) -> str:
    listed = "".join(
        f"<dt>{verbatim.markup(label or '内容')}</dt><dd>{verbatim.markup('（没有）' if text is None else text)}</dd>"
        for label, text in lines
    )
    body = f'<dl class="dc-wanting dc-verbatim">{listed}</dl>' if there else "<p>（没有）</p>"
    return f'<article class="dc-detail"><h3>{title}</h3>{body}</article>'
