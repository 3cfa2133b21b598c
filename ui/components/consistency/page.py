"""一致性: reviewers' habits, the same figures ruled otherwise, and a row's rulings county by county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from indicators.model import Indicator, Measure, Standard
from scoring.submission import ReviewLevel
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.table import table
from ui.components.table_links import table_links
from workflow.divisions import prefecture_name
from workflow.office import Office
from workflow.overview.consistency import Habit, Ruling, habits, ruled_otherwise, rulings
from workflow.people import Person
from workflow.submission.printed_rows import printed_rows
from workflow.words.figures import figures_told

_LISTED = 60


def consistency_page(
    office: Office, person: Person, round_id: str, level: ReviewLevel, standards: Sequence[Standard]
) -> None:
    """Of a level in a round, as far as the person may see it."""
    told = rulings(office, person, round_id, level)
    if not told:
        st.info("本级还没有您可以查看的认定。")
        return
    rows = {row.id: row for row in printed_rows(standards)}
    told = tuple(one for one in told if one.row_id in rows)
    asked = {one: [measure for each in standards if (row := each.row(one)) for measure in row.measures] for one in rows}
    page = navigation.place_of("read", person.role)
    st.html(f"<h3>各评审人员的认定</h3>{_habits(habits(told))}")
    table_links("habits", "评审人员的认定", round=round_id, level=level)
    groups = ruled_otherwise(told)
    st.html(f"<h3>所填数据相同而认定不同的（{len(groups)} 组）</h3>{_groups(groups, rows, asked, page)}")
    counted = Counter(one.row_id for one in told if not one.passes)
    row_id = st.selectbox(
        "一项指标在各县的认定",
        sorted({one.row_id for one in told}, key=list(rows).index),
        format_func=lambda one: verbatim.plain(f"{one}（没有认定通过的 {counted[one]} 县）{rows[one].statement[:40]}"),
        key="consistency-row",
        bind="query-params",
    )
    here = [one for one in told if one.row_id == row_id]
    st.html(_rulings(here, rows[row_id], asked[row_id], page))
    table_links("rulings", "各项认定", round=round_id, level=level)


def finding_word(row: Indicator, finding: str) -> str:
    """A finding in words."""
    return labels.word("veto_findings" if row.consequence == "veto" else "findings", finding)


def _habits(every: Sequence[Habit]) -> str:
    heads = ("评审人员", "县数", "认定项数", "达标、不存在、不适用", "未达标、存在", "需补正", "写了理由的", "提示")
    return table(heads, (_habit(one) for one in every), "dc-verbatim")


def _habit(one: Habit) -> str:
    passed = one.total - one.counts["not_met"] - one.counts["present"] - one.counts["needs_correction"]
    flags = labels.tags(
        (
            *(["全部认定通过"] if one.always_met else []),
            *(["没有写过理由"] if one.never_a_reason else []),
        ),
        "notice",
    )
    cells = (
        one.by, one.counties, one.total, passed, one.counts["not_met"] + one.counts["present"],
        one.counts["needs_correction"], one.with_reason,
    )  # fmt: skip
    return f"<tr>{''.join(f'<td>{verbatim.markup(str(cell))}</td>' for cell in cells)}<td>{flags}</td></tr>"


def _groups(
    groups: Sequence[tuple[Ruling, ...]],
    rows: Mapping[str, Indicator],
    asked: Mapping[str, Sequence[Measure]],
    page: navigation.MenuPage | None,
) -> str:
    if not groups:
        return '<p class="dc-quiet">没有。</p>'
    lines = (
        f"<tr><td>{verbatim.markup(group[0].row_id)}</td>"
        f"<td>{verbatim.markup(figures_told(rows[group[0].row_id], asked[group[0].row_id], group[0].figures))}</td>"
        f"<td>{_counties(group, page, passes=True)}</td><td>{_counties(group, page, passes=False)}</td></tr>"
        for group in groups[:_LISTED]
    )
    more = f'<p class="dc-quiet">另有 {len(groups) - _LISTED} 组未列出。</p>' if len(groups) > _LISTED else ""
    heads = ("编号", "所填数据", "认定通过的县", "没有认定通过的县")
    return table(heads, lines, "dc-verbatim dc-numbered") + more


def _counties(group: Sequence[Ruling], page: navigation.MenuPage | None, *, passes: bool) -> str:
    several = [one for one in group if one.passes is passes]
    links = "、".join(_county(one, page) for one in several[:8])
    return f"{links} 等 {len(several)} 县" if len(several) > 8 else links  # noqa: PLR2004 - as many as fit in a cell


def _county(one: Ruling, page: navigation.MenuPage | None) -> str:
    if page is None:
        return verbatim.markup(one.record.division_name)
    where = places.address(page, {"s": str(one.record.id), "row": one.row_id})
    return places.link(where, one.record.division_name)


def _rulings(here: Sequence[Ruling], row: Indicator, asked: Sequence[Measure], page: navigation.MenuPage | None) -> str:
    """Those that do not pass first."""
    ordered = sorted(here, key=lambda one: one.passes)
    heads = ("市（地、州、盟）", "县（市、区、旗）", "认定", "所填数据", "理由", "评审人员")
    more = f'<p class="dc-quiet">另有 {len(here) - _LISTED} 县未列出。</p>' if len(here) > _LISTED else ""
    counts = Counter(finding_word(row, one.finding) for one in here)
    told = "，".join(f"{word} {count}" for word, count in counts.most_common())
    return (
        f'<p class="dc-together">{verbatim.markup(row.id)}：{verbatim.markup(told)}</p>'
        f"{table(heads, _lines(ordered[:_LISTED], row, asked, page), 'dc-verbatim')}{more}"
    )


def _lines(
    several: Sequence[Ruling], row: Indicator, asked: Sequence[Measure], page: navigation.MenuPage | None
) -> Iterator[str]:
    for one in several:
        cells = (
            verbatim.markup(prefecture_name(one.record.division_code)),
            _county(one, page),
            verbatim.markup(finding_word(row, one.finding)),
            verbatim.markup(figures_told(row, asked, one.figures)),
            verbatim.markup(one.reason),
            verbatim.markup(one.by),
        )
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
