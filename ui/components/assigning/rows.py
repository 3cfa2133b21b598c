"""Who answers which row: what is assigned, what the standard suggests, and changing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import streamlit as st

from scoring.kinds.typed import EntryError
from storage.clock import now
from ui.components import labels, verbatim
from ui.components.assigning.dues import row_dues
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.outcome import attempt, outcome
from ui.components.forms.own_fragment import own_fragment
from ui.components.table_links import table_links
from workflow.assignment import Assignment
from workflow.submission.assigning import (
    AssignmentProposal,
    accept_proposals,
    assign,
    known_units,
    proposals,
    row_assignments,
    units_without_account,
)
from workflow.submission.printed_rows import printed_rows
from workflow.submission.saving import Saved
from workflow.targets import NEW, Path, Target


def assigning(forms: StoredForms) -> None:
    """The table, the button that accepts all proposals, and the form."""
    proposed = proposals(forms.office, forms.snapshot)
    rows = [row.id for row in printed_rows(forms.standards)]
    done = sum(bool(forms.assigned.get(row)) for row in rows)
    st.caption(
        f"已分配 {done}/{len(rows)} 项。建议取自标准所印的责任单位（印了几个的，建议第一个牵头，"
        "要协办的在下面“修改分工”中添上），仅供参考，须由县级民政部门确认；没有分配的指标由县级民政部门填报。"
    )
    st.html(_table(forms, proposed))
    table_links("assignment", "分工表", s=forms.id)
    without_account(forms, forms.assigned)
    refusal = forms.why_not(Target.assignment(rows[0]))
    if refusal is not None:
        st.info(verbatim.markdown(refusal))
        return
    _accept(forms, proposed)
    own_fragment(forms, lambda: _form(forms, rows, proposed))
    own_fragment(forms, lambda: row_dues(forms))


def rows_form(forms: StoredForms) -> None:
    """The form alone, as it is drawn to save what is typed in it."""
    rows = [row.id for row in printed_rows(forms.standards)]
    _form(forms, rows, proposals(forms.office, forms.snapshot))


def without_account(forms: StoredForms, assigned: Mapping[str, tuple[str, ...]]) -> None:
    """A warning about departments that have assignments and no account, with who can add one."""
    unregistered = units_without_account(forms.office, forms.snapshot, assigned)
    if not unregistered:
        return
    listed = "、".join(f"{unit}（{len(ids)} 项）" for unit, ids in unregistered.items())
    st.warning(
        verbatim.markdown(
            f"分配给了没有账号的部门：{listed}。这些部门不能登录填报。请由县级民政部门或系统管理员在“账号”页建立账号，"
            "或由县级民政部门代为填报。"
        )
    )


def _table(forms: StoredForms, proposed: Mapping[str, AssignmentProposal]) -> str:
    """Every row with its words whole, in a frame of its own height."""
    lines = []
    given = row_assignments(forms.snapshot)
    for row in printed_rows(forms.standards):
        suggestion = proposed.get(row.id)
        lines.append(
            {
                "编号": row.id,
                "指标原文": row.statement,
                "已分配": given_words(given.get(row.id), {one.id: one.label for one in row.measures}),
                "内部期限": due.isoformat() if row.id in given and (due := given[row.id].due) else "",
                "建议": "、".join(suggestion.units) if suggestion else "",
                "建议的依据": _basis(forms, suggestion),
            }
        )
    head = "".join(f"<th>{name}</th>" for name in lines[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{verbatim.markup(cell)}</td>' for cell in line.values())}</tr>" for line in lines
    )
    listed = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    table = f'<table class="dc-table dc-verbatim dc-numbered">{listed}</table>'
    return f'<div class="dc-frame" role="region" aria-label="分工表" tabindex="0">{table}</div>'


def given_words(given: Assignment | None, words: Mapping[str, str] = MappingProxyType({})) -> str:
    """The lead, and after it the helpers with what they fill in. ``words``: of the row's measures, where it has any."""
    if given is None or not given.units:
        return ""
    helpers = []
    for unit in given.units[1:]:
        part = "、".join(words.get(one, one) for one in given.part_of(unit) or ())
        helpers.append(f"{unit}（只填：{part}）" if part else unit)
    return "、".join([f"{given.lead}（牵头）", *helpers]) if helpers else given.lead


def _basis(forms: StoredForms, suggestion: AssignmentProposal | None) -> str:
    if suggestion is None:
        return ""
    standard = forms.office.rules_of(forms.snapshot.round).standards[suggestion.standard]
    return f"{labels.short_name(standard)}责任单位：{'、'.join(suggestion.printed)}"


def _accept(forms: StoredForms, proposed: Mapping[str, AssignmentProposal]) -> None:
    place = forms.place("proposals")
    if accepting(len(proposed.keys() - forms.assigned.keys()), "accept-proposals"):
        attempt(place, lambda: accept_proposals(forms.office, forms.person, forms.id, now()), "按建议分配", now())
        st.rerun()
    outcome(place)


def accepting(left: int, key: str) -> bool:
    """The button that accepts the suggestions for what is not assigned; True when pressed.

    With none ``left`` it is disabled and says why.
    """
    button, words = st.columns([2, 5], vertical_alignment="center")
    pressed = button.button(f"未分配的各项按建议分配（{left} 项）", key=key, disabled=not left, width="stretch")
    if not left:
        words.caption("有建议的各项均已分配；没有建议的，请在下面自选部门。")
    return pressed


def _form(forms: StoredForms, rows: list[str], proposed: Mapping[str, AssignmentProposal]) -> None:
    st.subheader("修改分工", anchor=False)
    named = [*(u for p in proposed.values() for u in p.units), *(u for us in forms.assigned.values() for u in us)]
    form = Form(forms.pad, ("assignment", NEW))
    which, who = st.columns([3, 2])
    with which:
        chosen = form.several("rows", "指标", {row: row for row in rows}, (), empty="可选多项")
    with who:
        units = units_field(forms, form, named)

    parts = _parts(forms, form, chosen, units)

    def save() -> Saved:
        refuse_unsaid(form, chosen, units, ("rows",))
        return assign(forms.office, forms.person, forms.id, dict.fromkeys(chosen, units), now(), parts=parts)

    closing(form, Button("保存分工", "save-assignment", save, "分工", shut=not chosen), drop="drop-assignment")


def _parts(
    forms: StoredForms, form: Form, chosen: Collection[str], units: tuple[str, ...]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """By row and helper the figures it fills in, asked where one row of several figures is given to several."""
    row = forms.rows.get(next(iter(chosen), ""))
    measures = {} if row is None else {measure.id: verbatim.plain(measure.label) for measure in row.measures()}
    if row is None or len(chosen) != 1 or len(measures) == 1:
        return {}
    standing = row_assignments(forms.snapshot).get(row.id, Assignment())
    parts = {}
    for helper in units[1:]:
        label = verbatim.markdown(f"{helper}协办：只填哪几项（不选即整项共同填报）")
        parts[helper] = form.several(
            f"part/{row.id}/{helper}", label, measures, standing.measures.get(helper, ()), empty="整项"
        )
    return {row.id: parts} if parts else {}


def refuse_unsaid(form: Form, chosen: Collection[str], units: Collection[str], what: Path) -> None:
    """Raises EntryError: nothing chosen to be given; or to nobody, which is said at the form's own button only."""
    if not chosen:
        raise EntryError(["没有选择分配什么，请先选择。"], [what])
    if not units and form.is_aside:
        raise EntryError(["没有选部门。要取消分配的，请到“分工”页按“保存分工”。"], [("units",)])


def units_field(forms: StoredForms, form: Form, named: Iterable[str]) -> tuple[str, ...]:
    """The departments to give something to: those with an account first, then ``named``, then the others listed."""
    known = known_units(forms.office, forms.snapshot)
    listed = (one.name for one in forms.snapshot.departments.departments)
    units = {unit: verbatim.plain(unit) for unit in (*known, *named, *listed)}
    chosen = form.several(
        "units", "部门，先选的牵头（不选即取消分配）", units, (), empty="选择部门，可输入文字查找", open_ended=True
    )
    if known:
        st.caption(
            verbatim.markdown(
                f"已有账号的部门：{'、'.join(known)}。部门须有账号才能登录填报；名单里没有的，先在“部门名单”中加上。"
            )
        )
    return chosen
