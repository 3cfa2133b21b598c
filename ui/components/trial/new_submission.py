"""新建空白填报: a county that has no file yet begins here, with a name, a round and nothing answered."""

from __future__ import annotations

import streamlit as st

from indicators import ProblemsError
from scoring.entry.register import read_date
from scoring.exchange.reading import read_submission_data
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.problems import show_slips
from ui.rules import library

SOURCE = "新建填报"
_FIELDS = {
    "division.code": ("行政区划代码（六位）", "990121"),
    "division.name": ("县（市、区、旗）名称", "甲县"),
    "round.id": ("批次", "2018"),
    "round.period.from": ("申报期起", "2017-01-01"),
    "round.period.to": ("申报期止", "2018-06-30"),
}
_STANDARDS = ("round.standards", "对照的标准")
_DAYS = ("round.period.from", "round.period.to")


def new_submission() -> Submission | None:
    """The form; the empty submission once it is asked for and the exchange reader takes it, else None."""
    st.subheader("新建空白填报", anchor=False)
    st.caption("还没有文件的县从这里开始：建立一份空白填报，填好后下载保存。")
    slips = st.container()
    with st.form("new-submission"):
        typed = {place: _field(place) for place in ("division.code", "division.name", "round.id")}
        for column, place in zip(st.columns(2), _DAYS, strict=True):
            with column:
                typed[place] = _field(place)
        standards = library().standards
        chosen = st.multiselect(
            _STANDARDS[1],
            list(standards),
            list(standards),
            format_func=lambda standard_id: verbatim.plain(labels.short_name(standards[standard_id])),
            key="new-standards",
            placeholder="请选择",
        )
        wanted = st.form_submit_button("新建", key="new-submission-wanted", width="stretch")
    if not wanted:
        return None
    with slips:
        return _made(typed, chosen)


def _field(place: str) -> str:
    label, example = _FIELDS[place]
    return st.text_input(label, key=f"new-{place}", placeholder=f"例如 {example}", autocomplete="off").strip()


def _made(typed: dict[str, str], standards: list[str]) -> Submission | None:
    slips = [f"{_FIELDS[place][0]}：没有填写，请填写。" for place, text in typed.items() if not text]
    days = dict.fromkeys(_DAYS, "")
    for place in _DAYS:
        try:
            day = read_date(typed[place])
        except ValueError as unreadable:
            slips.append(f"{_FIELDS[place][0]}：{unreadable}。")
        else:
            days[place] = day.isoformat() if day else ""
    if not slips:
        data = {
            "format": 1,
            "round": {
                "id": typed["round.id"],
                "standards": standards,
                "period": {"from": days["round.period.from"], "to": days["round.period.to"]},
            },
            "division": {"code": typed["division.code"], "name": typed["division.name"]},
        }
        try:
            return read_submission_data(data, SOURCE, library())
        except ProblemsError as refused:
            slips = [f"{_label(problem.where)}：{problem.message}。" for problem in refused.problems]
    show_slips(slips, head="没有建立，请改正以下各处：")
    return None


def _label(where: str) -> str:
    return _STANDARDS[1] if where == _STANDARDS[0] else _FIELDS[where][0] if where in _FIELDS else where
