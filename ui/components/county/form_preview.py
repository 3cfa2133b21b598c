"""The pages of the 申报表 as pictures, so that one sees what will be printed before printing it."""

from __future__ import annotations

import io

import pypdfium2
import streamlit as st

from scoring.wording import eligibility
from storage.clock import now
from templates.application_form.layout import application_form as form_layout
from templates.application_form.plan import plan_form
from templates.text.setting import Setter
from templates.text.typefaces import typefaces
from ui.components.case.stored_forms import StoredForms
from workflow.submission.printing import print_form

_SCALE = 1.4  # 约 100 dpi：屏上看得清，生成得快


def form_preview(forms: StoredForms) -> None:
    """Drawn when asked for; gone again when anything has been saved since."""
    key = forms.place("preview")
    stamp = (forms.snapshot.record.version, tuple(entry.version for entry in forms.snapshot.entries.values()))
    if st.button("预览各页", key="preview-form"):
        with st.spinner("正在生成预览……"):
            _, form = print_form(forms.office, forms.person, forms.id, now())
            st.session_state[key] = (stamp, pictures(form.pdf))
    preview = st.session_state.get(key)
    if preview is None:
        return
    if preview[0] != stamp:
        st.caption("预览之后内容已有改动，请重新预览。")
        return
    for start in range(0, len(preview[1]), 2):
        for column, (number, page) in zip(
            st.columns(2), enumerate(preview[1][start : start + 2], start + 1), strict=False
        ):
            column.image(page, caption=f"第 {number} 页，共 {len(preview[1])} 页", width="stretch")


def pictures(pdf: bytes) -> list[bytes]:
    """Each page as PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            drawn = io.BytesIO()
            page.render(scale=_SCALE, grayscale=True).to_pil().save(drawn, "PNG")
            pages.append(drawn.getvalue())
        return pages
    finally:
        document.close()


def form_counts(forms: StoredForms) -> None:
    """One line about what is saved."""
    narrative = forms.submission.form.narrative or ""
    characters = sum(not character.isspace() for character in narrative)
    plan = plan_form(forms.submission, "county", form_layout(), Setter(typefaces()))
    sheets = f"，续于附页，共 {len(plan.extra)} 页附页" if plan.extra else "，不需附页"
    short = eligibility("county", eligible=False)
    draft = "" if forms.assessment.eligible else f"按现有填报{short}，印出的申报表带“草稿”字样。"
    st.caption(f"已保存的“基本情况及主要工作”{characters} 字{sheets}。{draft}")
