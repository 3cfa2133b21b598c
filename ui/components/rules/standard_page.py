"""标准: a standard chosen and read through, another beside it where wanted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indicators.model import Standard
from ui.components import labels, places, verbatim
from ui.components.rules.annex import annex
from ui.components.rules.round_edition import round_edition
from ui.components.rules.standard_table import ASKS, DETAILS, ShownStandard, rows_shown, standard_table
from ui.components.table_links import links_html
from ui.rules import library

_ALONE = ""


def standard_page() -> None:
    """Choices, the head, the table."""
    standards = library().standards
    wanted_standard = st.query_params.get(places.STANDARD, "")
    if wanted_standard and wanted_standard not in standards:
        st.warning(f"没有标准“{verbatim.markdown(wanted_standard)}”，以下是已安装的标准。请检查网址，或从下面选择。")
    reading = _choose(list(standards.values()), wanted_standard)
    if reading is None:
        st.info("还没有安装任何标准。")
        return
    reading = round_edition(reading)
    _heads(reading)
    wanted = st.query_params.get(places.ROW, "")
    rows = rows_shown(reading)
    if wanted and wanted not in {row.id for row in rows}:
        st.warning(
            f"{verbatim.markdown(labels.short_name(reading.standard))}中没有编号为“{verbatim.markdown(wanted)}”的指标，"
            "已从头显示。请检查网址，或用上面的查找框查找。"
        )
    if reading.only_different:
        st.caption(f"两个标准不同的有 {sum(not row.alike for row in rows)} 项，其余相同的没有列出。")
    if not rows:
        st.info("两个标准的各项内容相同。")
    else:
        st.html(standard_table(reading, rows))
    st.html(annex(reading.standard))


def _choose(standards: Sequence[Standard], wanted: str) -> ShownStandard | None:
    if not standards:
        return None
    names = {standard.id: standard for standard in standards}
    at = wanted if wanted in names else standards[0].id
    which, other, detail, differ = st.columns([3, 3, 4, 2], vertical_alignment="bottom")
    chosen = which.selectbox(
        "标准",
        list(names),
        list(names).index(at),
        format_func=lambda standard_id: _option(names[standard_id]),
        key=f"standard-{at}",
    )
    others = [_ALONE, *(name for name in names if name != chosen)]
    beside = st.query_params.get(places.BESIDE, _ALONE)
    beside = beside if beside in others else _ALONE
    second = other.selectbox(
        "并列对照",
        others,
        others.index(beside),
        format_func=lambda standard_id: _option(names[standard_id]) if standard_id else "不对照",
        key=f"beside-{chosen}-{beside}",
    )
    if (chosen, second) != (at, beside):
        st.query_params.from_dict({places.STANDARD: chosen, **({places.BESIDE: second} if second else {})})
        st.rerun()
    shown = detail.selectbox(
        "显示", list(DETAILS), list(DETAILS).index(ASKS), format_func=DETAILS.__getitem__, key="rules-detail"
    )
    only = differ.toggle("只看不同", key="rules-differ", disabled=not second)
    return ShownStandard(
        names[chosen],
        names.get(second),
        shown or ASKS,
        only_different=bool(second) and only,
        row=st.query_params.get(places.ROW, ""),
    )


def _option(standard: Standard) -> str:
    return verbatim.plain(labels.short_name(standard))


def _heads(reading: ShownStandard) -> None:
    """The title of the standard, and of the one beside it."""
    beside = reading.beside.id if reading.beside is not None else ""
    heads = [_head(reading.standard, beside)]
    heads += [_head(reading.beside)] if reading.beside is not None else []
    st.html(f'<div class="dc-book-heads">{"".join(heads)}</div>')


def _head(standard: Standard, beside: str = "") -> str:
    """``beside``: the standard that its table has beside it."""
    counts = f"{len(standard.indicators)} 项指标" + (f"，{len(standard.vetoes)} 项一票否决" if standard.vetoes else "")
    base = library().standards.get(standard.extends or "")
    based = f"在《{base.title}》之上改写" if base is not None else ""
    spans = "".join(
        f"<span>{verbatim.markup(text)}</span>"
        for text in (standard.issuer, standard.date, counts, based, f"指纹 {standard.fingerprint[:16]}")
        if text
    )
    papers = (
        ""
        if standard.fingerprint != library().standards[standard.id].fingerprint
        else (
            f'<a href="/papers/standards/{standard.id}.pdf" target="_blank">下载 PDF</a>'
            f'<a href="/papers/standards/{standard.id}.pdf?evidence=1" target="_blank">下载 PDF（附建议材料）</a>'
            f"{links_html('standard', '指标', id=standard.id, beside=beside)}"
        )
    )
    return (
        f'<header class="dc-book-head"><h1 class="dc-verbatim">{verbatim.markup(standard.title)}</h1>'
        f"<p>{spans}</p><p>{papers}</p></header>"
    )
