"""存疑 at a row: what this level doubts, the form of it, and what the level below still doubted when it recommended."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.submission import ReviewLevel
from scoring.substance import LEAST_HAN
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.left_over import left_over
from ui.components.forms.own_fragment import own_fragment
from ui.components.rows.row import Row
from workflow.procedure.doubts import doubts
from workflow.remarks.doubts import Doubt, doubt_body, read_doubt
from workflow.targets import Target

_RESOLVED = ("resolved", "reason")


def doubts_by_row(opened: StoredForms, level: ReviewLevel) -> dict[str, Doubt]:
    """Row id → its doubt of that level, as far as this person sees it."""
    return opened.once(("doubts", level), lambda: {doubt.row_id: doubt for doubt in doubts(opened.snapshot, level)})


def doubt_at_row(opened: StoredForms, level: ReviewLevel, row: Row) -> None:
    """Below a row's finding: for the province the prefecture's doubt, then this level's own, or a switch for one."""
    below = doubts_by_row(opened, "prefecture").get(row.id) if level == "province" else None
    if below is not None:
        st.html(f'<article class="dc-detail"><h3>市级存疑</h3>{doubt_html(below)}</article>')
    target = Target.doubt(level, row.id)
    doubt = doubts_by_row(opened, level).get(row.id)
    if opened.snapshot.why_not(target) is not None:
        if doubt is not None:
            st.html(f'<article class="dc-detail"><h3>存疑</h3>{doubt_html(doubt)}</article>')
        left_over(opened.pad, target)
        return
    told = opened.saved is not None and opened.saved.form == target
    shown = told or bool(opened.pad.at(target).fields)
    if doubt is not None and doubt.is_open:
        st.html(f"<h3>本级存疑 {labels.tag('未解除，解除后才能推荐', 'notice')}</h3>")
    elif not st.toggle("存疑" if doubt is None else "存疑（已解除）", shown, key=opened.place("doubt", row.id)):
        return
    with st.container(key=f"beside-doubt-{row.id}"):  # its buttons do not stay in sight, those of the finding do
        own_fragment(opened, lambda: doubt_form(opened, level, row))


def doubt_form(opened: StoredForms, level: ReviewLevel, row: Row) -> None:
    """What is doubted and what would settle it; of one that stands, also why it no longer does."""
    target = Target.doubt(level, row.id)
    entry = opened.snapshot.entries.get(target)
    stored = Doubt(row.id, "", "") if entry is None else read_doubt(row.id, entry.body)
    form = Form(opened.pad, target)
    enough = f"不少于{LEAST_HAN}个汉字"
    reason = form.text("reason", f"疑点（{enough}）", stored.reason, tall=68)
    settles = form.text("settles", f"怎样才能消除（退回补正时列给县里，{enough}）", stored.settles, tall=68)
    name = labels.row_name(row.first)
    place = opened.place("doubted", row.id)
    typed = Doubt(row.id, reason, settles)
    if entry is None or not stored.is_open:
        if not stored.is_open:
            st.html(f'<p class="dc-quiet dc-verbatim">已解除：{verbatim.markup(stored.resolved)}</p>')
        label, what = "保存存疑" if entry is None else "再次存疑", f"{name}的存疑"
        save = lambda: opened.save(form, {target: doubt_body(typed)}, what)  # noqa: E731 - the button's act
        closing(form, Button(label, f"{place}|keep", save, what, main=False), forms=opened, drop=f"{place}|away")
        return
    why = form.text("/".join(_RESOLVED), f"解除的理由（{enough}）", "", tall=68)
    keeping, resolving = f"{name}的存疑", f"{name}的存疑已解除"

    def keep() -> None:
        if why.strip():
            raise EntryError(["已写了解除的理由：要解除的，请按“解除存疑”；不解除的，请先清空。"], [_RESOLVED])
        opened.save(form, {target: doubt_body(typed)}, keeping)

    def resolve() -> None:
        if not why.strip():
            raise EntryError([f"请先写明解除的理由（{enough}）。"], [_RESOLVED])
        opened.save(form, {target: doubt_body(replace(typed, resolved=why))}, resolving)

    closing(
        form,
        Button("保存存疑", f"{place}|keep", keep, keeping, main=False),
        Button("解除存疑", f"{place}|settle", resolve, resolving, main=False),
        forms=opened,
        drop=f"{place}|away",
    )


def doubt_html(doubt: Doubt) -> str:
    """HTML of one: what is doubted, what would settle it, why it no longer is."""
    lines = [f"疑点：{doubt.reason}", f"怎样才能消除：{doubt.settles}"]
    lines += [f"已解除：{doubt.resolved}"] if doubt.resolved else []
    mark = labels.tag("未解除", "notice") if doubt.is_open else labels.tag("已解除")
    words = "".join(f'<p class="dc-verbatim">{verbatim.markup(line)}</p>' for line in lines)
    return f"<p>{mark}</p>{words}"
