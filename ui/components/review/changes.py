"""退回与改动: the last return's items and how the county dealt with each, then every change it made since."""

from __future__ import annotations

import streamlit as st

from scoring.submission import FORM_LABELS
from storage.clock import local_date
from storage.records import Return
from ui.components import labels, verbatim
from ui.components.case.entry_changes import before_and_after
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.row_place import leave_for
from ui.components.forms.outcome import clock_words
from ui.components.rows.cross_checks import DrawLink
from ui.components.table import table
from ui.components.table_links import table_links
from workflow.papers.offered import OFFERED
from workflow.procedure.reviewing import EntryChange, changed_since
from workflow.submission.corrections import Correction
from workflow.submission.tracing import display_names
from workflow.targets import form_field
from workflow.words.entries import entry_name

_UNREQUESTED = "未要求的改动"
Answered = tuple[tuple[Return, tuple[Correction, ...]], ...]


def county_changes(opened: OpenedSubmission) -> tuple[EntryChange, ...]:
    """What the county changed since the last return; nothing where it was never returned."""
    return changed_since(opened.office, opened.person, opened.id)


def changed_words(changed: tuple[EntryChange, ...], returned: Answered) -> str:
    """What the county did since the last return, as a sentence; empty where it has done nothing.

    Items are the notice's, as in the table below it: a change elsewhere is one of the 处 and none of the 项.
    """
    explained = [correction.item.row_id for correction in returned[-1][1] if correction.explanation] if returned else []
    if not (changed or explained):
        return ""
    parts = [f"改动了 {len(changed)} 处"] if changed else []
    parts += [f"书面说明了 {len(explained)} 项"] if explained else []
    met = sum(correction.met for correction in returned[-1][1]) if returned else 0
    share = f"，列明的 {len(returned[-1][1])} 项中已办理 {met} 项" if returned else ""
    return f"退回补正后县里{'、'.join(parts)}{share}"


def unseen(opened: OpenedSubmission, changed: tuple[EntryChange, ...]) -> tuple[EntryChange, ...]:
    """未要求的改动 this person's level has not looked at; every one of them for who reviews at none."""
    return tuple(change for change in changed if change.is_unrequested and not _is_seen(opened, change))


def unseen_words(opened: OpenedSubmission, changed: tuple[EntryChange, ...]) -> str:
    """How many these are, to follow what the county did; empty for none."""
    left = len(unseen(opened, changed))
    return (
        f"；其中通知没有要求的改动有 {left} 处{'' if opened.review_level is None else '本级还没有看过'}" if left else ""
    )


def unrequested_at_row(opened: OpenedSubmission, row_id: str, changed: tuple[EntryChange, ...]) -> None:
    """Above a row: what bears on it and was changed without being asked for; gone once the level has found on it."""
    names = [entry_name(opened, change.target) for change in unseen(opened, changed) if row_id in change.row_ids]
    if not names:
        return
    gone = "" if opened.review_level is None else "本级对这一项作出认定后，此提示不再出现。"
    st.html(
        f'<div class="dc-returned"><p>{labels.tag(_UNREQUESTED, "notice")} 退回通知没有列这一项，县里改动了：'
        f"{verbatim.markup('、'.join(names))}。改动前后见“退回与改动”。{gone}</p></div>"
    )


def _is_seen(opened: OpenedSubmission, change: EntryChange) -> bool:
    level = opened.review_level
    return level is not None and change.is_seen(opened.snapshot.content, level)


def changes(
    opened: OpenedSubmission, changed: tuple[EntryChange, ...], returned: Answered, link: DrawLink | None = None
) -> None:
    """The last notice with its items, then every change. ``link`` opens a row; by default the reviewer's page of it."""
    if not returned:
        st.info("没有退回过。退回补正后，这里列出县里改动了什么。")
        return
    _notice(opened, *returned[-1])
    st.subheader(f"退回后县里改动的内容（{len(changed)} 处）", anchor=False)
    if not changed:
        st.caption("还没有改动。")
    names = display_names(opened.office, (change.by for change in changed))
    for number, change in enumerate(_filtered(opened, changed)):
        _change(opened, change, number, names[change.by], link)


def _filtered(opened: OpenedSubmission, changed: tuple[EntryChange, ...]) -> tuple[EntryChange, ...]:
    """What the filter lets through; there is one where something was changed without being asked for."""
    unrequested = tuple(change for change in changed if change.is_unrequested)
    if not unrequested:
        return changed
    shown = {"全部": changed, _UNREQUESTED: unrequested}
    if opened.review_level is not None:
        shown["其中本级没有看过的"] = unseen(opened, changed)
    chosen = st.segmented_control(
        "显示哪些改动", list(shown), default="全部", format_func=lambda name: f"{name}（{len(shown[name])}）",
        key=opened.place("changes", "filter"), required=True, label_visibility="collapsed",
    )  # fmt: skip
    return shown[chosen or "全部"]


def returned_row(row_id: str, notice: Return, corrections: tuple[Correction, ...]) -> None:
    """Above a row: what the last return asked of it and what the county did; nothing for a row not returned."""
    correction = next((correction for correction in corrections if correction.item.row_id == row_id), None)
    if correction is None:
        return
    st.html(
        f'<div class="dc-returned"><p><b>第 {notice.number} 次退回补正第 {correction.item.number} 项</b>：'
        f'<span class="dc-verbatim">{verbatim.markup(correction.item.reason)}</span></p>'
        f'<p class="dc-verbatim">县级办理：{_done(correction)}</p></div>'
    )


def _done(correction: Correction) -> str:
    """HTML of what the county did about an item: changed it, explained it, both or neither."""
    parts = ["已改动"] if correction.changed else []
    if correction.explanation:
        parts.append(f"说明：{verbatim.markup(correction.explanation)}")
    return "；".join(parts) or "没有改动，也没有说明"


def _notice(opened: OpenedSubmission, notice: Return, corrections: tuple[Correction, ...]) -> None:
    level = labels.word("levels", notice.level)
    due = f"，补正期限 {notice.due.isoformat()}" if notice.due else ""
    done = f"，{local_date(notice.closed_at).isoformat()} 补正后上报" if notice.closed_at else "，尚未补正上报"
    st.subheader(
        f"第 {notice.number} 次退回补正（{level}，{local_date(notice.created_at).isoformat()}{due}{done}）",
        anchor=False,
    )
    lines = (_item_line(opened, correction) for correction in corrections)
    reason = f'<p class="dc-verbatim">{verbatim.markup(notice.reason)}</p>' if notice.reason else ""
    st.html(f"{reason}{table(('序号', '项目', '需补正的内容', '县级办理'), lines)}")
    table_links("returns", "各次退回补正", s=opened.id)
    links = "".join(
        f'<a href="/papers/documents/notice.{ending}?s={opened.id}&amp;number={notice.number}" target="_blank"'
        f' rel="noopener">下载这次的退回补正通知书（{ending.upper()}）</a>'
        for ending in OFFERED["notice"].endings
    )
    st.html(f'<p class="dc-papers">{links}</p>')


def _item_line(opened: OpenedSubmission, correction: Correction) -> str:
    item = correction.item
    return (
        f"<tr><td>{item.number}</td><td>{verbatim.markup(item_name(opened, item.row_id))}</td>"
        f'<td class="dc-verbatim">{verbatim.markup(item.reason)}</td>'
        f'<td class="dc-verbatim">{_done(correction)}</td></tr>'
    )


def item_name(opened: OpenedSubmission, row_id: str) -> str:
    """A return item's row or form field in words."""
    row = opened.rows.get(row_id)
    if row is not None:
        return f"{labels.row_name(row.first)} {row.topic or row.section}"
    return f"申报表：{FORM_LABELS.get(form_field(row_id) or '', row_id)}"


def _change(opened: OpenedSubmission, change: EntryChange, number: int, by: str, link: DrawLink | None) -> None:
    bears = f"，涉及 {'、'.join(change.row_ids)}" if change.row_ids and not change.target.is_answer else ""
    with st.container(border=True):
        words, opening = st.columns([6, 1], vertical_alignment="center")
        mark = ""
        if change.is_unrequested:
            seen = _is_seen(opened, change)
            mark = labels.tag(f"{_UNREQUESTED}{'（本级已看过）' if seen else ''}", "plain" if seen else "notice")
        words.html(
            f'<p class="dc-field"><b>{verbatim.markup(entry_name(opened, change.target))}</b>{mark}'
            f"<small>{verbatim.markup(by)} {clock_words(change.at)}{verbatim.markup(bears)}</small></p>"
        )
        with opening:
            if change.row_ids and link is not None:
                link(change.row_ids[0], "查看", f"changed|{number}")
            elif change.row_ids and st.button("查看", key=opened.place("changed", number), width="stretch"):
                leave_for(opened, change.row_ids[0])
        before_and_after(opened, change.target, change.before, change.after)
