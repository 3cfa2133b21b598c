"""换用现行规则 as a submission's pages show it: the news at the head, the row it concerns, afterwards the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from storage.canonical import Json
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.row_place import finding_word
from ui.components.forms.outcome import clock_words
from ui.components.rows.row import Row
from ui.components.table import line, table
from ui.components.table_links import table_links
from workflow.people import COUNTY_ROLES
from workflow.permissions import rows_reading
from workflow.submission.handing_back import handed_back_words
from workflow.submission.repins import Repin, effect_words, meaning_words, notice


def repin_notices(case: OpenedSubmission) -> None:
    """Until the submission is handed on; before it, to the county, why its government sent the submission back."""
    back = handed_back_words(case.snapshot.moves, case.snapshot.state, case.person.role)
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
        news = _news_of(case, row, repin) if repin.current else ()
        former = ((level, body) for (level, row_id), body in repin.former.items() if row_id == row.id)
        _box(repin, [*news, *(_former(row, level, body) for level, body in former)])


def _news_of(case: OpenedSubmission, row: Row, repin: Repin) -> Iterator[str]:
    effect, revised = repin.effect, [each for each in repin.revised if each.row == row.id]
    fills_in = case.person.role in COUNTY_ROLES
    if row.id in effect.new or any(each.fate == "added" for each in revised):
        yield f"本项是新增的指标{'，请填报' if fills_in else ''}。"
    elif row.id in effect.added:
        yield f"本项有新增的填报要求{'，请补填' if fills_in else ''}。"
    elif row.id in effect.turned:
        yield "本项的结论因规则改动而改变，请按现行规则核对。"
    standards = [judged.standard for judged in row.judged]
    meanings = [
        m for m in effect.redefined if row.id == m.row or (not m.row and row.id in rows_reading(m.id, standards))
    ]
    told_anyway = {("measure", meaning.id) for meaning in meanings if meaning.what == "measure"}
    measures = (measured for judged in reversed(row.judged) for measured in judged.result.measures if measured.figure)
    figures = {measured.id: measured.figure for measured in measures}  # as the verdict's reasons show them
    for revision in (revision for each in revised for revision in each.revisions):
        if (revision.part, revision.id) not in told_anyway:
            yield f"{revision.words(figures.get(revision.id))}。"
    yield from map(meaning_words, meanings)


def repins_at_facts(case: OpenedSubmission) -> None:
    """Above the county's facts: those it gave that mean something else now."""
    for repin in (repin for repin in case.snapshot.repins if repin.current):
        _box(repin, [meaning_words(meaning) for meaning in repin.effect.redefined if meaning.what == "fact"])


def _box(repin: Repin, paragraphs: Sequence[str]) -> None:
    """Nothing where there is nothing to tell."""
    if paragraphs:
        head = f"<b>{clock_words(repin.at)[:10]} 换用现行规则</b>（理由：{verbatim.markup(repin.reason)}）"
        body = "".join(f'<p class="dc-verbatim">{verbatim.markup(paragraph)}</p>' for paragraph in paragraphs)
        st.html(f'<div class="dc-returned"><p class="dc-verbatim">{head}</p>{body}</div>')


def _former(row: Row, level: str, body: Mapping[str, Json]) -> str:
    parts = (finding_word(row, str(body.get("finding", ""))), str(body.get("date", "")))
    words = "，".join(filter(None, (*parts, f"理由：{body['reason']}" if body.get("reason") else "")))
    return f"{labels.word('levels', level)}的原认定因规则改动作废，须重新认定。原认定：{words}"


def repin_history(case: OpenedSubmission) -> None:
    """What every change of rules did here, the first one first; nothing where there was none."""
    if case.snapshot.repins:
        st.subheader("换用现行规则", anchor=False)
        told = (line((clock_words(each.at), each.reason, effect_words(each.effect))) for each in case.snapshot.repins)
        st.html(table(("时间", "理由", "对本县的影响"), told, "dc-verbatim"))
        table_links("repins", "换用现行规则", s=case.id)


def repin_line(repin: Repin, who: str) -> str:
    """A line of 办理经过: no move, so no state entered."""
    words = f"{repin.reason}。{effect_words(repin.effect)}"
    return line((clock_words(repin.at), "批次换用现行规则", who, "环节不变", words))
