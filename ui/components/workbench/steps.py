"""The order of a county's work, 县情, 分工, 自评, 材料, 申报表: how far each is, with a link to it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from scoring.assessment import NOT_ANSWERED
from scoring.submission import FORM_LABELS
from scoring.visible_text import has_visible_text
from ui import navigation
from ui.components import places, verbatim
from ui.components.case.stored_forms import StoredForms
from workflow.people import Role
from workflow.states import State


def steps(forms: StoredForms) -> None:
    """For the coordinator while it is 自评填报; nothing for others and afterwards."""
    if forms.person.role is not Role.COUNTY_COORDINATOR or forms.snapshot.state is not State.DRAFT:
        return
    st.subheader("填报步骤", anchor=False)
    st.html(forms.once("steps", lambda: _html(forms)))


def after_facts(forms: StoredForms) -> None:
    """Where to go on, once 县情 are saved: for the coordinator while the county fills in."""
    if forms.person.role is not Role.COUNTY_COORDINATOR or forms.snapshot.state is not State.DRAFT:
        return
    query = {"s": str(forms.id)}
    split, rows = (places.link(places.address(p, query), p.title) for p in (navigation.ASSIGN, navigation.ASSESS))
    st.html(f"<p>接下来：{split}（由部门分头填报的才需要），或者 {rows}，逐项填报。</p>")


def _html(forms: StoredForms) -> str:
    steps = "".join(
        f"<li>{places.link(places.address(page, {'s': str(forms.id)}), f'{number}. {page.title}')}"
        f"<p>{verbatim.markup(how_far)}</p></li>"
        for number, (page, how_far) in enumerate(_steps(forms), start=1)
    )
    return f'<ol class="dc-steps">{steps}</ol>'


def _steps(forms: StoredForms) -> Iterator[tuple[navigation.MenuPage, str]]:
    content, every = forms.submission, forms.rows.values()
    facts = {fact.id for standard in forms.standards for fact in standard.facts.values() if fact.asked}
    answered = sum(not set(row.states) & NOT_ANSWERED for row in every)
    assigned = sum(bool(forms.assigned.get(row.id)) for row in every)
    form = sum(has_visible_text(getattr(content.form, name, None)) for name in FORM_LABELS)
    yield navigation.FACTS, f"先填，各项指标要用。已填 {len(facts & set(content.facts))}/{len(facts)}"
    yield navigation.ASSIGN, f"由部门分头填报的才需要。已分配 {assigned}/{len(every)}"
    yield navigation.ASSESS, f"逐项填报。已填 {answered}/{len(every)}"
    yield navigation.REGISTER, f"登记佐证材料。已登记 {len(content.evidence)} 份"
    yield navigation.APPLICATION, f"填写并打印。已填 {form}/{len(FORM_LABELS)} 栏"
