"""换用现行规则: a round whose rules have changed since it began; what taking the new ones would do, then the act."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from storage.clock import now
from storage.records import RoundRecord
from ui.components import verbatim
from ui.components.admin.repin_progress import carry_on_beside, progress
from ui.components.forms import outcome
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.pad import Pad
from ui.components.problems import show_slips
from ui.components.rules.changed_rules import changed_rules
from ui.components.table import table
from ui.form_keys import ADMIN
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.repinning import COUNTIES, TOUCHED, RepinPreview, begin_repin, preview_repin
from workflow.rounds.rounds import rounds

_PLACE, _PREVIEW = "round-repin", "round-repin-preview"


def rules_word(office: Office, round_record: RoundRecord) -> str:
    """By which rules a round is judged: the installed ones, those it kept, or none that are left."""
    if round_record.repinning is not None:
        return "正在换用新规则"
    if office.follows_installed(round_record):
        return "现行规则"
    return "批次保存的原规则（现行规则已不同）" if office.has_rules(round_record) else "原规则没有保存，待换用"


def repin_a_round(office: Office, person: Person) -> None:
    """Choose a round, look at what would change, give the reason, take the installed rules."""
    st.subheader("换用现行规则", anchor=False)
    progress(office)
    known = rounds(office)
    differing = {each.id: each for each in known if each.repinning is None and not office.follows_installed(each)}
    if not differing:
        outcome.outcome(_PLACE)
        if any(each.repinning is not None for each in known):
            return
        st.caption("各批次采用的都是现行规则，没有需要换用的。")
        return
    st.caption(
        "这些批次开始后，安装的规则有了改动。批次仍按开始时保存的规则评估，不受影响；确需换用的，先看影响，再写明理由。"
    )
    titles = {each: verbatim.plain(round_record.title) for each, round_record in differing.items()}
    chosen = st.selectbox("批次", list(titles), format_func=titles.__getitem__, key="repin-round")
    if st.button("查看换用的影响", key="repin-look"):
        st.session_state[_PREVIEW] = preview_repin(office, person, chosen)
        outcome.forget(_PLACE)
    preview: RepinPreview | None = st.session_state.get(_PREVIEW)
    if preview is not None and preview.round.id == chosen:
        _told(preview)
        if preview.refusals:
            show_slips(preview.refusals, "不能换用：")
            return
        own_fragment(None, lambda: _take(office, person, preview))
    outcome.outcome(_PLACE)


def _take(office: Office, person: Person, preview: RepinPreview) -> None:
    chosen, title = preview.round.id, preview.round.title
    form = Form(Pad(person, ADMIN, lambda _: 0), ("repin", chosen))
    reason = form.text("reason", "换用的理由（各县和评审人员都会看到，并记入操作日志）", "", tall=120)
    sure = st.checkbox("已核对影响。换用后作废的认定须重新作出，再换回原来的规则也不会恢复", key=f"repin-sure-{chosen}")
    begin = lambda: begin_repin(office, person, chosen, reason, now(), seen=preview)  # noqa: E731 - beside its button

    def begun() -> None:
        del st.session_state[_PREVIEW]
        carry_on_beside(office, chosen)

    what = f"批次“{title}”换用现行规则"
    button = Button("换用现行规则", "repin-save", begin, what, verb="已开始", then=begun, shut=not sure)
    closing(form, button, told=_PLACE, drop="repin-drop")


def _told(preview: RepinPreview) -> None:
    for words in preview.sentences():
        st.html(f'<p class="dc-together">{verbatim.markup(words)}</p>')
    _groups(preview.groups)
    for heading, lines in preview.sections():
        with st.expander(verbatim.markdown(heading)):
            changed_rules(list(lines))


def _groups(groups: Mapping[bool, Mapping[str, int | None]]) -> None:
    """How many counties are hit in which way, released and others apart; never which: an administrator reads none."""
    if not any(hit[TOUCHED] for hit in groups.values()):
        if groups:
            st.caption(f"本批次 {sum(hit[COUNTIES] or 0 for hit in groups.values())} 个县的结论和认定都不受影响。")
        return
    lines = []
    for released, hit in groups.items():
        cells = "".join(f"<td>{'不能比较' if count is None else count}</td>" for count in hit.values())
        lines.append(f'<tr><th scope="row">{"已上报的县" if released else "尚未上报的县"}</th>{cells}</tr>')
    st.html(table(("", *next(iter(groups.values()))), lines))
    st.caption(
        "系统管理员只看县数。是哪些县、哪些指标，换用后由各县和有权查看的评审人员在工作台看到；"
        "换用前可请省级民政部门在“规则预演”页查看已上报的县。"
    )
