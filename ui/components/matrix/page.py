"""矩阵: the choice of round, level and standard; the table, pictures of it, or the counties' tiles by stage."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from indicators.model import Standard
from scoring.submission import LEVELS
from scoring.wording import eligibility
from storage.clock import now
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.consistency.page import consistency_page
from ui.components.matrix.pictures import county_beside_others, failures, stages
from ui.components.matrix.table import (
    Picture,
    matrix_html,
    ordered,
    rows_within,
    section_titles,
)
from ui.components.matrix.tiles import tiles
from ui.components.printing.round_printing import round_printing
from ui.components.review.round_choice import round_choice
from ui.components.table_links import table_links
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.matrix import IN_MAKING, UNRELEASED_WORDS, AreaMatrix, Layer, matrix
from workflow.people import REVIEWER_LEVELS, Person
from workflow.reviewing.colleagues import is_of
from workflow.verdicts.reading import REJUDGING

_LISTED = 40
_ON_A_PAGE = 150
_BY, _DOWN, _PAGE = "by", "down", "page"
_VIEWS = {"table": "矩阵", "pictures": "图", "tiles": "按环节", "consistency": "一致性", "print": "打印"}
_LAYERS: dict[Layer, str] = {"verdicts": "结论", "differing": "分歧", "doubtful": "存疑"}


def matrix_page(office: Office, person: Person) -> None:
    """The choices, the counts and what is looked at."""
    which, at, under, looking = st.columns([2, 2, 2, 4], vertical_alignment="bottom")
    round_id = round_choice(office, which, "matrix-round")
    if round_id is None:
        return
    level = at.selectbox(
        "按哪一级的意见", LEVELS, format_func=lambda name: labels.word("levels", name), key="matrix-level",
        bind="query-params",
    )  # fmt: skip
    try:
        area = matrix(office, person, round_id, level)
    except Refused as error:
        st.error(verbatim.markdown("；".join(error.reasons)))
        return
    if area is None or not area.lines:
        st.info("您的辖区内在本批次还没有申报。")
        return
    by_id = {standard.id: standard for standard in area.standards}
    standard = by_id[
        under.selectbox(
            "标准", list(by_id), format_func=lambda name: labels.short_name(by_id[name]), key="matrix-standard",
            bind="query-params",
        )
    ]  # fmt: skip
    view = looking.segmented_control(
        "看什么", list(_VIEWS), default="table", format_func=_VIEWS.__getitem__, key="matrix-view", required=True,
        bind="query-params",
    )  # fmt: skip
    _counts(area, standard)
    if view == "print":
        round_printing(office, person, area, standard.id, now())
        return
    if view == "tiles":
        st.html(tiles(area, navigation.place_of("read", person.role)))
    elif view == "consistency":
        # 县级自评没有认定可比：看本级的，观察员看市级的
        own = REVIEWER_LEVELS.get(person.role, "prefecture")
        consistency_page(office, person, area.round.id, own if level == "county" else level, area.standards)
    elif view == "pictures":
        st.html(f'<div class="dc-figures">{stages(area)}{failures(area, standard)}</div>')
        county_beside_others(area, standard)
    else:
        _table(area, standard, person)


def _counts(area: AreaMatrix, standard: Standard) -> None:
    """How many counties there are, how many of them qualify, and why others are not counted."""
    told = [line for line in area.told if standard.id in line.outcomes]
    qualified = sum(line.outcomes[standard.id].eligible for line in told)
    every = sum(line.eligible for line in told)
    together = f"，同时达到全部标准 {every}" if len(area.standards) > 1 else ""
    demo = f" {labels.tag('演示数据', 'demo')}" if area.round.demo else ""
    other = [
        (why, len(area.without(why))) for why in dict.fromkeys(line.why for line in area.lines if not line.outcomes)
    ]
    first = (REJUDGING, IN_MAKING, UNRELEASED_WORDS)
    other.sort(key=lambda one: first.index(one[0]) if one[0] in first else len(first))
    others = "".join(f"；{verbatim.markup(why)} {count}" for why, count in other)
    by = f"按{verbatim.markup(labels.short_name(standard))}{eligibility(area.level, eligible=True)}"
    st.html(
        f'<p class="dc-together">有结论的 <b>{len(told)}</b> 县，{by} <b>{qualified}</b>{together}{others}；'
        f"未开始 {len(area.missing)}{demo}</p>"
    )
    if area.missing:
        names = "、".join(place.name for place in area.missing[:_LISTED])
        more = f"等 {len(area.missing)} 个" if len(area.missing) > _LISTED else ""
        st.caption(verbatim.markdown(f"未开始：{names}{more}"))


def _table(area: AreaMatrix, standard: Standard, person: Person) -> None:
    layering, within = st.columns([2, 5], vertical_alignment="bottom")
    layer = layering.segmented_control(
        "标出", list(_LAYERS), default="verdicts", format_func=_LAYERS.__getitem__, key="matrix-layer", required=True,
        bind="query-params",
    )  # fmt: skip
    sections = within.multiselect(
        "按项目筛选", section_titles(standard), placeholder="全部", key="matrix-sections", format_func=verbatim.plain,
        bind="query-params",
    )  # fmt: skip
    picture = Picture(
        standard,
        area.level,
        rows_within(standard, sections),
        layer,
        st.query_params.get(_BY, ""),
        _DOWN in st.query_params,
        _sorting,
        navigation.place_of("read", person.role),
        frozenset(line.record.id for line in area.lines if is_of(person, line.record)),
    )
    lines = ordered(area.lines, picture)
    pages = -(-len(lines) // _ON_A_PAGE)
    page = _page(pages)
    shown = lines[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    st.html(f"{matrix_html(shown, area.lines, picture)}{_links(page, pages)}")
    table_links("matrix", "矩阵", round=area.round.id, level=area.level, standard=standard.id)


def _address(**changed: str) -> str:
    """The page as it is, but for what is changed; empty values are left out."""
    kept = [(name, one) for name in st.query_params if name not in changed for one in st.query_params.get_all(name)]
    return f"/{navigation.MATRIX.path}?{urlencode([*kept, *((name, one) for name, one in changed.items() if one)])}"


def _sorting(column: str) -> str:
    """Sorted by the column; where it is so already, the other way round."""
    turned = st.query_params.get(_BY) == column and _DOWN not in st.query_params
    return _address(**{_BY: column, _DOWN: "1" if turned else "", _PAGE: ""})


def _page(pages: int) -> int:
    asked = st.query_params.get(_PAGE, "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < len("10000") else 1
    return min(max(number, 1), pages)


def _links(page: int, pages: int) -> str:
    links: Sequence[str] = [
        places.link(_address(**{_PAGE: str(number)}), words)
        for number, words in ((page - 1, "上一页"), (page + 1, "下一页"))
        if 1 <= number <= pages
    ]
    if _BY in st.query_params:
        links = [*links, places.link(_address(**{_BY: "", _DOWN: "", _PAGE: ""}), "恢复按市排列")]
    return (
        f'<nav class="dc-pages" aria-label="翻页"><span>第 {page}/{pages} 页</span>{"".join(links)}</nav>'
        if links
        else ""
    )
