"""Above a reviewer's page: who of the office has the county, and who may no longer give its opinion."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from scoring.submission import ReviewLevel
from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from workflow.overview.holder_words import shares_words
from workflow.reviewing.colleagues import who_has
from workflow.submission.printed_rows import section_titles


def who_reviews(opened: OpenedSubmission, level: ReviewLevel) -> None:
    """One line; nothing where nothing is divided and the round wants no second reviewer."""
    if told := "".join(_told(opened, level)):
        st.caption(verbatim.markdown(told))


def _told(opened: OpenedSubmission, level: ReviewLevel) -> Iterator[str]:
    snapshot = opened.snapshot
    finders = snapshot.context.finders.get(level, frozenset())
    shares, holders = who_has(opened.office, opened.person, snapshot.record)
    if shares:
        yield f"本级分工：{shares_words(shares, holders, section_titles(opened.standards))}。"
    if snapshot.round.second_reviewer:
        yield "本批次要求认定与推荐意见由两人分别办理："
        if opened.person.username in finders:
            yield "您作出过本级认定，推荐意见和推荐由本单位其他人员办理。"
            yield "没有其他评审账号的，请上级民政部门或系统管理员在“账号”页增设。"
        elif finders:
            yield "本级认定由他人作出，推荐意见和推荐可以由您办理；您一旦也作出认定，就不能办理了。"
        else:
            yield "您作出认定以后，不能再写推荐意见、办理推荐。"
