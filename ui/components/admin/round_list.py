"""批次: the list, and a form for a new one."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scoring.kinds.figure_text import read_figure
from scoring.kinds.typed import EntryError
from storage import clock
from storage.records import RoundRecord
from ui.components import labels, verbatim
from ui.components.admin.repin import rules_word
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.pad import Pad
from ui.components.table import line, table
from ui.components.table_links import table_links
from ui.form_keys import ADMIN
from ui.rules import library
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.rounds import NewRound, add_round, rounds
from workflow.targets import NEW

SECOND_REVIEWER = "每一级的认定与推荐意见由两人分别办理：作出过认定的，不写本级推荐意见、不办理推荐"
_UNBROKEN = ("编号", "申报截止", "考察推荐截止", "状态")


def round_list(office: Office) -> None:
    """Every round with what it pins."""
    known = rounds(office)
    st.subheader(f"批次（{len(known)} 个）", anchor=False)
    if not known:
        st.info("还没有批次。请在下面新增。")
        return
    lines = [_cells(office, record) for record in known]
    unbroken = [place for place, name in enumerate(lines[0]) if name in _UNBROKEN]
    listed = table(lines[0], (line(each.values(), unbroken) for each in lines), "dc-verbatim")
    st.html(f'<div style="overflow-x:auto">{listed}</div>')
    table_links("rounds", "批次")


def _cells(office: Office, record: RoundRecord) -> dict[str, str]:
    standards = library().standards
    names = [
        labels.short_name(standards[standard_id]) if standard_id in standards else standard_id
        for standard_id in record.standards
    ]
    return {
        "编号": record.id,
        "名称": record.title,
        "标准": "、".join(names),
        "申报期": f"{record.period_first.isoformat()} 至 {record.period_last.isoformat()}",
        "申报截止": _day(record.apply_by),
        "考察推荐截止": _day(record.recommend_by),
        "每市名额": "不限" if record.quota_per_prefecture is None else str(record.quota_per_prefecture),
        "认定与意见": "两人分别办理" if record.second_reviewer else "不限",
        "状态": "已结束" if record.closed_at else "进行中",
        "演示": "演示" if record.demo else "",
        "采用的规则": rules_word(office, record),
        "标准指纹": "，".join(
            f"{name} {record.fingerprints[standard_id][:12]}"
            for standard_id, name in zip(record.standards, names, strict=True)
            if standard_id in record.fingerprints
        ),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else "未定"


def add_a_round(office: Office, person: Person) -> None:
    """The form of a new round; `workflow` checks it and says everything that is wrong at once."""
    st.subheader("新增批次", anchor=False)
    own_fragment(None, lambda: _new_round(office, person))


def _new_round(office: Office, person: Person) -> None:
    form = Form(Pad(person, ADMIN, lambda _: 0), ("round", NEW))
    short, title = st.columns([1, 3])
    with short:
        new_id = form.text("id", "编号", "", example="2018")
    with title:
        name = form.text("title", "名称", "", example="2018年首批")
    titles = {standard.id: verbatim.plain(standard.title) for standard in library().standards.values()}
    standards = form.several("standards", "采用的标准（按选择顺序显示；须同时达到）", titles, ())
    today = clock.local_date(clock.now())
    days: dict[str, date | None] = {}
    *columns, last = st.columns(5)
    for column, (day, label, proposed) in zip(columns, _days(today), strict=True):
        with column:
            days[day] = form.day(day, label, proposed, earliest=None)
    with last:
        quota = form.text("quota", "每市名额（空为不限）", "")
    two = form.tick("two", SECOND_REVIEWER, stored=False)
    if any(record.demo for record in rounds(office)):
        st.info("这里是演示环境：新增的批次都是演示批次，只供演示县（99开头的代码）申报，列表中标明“演示”。")

    def add() -> None:
        first_day, last_day = days["first"], days["last"]
        if first_day is None or last_day is None:
            raise EntryError(["请填写申报期的起止日期。"], [("first",), ("last",)])
        new = NewRound(
            id=new_id.strip(),
            title=name.strip(),
            standards=standards,
            period_first=first_day,
            period_last=last_day,
            apply_by=days["apply"],
            recommend_by=days["recommend"],
            quota_per_prefecture=read_quota(quota),
            second_reviewer=two,
        )
        add_round(office, person, new, clock.now())

    closing(form, Button("新增批次", "round-save", add, f"新增批次“{name.strip()}”"), drop="round-drop")


def _days(today: date) -> tuple[tuple[str, str, date | None], ...]:
    """The days of a round: field, label, what is proposed."""
    return (
        ("first", "申报期起", date(today.year - 1, 1, 1)),
        ("last", "申报期止", today),
        ("apply", "申报截止（可不定）", None),
        ("recommend", "考察推荐截止（可不定）", None),
    )


def read_quota(text: str) -> int | None:
    """每市名额 as typed; None where there is no limit. Raises EntryError."""
    try:
        limit = read_figure(text, "个")
    except ValueError as unreadable:
        raise EntryError([f"每市名额：{unreadable}。"], [("quota",)]) from unreadable
    if limit is not None and (not isinstance(limit, int) or limit < 1):
        raise EntryError(["每市名额：应为不小于 1 的整数，不限的留空。"], [("quota",)])
    return limit
