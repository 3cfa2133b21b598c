"""批次: what may change of an open round (deadlines, quota, two reviewers), with a reason; a round closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from scoring.substance import LEAST_HAN
from storage import clock
from storage.records import RoundRecord, SubmissionRecord
from ui.components import verbatim
from ui.components.admin.round_list import SECOND_REVIEWER, read_quota
from ui.components.forms import outcome
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.pad import Pad
from ui.form_keys import ADMIN
from workflow.divisions import full_name
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.extending import extend, extendable
from workflow.rounds.rounds import change_round, close_round, rounds

_CLOSE = "round-close"


def change_a_round(office: Office, person: Person) -> None:
    """Choose an open round and change what may change; its rules and its period stay."""
    st.subheader("修改期限、名额和办理要求", anchor=False)
    running = _running(office)
    if not running:
        st.caption("没有进行中的批次。")
        return
    chosen = _choice(running, "round-to-change")
    own_fragment(None, lambda: _change(office, person, running[chosen]))


def _change(office: Office, person: Person, record: RoundRecord) -> None:
    form = Form(Pad(person, ADMIN, lambda _: 0), ("round", record.id))
    title, apply, recommend, limit = st.columns([3, 2, 2, 2])
    with title:
        name = form.text("title", "名称", record.title)
    with apply:
        apply_by = form.day("apply", "申报截止（空为不定）", record.apply_by, earliest=None)
    with recommend:
        recommend_by = form.day("recommend", "考察推荐截止（空为不定）", record.recommend_by, earliest=None)
    with limit:
        quota = form.text("quota", "每市名额（空为不限）", str(record.quota_per_prefecture or ""))
    two = form.tick("two", SECOND_REVIEWER, stored=record.second_reviewer)
    why = form.text("reason", f"改动的理由（记入操作日志，不少于{LEAST_HAN}个汉字）", "", tall=70)
    st.caption("申报截止改了，各县材料日期的截止日随之改变，逐县重新判断；标准和申报期不能改。")

    def change() -> None:
        change_round(
            office, person, record.id, clock.now(), why,
            title=name.strip(), apply_by=apply_by, recommend_by=recommend_by, quota_per_prefecture=read_quota(quota),
            second_reviewer=two,
        )  # fmt: skip

    closing(form, Button("保存改动", "round-change", change, f"批次“{record.title}”的改动"), drop="round-change-drop")


def extend_a_county(office: Office, person: Person) -> None:
    """A later deadline for one county that has begun and not sent up what it fills in."""
    st.subheader("个别县延期", anchor=False)
    running = {round_id: one for round_id, one in _running(office).items() if one.apply_by is not None}
    if not running:
        st.caption("没有进行中、定了申报截止的批次。")
        return
    chosen = _choice(running, "round-to-extend")
    counties = {str(one.id): one for one in extendable(office, person, chosen)}
    if not counties:
        st.caption("没有正在填报的县。已经上报后退回补正的，由退回的一级延长补正期限。")
        return
    own_fragment(None, lambda: _extend(office, person, running[chosen], counties))


def _extend(office: Office, person: Person, record: RoundRecord, counties: Mapping[str, SubmissionRecord]) -> None:
    form = Form(Pad(person, ADMIN, lambda _: 0), ("extension", record.id))
    names = {
        number: verbatim.plain(full_name(one.division_code))
        + (f"（已延至 {one.extended_to}）" if one.extended_to else "")
        for number, one in counties.items()
    }
    county, day, why = st.columns([3, 2, 4])
    with county:
        number = form.choice("county", "县（市、区、旗）", names, next(iter(names)), folded=True)
    with day:
        to = form.day("to", f"申报截止延至（原为 {record.apply_by}）", None, earliest=None)
    with why:
        reason = form.text("reason", f"理由（记入操作日志，不少于{LEAST_HAN}个汉字）", "", tall=70)
    act = lambda: extend(office, person, int(number), clock.now(), to=to, why=reason)  # noqa: E731 - beside its button
    told = f"{counties[number].division_name}延期"
    closing(form, Button("延期", "round-extend", act, told, verb="已办理"), drop="round-extend-drop")


def close_a_round(office: Office, person: Person, now: datetime) -> None:
    """The form that ends a round: no more moves in it, everything stays readable."""
    st.subheader("结束批次", anchor=False)
    running = _running(office)
    outcome.outcome(_CLOSE)
    if not running:
        st.caption("没有进行中的批次。")
        return
    chosen = _choice(running, "round-to-close")
    sure = st.checkbox("已核对。结束后本批次不能再办理任何事项，内容仍可查看，不能恢复", key=f"round-sure-{chosen}")
    if st.button("结束批次", key="round-close", disabled=not sure):
        title = running[chosen].title
        outcome.attempt(_CLOSE, lambda: close_round(office, person, chosen, now), f"结束批次“{title}”", now)
        st.rerun()


def _running(office: Office) -> dict[str, RoundRecord]:
    return {record.id: record for record in rounds(office) if record.closed_at is None}


def _choice(running: dict[str, RoundRecord], key: str) -> str:
    titles = {round_id: verbatim.plain(record.title) for round_id, record in running.items()}
    return st.selectbox("批次", list(titles), format_func=titles.__getitem__, key=key)
