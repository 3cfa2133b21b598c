"""工作台 of reviewers and observers: the area's submissions, found, narrowed, sorted; the address keeps the view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from storage.clock import now
from ui.components import labels, places, verbatim
from ui.components.table_links import table_links
from ui.components.workbench.left_lying import left_lying
from ui.components.workbench.opened import opened_for
from ui.components.workbench.own_drafts import own_drafts
from ui.components.workbench.worklist_table import BACKWARDS, PAGE, SORT, Query, address, worklist_html
from ui.form_keys import submission_of
from workflow.divisions import full_name
from workflow.drafting.drafts import scopes_of
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.worklist import Only, Order, WorkLine, WorkView, by_stage, narrowed, worklist
from workflow.overview.workload import holders_of
from workflow.people import REVIEWER_LEVELS, Person

_ONLY: dict[Only, str] = {
    "waiting": "等我办理", "mine": "分给我的", "overdue": "已过期限", "quota_used": "本市名额已用",
}  # fmt: skip
_REVIEWERS_ONLY = frozenset({"waiting", "mine"})

_ON_A_PAGE = 40
_SEEN = "worklist-view"


def worklist_page(office: Office, person: Person) -> None:
    """What was typed and not saved, the counts, the choices, the table."""
    lines = worklist(office, person, now())
    if not lines:
        st.info("辖区内还没有申报。县级民政部门开始自评后会出现在这里。")
        return
    _unsaved(office, person, lines)
    _counts(person, lines)
    holders = holders_of(office, person, lines)
    left_lying(lines, holders)
    view = _view(person, lines)
    wanted = narrowed(lines, view)
    if not wanted:
        st.info("没有符合条件的申报。请放宽条件。")
        return
    page, pages = _turned(view, len(wanted))
    shown = wanted[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    query = tuple((name, value) for name in st.query_params for value in st.query_params.get_all(name))
    table = worklist_html(person.role, wanted, shown, query, holders)
    st.html(f'<div style="overflow-x:auto">{table}</div>{_pages(page, pages, len(wanted), query)}')
    table_links(
        "worklist", "申报清单", q=view.words, round=view.round_title, area=view.prefecture, stage=view.stage,
        only=sorted(view.only), sort=view.order, down=view.backwards,
    )  # fmt: skip


def _unsaved(office: Office, person: Person, lines: Iterable[WorkLine]) -> None:
    """Of each submission in which the person typed and did not save."""
    typed_in = {submission_of(scope) for scope in scopes_of(office, person)}
    for line in lines:
        if line.record.id not in typed_in:
            continue
        try:
            forms = opened_for(office, person, line.record, line.round)
        except Refused:  # 已退回县里或规则已不在，打不开
            continue
        with st.container(border=True, key=f"card-{line.record.id}"):
            name = verbatim.markup(full_name(line.record.division_code))
            st.html(f'<div class="dc-card-head"><h2>{name}</h2></div>')
            own_drafts(forms)


def _counts(person: Person, lines: Sequence[WorkLine]) -> None:
    waiting, late = sum(bool(line.waiting) for line in lines), sum(line.overdue for line in lines)
    yours = f"，其中 <b>{waiting}</b> 份等待您办理" if person.role in REVIEWER_LEVELS else ""
    overdue = f"，{labels.tag(f'已过期限 {late} 份', 'notice')}" if late else ""
    demo = labels.tag("演示数据", "demo") if all(line.round.demo for line in lines) else ""
    stages = "；".join(f"{verbatim.markup(stage)} <b>{count}</b>" for stage, count in by_stage(lines).items())
    st.html(f'<p class="dc-together">辖区内申报 <b>{len(lines)}</b> 份{yours}{overdue}。按环节：{stages} {demo}</p>')


def _view(person: Person, lines: Sequence[WorkLine]) -> WorkView:
    """The choices, each kept in the address under its key."""
    prefectures = list(dict.fromkeys(line.prefecture for line in lines))
    rounds = list(dict.fromkeys(line.round.title for line in lines))
    stages = list(by_stage(lines))
    several = {"area": len(prefectures) > 1, "round": len(rounds) > 1}
    columns = iter(st.columns([3, *(2 for name in several if several[name]), 2, 5], vertical_alignment="bottom"))
    words = next(columns).text_input(
        "查找", key="q", bind="query-params", placeholder="县名、代码、拼音或首字母", autocomplete="off"
    )
    area = _choice(next(columns), "市（地、州、盟）", prefectures, "area") if several["area"] else None
    stage = _choice(next(columns), "环节", stages, "stage")
    title = _choice(next(columns), "批次", rounds, "round") if several["round"] else None
    offered = [name for name in _ONLY if name not in _REVIEWERS_ONLY or person.role in REVIEWER_LEVELS]
    only = next(columns).pills(
        "只看", offered, selection_mode="multi", format_func=_ONLY.__getitem__, key="only", bind="query-params"
    )
    order = st.query_params.get(SORT, "")
    return WorkView(
        words=words or "",
        round_title=title or "",
        prefecture=area or "",
        stage=stage or "",
        only=frozenset(only),
        order=cast("Order", order) if order in get_args(Order) else "",
        backwards=BACKWARDS in st.query_params,
    )


def _choice(place: DeltaGenerator, label: str, options: Sequence[str], key: str) -> str | None:
    return place.selectbox(
        label, options, None, format_func=verbatim.plain, key=key, bind="query-params", placeholder="全部"
    )


def _turned(view: WorkView, how_many: int) -> tuple[int, int]:
    """The page of the address, and how many there are; another view begins at its first."""
    pages = -(-how_many // _ON_A_PAGE)
    asked = st.query_params.get(PAGE, "1")
    if st.session_state.get(_SEEN, view) != view and PAGE in st.query_params:
        del st.query_params[PAGE]
        asked = "1"
    st.session_state[_SEEN] = view
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < len("10000") else 1
    return min(max(number, 1), pages), pages


def _pages(page: int, pages: int, how_many: int, query: Query) -> str:
    """Links to the pages beside this one, and back to the usual order."""
    first, last = (page - 1) * _ON_A_PAGE + 1, min(page * _ON_A_PAGE, how_many)
    turns = ((page - 1, "上一页"), (page + 1, "下一页"))
    links = [
        places.link(address(query, **{PAGE: str(number)}), words) for number, words in turns if 1 <= number <= pages
    ]
    if any(name == SORT for name, _ in query):
        links.append(places.link(address(query, **{SORT: "", BACKWARDS: "", PAGE: ""}), "恢复默认次序"))
    if not links:
        return ""
    here = f"第 {first}–{last} 份，共 {how_many} 份"
    return f'<nav class="dc-pages" aria-label="翻页"><span>{here}</span>{"".join(links)}</nav>'
