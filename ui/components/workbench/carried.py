"""Beginning from an earlier round: the choice, and afterwards how much waits to be confirmed."""

from __future__ import annotations

import streamlit as st

from storage.clock import now
from ui import navigation
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import attempt, outcome
from ui.components.table import line as table_line
from ui.components.table import table
from ui.components.workbench.line import line
from workflow.carrying.carrying_over import carry_over, earlier_submissions
from workflow.targets import Target
from workflow.words.entries import entry_name

_PLACE = "carry-over"
_KINDS = {"fact": "县情", "answer": "指标", "veto": "一票否决", "form": "申报表", "local": "地方文件对照"}
_PAGES = {
    "fact": navigation.FACTS,
    "answer": navigation.ASSESS,
    "veto": navigation.ASSESS,
    "form": navigation.APPLICATION,
    "local": navigation.LOCAL,
}
_PLAN = (
    "以前批次的内容带入本批次，逐项标“待确认”：核对或者改过并保存以后才算填报，确认以前按未填报计算。"
    "本申报期以外年度的数字不带入；仍在有效期内、日期合于本批次的材料重新登记，其他材料不带入，列出清单。"
    "本批次已经填了的不动。"
)


def offer(forms: StoredForms) -> None:
    """For the coordinator while it is 自评填报 and nothing was carried over yet; nothing where there is no earlier."""
    outcome(_PLACE)
    earlier = {one.record.id: one for one in earlier_submissions(forms.office, forms.snapshot)}
    if not earlier:
        return
    with st.container(border=True, key=_PLACE):
        st.subheader("沿用以前批次的内容", anchor=False)
        st.caption(_PLAN)
        which, press = st.columns([3, 1], vertical_alignment="bottom")
        chosen = which.selectbox(
            "以前的申报",
            list(earlier),
            format_func=lambda number: verbatim.plain(earlier[number].round.title),
            key="carry-which",
        )
        if press.button("沿用，逐项确认", key="carry-do", width="stretch"):
            act = lambda: carry_over(forms.office, forms.person, forms.id, chosen, now())  # noqa: E731 - the press
            attempt(_PLACE, act, earlier[chosen].round.title, now(), verb="已沿用")
            st.rerun()


def waiting(forms: StoredForms) -> None:
    """What the person may confirm, by kind, each with a link to the first; and the papers that were not carried."""
    told = forms.carried
    mine = [target for target in told.waiting if forms.snapshot.may_edit(target)]
    if mine:
        groups: dict[tuple[str, str, str], list[Target]] = {}
        for target in mine:
            source = told.sources[target]
            groups.setdefault((source.words, str(target.kind), source.until), []).append(target)
        for (words, kind, until), those in groups.items():
            query = {"s": str(forms.id)} | ({"row": those[0].key} if those[0].is_answer else {})
            said = f"{_KINDS[kind]}（{verbatim.markup(words)}）还有 <b>{len(those)}</b> 项待确认，{until}。"
            line(f'<p class="dc-waiting">{said}</p>', _PAGES[kind], query)
    if told.dropped and mine:
        with st.expander(f"没有带入的材料 {len(told.dropped)} 份：日期不合本批次，请换本期的材料"):
            lines = (table_line((one.title, one.date, "、".join(one.rows))) for one in told.dropped)
            st.html(table(("题名", "日期", "原用于指标"), lines, "dc-verbatim"))


def papers_waiting(forms: StoredForms) -> None:
    """At the register: papers taken over that nothing uses yet."""
    papers = [entry_name(forms, Target.evidence(item_id)) for item_id in sorted(forms.carried.papers)]
    if papers:
        named = verbatim.markup("、".join(papers))
        source = f"沿用自“{verbatim.markup(forms.carried.title)}”、待确认的材料 {len(papers)} 份：{named}。"
        st.html(f'<p class="dc-waiting">{source}核对后在指标中选用并保存，即为确认；不再有效的请删去。</p>')
