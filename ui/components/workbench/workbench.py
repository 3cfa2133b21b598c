"""工作台: what waits for the person, with links; how far each submission is; which rounds can be begun."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.wording import eligibility
from storage.clock import now
from ui import navigation
from ui.components import labels, verbatim
from ui.components.case.change_record import change_record
from ui.components.case.move_history import move_history
from ui.components.case.moves import moves
from ui.components.case.repins import notices_html
from ui.components.checks.checks_list import checks_list
from ui.components.county.figure_links import row_link
from ui.components.county.opening import chosen_of, remember
from ui.components.county.returned import returned_items
from ui.components.forms.outcome import attempt, forget, outcome
from ui.components.rows.progress import progress
from ui.components.workbench.carried import offer
from ui.components.workbench.carried import waiting as carried_waiting
from ui.components.workbench.gaps import gaps
from ui.components.workbench.giving import giving
from ui.components.workbench.line import line_html
from ui.components.workbench.opened import opened_for
from ui.components.workbench.own_drafts import drafting_now, own_drafts
from ui.components.workbench.pictures import pictures
from ui.components.workbench.reminders import local_left, reminders
from ui.components.workbench.steps import steps
from ui.components.workbench.worklist_page import worklist_page
from ui.form_keys import submission_of
from ui.menu import entry
from ui.office import office
from workflow.divisions import full_name
from workflow.drafting.drafts import scopes_of
from workflow.overview.overview import Card, Deadline, workbench
from workflow.overview.waiting import Waiting
from workflow.people import COUNTY_ROLES, Person, Role
from workflow.rounds.rounds import start_submission

_SOON = 7


def show_workbench(person: Person) -> None:
    """Everything a person sees first."""
    st.html('<header class="dc-masthead"><h1>工作台</h1></header>')
    if person.role is Role.ADMINISTRATOR:
        _administration(person)
    elif person.role not in COUNTY_ROLES:
        giving(office(), person)
        worklist_page(office(), person)
    else:
        _county(person)


def _county(person: Person) -> None:
    seen = workbench(office(), person, now())
    outcome("start")
    forget("start")  # told once
    for round_record in seen.startable:
        _startable(person, round_record.id, round_record.title)
    if not seen.cards and not seen.startable:
        st.info("本县还没有开始自评。请由县级民政部门（牵头填报）开始。")
    if len(seen.cards) > 1:
        waiting = sum(bool(card.waiting) for card in seen.cards)
        st.html(f"<p>本县申报 {len(seen.cards)} 份，其中 <b>{waiting}</b> 份等待您办理。</p>")
    whole = chosen_of([card.record for card in seen.cards])
    brief = whole is None or len(seen.cards) > 1
    typed_in = {submission_of(scope) for scope in scopes_of(office(), person)} if brief else frozenset()
    for card in sorted(seen.cards, key=lambda card: card.record.id != whole):
        _card(person, card, whole=card.record.id == whole, typed_in=card.record.id in typed_in)


def _administration(person: Person) -> None:
    st.html("<p>系统管理员不参与填报和评审。请从菜单办理批次、账号和日志。</p>")
    for page in navigation.pages_for(person.role):
        if page is not navigation.WORKBENCH and page.group != navigation.TRIAL:
            st.page_link(entry(page), label=page.title)


def _startable(person: Person, round_id: str, title: str) -> None:
    with st.container(border=True):
        st.html(f"<p>批次“{verbatim.markup(title)}”可以申报，本县尚未开始自评。</p>")
        if st.button("开始自评", type="primary", key=f"start-{round_id}"):
            begin = lambda: start_submission(office(), person, round_id, now())  # noqa: E731 - what the button does
            attempt("start", begin, title, now(), verb="已开始自评")
            st.rerun()


def _card(person: Person, card: Card, *, whole: bool, typed_in: bool) -> None:
    with st.container(border=True, key=f"card-{card.record.id}"):
        demo = labels.tag("演示数据", "demo") if card.round.demo else ""
        st.html(
            f'<div class="dc-card-head"><h2>{verbatim.markup(full_name(card.record.division_code))}</h2>'
            f"<p><span>环节 <b>{verbatim.markup(card.label)}</b></span>"
            f"<span>{verbatim.markup(card.round.title)}</span>{_due(card.deadline)}{demo}</p></div>"
        )
        if card.refused:
            reasons = "".join(f"<li>{verbatim.markup(waiting)}</li>" for waiting in card.refused)
            st.html(f'<div class="dc-slips" role="alert"><ul class="dc-verbatim">{reasons}</ul></div>')
            return
        notices_html(card.notices)
        told = [w for w in card.waiting if not (whole and w.code == "returned_items")]  # 那些逐项列在下面
        if told:
            st.html("".join(_waiting(person, card, waiting) for waiting in told))
        if not card.waiting:
            st.html('<p class="dc-quiet">目前没有等待您办理的事项。</p>')
        if whole:
            _whole(person, card)
        else:
            if typed_in:
                own_drafts(opened_for(office(), person, card.record, card.round))
            _brief(card)


def _due(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    left = f"还有 {deadline.days_left} 天" if deadline.days_left >= 0 else f"已过 {-deadline.days_left} 天"
    words = f"{deadline.what} {deadline.day.isoformat()}，{left}"
    return labels.tag(words, "notice") if deadline.days_left < _SOON else f"<span>{verbatim.markup(words)}</span>"


def _waiting(person: Person, card: Card, waiting: Waiting) -> str:
    page = navigation.place_of(waiting.code, person.role)
    query = {"s": str(card.record.id)} | ({"row": waiting.row_ids[0]} if waiting.row_ids else {})
    words = f'<p class="dc-waiting">{verbatim.markup(waiting.text)}{_row_list(waiting.row_ids)}</p>'
    return line_html(words, page, query)


def _row_list(ids: Sequence[str]) -> str:
    shown = 16
    if not ids:
        return ""
    more = f" 等 {len(ids)} 项" if len(ids) > shown else ""
    return f"<small>{verbatim.markup('、'.join(ids[:shown]))}{more}</small>"


def _brief(card: Card) -> None:
    lines = []
    for standing in card.progress:
        met, applicable = standing.counts["met"], standing.total - standing.counts["not_applicable"]
        vetoes = sum(standing.vetoes.values())
        clear = f"一票否决已排除 {standing.vetoes['clear']}/{vetoes}，" if vetoes else ""
        word = eligibility("county", eligible=standing.eligible)
        standard = office().rules_of(card.round).standards[standing.standard]
        lines.append(
            f"<li>{verbatim.markup(labels.short_name(standard))}：自评达标 {met}/{applicable}，{clear}按填报{word}</li>"
        )
    st.html(f'<ul class="dc-brief">{"".join(lines)}</ul>')
    page = navigation.WORKBENCH
    st.page_link(entry(page), label=f"打开{page.title}", query_params={"s": str(card.record.id)})


def _whole(person: Person, card: Card) -> None:
    """A county's one submission, on its workbench in full."""
    remember(str(card.record.id))
    forms = opened_for(office(), person, card.record, card.round)
    own_drafts(forms)
    if not (forms.submission.answers or forms.submission.vetoes):
        offer(forms)
    carried_waiting(forms)
    if person.role is not Role.COUNTY_COORDINATOR:  # 地方文件对照只供参考，没有人分配就不催
        local_left(forms)
    steps(forms)
    returned_items(forms)
    if own := person.role is Role.COUNTY_DEPARTMENT:  # 先看自己的，全县的在后
        gaps(forms)
    progress(forms)
    pictures(forms, card.deadline, now())
    reminders(forms)
    checks_list(forms, row_link(forms))
    drafting_now(forms)
    moves(forms, card.offers)
    if not own:
        gaps(forms)
    move_history(forms)
    change_record(forms)
