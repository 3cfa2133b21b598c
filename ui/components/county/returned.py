"""退回补正 on the county's side: the notice's items, what was changed for each, and the county's explanations."""

from __future__ import annotations

from datetime import date

import streamlit as st

from indicators.model import Indicator
from scoring.kinds.typed import EntryError
from scoring.substance import LEAST_HAN
from scoring.wording import LEVEL_NAMES
from ui import navigation
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.county.figure_links import row_link
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.review.changes import changed_words, changes, county_changes
from ui.menu import entry
from workflow.people import Role
from workflow.procedure.reviewing import corrections_made
from workflow.remarks.explanations import EXPLANATION
from workflow.states import State
from workflow.submission.corrections import Correction, correction_target
from workflow.targets import Target, form_field
from workflow.words.entries import entry_name


def returned_items(forms: StoredForms) -> None:
    """The open return's items, how many are answered, and the due date; each item links to its place.

    Once handed over again, what the government reads before it signs.
    """
    return_response(forms)
    notice = forms.snapshot.open_return
    if notice is None or forms.snapshot.state is not State.RETURNED:
        return
    corrections = forms.snapshot.corrections
    answered = sum(correction.met for correction in corrections)
    others = forms.person.role is Role.COUNTY_GOVERNMENT
    due = _due(notice.due, others=others)
    st.subheader(
        f"{LEVEL_NAMES.get(notice.level, '')}退回补正（已补正或说明 {answered}/{len(corrections)} 项{due}）",
        anchor=False,
    )
    if notice.reason:
        st.html(f'<p class="dc-verbatim">总的说明：{verbatim.markup(notice.reason)}</p>')
    if answered < len(corrections):
        left = "、".join(f"第 {correction.item.number} 项" for correction in corrections if not correction.met)
        whose = "由县级民政部门逐项办理后，再送县级人民政府。" if others else "逐项办理后才能送县级人民政府。"
        st.html(f'<p class="dc-unsaved">还没有改动、也没有说明的：{left}。{whose}</p>')
    for correction in corrections:
        with st.container(border=True):
            _item(forms, correction)


def returned_meanwhile(forms: StoredForms) -> None:
    """For the government while the department corrects: a notice above a result that is not final."""
    notice = forms.snapshot.open_return
    if notice is None or forms.snapshot.state is not State.RETURNED or forms.person.role is not Role.COUNTY_GOVERNMENT:
        return
    corrections = forms.snapshot.corrections
    due = _due(notice.due, others=True)
    st.info(
        f"{LEVEL_NAMES.get(notice.level, '')}已退回补正：列明 {len(corrections)} 项，县级民政部门已补正或说明"
        f" {sum(correction.met for correction in corrections)} 项{due}。补正后再次报送，请届时核对并重新出具意见。"
    )


def returned_note(forms: StoredForms, row_id: str) -> None:
    """Beside a returned row or field: the item's number, reason, due date, and whether it is answered."""
    notice = forms.snapshot.open_return
    correction = next((each for each in forms.snapshot.corrections if each.item.row_id == row_id), None)
    if notice is None or correction is None:
        return
    due = _due(notice.due, others=forms.person.role is Role.COUNTY_GOVERNMENT)
    item = correction.item
    st.html(
        f'<div class="dc-returned"><p><b>{LEVEL_NAMES.get(notice.level, "")}退回补正第 {item.number} 项</b>{due} '
        f'{_mark(correction)}</p><p class="dc-verbatim">{verbatim.markup(item.reason)}</p>{_said(correction)}</div>'
    )
    if forms.snapshot.state is State.RETURNED:
        _explanation(forms, correction, "row")


def _due(day: date | None, *, others: bool) -> str:
    """The due date in words: a request to those who correct, a plain date to ``others``."""
    if day is None:
        return ""
    return f"，补正期限 {day.isoformat()}" if others else f"，请于 {day.isoformat()} 前补正"


def _item(forms: StoredForms, correction: Correction) -> None:
    link, words = st.columns([2, 7], vertical_alignment="center")
    field = form_field(correction.item.row_id)
    if field is None:
        page, query = navigation.ASSESS, {"row": correction.item.row_id}
        label = labels.row_name(_row(forms, correction.item.row_id))
    else:
        page, query = navigation.APPLICATION, {}
        label = entry_name(forms, Target.form(field))
    link.page_link(entry(page), label=label, query_params={"s": str(forms.id), **query})
    sentence = f"第 {correction.item.number} 项：{verbatim.markup(correction.item.reason)}"
    words.html(f'<p class="dc-waiting dc-verbatim">{sentence} {_mark(correction)}</p>{_said(correction)}')
    _explanation(forms, correction, "bench")


def _mark(correction: Correction) -> str:
    if correction.changed:
        return labels.tag("已改动")
    return labels.tag("已说明") if correction.explanation else labels.tag("尚未补正", "notice")


def _said(correction: Correction) -> str:
    words = verbatim.markup(correction.explanation)
    return f'<p class="dc-quiet dc-verbatim">县级说明：{words}</p>' if words else ""


def _explanation(forms: StoredForms, correction: Correction, where: str) -> None:
    """The field for the county's explanation, folded away; nothing for those who may not write it.

    ``where``: the page it stands on, for its buttons.
    """
    notice = forms.snapshot.open_return
    if notice is None:
        return
    target = correction_target(notice, correction.item)
    if forms.why_not(target) is not None:
        return
    told = forms.saved is not None and forms.saved.form == target
    title = "修改说明" if correction.explanation else "补充说明" if correction.changed else "无须改动的，写明情况"
    with st.expander(title, expanded=told or bool(forms.pad.at(target).fields)):
        own_fragment(forms, lambda: explanation_form(forms, correction, target, where))


def explanation_form(forms: StoredForms, correction: Correction, target: Target, where: str = "") -> None:
    """The form of the county's explanation of one item, which is the entry ``target``."""
    form = Form(forms.pad, target)
    withdrawn = "；清空后保存即撤回" if correction.explanation else ""
    label = f"说明（评审人员可以看到，不少于{LEAST_HAN}个汉字{withdrawn}）"
    typed = form.text(EXPLANATION, label, correction.explanation, tall=90)
    what = f"第 {correction.item.number} 项的说明"

    def save() -> None:
        if not typed.strip() and not correction.explanation:
            raise EntryError(["请先写明情况，再保存。"], [(EXPLANATION,)])
        forms.save(form, {target: {EXPLANATION: typed.strip()} if typed.strip() else None}, what)

    place = forms.place("correction", correction.item.number, where)
    button = Button("保存说明", f"{place}|save", save, what, main=False)
    closing(form, button, forms=forms, drop=f"{place}|drop")


def _row(forms: StoredForms, row_id: str) -> Indicator:
    return next(row for standard in forms.standards for row in standard.rows() if row.id == row_id)


def return_response(forms: StoredForms) -> None:
    """The reviewer's items, the county's explanations and changes; nothing unless it waits to be released again."""
    if forms.snapshot.state is not State.AWAITING_GOVERNMENT or forms.snapshot.open_return is None:
        return
    if forms.person.role is Role.COUNTY_DEPARTMENT:
        return
    returned = forms.once("returned", lambda: corrections_made(forms.office, forms.person, forms.id))
    edits = county_changes(forms)
    signs = forms.person.role is Role.COUNTY_GOVERNMENT
    step = "请核对后再出具意见并上报。" if signs else "等待县级人民政府核对、出具意见并上报。"
    st.info(f"{changed_words(edits, returned) or '退回补正后县里没有改动'}。{step}")
    changes(forms, edits, returned, row_link(forms))
