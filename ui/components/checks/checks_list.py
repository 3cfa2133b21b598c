"""自动核对: every automatic check of a submission in one folded list, what is in order and what was found, with links
and the county's explanations."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from scoring.checks.named_checks import CheckName, Finding, NamedCheck
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.checks.explaining import checks_of, explained, explaining, explanations_html
from ui.components.rows.cross_checks import DrawLink
from ui.components.table import line, table
from ui.components.table_links import table_links
from workflow.tables.submission import CHECK_NAMES
from workflow.targets import Target

# What each check counts.
_COUNTED: Mapping[CheckName, str] = {
    "completeness": "项指标",
    "thresholds": "项数据和判断",
    "proof": "项指标",
    "dates": "项指标",
    "cross_checks": "条互核",
    "duplicates": "份材料",
    "contradictions": "项指标",
}


def checks_list(opened: StoredForms, draw_link: DrawLink) -> None:
    """The list, drawn once it is opened; whoever may explain what is of no one row does so in it."""
    checks = checks_of(opened)
    found = [finding for check in checks for finding in check.found]
    blocking = sum(finding.blocks for finding in found)
    told = sum(any(key in explained(opened) for key in finding.keys) for finding in found)
    words = f"发现 {len(found)} 处（{blocking} 处影响结论，县级已说明 {told} 处）" if found else "没有发现问题"
    folded = st.expander(f"自动核对 {len(checks)} 类：{words}", key=opened.place("checks"), on_change="rerun")
    if not folded.open:
        return
    with folded:
        lines = (line((CHECK_NAMES[c.name], f"{c.passed} {_COUNTED[c.name]}", f"{len(c.found)} 处")) for c in checks)
        st.html(table(("核对", "未发现问题", "发现"), lines))
        table_links("checks", "自动核对", s=opened.id)
        st.caption("都是本工具照标准和材料自动核对的；县级的说明不改变结论。")
        for check in checks:
            _found(opened, check, draw_link)
        explaining(opened, _of_no_row(opened, found), "checks")


def _found(opened: StoredForms, check: NamedCheck, draw_link: DrawLink) -> None:
    if not check.found:
        return
    st.html(f"<h3>{CHECK_NAMES[check.name]}（{len(check.found)} 处）</h3>")
    for number, finding in enumerate(check.found):
        mark = labels.tag("影响结论", "notice") if finding.blocks else labels.tag("提醒")
        words = f'<div class="dc-why dc-verbatim">{mark} {verbatim.markup(finding.reason.text)}</div>'
        st.html(f"{words}{explanations_html(opened, finding)}")
        if finding.rows:
            with st.container(horizontal=True):
                for row_id in finding.rows:
                    draw_link(row_id, row_id, f"check-{check.name}-{number}-{row_id}")


def _of_no_row(opened: StoredForms, found: list[Finding]) -> list[str]:
    """The keys of warnings that no row's page shows."""
    keys = dict.fromkeys(key for finding in found if not finding.blocks for key in finding.keys)
    elsewhere = (key for key in keys if key.partition("/")[2] not in opened.rows)
    return [key for key in elsewhere if opened.why_not(Target.explanation(key)) is None]
