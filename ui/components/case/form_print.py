"""The 申报表 as PDF at any level: the boxes given so far are filled, the others stay empty."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from scoring.submission import Level
from scoring.wording import LEVEL_NAMES, eligibility
from ui.components import labels
from ui.components.case.file_names import submission_file_name
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.document_links import document_links
from ui.components.print_button import print_button
from workflow.submission.printing import print_form


def form_print(opened: OpenedSubmission, now: datetime) -> None:
    """Choose a level, render, download."""
    st.subheader("打印申报表", anchor=False)
    level: Level = st.selectbox(
        "按哪一级打印",
        opened.seen_levels,
        len(opened.seen_levels) - 1,
        format_func=lambda option: labels.word("levels", option),
        key=opened.place("print", "level"),
    )
    st.caption("尚未出具的意见栏留空；正在拟写的意见只有本级看得到。")
    if not opened.judged(level).eligible:
        st.info(f"按这一级的结论{eligibility(level, eligible=False)}，申报表将印有“草稿”字样。")
    print_button(
        "申报表",
        lambda: print_form(opened.office, opened.person, opened.id, now, level)[1],
        place=opened.place("print"),
        stamp=(level, *opened.standing),
        file_name=submission_file_name(opened, f"申报表-{LEVEL_NAMES[level]}.pdf"),
        contents="按当前已保存的内容生成。",
    )
    st.subheader("自评报告", anchor=False)
    st.caption("基本情况、结论和图、逐项的原文、填报、理由和佐证材料，有地方文件的附对照；层级同上。DOCX 可以编辑。")
    document_links("report", s=opened.id, level=level)
