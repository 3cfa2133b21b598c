"""Dividing counties or sections of them among the office's people; handing over everything of somebody."""

from __future__ import annotations

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.substance import LEAST_HAN
from storage import clock
from ui.components import verbatim
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.pad import Pad
from ui.form_keys import ADMIN
from workflow.office import Office
from workflow.overview.holder_words import holder_words
from workflow.overview.worklist import WorkLine
from workflow.overview.workload import Desk
from workflow.people import Person
from workflow.reviewing.assigning import assign, hand_over_reviews

_BACK = ""  # in place of a username: taken back


def assign_form(office: Office, person: Person, at: Desk) -> None:
    """Counties one by one or a prefecture's at once, whole or some sections, to one of the office."""
    st.subheader("分工", anchor=False)
    form = Form(Pad(person, ADMIN, lambda _: 0), ("dividing", "counties"))
    people = {name: verbatim.plain(holder_words(one)) for name, one in at.holders.items() if one.here}
    prefectures = {one.prefecture: verbatim.plain(one.prefecture) for one in at.lines}
    who, what = st.columns([2, 3])
    with who:
        to = form.choice("to", "分给", {**people, _BACK: "（收回，不分给任何人）"}, next(iter(people)), folded=True)
    with what:
        sections = form.several(
            "sections", "只分其中的部分（不选即整县）", {one: verbatim.plain(t) for one, t in at.sections.items()}, (),
            empty="整县",
        )  # fmt: skip
    several = len(prefectures) > 1, len({one.round.id for one in at.lines}) > 1
    counties = {str(one.record.id): verbatim.plain(_name(one, *several)) for one in at.lines}
    chosen = form.several("counties", "县（市、区、旗）", counties, (), empty="可选多个，输入文字查找")
    areas: tuple[str, ...] = ()
    if several[0]:
        areas = form.several("areas", "按市（地、州、盟）选取，其中还没有分工的县全部选上", prefectures, ())

    def give() -> None:
        whole = {one.record.id for one in at.lines if one.prefecture in areas and not one.shares}
        every = {*map(int, chosen), *whole}
        if not every:
            raise EntryError(["没有选县：请选取要分工的县，或者选取还有县没有分工的市。"], [("counties",)])
        assign(office, person, every, to or None, clock.now(), sections=sections)

    closing(form, Button("保存分工", "save-dividing", give, "评审分工"), drop="drop-dividing")


def hand_over_form(office: Office, person: Person, at: Desk) -> None:
    """Everything of one who leaves, or is away for long; with the reason."""
    having = {name: one for name, one in at.holders.items() if at.loads[name].counties or at.loads[name].parts}
    people = {name: verbatim.plain(holder_words(one)) for name, one in at.holders.items() if one.here}
    if not having:
        return
    st.subheader("移交", anchor=False)
    if not any(name != other for name in having for other in people):
        st.caption("本单位只有这一个评审账号，没有可以移交的人。请上级民政部门或系统管理员在“账号”页增设。")
        return
    form = Form(Pad(person, ADMIN, lambda _: 0), ("dividing", "everything"))
    gone = [name for name, one in having.items() if not one.here]  # 先列已停用的
    leaving, taking = st.columns(2)
    with leaving:
        options = {
            name: verbatim.plain(holder_words(having[name]) + ("，已停用或调离" if name in gone else ""))
            for name in (*gone, *(name for name in having if name not in gone))
        }
        of = form.choice("leaving", "把谁名下的全部移交", options, next(iter(options)), folded=True)
    with taking:
        to = form.choice("to", "移交给", people, next(iter(people)), folded=True)
    why = form.text("reason", f"理由（记入操作日志，不少于{LEAST_HAN}个汉字）", "", tall=70)
    act = lambda: hand_over_reviews(office, person, of, to, clock.now(), why=why)  # noqa: E731 - beside its button
    closing(form, Button("全部移交", "hand-over-dividing", act, "评审分工", verb="已移交"), drop="drop-handing-over")


def _name(one: WorkLine, prefectures: bool, rounds: bool) -> str:
    return (
        f"{one.prefecture if prefectures else ''}{one.record.division_name}{f'（{one.round.title}）' if rounds else ''}"
    )
