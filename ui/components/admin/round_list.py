"""批次: the list, a form for a new one, closing."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from storage.clock import local_date
from storage.records import RoundRecord
from ui.components import labels, verbatim
from ui.components.admin.repin import rules_word
from ui.components.forms import outcome
from ui.rules import library
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.rounds import NewRound, add_round, close_round, rounds

_ADD, _CLOSE = "round-add", "round-close"
_DAY = "YYYY-MM-DD"
_UNBROKEN = ("编号", "申报截止", "考察推荐截止", "状态")


def round_list(office: Office) -> None:
    """Every round with what it pins."""
    known = rounds(office)
    st.subheader(f"批次（{len(known)} 个）", anchor=False)
    if not known:
        st.info("还没有批次。请在下面新增。")
        return
    lines = [_cells(office, record) for record in known]
    head = "".join(f"<th>{name}</th>" for name in lines[0])
    body = "".join(f"<tr>{''.join(_cell(name, words) for name, words in line.items())}</tr>" for line in lines)
    table = f'<table class="dc-table dc-verbatim"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    st.html(f'<div style="overflow-x:auto">{table}</div>')


def _cell(name: str, words: str) -> str:
    unbroken = ' style="white-space:nowrap"' if name in _UNBROKEN else ""
    return f"<td{unbroken}>{verbatim.markup(words)}</td>"


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


def _typed(field: object) -> date | None:
    """A date field's value: None where it was emptied, which Streamlit's annotations leave out."""
    return field if isinstance(field, date) else None


def add_a_round(office: Office, person: Person, now: datetime) -> None:
    """The form of a new round; `workflow` checks it and says everything that is wrong at once."""
    st.subheader("新增批次", anchor=False)
    short, title = st.columns([1, 3])
    new_id = short.text_input("编号", key="round-id", placeholder="2018", autocomplete="off")
    name = title.text_input("名称", key="round-title", placeholder="2018年首批", autocomplete="off")
    standards = st.multiselect(
        "采用的标准（按选择顺序显示；须同时达到）",
        list(library().standards),
        format_func=lambda standard_id: verbatim.plain(library().standards[standard_id].title),
        placeholder="请选择",
        key="round-standards",
    )
    first, last, apply_by, recommend_by, quota = st.columns(5)
    today = local_date(now)
    begins = first.date_input("申报期起", date(today.year - 1, 1, 1), format=_DAY, key="round-first")
    ends = last.date_input("申报期止", today, format=_DAY, key="round-last")
    apply_day = apply_by.date_input("申报截止（可不定）", None, format=_DAY, key="round-apply")
    recommend_day = recommend_by.date_input("考察推荐截止（可不定）", None, format=_DAY, key="round-recommend")
    limit = quota.number_input("每市名额（空为不限）", min_value=1, value=None, step=1, key="round-quota")
    if any(record.demo for record in rounds(office)):
        st.info("这里是演示环境：新增的批次都是演示批次，只供演示县（99开头的代码）申报，列表中标明“演示”。")
    if st.button("新增批次", type="primary", key="round-save"):
        first_day, last_day = _typed(begins), _typed(ends)
        if first_day is None or last_day is None:
            st.warning("请填写申报期的起止日期。")
            return
        new = NewRound(
            id=new_id.strip(),
            title=name.strip(),
            standards=tuple(standards),
            period_first=first_day,
            period_last=last_day,
            apply_by=_typed(apply_day),
            recommend_by=_typed(recommend_day),
            quota_per_prefecture=None if limit is None else int(limit),
        )
        outcome.attempt(_ADD, lambda: add_round(office, person, new, now), f"新增批次“{new.title}”", now)
        st.rerun()
    outcome.outcome(_ADD)


def close_a_round(office: Office, person: Person, now: datetime) -> None:
    """The form that ends a round: no more moves in it, everything stays readable."""
    st.subheader("结束批次", anchor=False)
    running = {record.id: record for record in rounds(office) if record.closed_at is None}
    outcome.outcome(_CLOSE)
    if not running:
        st.caption("没有进行中的批次。")
        return
    chosen = st.selectbox(
        "批次",
        list(running),
        format_func=lambda round_id: verbatim.plain(running[round_id].title),
        key="round-to-close",
    )
    sure = st.checkbox("已核对。结束后本批次不能再办理任何事项，内容仍可查看，不能恢复", key=f"round-sure-{chosen}")
    if st.button("结束批次", key="round-close", disabled=not sure):
        title = running[chosen].title
        outcome.attempt(_CLOSE, lambda: close_round(office, person, chosen, now), f"结束批次“{title}”", now)
        st.rerun()
