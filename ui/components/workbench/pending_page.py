"""待办汇总: how many submissions are at which stage, what waits for which office, and the same as a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from scoring.spreadsheets.tables import CellValue
from storage.clock import now
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.review.round_choice import round_choice
from ui.components.table import table
from ui.components.table_links import table_links
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.pending import Pending, by_office, pending
from workflow.people import COUNTY_ROLES, Person
from workflow.tables.area import PENDING_COLUMNS, pending_cells

_UNBROKEN = (1, 5, 6, 7, 8)
_LISTED = 300


def pending_page(office: Office, person: Person) -> None:
    """The choices, the counts, the table and its downloads."""
    which, whose = st.columns(2)
    round_id = round_choice(office, which, "pending-round", running=True)
    if round_id is None:
        return
    try:
        found = pending(office, person, round_id, now())
    except Refused as error:
        st.error(verbatim.markdown("；".join(error.reasons)))
        return
    if not found:
        st.info("您的辖区内在本批次没有等待办理的事项。")
        return
    offices = by_office(found)
    chosen = whose.selectbox(
        "经办单位",
        ["", *offices],
        format_func=lambda name: verbatim.plain(f"{name}（{len(offices[name])} 件）" if name else "全部"),
        key="pending-office",
    )
    shown = offices.get(chosen, found)
    _counts(shown)
    _table(shown, person, round_id, chosen)


def _counts(found: Sequence[Pending]) -> None:
    late = sum(one.deadline is not None and one.deadline.days_left < 0 for one in found)
    stages = Counter(stage for _, stage in dict.fromkeys((one.division_code, one.stage) for one in found))
    each = "；".join(f"{verbatim.markup(stage)} <b>{count}</b> 县" for stage, count in stages.most_common())
    overdue = f"，其中已过期限 {labels.tag(f'{late} 件', 'notice')}" if late else ""
    st.html(f'<p class="dc-together">等待办理 <b>{len(found)}</b> 件{overdue}。按环节：{each}</p>')


def _table(found: Sequence[Pending], person: Person, round_id: str, office: str) -> None:
    shown = table(PENDING_COLUMNS, (_line(one, person) for one in found[:_LISTED]), "dc-verbatim")
    st.html(f'<div style="overflow-x:auto">{shown}</div>')
    if len(found) > _LISTED:
        st.caption(f"另有 {len(found) - _LISTED} 件未列出，见下载的清单。")
    table_links("pending", "待办汇总", round=round_id, office=office)


def _line(one: Pending, person: Person) -> str:
    """The matter is a link to where it is seen or done."""
    cells = [verbatim.markup(_shown(cell)) for cell in pending_cells(one)]
    address = _address(one, person)
    if one.account:
        cells[1] = labels.tag(one.account, "notice")
    if address:
        cells[2] = places.link(address, one.what)
    whole = (
        f'<td class="dc-whole">{cell}</td>' if at in _UNBROKEN else f"<td>{cell}</td>" for at, cell in enumerate(cells)
    )
    return f"<tr>{''.join(whole)}</tr>"


def _address(one: Pending, person: Person) -> str:
    """Of the county's own workbench or the reviewer's page; empty where nothing was begun."""
    page = navigation.WORKBENCH if person.role in COUNTY_ROLES else navigation.place_of("read", person.role)
    return "" if one.submission_id is None or page is None else f"/{page.path}?s={one.submission_id}"


def _shown(value: CellValue) -> str:
    return "" if value is None else str(value)
