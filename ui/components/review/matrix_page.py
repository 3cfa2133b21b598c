"""矩阵: the choice of round, level and standard, and the matrix of the area's counties."""

from __future__ import annotations

import streamlit as st

from indicators.model import Standard
from scoring.submission import LEVELS
from ui.components import labels, verbatim
from ui.components.review.matrix_table import area_counts, matrix_table, section_titles
from ui.components.review.round_choice import round_choice
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.matrix import AreaMatrix, matrix
from workflow.people import Person


def matrix_page(office: Office, person: Person) -> None:
    """The choices, the counts and the picture."""
    which, at = st.columns([3, 2])
    round_id = round_choice(office, which, "matrix-round")
    if round_id is None:
        return
    level = at.selectbox(
        "按哪一级的意见判定", LEVELS, format_func=lambda name: labels.word("levels", name), key="matrix-level"
    )
    try:
        picture = matrix(office, person, round_id, level)
    except Refused as error:
        st.error(verbatim.markdown("；".join(error.reasons)))
        return
    if picture is None or not (picture.shown or picture.unreleased):
        st.info("您的辖区内在本批次还没有申报。")
        return
    demo = labels.tag("演示数据", "demo") if picture.round.demo else ""
    st.html(f'<p class="dc-quiet">批次 {verbatim.markup(picture.round.title)} {demo}</p>')
    standard, sections = _narrowed(picture)
    area_counts(picture, standard)
    matrix_table(picture, standard, sections)


def _narrowed(picture: AreaMatrix) -> tuple[Standard, list[str]]:
    under, within = st.columns([2, 3])
    by_id = {standard.id: standard for standard in picture.standards}
    standard = by_id[
        under.selectbox(
            "标准", list(by_id), format_func=lambda name: labels.short_name(by_id[name]), key="matrix-standard"
        )
    ]
    sections = within.multiselect(
        "按项目筛选", section_titles(standard), placeholder="全部", key="matrix-sections", format_func=verbatim.plain
    )
    return standard, sections
