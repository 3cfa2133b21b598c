"""换用现行规则 as a submission's pages show it: the news at the head, the row it concerns, afterwards the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from indicators.model.rule_changes import Redefinition
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.row_place import finding_word
from ui.components.forms.outcome import clock_words
from ui.components.rows.row import Row
from workflow.people import COUNTY_ROLES
from workflow.permissions import rows_reading
from workflow.submission.handing_back import handed_back_words
from workflow.submission.repins import Repin, effect_words, meaning_words, notice
from workflow.submission.rule_revisions import revision_words


def repin_notices(case: OpenedSubmission) -> None:
    """Until the submission is handed on; before it, to the county, why its government sent the submission back."""
    back = handed_back_words(case.snapshot.handed_back, case.person.role)
    notices_html((*back, *(notice(one) for one in case.snapshot.repins if one.current)))


def notices_html(told: tuple[str, ...]) -> None:
    """Each one a box of its own."""
    for words in told:
        st.html(f'<div class="dc-returned" role="status"><p class="dc-verbatim">{verbatim.markup(words)}</p></div>')


def repins_at_row(case: OpenedSubmission, row: Row) -> None:
    """Above a row: what changed in its rules, that its conclusion turned with them, and the findings that fell, as
    they stood.
    """
    for taken in case.snapshot.repins:
        said = _news_of(case, row, taken) if taken.current else []
        former = [(level, body) for (level, row_id), body in taken.former.items() if row_id == row.id]
        said += [_former(row, level, body) for level, body in former]
        if said:
            _box(taken, said)


def _news_of(case: OpenedSubmission, row: Row, taken: Repin) -> list[str]:
    fills_in = case.person.role in COUNTY_ROLES
    said = []
    if row.id in taken.effect.new or any(one.row == row.id and one.fate == "added" for one in taken.revised):
        said.append("本项是新增的指标" + ("，请填报。" if fills_in else "。"))
    elif row.id in taken.effect.added:
        said.append("本项有新增的填报要求" + ("，请补填。" if fills_in else "。"))
    elif row.id in taken.effect.turned:
        said.append("本项的结论因规则改动而改变，请按现行规则核对。")
    meanings = [one for one in taken.effect.redefined if _concerns(one, row)]
    told_anyway = {one.id for one in meanings if one.what == "measure"}
    said += [
        verbatim.markup(revision_words(one, _figure(row, one.id)))
        for revised in taken.revised
        if revised.row == row.id
        for one in revised.revisions
        if one.part != "measure" or one.id not in told_anyway
    ]
    return said + [verbatim.markup(meaning_words(one)) for one in meanings]


def _figure(row: Row, measure_id: str) -> str | None:
    """What the county gave, as the verdict's reasons show it."""
    figures = (one.figure for judged in row.judged for one in judged.result.measures if one.id == measure_id)
    return next((figure for figure in figures if figure), None)


def repins_at_facts(case: OpenedSubmission) -> None:
    """Above the county's facts: those it gave that mean something else now."""
    for taken in case.snapshot.repins:
        facts = [one for one in taken.effect.redefined if one.what == "fact"]
        if facts and taken.current:
            _box(taken, [verbatim.markup(meaning_words(one)) for one in facts])


def _concerns(one: Redefinition, row: Row) -> bool:
    if one.what == "fact":
        return row.id in rows_reading(one.id, [judged.standard for judged in row.judged])
    return one.row == row.id


def _box(taken: Repin, said: Sequence[str]) -> None:
    head = f"<b>{clock_words(taken.at)[:10]} 换用现行规则</b>（理由：{verbatim.markup(taken.reason)}）"
    body = "".join(f'<p class="dc-verbatim">{one}</p>' for one in said)
    st.html(f'<div class="dc-returned"><p class="dc-verbatim">{head}</p>{body}</div>')


def _former(row: Row, level: str, body: Mapping[str, Any]) -> str:
    parts = [finding_word(row, str(body.get("finding", ""))), str(body.get("date", ""))]
    if body.get("reason"):
        parts.append(f"理由：{body['reason']}")
    words = "，".join(part for part in parts if part)
    return f"{labels.word('levels', level)}的原认定因规则改动作废，须重新认定。原认定：{verbatim.markup(words)}"


def repin_history(case: OpenedSubmission) -> None:
    """What every change of rules did here, the first one first; nothing where there was none."""
    if not case.snapshot.repins:
        return
    st.subheader("换用现行规则", anchor=False)
    lines = "".join(
        f"<tr><td>{clock_words(one.at)}</td><td>{verbatim.markup(one.reason)}</td>"
        f"<td>{verbatim.markup(effect_words(one.effect))}</td></tr>"
        for one in case.snapshot.repins
    )
    head = "<tr><th>时间</th><th>理由</th><th>对本县的影响</th></tr>"
    st.html(f'<table class="dc-table dc-verbatim"><thead>{head}</thead><tbody>{lines}</tbody></table>')


def repin_line(one: Repin, who: str) -> str:
    """A line of 办理经过: no move, so no state entered."""
    return (
        f"<tr><td>{clock_words(one.at)}</td><td>批次换用现行规则</td><td>{verbatim.markup(who)}</td><td>环节不变</td>"
        f"<td>{verbatim.markup(f'{one.reason}。{effect_words(one.effect)}')}</td></tr>"
    )
