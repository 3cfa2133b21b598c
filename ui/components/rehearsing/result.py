"""规则预演, the answer: how many change to what, county by county and row by row, and what differs in the rules."""

from __future__ import annotations

import streamlit as st

from indicators.model.rule_changes import redefinition_lines
from scoring.rehearsal import report
from scoring.rehearsal.rehearse import Counts, Rehearsal
from scoring.spreadsheets.tables import Table
from ui.components import labels, verbatim
from ui.components.bar import bar, told
from ui.components.problems import show_problems
from ui.components.rules.changed_rules import changed_rules
from ui.components.table import line, table
from ui.components.table_downloads import table_downloads
from ui.rules import library
from workflow.rounds.rehearsing import RehearsalFor

_LISTED = 200
_NEWLY = "unanswered"  # its colour
_SHOWN = ("申报", "总结论", "标准", "编号", "原结论", "预演结论", "原因", "预演的理由")  # 其余各列只在下载的清单里
_UNBROKEN = range(2, 6)


def rehearsal_result(rehearsal: RehearsalFor) -> None:
    """All of it; an administrator sees counts and rules only, of a draft the rules."""
    st.subheader("预演结果", anchor=False)
    level = labels.word("levels", rehearsal.level)
    st.html(f'<p class="dc-quiet">{verbatim.markup(report.headline(rehearsal.rules))}　{level}</p>')
    if rehearsal.counts is None:
        st.info(
            "草案没有错误。对各县的影响由省级民政部门或观察员预演；系统管理员不看各县填报，这里只列规则本身的不同。"
        )
    else:
        st.html(f'<p class="dc-together">{verbatim.markup(report.summary(rehearsal.counts))}</p>')
        _picture(rehearsal.counts)
    if rehearsal.rehearsal is not None:
        _changes(rehearsal.rehearsal, report.headline(rehearsal.rules))
    if rehearsal.withheld:
        _left_out(rehearsal)
    if meanings := rehearsal.rules.redefined:
        st.warning(report.REDEFINED)
        with st.expander(f"口径已变的 {len(meanings)} 项"):
            changed_rules(list(redefinition_lines(meanings)))
    if rehearsal.change.notes:
        st.warning(report.FOLLOWING)
        show_problems(rehearsal.change.notes)
    st.subheader("规则本身的不同", anchor=False)
    changed_rules(rehearsal.rules.lines)


def _picture(counts: Counts) -> None:
    """One bar for the counties, one for each way a row changes."""
    if not counts.submissions:
        st.info("没有可以预演的申报：辖区内没有批次采用被代替的标准，或内容尚不对您开放。")
        return
    rest = counts.changed - counts.lost_eligibility - counts.became_eligible
    parts = [
        ("met", counts.submissions - counts.changed, "不变"),
        ("needs_judgement", rest, "只有单项改变"),
        ("unproven", counts.lost_only_added, "变为尚不符合，只因新增要求"),
        ("not_met", counts.lost_eligibility - counts.lost_only_added, "变为尚不符合"),
        ("not_applicable", counts.became_eligible, "变为符合"),
    ]
    bars = bar("申报", parts, told(parts), f"共 {counts.submissions}")
    most, lists = max(counts.verdicts.values(), default=0), library().vocabulary.lists
    codes = {name: code for code, name in (*lists["veto_states"].items(), *lists["verdicts"].items())}
    for pair, number in counts.verdicts.items():
        added, words = counts.added.get(pair, 0), verbatim.markup(report.transition(*pair))
        parts_of = [(codes.get(pair[1], "unanswered"), number - added, report.JUDGED), (_NEWLY, added, report.ADDED)]
        spoken = f"{words} {number}{f'，其中{report.ADDED} {added}' if added else ''}"
        bars += bar(words, parts_of, spoken, f"{number} 项", most - number)
    legend = "".join(f'<span class="dc-chip dc-s-{code}">{name}</span>' for code, number, name in parts if number)
    if counts.added:
        legend += f'　单项的图例 <span class="dc-chip dc-s-{_NEWLY}">{report.ADDED}</span>'
    st.html(f'<figure class="dc-figure">{bars}</figure><p class="dc-legend">申报的图例 {legend}</p>')


def _changes(rehearsal: Rehearsal, headline: str) -> None:
    """``headline``: which rules instead of which."""
    lines = [{name: verbatim.plain(of) for name, of in row.items()} for row in report.rows_changed(rehearsal)]
    if not lines:
        return
    more = f"<p>另有 {len(lines) - _LISTED} 项未列出，见下载的清单。</p>" if len(lines) > _LISTED else ""
    shown = (line((cells[name] for name in _SHOWN), _UNBROKEN) for cells in lines[:_LISTED])
    wide = f'<div style="min-width:64rem">{table(_SHOWN, shown, "dc-verbatim")}</div>'
    st.html(f'<div style="overflow-x:auto">{wide}</div>{more}')
    rows = tuple(tuple(cells.values()) for cells in lines)
    whole = Table("改变清单", tuple(lines[0]), rows, (("规则预演", headline),))
    table_downloads("改变清单", lambda: [whole], key="rehearse", stamp=hash(rows), file_stem="规则预演-改变清单")


def _left_out(rehearsal: RehearsalFor) -> None:
    if rehearsal.rehearsal is None:
        why = "（批次不采用被代替的标准、尚未上报、已撤回，或批次的规则没有保存）"
        st.caption(f"另有 {rehearsal.withheld} 件申报没有列入{why}。")
        return
    with st.expander(f"没有列入的 {rehearsal.withheld} 件"):
        lines = (verbatim.markup(f"{skip.name}：{skip.why}") for skip in rehearsal.rehearsal.skipped)
        st.html(f'<ul class="dc-verbatim">{"".join(f"<li>{words}</li>" for words in lines)}</ul>')
