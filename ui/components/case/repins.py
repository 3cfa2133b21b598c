"""换用现行规则 as a submission's pages show it: the news at the head, the row it concerns, afterwards the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from indicators.model.rule_changes import Redefinition
from storage.canonical import Json
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
    notices_html((*back, *(notice(repin) for repin in case.snapshot.repins if repin.current)))


def notices_html(notices: tuple[str, ...]) -> None:
    """Each one a box of its own."""
    for words in notices:
        st.html(f'<div class="dc-returned" role="status"><p class="dc-verbatim">{verbatim.markup(words)}</p></div>')


def repins_at_row(case: OpenedSubmission, row: Row) -> None:
    """Above a row: what changed in its rules, that its conclusion turned with them, and the findings that fell, as
    they stood.
    """
    for repin in case.snapshot.repins:
        news = _news_of(case, row, repin) if repin.current else []
        former = [(level, body) for (level, row_id), body in repin.former.items() if row_id == row.id]
        news += [_former(row, level, body) for level, body in former]
        if news:
            _box(repin, news)


def _news_of(case: OpenedSubmission, row: Row, repin: Repin) -> list[str]:
    fills_in = case.person.role in COUNTY_ROLES
    news = []
    if row.id in repin.effect.new or any(
        revised_row.row == row.id and revised_row.fate == "added" for revised_row in repin.revised
    ):
        news.append("本项是新增的指标" + ("，请填报。" if fills_in else "。"))
    elif row.id in repin.effect.added:
        news.append("本项有新增的填报要求" + ("，请补填。" if fills_in else "。"))
    elif row.id in repin.effect.turned:
        news.append("本项的结论因规则改动而改变，请按现行规则核对。")
    meanings = [redefinition for redefinition in repin.effect.redefined if _concerns(redefinition, row)]
    told_anyway = {meaning.id for meaning in meanings if meaning.what == "measure"}
    news += [
        verbatim.markup(revision_words(revision, _figure(row, revision.id)))
        for revised in repin.revised
        if revised.row == row.id
        for revision in revised.revisions
        if revision.part != "measure" or revision.id not in told_anyway
    ]
    return news + [verbatim.markup(meaning_words(meaning)) for meaning in meanings]


def _figure(row: Row, measure_id: str) -> str | None:
    """What the county gave, as the verdict's reasons show it."""
    figures = (
        measured.figure for judged in row.judged for measured in judged.result.measures if measured.id == measure_id
    )
    return next((figure for figure in figures if figure), None)


def repins_at_facts(case: OpenedSubmission) -> None:
    """Above the county's facts: those it gave that mean something else now."""
    for repin in case.snapshot.repins:
        facts = [meaning for meaning in repin.effect.redefined if meaning.what == "fact"]
        if facts and repin.current:
            _box(repin, [verbatim.markup(meaning_words(meaning)) for meaning in facts])


def _concerns(meaning: Redefinition, row: Row) -> bool:
    if meaning.what == "fact":
        return row.id in rows_reading(meaning.id, [judged.standard for judged in row.judged])
    return meaning.row == row.id


def _box(repin: Repin, paragraphs: Sequence[str]) -> None:
    head = f"<b>{clock_words(repin.at)[:10]} 换用现行规则</b>（理由：{verbatim.markup(repin.reason)}）"
    body = "".join(f'<p class="dc-verbatim">{paragraph}</p>' for paragraph in paragraphs)
    st.html(f'<div class="dc-returned"><p class="dc-verbatim">{head}</p>{body}</div>')


def _former(row: Row, level: str, body: Mapping[str, Json]) -> str:
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
        f"<tr><td>{clock_words(repin.at)}</td><td>{verbatim.markup(repin.reason)}</td>"
        f"<td>{verbatim.markup(effect_words(repin.effect))}</td></tr>"
        for repin in case.snapshot.repins
    )
    head = "<tr><th>时间</th><th>理由</th><th>对本县的影响</th></tr>"
    st.html(f'<table class="dc-table dc-verbatim"><thead>{head}</thead><tbody>{lines}</tbody></table>')


def repin_line(repin: Repin, who: str) -> str:
    """A line of 办理经过: no move, so no state entered."""
    return (
        f"<tr><td>{clock_words(repin.at)}</td><td>批次换用现行规则</td><td>{verbatim.markup(who)}</td><td>环节不变</td>"
        f"<td>{verbatim.markup(f'{repin.reason}。{effect_words(repin.effect)}')}</td></tr>"
    )
