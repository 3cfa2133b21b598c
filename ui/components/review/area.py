"""Which round, level and standard the area's picture is of."""

from __future__ import annotations

import streamlit as st

from indicators.model import Standard
from scoring.submission import Level
from ui.components import labels, verbatim
from ui.components.review.matrix_table import area_counts, matrix_table, section_titles
from ui.rules import library
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.overview import AreaMatrix, matrix
from workflow.people import Person
from workflow.rounds.rounds import rounds


def area(office: Office, person: Person) -> None:
    """The choices, the counts and the picture."""
    known = {one.id: one for one in rounds(office)}
    if not known:
        st.info("还没有批次。请系统管理员在“批次”页新增。")
        return
    which, at = st.columns([3, 2])
    newest = sorted(known, key=lambda one: known[one].created_at, reverse=True)
    round_id = which.selectbox(
        "批次", newest, format_func=lambda one: verbatim.plain(known[one].title), key="matrix-round"
    )
    levels: list[Level] = list(library().vocabulary.lists["levels"])
    level = at.selectbox(
        "按哪一级的意见判定", levels, format_func=lambda one: labels.word("levels", one), key="matrix-level"
    )
    try:
        found = matrix(office, person, round_id, level)
    except Refused as error:
        st.error(verbatim.markdown("；".join(error.reasons)))
        return
    if found is None or not (found.judged or found.unreleased):
        st.info("您的辖区内在本批次还没有申报。")
        return
    demo = labels.tag("演示数据", "demo") if found.round.demo else ""
    st.html(f'<p class="dc-quiet">批次 {verbatim.markup(found.round.title)} {demo}</p>')
    standard, sections = _narrowed(found)
    area_counts(found, standard)
    matrix_table(found, standard, sections)


def _narrowed(found: AreaMatrix) -> tuple[Standard, list[str]]:
    under, within = st.columns([2, 3])
    by_id = {standard.id: standard for standard in found.standards}
    standard = by_id[
        under.selectbox(
            "标准", list(by_id), format_func=lambda one: labels.short_name(by_id[one]), key="matrix-standard"
        )
    ]
    sections = within.multiselect(
        "按项目筛选", section_titles(standard), placeholder="全部", key="matrix-sections", format_func=verbatim.plain
    )
    return standard, sections
