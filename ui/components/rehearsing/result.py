"""规则预演, the answer: how many change to what, county by county and row by row, and what differs in the rules."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from indicators.model.rule_changes import Redefinition, redefinition_lines
from scoring.rehearsal.rehearse import Counts, Rehearsal, Rehearsed, RowChange
from scoring.rehearsal.report import (
    ADDED,
    FOLLOWING,
    ONLY_ADDED,
    REDEFINED,
    cause_words,
    headline,
    summary,
    totals,
    transition,
)
from scoring.submission import Level
from ui.components import labels, verbatim
from ui.components.problems import show_problems
from ui.components.rules.changed_rules import changed_rules
from ui.rules import library
from workflow.rounds.rehearsing import RehearsalFor

_LISTED = 200
_JUDGED = "已填内容判断不同"
_CAUSES = {"added": ADDED, "judged": _JUDGED, "removed": "现有指标取消"}
_NEWLY = "unanswered"  # its colour
_SHOWN = ("县", "标准", "编号", "原结论", "预演结论", "原因", "预演的理由")  # 其余各列只在下载的清单里
_WHOLE = ("标准", "编号", "原结论", "预演结论")
_FORMULA = ("=", "+", "-", "@")


def rehearsal_result(rehearsal: RehearsalFor) -> None:
    """All of it; an administrator sees counts and rules only, of a draft the rules."""
    st.subheader("预演结果", anchor=False)
    level = labels.word("levels", rehearsal.level)
    st.html(f'<p class="dc-quiet">{verbatim.markup(headline(rehearsal.rules))}　{level}</p>')
    if rehearsal.counts is None:
        st.info(
            "草案没有错误。对各县的影响由省级民政部门或观察员预演；系统管理员不看各县填报，这里只列规则本身的不同。"
        )
    else:
        st.html(f'<p class="dc-together">{verbatim.markup(summary(rehearsal.counts))}</p>')
        _picture(rehearsal.counts)
    if rehearsal.rehearsal is not None:
        _counties(rehearsal.rehearsal)
    if rehearsal.withheld:
        _left_out(rehearsal)
    _meanings(rehearsal.rules.redefined)
    if rehearsal.change.notes:
        st.warning(FOLLOWING)
        show_problems(rehearsal.change.notes)
    st.subheader("规则本身的不同", anchor=False)
    changed_rules(rehearsal.rules.lines)


def _picture(counts: Counts) -> None:
    """One bar for the counties, one for each way a row changes."""
    if not counts.submissions:
        st.info("没有可以预演的申报：辖区内没有批次采用被代替的标准，或内容尚不对您开放。")
        return
    steady = counts.submissions - counts.changed
    rest = counts.changed - counts.lost_eligibility - counts.became_eligible
    parts = (
        ("不变", "met", steady),
        ("只有单项改变", "needs_judgement", rest),
        ("变为尚不符合，只因新增要求", "unproven", counts.lost_only_added),
        ("变为尚不符合", "not_met", counts.lost_eligibility - counts.lost_only_added),
        ("变为符合", "not_applicable", counts.became_eligible),
    )
    track = "".join(_segment(code, number, name) for name, code, number in parts)
    spoken = "，".join(f"{name} {number}" for name, _, number in parts if number)
    bars = _bar("申报", track, spoken, f"共 {counts.submissions}")
    most = max(counts.verdicts.values(), default=0)
    lists = library().vocabulary.lists
    codes = {name: code for code, name in (*lists["veto_states"].items(), *lists["verdicts"].items())}
    for (before, after), number in counts.verdicts.items():
        added = counts.added.get((before, after), 0)
        words = verbatim.markup(transition(before, after))
        track = _segment(codes.get(after, "unanswered"), number - added, _JUDGED)
        track += _segment(_NEWLY, added, ADDED)
        blank = f'<span style="flex-grow:{most - number}"></span>' if number < most else ""
        spoken = f"{words} {number}，其中{ADDED} {added}" if added else f"{words} {number}"
        bars += _bar(words, track + blank, spoken, f"{number} 项")
    legend = "".join(f'<span class="dc-chip dc-s-{code}">{name}</span>' for name, code, number in parts if number)
    if counts.added:
        legend += f'　单项的图例 <span class="dc-chip dc-s-{_NEWLY}">{ADDED}</span>'
    st.html(f'<figure class="dc-figure">{bars}</figure><p class="dc-legend">申报的图例 {legend}</p>')


def _segment(code: str, number: int, title: str) -> str:
    if not number:
        return ""
    return f'<span class="dc-segment dc-s-{code}" style="flex-grow:{number}" title="{title} {number}">{number}</span>'


def _bar(name: str, track: str, spoken: str, count: str) -> str:
    return (
        f'<div class="dc-bar"><span class="dc-bar-name">{name}</span>'
        f'<span class="dc-bar-track" role="img" aria-label="{spoken}">{track}</span>'
        f'<span class="dc-bar-count">{count}</span></div>'
    )


def _counties(rehearsal: Rehearsal) -> None:
    changed = [rehearsed for rehearsed in rehearsal.submissions if rehearsed.changed]
    if not changed:
        return
    st.html(_grid(changed, rehearsal.level))
    lines = pd.DataFrame([_cells(rehearsed, change) for rehearsed in changed for change in rehearsed.rows])
    if lines.empty:
        return
    st.html(_reasons(lines))
    st.download_button(
        "下载改变清单（CSV）",
        lines.map(_no_formula).to_csv(index=False).encode("utf-8-sig"),
        "规则预演-改变清单.csv",
        "text/csv",
        key="rehearse-csv",
    )


def _reasons(lines: pd.DataFrame) -> str:
    """Each change with why, in words that wrap."""
    unbroken = {name: ' style="white-space:nowrap"' if name in _WHOLE else "" for name in _SHOWN}
    head = "".join(f"<th>{name}</th>" for name in _SHOWN)
    body = "".join(
        f"<tr>{''.join(f'<td{unbroken[name]}>{verbatim.markup(line[name])}</td>' for name in _SHOWN)}</tr>"
        for line in lines[:_LISTED].to_dict("records")
    )
    more = f"<p>另有 {len(lines) - _LISTED} 项未列出，见下载的清单。</p>" if len(lines) > _LISTED else ""
    return f'<table class="dc-table dc-verbatim"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}'


def _grid(changed: Sequence[Rehearsed], level: Level) -> str:
    """County × changed rows, before → after in each cell."""
    columns = sorted({change.id for rehearsed in changed for change in rehearsed.rows}, key=_printed_order)
    head = "".join(f'<th scope="col">{verbatim.markup(row_id)}</th>' for row_id in columns)
    body = "".join(_line(rehearsed, columns, level) for rehearsed in changed)
    return (
        '<div style="overflow-x:auto"><table class="dc-table"><thead><tr><th>县（市、区）</th><th>总结论</th>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _printed_order(row_id: str) -> tuple[tuple[int, int, str], ...]:
    """1.1.2 before 1.1.10, vetoes last."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in row_id.split("."))


def _line(rehearsed: Rehearsed, columns: Sequence[str], level: Level) -> str:
    before, after = totals(rehearsed, level)
    total = before if before == after else f"{before} → <b>{after}</b>"
    total += _quiet(ONLY_ADDED) if rehearsed.only_added else ""
    cells = "".join(f"<td>{_cell([row for row in rehearsed.rows if row.id == row_id])}</td>" for row_id in columns)
    name = f'<th scope="row" class="dc-verbatim">{verbatim.markup(rehearsed.name)}</th>'
    return f"<tr>{name}<td>{total}</td>{cells}</tr>"


def _cell(changes: Sequence[RowChange]) -> str:
    """What is alike under several standards is told once, with their names on pointing at it."""
    standards: dict[str, list[str]] = {}
    for change in changes:
        before, after = map(verbatim.markup, change.names)
        words = f"{before or '新增'} → <b>{after or '取消'}</b>{_quiet(ADDED) if change.cause == 'added' else ''}"
        standards.setdefault(words, []).append(change.standard_name)
    return "<br>".join(
        f'<span title="{verbatim.markup("、".join(names))}">{words}</span>' for words, names in standards.items()
    )


def _quiet(words: str) -> str:
    return f'<br><span class="dc-quiet">{words}</span>'


def _cells(rehearsed: Rehearsed, change: RowChange) -> dict[str, str]:
    """One changed row for the table and the file."""
    was, would = (
        " ".join(reason.text for reason in stand.reasons or stand.held) if stand else ""
        for stand in (change.before, change.after)
    )
    before, after = change.names
    cells = {
        "县": rehearsed.name,
        "行政区划代码": rehearsed.division_code,
        "标准": change.standard_name,
        "编号": change.id,
        "原结论": before or "（新增）",
        "预演结论": after or "（取消）",
        "原因": cause_words(change) or _CAUSES[change.cause],
        "预演的理由": would,
        "原来的理由": was,
    }
    return {name: verbatim.plain(words) for name, words in cells.items()}


def _no_formula(cell: str) -> str:
    """A spreadsheet must take it for text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _left_out(rehearsal: RehearsalFor) -> None:
    if rehearsal.skipped is None:
        st.caption(
            f"另有 {rehearsal.withheld} 件申报没有列入"
            "（批次不采用被代替的标准、尚未上报、已撤回，或批次的规则没有保存）。"
        )
        return
    with st.expander(f"没有列入的 {rehearsal.withheld} 件"):
        lines = "".join(f"<li>{verbatim.markup(f'{skip.name}：{skip.why}')}</li>" for skip in rehearsal.skipped)
        st.html(f'<ul class="dc-verbatim">{lines}</ul>')


def _meanings(meanings: Sequence[Redefinition]) -> None:
    """What the same id now asks in another meaning: the counties' figures were given in the old one."""
    if meanings:
        st.warning(REDEFINED)
        with st.expander(f"口径已变的 {len(meanings)} 项"):
            changed_rules(list(redefinition_lines(meanings)))
