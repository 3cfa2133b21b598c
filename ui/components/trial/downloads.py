"""Taking the work away: the exchange file as YAML or JSON, and the printed 申报表."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from scoring.exchange.reading import write_submission_json
from scoring.wording import eligibility
from templates.application_form.form import RenderedForm, render_form
from ui.components import labels, verbatim
from ui.components.case.file_names import download_name
from ui.components.trial.workspace import Workspace
from workflow.submission.printing import LEVEL_NAMES

_PRINTED = "form"


@dataclass(frozen=True, slots=True)
class _Printed:
    level: str
    form: RenderedForm


def file_name(work: Workspace, kind: str) -> str:
    """甲县-2018-申报表.pdf: a file knows its round by the id alone."""
    return download_name(work.submission.division.name, work.submission.round.id, kind)


def exchange_downloads(work: Workspace) -> None:
    """YAML and JSON of what is saved; unsaved typing is not in them and says so."""
    st.subheader("下载填报数据", anchor=False)
    if work.drafts:
        st.warning(f"有 {len(work.drafts)} 项填报尚未保存，下载的文件中不含这些修改：{'、'.join(work.drafts)}。")
    as_yaml, as_json, words = st.columns([2, 2, 6], vertical_alignment="center")
    with as_yaml:
        download_yaml(work, "download-yaml", "下载 YAML")
    with as_json:
        taken = st.download_button(
            "下载 JSON",
            write_submission_json(work.submission).encode(),
            file_name(work, "填报数据.json"),
            "application/json",
            key="download-json",
            width="stretch",
        )
    words.caption("内容相同，都可以再载入本工具，也可供命令行使用。本页不保存数据，关闭前请下载。")
    _note(work, taken=taken)


def download_yaml(work: Workspace, key: str, label: str) -> None:
    """One button: the exchange file of what is saved; once taken, nothing saved can be lost."""
    taken = st.download_button(
        label, work.text.encode(), file_name(work, "填报数据.yaml"), "application/yaml", key=key, width="stretch"
    )
    _note(work, taken=taken)


def _note(work: Workspace, *, taken: bool) -> None:
    if taken and not work.kept_elsewhere:
        work.kept = work.text
        st.rerun()


def form_download(work: Workspace) -> None:
    """Render the 申报表 at the page's level when asked, tell what is special about it, and offer it."""
    st.subheader("打印申报表", anchor=False)
    level = labels.word("levels", work.level)
    if not work.assessment.eligible:
        st.info(f"按“{level}”，{eligibility(work.level, eligible=False)}，申报表将印有“草稿”字样。")
    printed = work.printed.get(_PRINTED)
    making, taking, words = st.columns([2, 2, 6], vertical_alignment="center")
    if making.button("生成申报表 PDF", key="make-form", width="stretch"):
        with st.spinner("正在生成申报表……"):
            printed = _Printed(work.level, render_form(work.submission, work.assessment, work.level))
        work.printed[_PRINTED] = printed
    if not isinstance(printed, _Printed) or printed.level != work.level:
        words.caption(f"按当前已保存的内容和“{level}”生成：印该级及以下各级的意见，其余意见栏留空。")
        return
    form = printed.form
    taking.download_button(
        "下载申报表",
        form.pdf,
        file_name(work, f"申报表-{LEVEL_NAMES[work.level]}.pdf"),
        "application/pdf",
        key="download-form",
        type="primary",
        on_click="ignore",
        width="stretch",
    )
    words.caption(f"已按“{level}”生成，共 {form.pages} 页。")
    if form.missing_glyphs:
        listed = "、".join(verbatim.markdown(glyph) for glyph in form.missing_glyphs)
        st.warning(f"以下字符没有字体可印，申报表中以〓代替，请改用其他写法或手工补写：{listed}")
