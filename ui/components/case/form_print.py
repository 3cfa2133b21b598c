"""The 申报表 as PDF at any level: the boxes given so far are filled, the others stay empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from scoring.assessment import Level
from scoring.wording import eligibility
from templates.application_form.form import RenderedForm
from ui.components import labels, verbatim
from ui.components.case.file_names import of_case
from ui.components.case.opened_submission import OpenedSubmission
from workflow.submission.printing import LEVEL_NAMES, print_form


@dataclass(frozen=True, slots=True)
class _Printed:
    """A rendered form and the state of the submission it was made from."""

    stamp: tuple[object, ...]
    form: RenderedForm


def form_print(case: OpenedSubmission, now: datetime) -> None:
    """Choose a level, render, download."""
    st.subheader("打印申报表", anchor=False)
    level: Level = st.selectbox(
        "按哪一级打印",
        case.seen_levels,
        len(case.seen_levels) - 1,
        format_func=lambda one: labels.word("levels", one),
        key=case.place("print", "level"),
    )
    st.caption("尚未出具的意见栏留空；正在拟写的意见只有本级看得到。")
    if not case.judged(level).eligible:
        st.info(f"按这一级的结论{eligibility(level, eligible=False)}，申报表将印有“草稿”字样。")
    key = case.place("printed")
    stamp = (level, *case.standing)
    making, taking, words = st.columns([2, 2, 6], vertical_alignment="center")
    if making.button("生成申报表 PDF", key=case.place("print", "make"), width="stretch"):
        with st.spinner("正在生成申报表……"):
            _, form = print_form(case.office, case.person, case.id, now, level)
        st.session_state[key] = _Printed(stamp, form)
    printed: _Printed | None = st.session_state.get(key)
    if printed is None or printed.stamp != stamp:
        words.caption("按当前已保存的内容生成。")
        return
    taking.download_button(
        "下载申报表",
        printed.form.pdf,
        of_case(case, f"申报表-{LEVEL_NAMES[level]}.pdf"),
        "application/pdf",
        key=case.place("print", "take"),
        type="primary",
        on_click="ignore",
        width="stretch",
    )
    words.caption(f"已生成，共 {printed.form.pages} 页。")
    if printed.form.missing_glyphs:
        listed = "、".join(verbatim.markdown(glyph) for glyph in printed.form.missing_glyphs)
        st.warning(f"以下字符没有字体可印，申报表中以〓代替，请改用其他写法或手工补写：{listed}")
