"""账号名单: a list is read and shown line by line; nothing is made before 建立, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
import streamlit as st

from scoring.spreadsheets.tables import Table, table_xlsx
from storage import clock
from ui.components import verbatim
from ui.components.column_widths import fitted
from ui.components.forms.outcome import show_refusal
from ui.web.papers.once import KEPT_FOR, hand_out_once, still_waits
from workflow.accounts.account_lists import COLUMNS
from workflow.accounts.listed_accounts import ListPreview, PreviewedLine, make_listed, preview_list
from workflow.accounts.slips import printed_slips
from workflow.divisions import full_name, is_county
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.departments import rows_seen
from workflow.people import ROLE_LABELS, Person, Role
from workflow.permissions import ACCOUNT_MAKERS

_UPLOADS, _MADE = "account-lists", "account-list-made"
_WIDEST = 420
_FAULTS_SHOWN = 30
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def accounts_from_list(office: Office, person: Person) -> None:
    """Choose a list, read what it would make, make it, fetch the slips."""
    st.subheader("照名单建立账号", anchor=False)
    words, empty = st.columns([8, 2], vertical_alignment="center")
    words.caption(
        f"CSV 或 XLSX，第一行是表头：{'、'.join(COLUMNS.values())}（代码、名称填一项即可；部门只有分工填报的要填）。"
        "先逐行检查，按“建立”以前什么都不写入。"
    )
    empty.download_button(
        "空白名单", _empty_list(person), "账号名单.xlsx", _XLSX, key="account-list-empty", width="stretch"
    )
    key = f"account-list-{st.session_state.get(_UPLOADS, 0)}"
    uploaded = st.file_uploader("账号名单（CSV 或 XLSX）", type=["csv", "txt", "xlsx"], key=key)
    _slips_waiting()
    if uploaded is None:
        return
    try:
        preview = preview_list(office, person, uploaded.getvalue())
    except Refused as refused:
        show_refusal(refused.reasons)
        return
    _shown(preview, _seen(office, preview))
    ready = not preview.faults
    if st.button(f"建立 {len(preview.new)} 个账号", type="primary", key="account-list-make", disabled=not ready):
        _make(office, person, preview)


def _empty_list(person: Person) -> bytes:
    """The headings, and one line to be written over."""
    role = next(
        role for role in (Role.COUNTY_DEPARTMENT, Role.COUNTY_COORDINATOR) if role in ACCOUNT_MAKERS[person.role]
    )
    code = person.division_code if is_county(person.division_code) else ""
    unit = "请改：县公安局" if role is Role.COUNTY_DEPARTMENT else ""
    example = ("请改：xiaoming", "请改：张三", ROLE_LABELS[role], code, full_name(code) if code else "", unit)
    return table_xlsx(Table("账号名单", tuple(COLUMNS.values()), (example,)))


def _seen(office: Office, preview: ListPreview) -> Mapping[tuple[str, str], str]:
    """By county and department what its accounts would see, in words."""
    units: dict[str, list[str]] = {}
    for new in preview.new:
        if new.role is Role.COUNTY_DEPARTMENT and new.unit:
            units.setdefault(new.division_code, []).append(new.unit)
    return {
        (code, unit): seen.words for code, of in units.items() for unit, seen in rows_seen(office, code, (*of,)).items()
    }


def _shown(preview: ListPreview, seen: Mapping[tuple[str, str], str]) -> None:
    faulty = [line for line in preview.lines if line.faults]
    if preview.ignored:
        st.caption(verbatim.markdown(f"没有采用的列：{'、'.join(preview.ignored)}。"))
    if faulty:
        st.error(
            f"名单 {len(preview.lines)} 行：可建立 {len(preview.new)} 行，要改 {len(faulty)} 行。"
            "请在名单中改好后重新选择文件；全部可建立时才能一起建立。"
        )
        st.html(f'<ul class="dc-verbatim">{"".join(_fault_lines(preview))}</ul>')
    else:
        st.success(f"名单 {len(preview.lines)} 行都可建立。请核对后按“建立”。")
    cells = [_cells(line, seen) for line in (*faulty, *(line for line in preview.lines if not line.faults))]
    widths = {name: fitted(name, (row[name] for row in cells), _WIDEST) for name in cells[0]}
    columns = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
    st.dataframe(pd.DataFrame(cells), hide_index=True, alt="名单各行", column_config=columns)


def _fault_lines(preview: ListPreview) -> Iterator[str]:
    for fault in preview.faults[:_FAULTS_SHOWN]:
        yield f"<li>{verbatim.markup(str(fault))}</li>"
    if len(preview.faults) > _FAULTS_SHOWN:
        yield f"<li>另有 {len(preview.faults) - _FAULTS_SHOWN} 处，见下表。</li>"


def _cells(line: PreviewedLine, seen: Mapping[tuple[str, str], str]) -> dict[str, str]:
    new = line.new
    where = f"{full_name(new.division_code)}（{new.division_code}）" if new else line.texts.get("division", "")
    return {
        "行": str(line.number),
        "结果": f"要改 {len(line.faults)} 处" if line.faults else "可建立",
        "账号": verbatim.plain(line.texts.get("username", "")),
        "姓名": verbatim.plain(line.texts.get("display_name", "")),
        "角色": ROLE_LABELS[new.role] if new else verbatim.plain(line.texts.get("role", "")),
        "行政区划": verbatim.plain(where),
        "部门": verbatim.plain((new.unit if new else None) or line.texts.get("unit", "")),
        "将看到": seen.get((new.division_code, new.unit or ""), "") if new else "",
    }


def _make(office: Office, person: Person, preview: ListPreview) -> None:
    count = len(preview.new)
    bar = st.progress(0.0, text=f"正在生成密码：0/{count}。请不要离开本页。")

    def told(done: int) -> None:
        bar.progress(done / count, text=f"正在生成密码：{done}/{count}。请不要离开本页。")

    try:
        made = make_listed(office, person, preview.new, clock.now(), told=told)
    except Refused as refused:
        bar.empty()
        show_refusal(refused.reasons)
        return
    slips = printed_slips(person, made)
    address = hand_out_once(person.account_id, f"账号通知单-{count}个.pdf", slips.pdf)
    st.session_state[_MADE] = count, address
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    st.rerun()


def _slips_waiting() -> None:
    """Where the slips can be fetched, as long as they can."""
    count, address = st.session_state.get(_MADE, (0, ""))
    if not address:
        return
    minutes = int(KEPT_FOR.total_seconds() // 60)
    if still_waits(address):
        st.success(f"已建立 {count} 个账号。通知单每页一个账号，只能下载一次，{minutes} 分钟内有效；密码不留存。")
        st.html(f'<p><a class="dc-print" href="{address}" target="_blank" rel="noopener">下载账号通知单（PDF）</a></p>')
    else:
        st.info(f"已建立 {count} 个账号，通知单已下载或已过期。没有拿到初始密码的，请逐个重置密码。")
