"""新建空白填报: a county that has no file yet begins here, with a name, a round and nothing answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from indicators import ProblemsError
from scoring.entry.register import read_date
from scoring.exchange.reading import read_submission_data
from scoring.kinds.typed import EntryError
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.pad import Pad
from ui.form_keys import TRIAL
from ui.identity import current_person
from ui.rules import library
from workflow.targets import NEW

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


def new_submission(begin: Callable[[Submission], None]) -> None:
    """The form; ``begin`` takes the empty submission once it is asked for and the exchange reader takes it."""
    st.subheader("新建空白填报", anchor=False)
    st.caption("还没有文件的县从这里开始：建立一份空白填报，填好后下载保存。")
    own_fragment(None, lambda: _form(begin))


def _form(begin: Callable[[Submission], None]) -> None:
    form = Form(Pad(current_person(), TRIAL, lambda _: 0), ("new", NEW))
    typed = {place: _field(form, place) for place in ("division.code", "division.name", "round.id")}
    for column, place in zip(st.columns(2), _DAYS, strict=True):
        with column:
            typed[place] = _field(form, place)
    titles = {each.id: verbatim.plain(labels.short_name(each)) for each in library().standards.values()}
    chosen = form.several(*_STANDARDS, titles, list(titles))
    made: list[Submission] = []
    button = Button(
        "新建", "new-submission-wanted", lambda: made.append(_made(typed, chosen)), "空白填报", verb="已新建",
        then=lambda: begin(made[0]),
    )  # fmt: skip
    closing(form, button, drop="new-submission-drop")


def _field(form: Form, place: str) -> str:
    label, example = _FIELDS[place]
    return form.text(place, label, "", example=f"例如 {example}").strip()


def _made(typed: Mapping[str, str], standards: Sequence[str]) -> Submission:
    """Raises `EntryError`."""
    slips = {place: "没有填写，请填写" for place, text in typed.items() if not text}
    days = dict.fromkeys(_DAYS, "")
    for place in _DAYS:
        try:
            day = read_date(typed[place])
        except ValueError as unreadable:
            slips[place] = str(unreadable)
        else:
            days[place] = day.isoformat() if day else ""
    if not slips:
        data = {
            "format": 1,
            "round": {
                "id": typed["round.id"],
                "standards": list(standards),
                "period": {"from": days["round.period.from"], "to": days["round.period.to"]},
            },
            "division": {"code": typed["division.code"], "name": typed["division.name"]},
        }
        try:
            return read_submission_data(data, SOURCE, library())
        except ProblemsError as refused:
            slips = {problem.where: problem.message for problem in refused.problems}
    raise EntryError([f"{_label(place)}：{slip}。" for place, slip in slips.items()], [(place,) for place in slips])


def _label(where: str) -> str:
    return _STANDARDS[1] if where == _STANDARDS[0] else _FIELDS[where][0] if where in _FIELDS else where
