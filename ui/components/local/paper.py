"""The printed 地方文件对照表: made when asked, of what is saved."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from storage.clock import now
from templates.books.book import RenderedBook
from templates.books.local_sheet import render_local
from ui.components import verbatim
from ui.components.case.file_names import of_case
from ui.components.case.opened_submission import OpenedSubmission
from workflow.submission.printing import local_sheet_head


@dataclass(frozen=True, slots=True)
class _Printed:
    """A rendered sheet and the state of the submission it was made from."""

    stamp: tuple[object, ...]
    book: RenderedBook


def paper(case: OpenedSubmission) -> None:
    """Render, download."""
    key = case.place("local-printed")
    stamp = case.standing
    making, taking, words = st.columns([2, 2, 6], vertical_alignment="center")
    if making.button("生成对照表 PDF", key=case.place("local", "make"), width="stretch"):
        with st.spinner("正在生成对照表……"):
            states = case.office.library.vocabulary.lists["local_states"]
            head = local_sheet_head(case.snapshot, now())
            st.session_state[key] = _Printed(stamp, render_local(case.submission, case.local, states, head))
    printed: _Printed | None = st.session_state.get(key)
    if printed is None or printed.stamp != stamp:
        words.caption("打印全部地方文件的对照情况，按当前已保存的内容生成。")
        return
    taking.download_button(
        "下载对照表",
        printed.book.pdf,
        of_case(case, "地方文件对照表.pdf"),
        "application/pdf",
        key=case.place("local", "take"),
        type="primary",
        on_click="ignore",
        width="stretch",
    )
    words.caption(f"已生成，共 {printed.book.pages} 页。")
    if printed.book.missing_glyphs:
        listed = "、".join(verbatim.markdown(glyph) for glyph in printed.book.missing_glyphs)
        st.warning(f"以下字符没有字体可印，以〓代替：{listed}")
