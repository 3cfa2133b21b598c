"""退回补正 on the county's side: the notice's items, what became of each, and a word where nothing needs changing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from indicators.model import Indicator
from storage.clock import now
from ui import navigation
from ui.components import labels, verbatim
from ui.components.case.entry_words import entry_name
from ui.components.case.stored_forms import StoredForms
from ui.components.county.figure_links import row_link
from ui.components.forms.outcome import attempt, conflict, first_clash, forget, outcome
from ui.components.review.changes import changed_words, changes, county_changes
from workflow.people import Role
from workflow.procedure.reviewing import corrections_made
from workflow.states import State
from workflow.submission.corrections import EXPLANATION, Correction, correction_target
from workflow.submission.saving import Edit, save
from workflow.targets import Target, form_field

LEVELS = {"prefecture": "市级", "province": "省级"}


def returned_items(desk: StoredForms) -> None:
    """What the open return lists, how far it is mended, and until when; each item leads to its place.

    Once mended and handed over, what the government reads before it signs.
    """
    return_response(desk)
    found = desk.snapshot.open_return
    if found is None or desk.snapshot.state is not State.RETURNED:
        return
    made = desk.snapshot.corrections
    met = sum(one.met for one in made)
    others = desk.person.role is Role.COUNTY_GOVERNMENT
    due = _due(found.due, others=others)
    st.subheader(f"{LEVELS.get(found.level, '')}退回补正（已补正或说明 {met}/{len(made)} 项{due}）", anchor=False)
    if met < len(made):
        left = "、".join(f"第 {one.item.number} 项" for one in made if not one.met)
        whose = "由县级民政部门逐项办理后，再送县级人民政府。" if others else "逐项办理后才能送县级人民政府。"
        st.html(f'<p class="dc-unsaved">还没有改动、也没有说明的：{left}。{whose}</p>')
    for one in made:
        with st.container(border=True):
            _item(desk, one)


def returned_meanwhile(desk: StoredForms) -> None:
    """For the government while others mend: what it waits for, above a result that is not the last word."""
    found = desk.snapshot.open_return
    if found is None or desk.snapshot.state is not State.RETURNED or desk.person.role is not Role.COUNTY_GOVERNMENT:
        return
    made = desk.snapshot.corrections
    due = _due(found.due, others=True)
    st.info(
        f"{LEVELS.get(found.level, '')}已退回补正：列明 {len(made)} 项，县级民政部门已补正或说明"
        f" {sum(one.met for one in made)} 项{due}。补正后再次报送，请届时核对并重新出具意见。"
    )


def returned_note(desk: StoredForms, row_id: str) -> None:
    """Beside what is to be mended: the item's number, reason, the date it is due, and how it stands."""
    found = desk.snapshot.open_return
    one = next((c for c in desk.snapshot.corrections if c.item.row_id == row_id), None)
    if found is None or one is None:
        return
    due = _due(found.due, others=desk.person.role is Role.COUNTY_GOVERNMENT)
    st.html(
        f'<div class="dc-returned"><p><b>{LEVELS.get(found.level, "")}退回补正第 {one.item.number} 项</b>{due} '
        f'{_mark(one)}</p><p class="dc-verbatim">{verbatim.markup(one.item.reason)}</p>{_said(one)}</div>'
    )
    if desk.snapshot.state is State.RETURNED:
        _explanation(desk, one, "row")


def _due(day: date | None, *, others: bool) -> str:
    """Until when; to those who mend as a request, to ``others`` as a date."""
    if day is None:
        return ""
    return f"，补正期限 {day.isoformat()}" if others else f"，请于 {day.isoformat()} 前补正"


def _item(desk: StoredForms, one: Correction) -> None:
    link, words = st.columns([2, 7], vertical_alignment="center")
    field = form_field(one.item.row_id)
    if field is None:
        page, query = navigation.ASSESS, {"row": one.item.row_id}
        label = labels.row_name(_row(desk, one.item.row_id))
    else:
        page, query = navigation.APPLICATION, {}
        label = entry_name(desk, Target.form(field))
    link.page_link(page.script, label=label, query_params={"s": str(desk.id), **query})
    asked = f"第 {one.item.number} 项：{verbatim.markup(one.item.reason)}"
    words.html(f'<p class="dc-waiting dc-verbatim">{asked} {_mark(one)}</p>{_said(one)}')
    _explanation(desk, one, "bench")


def _mark(one: Correction) -> str:
    if one.changed:
        return labels.tag("已改动")
    return labels.tag("已说明") if one.said else labels.tag("尚未补正", "notice")


def _said(one: Correction) -> str:
    return f'<p class="dc-quiet dc-verbatim">县级说明：{verbatim.markup(one.said)}</p>' if one.said else ""


def _explanation(desk: StoredForms, one: Correction, where: str) -> None:
    """The field for a word, folded away; nothing for who may not write it."""
    returned = desk.snapshot.open_return
    if returned is None:
        return
    target = correction_target(returned, one.item)
    if desk.why_not(target) is not None:
        return
    place, version = desk.place("correction", one.item.number), desk.snapshot.version(target)
    stands = st.session_state.get(f"{place}|open", False)
    title = "修改说明" if one.said else "补充说明" if one.changed else "无须改动的，写明情况"
    with st.expander(title, expanded=stands):
        typed = st.text_area(
            "说明（评审人员可以看到；清空后保存即撤回）" if one.said else "说明（评审人员可以看到）",
            one.said,
            key=f"{place}|{where}|{version}",
            height=90,
            persist_state="session",
        )
        wanted = st.button("保存说明", key=f"{place}|{where}|save")
        if wanted and not typed.strip() and not one.said:
            st.warning("请先写明情况，再保存。")
            wanted = False
        outcome(place)
        choice = conflict(place, lambda body: (body or {}).get(EXPLANATION) or "（没有说明）")
    if choice == "theirs":
        forget(place)
        st.rerun()
    if not (wanted or choice == "mine"):
        return
    seen = first_clash(place).current_version if choice == "mine" else version
    body = {EXPLANATION: typed.strip()} if typed.strip() else None
    edit = Edit(target, body, seen)
    done = attempt(
        place,
        lambda: save(desk.office, desk.person, desk.id, [edit], now()),
        f"第 {one.item.number} 项的说明",
        now(),
    )
    st.session_state[f"{place}|open"] = not done
    st.rerun()


def _row(desk: StoredForms, row_id: str) -> Indicator:
    return next(row for standard in desk.standards for row in standard.rows() if row.id == row_id)


def return_response(desk: StoredForms) -> None:
    """The reviewer's items, the county's explanations and changes; nothing unless it waits to be released again."""
    if desk.snapshot.state is not State.AWAITING_GOVERNMENT or desk.snapshot.open_return is None:
        return
    if desk.person.role is Role.COUNTY_DEPARTMENT:
        return
    returned = corrections_made(desk.office, desk.person, desk.id)
    found = county_changes(desk)
    signs = desk.person.role is Role.COUNTY_GOVERNMENT
    step = "请核对后再出具意见并上报。" if signs else "等待县级人民政府核对、出具意见并上报。"
    st.info(f"{changed_words(found, returned) or '退回补正后县里没有改动'}。{step}")
    changes(desk, found, returned, row_link(desk))
