"""After a return: what was asked, and what the county changed since, before and after side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from storage.records import Return
from ui.components import labels, verbatim
from ui.components.outcome import clock_words
from ui.components.review.case import Case
from ui.components.review.row_place import go
from workflow.clock import local_date
from workflow.guards import FORM_LABELS
from workflow.reviewing import Change, changed_since

_KINDS = {"answer": "指标", "veto": "一票否决", "fact": "县情", "form": "申报表栏目", "evidence": "佐证材料"}


def county_changes(case: Case) -> tuple[Change, ...]:
    """What the county changed since the last return; nothing where it was never returned."""
    return changed_since(case.office, case.person, case.id)


def changes(case: Case, found: tuple[Change, ...], returned: tuple[Return, ...]) -> None:
    """The last notice with its numbered items, then every change."""
    if not returned:
        st.info("没有退回过。退回补正后，这里列出县里改动了什么。")
        return
    _notice(case, returned[-1])
    st.subheader(f"退回后县里改动的内容（{len(found)} 处）", anchor=False)
    if not found:
        st.caption("还没有改动。")
    for number, change in enumerate(found):
        _change(case, change, number)


def _notice(case: Case, one: Return) -> None:
    level = labels.word("levels", one.level)
    due = f"，补正期限 {one.due.isoformat()}" if one.due else ""
    done = f"，{local_date(one.closed_at).isoformat()} 补正后上报" if one.closed_at else "，尚未补正上报"
    st.subheader(
        f"第 {one.number} 次退回补正（{level}，{local_date(one.created_at).isoformat()}{due}{done}）", anchor=False
    )
    lines = "".join(
        f"<tr><td>{item.number}</td><td>{verbatim.markup(item_name(case, item.row_id))}</td>"
        f'<td class="dc-verbatim">{verbatim.markup(item.reason)}</td></tr>'
        for item in one.items
    )
    reason = f'<p class="dc-verbatim">{verbatim.markup(one.reason)}</p>' if one.reason else ""
    head = "<tr><th>序号</th><th>项目</th><th>需补正的内容</th></tr>"
    st.html(f'{reason}<table class="dc-table"><thead>{head}</thead><tbody>{lines}</tbody></table>')


def item_name(case: Case, row_id: str) -> str:
    """A return item's row or form field in words."""
    row = case.rows.get(row_id)
    if row is not None:
        return f"{labels.row_name(row.first)} {row.topic or row.section}"
    return f"申报表：{FORM_LABELS.get(row_id.removeprefix('form/'), row_id)}"


def _change(case: Case, change: Change, number: int) -> None:
    kind, key = change.target
    bears = f"，涉及 {'、'.join(change.row_ids)}" if change.row_ids else ""
    with st.container(border=True):
        words, opening = st.columns([6, 1], vertical_alignment="center")
        words.html(
            f'<p class="dc-field"><b>{_KINDS.get(kind, kind)} {verbatim.markup(key)}</b>'
            f"<small>{verbatim.markup(change.by)} {clock_words(change.at)}{verbatim.markup(bears)}</small></p>"
        )
        if change.row_ids and opening.button("查看", key=case.place("changed", number), width="stretch"):
            st.session_state[case.place("view")] = "row"
            go(case, change.row_ids[0])
        before, after = st.columns(2)
        before.html(_side("改动前", change.before))
        after.html(_side("改动后", change.after))


def _side(title: str, body: object) -> str:
    lines = "".join(f"<dt>{verbatim.markup(path)}</dt><dd>{verbatim.markup(text)}</dd>" for path, text in _lines(body))
    listed = f'<dl class="dc-wanting dc-verbatim">{lines}</dl>' if lines else "<p>（没有）</p>"
    return f'<article class="dc-detail"><h3>{title}</h3>{listed}</article>'


_WORDS = {
    "claim": "自评", "claims": "分标准自评", "note": "说明", "measures": "数据", "judgements": "判断",
    "nil_return": "无此情形", "evidence": "材料", "fulfilled": "做到", "reason": "理由", "title": "题名",
    "document_number": "文号", "issuer": "责任者", "date": "日期", "pages": "页数", "holder": "保管单位",
    "file": "文件", "sha256": "摘要", "numerator": "分子", "denominator": "分母", "covered": "覆盖", "whole": "总数",
    "value": "值",
}  # fmt: skip
_CLAIMS = {
    "met": "达标",
    "not_met": "未达标",
    "not_applicable": "不适用",
    "unsure": "拿不准",
    "clear": "不存在",
    "present": "存在",
}


def _lines(body: Any, path: str = "") -> list[tuple[str, str]]:  # noqa: ANN401 - an entry's body
    if body is None:
        return []
    if isinstance(body, dict):
        named = ((f"{path} {_WORDS.get(key, key)}".strip(), value) for key, value in body.items())
        return [line for name, value in named for line in _lines(value, name)]
    if isinstance(body, list | tuple):
        return [(path or "内容", "、".join(str(one) for one in body))]
    if isinstance(body, bool):
        return [(path or "内容", "是" if body else "否")]
    return [(path or "内容", _CLAIMS.get(str(body), str(body)) if path.startswith(("自评", "分标准")) else str(body))]
