"""Printing of a submission of the store: all its papers, or one."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from scoring.submission import Level
from scoring.wording import eligibility
from storage.clock import local_date
from templates.documents.model import Ending
from templates.documents.progress import Tell
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.printing.print_papers import print_papers
from workflow.papers.offered import MadePaper, PaperChoice, offered_paper, papers_of
from workflow.tables.asked import LEVEL, PRINTED_ON, SUBMISSION, Asked


def submission_printing(opened: OpenedSubmission, now: datetime, *, only: str | None = None) -> None:
    """``only``: the one paper of this page; nothing where the person has none."""
    papers = [paper for paper in papers_of(opened.office, opened.snapshot) if only in {None, paper.name}]
    if not papers:
        return
    office, person, submission_id = opened.office, opened.person, str(opened.id)

    def make(name: str, ending: Ending, level: Level, day: date, tell: Tell) -> MadePaper:
        query: dict[str, list[str]] = {SUBMISSION: [submission_id], LEVEL: [level], PRINTED_ON: [day.isoformat()]}
        return offered_paper(name, Asked(office, person, now, query, tell), ending)

    def told(paper: PaperChoice, level: Level) -> None:
        if paper.name != "form":
            return
        st.caption("尚未出具的意见栏留空；正在拟写的意见只有本级看得到。")
        if not opened.judged(level).eligible:
            st.info(f"按这一级的结论{eligibility(level, eligible=False)}，申报表将印有“草稿”字样。")

    st.subheader("打印" if only is None else f"打印{papers[0].title}", anchor=False)
    print_papers(
        papers,
        make,
        account_id=person.account_id,
        place=opened.place("print", only or ""),
        stamp=opened.standing,
        today=lambda: local_date(now),
        told=told,
    )
