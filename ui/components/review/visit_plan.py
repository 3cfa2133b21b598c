"""实地评估计划: when, where, who, what to look at besides what the sheet lists, and how many rows are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import randbelow

import streamlit as st

from scoring.submission import ReviewLevel
from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from workflow.procedure.site_sheet import plan_of
from workflow.targets import Target
from workflow.visiting.plan import LARGEST_SEED, Sample, VisitPlan, drawn, plan_body

_USUAL, _MOST = 5, 15


def plan_form(opened: StoredForms, level: ReviewLevel) -> None:
    """The form of the level's plan."""
    target, known = Target.visit_plan(level), Target.visit_plan(level) in opened.snapshot.entries
    stored, row_ids = plan_of(opened.snapshot, level), list(opened.rows)
    form = Form(opened.pad, target)
    day, sample, rows = st.columns([1, 1, 3])
    with day:
        when = form.day("date", "拟到现场的日期", stored.date)
    with sample:
        least = stored.sample.size
        sizes = {str(n): f"{n} 项" if n else "不抽查" for n in range(least, max(least, _MOST) + 1)}
        usual = str(least if known else _USUAL)
        size = int(form.choice("sample/size", "随机抽查几项", sizes, usual, folded=True))
    with rows:
        listed = form.several("rows", "另外要看的指标", row_names(opened), stored.rows)
    where, who = st.columns(2)
    with where:
        places = form.text("places", "拟去的地点（一行一处）", "\n".join(stored.places), tall=80)
    with who:
        people = form.text(
            "people", "拟去的人员（每行一人，写单位和职务，不写姓名）", "\n".join(stored.people), tall=80
        )
    note = form.text("note", "说明", stored.note)
    _told(stored.sample, len(row_ids))

    def save() -> None:
        plan = VisitPlan(
            when, lines_of(places), lines_of(people), listed, _sample(stored.sample, row_ids, size), note.strip()
        )
        opened.save(form, {target: plan_body(plan)}, "实地评估计划")

    button = Button("保存计划", opened.place("plan", "save"), save, "实地评估计划")
    closing(form, button, forms=opened, drop=opened.place("plan", "drop"))


def row_names(opened: OpenedSubmission) -> dict[str, str]:
    """Every row, by its id, as a list names it."""
    return {row_id: f"{row_id} {row.topic or row.section}" for row_id, row in opened.rows.items()}


def lines_of(text: str) -> tuple[str, ...]:
    """What stands on the lines of a field, blank ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _sample(stored: Sample, row_ids: Sequence[str], size: int) -> Sample:
    """Drawn on the first save that wants one; what was drawn keeps its seed."""
    if not size:
        return Sample()
    return drawn(row_ids, size, randbelow(LARGEST_SEED + 1) if stored.seed is None else stored.seed)


def _told(sample: Sample, every: int) -> None:
    if sample.seed is None:
        st.caption(f"抽查从全部 {every} 项中随机抽取，首次保存时抽一次：种子记录在案，不能重抽，只能增加项数。")
        return
    words = f"已抽 {sample.size} 项（种子 {sample.seed}，从全部 {every} 项中）：{'、'.join(sample.rows)}。"
    st.caption(verbatim.markdown(f"{words}同一种子抽出的总是这些项。"))
