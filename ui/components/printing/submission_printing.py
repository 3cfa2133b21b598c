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
from workflow.papers.offered import PACKAGE, MadePaper, PaperChoice, offered_paper, papers_of
from workflow.papers.package import EVIDENCE
from workflow.tables.asked import LEVEL, PRINTED_ON, SUBMISSION, Asked


def submission_printing(opened: OpenedSubmission, now: datetime, *, only: str | None = None) -> None:
    """``only``: the one paper of this page; nothing where the person has none."""
    papers = [paper for paper in papers_of(opened.office, opened.snapshot) if only in {None, paper.name}]
    if not papers:
        return
    office, person, submission_id = opened.office, opened.person, str(opened.id)
    chosen: list[str] = st.session_state.get(_material_key(opened), [])

    def make(name: str, ending: Ending, level: Level, day: date, tell: Tell) -> MadePaper:
        query: dict[str, list[str]] = {SUBMISSION: [submission_id], LEVEL: [level], PRINTED_ON: [day.isoformat()]}
        query |= {EVIDENCE: chosen} if name == PACKAGE else {}
        return offered_paper(name, Asked(office, person, now, query, tell), ending)

    def told(paper: PaperChoice, level: Level) -> None:
        if paper.name == PACKAGE:
            _choose_material(opened)
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
        stamp=(*opened.standing, *chosen),
        today=lambda: local_date(now),
        told=told,
    )


def _material_key(opened: OpenedSubmission) -> str:
    return opened.place("print", EVIDENCE)


def _choose_material(opened: OpenedSubmission) -> None:
    register = opened.snapshot.content.evidence
    with_files = [number for number, item in register.items() if item.sha256]
    st.multiselect(
        "附上哪些材料（不选为全部）",
        with_files,
        format_func=lambda number: f"{number}　{register[number].title or ''}",
        placeholder="全部材料",
        key=_material_key(opened),
    )
    st.caption(
        f"申报表、自评报告、佐证材料目录和材料合为一个 PDF，有书签和总页码。登记了 {len(register)} 件，"
        f"其中 {len(with_files)} 件有文件；不能附的（加了密码、损坏、过长、不是 PDF 或图片的）在目录里写明。"
    )
