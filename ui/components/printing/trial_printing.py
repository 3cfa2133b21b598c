"""Printing of what is tried out: nothing of it is in the store."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scoring.submission import Level
from scoring.wording import LEVEL_NAMES, eligibility
from storage.clock import local_date, now
from templates.application_form.check_sheet import office_names
from templates.application_form.form import render_form
from templates.application_form.word_form import render_word_form
from templates.documents.contents.report import ReportHead, report_contents
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from templates.documents.progress import Tell
from ui.components import labels
from ui.components.printing.print_papers import print_papers
from ui.components.trial.downloads import file_name
from ui.components.trial.workspace import Workspace
from ui.identity import current_person
from ui.rules import library
from workflow.papers.offered import MadePaper, PaperChoice


def trial_printing(workspace: Workspace) -> None:
    """The papers a file holds everything for, at the page's level."""
    st.subheader("打印", anchor=False)
    submission, assessment, at = workspace.submission, workspace.assessment, workspace.level
    names = office_names(workspace.standards)
    titles = {"form": "申报表", "report": "自评报告"}
    files = {name: file_name(workspace, f"{title}-{LEVEL_NAMES[at]}") for name, title in titles.items()}

    def make(name: str, ending: Ending, _level: Level, day: date, _tell: Tell) -> MadePaper:
        if name == "form" and ending == "docx":
            document = RenderedDocument(render_word_form(submission, assessment))
        elif name == "form":
            form = render_form(submission, assessment, at, day, names=names)
            document = RenderedDocument(form.pdf, form.missing_glyphs)
        else:
            contents = report_contents(submission, assessment, library(), ReportHead(printed_on=day))
            document = made_document("report", contents, ending)
        return MadePaper(f"{files[name]}.{ending}", document)

    def told(paper: PaperChoice, level: Level) -> None:
        name = labels.word("levels", level)
        st.caption(f"按当前已保存的内容和“{name}”生成；申报表印该级及以下各级的意见，其余意见栏留空。")
        if paper.name == "form" and not assessment.eligible:
            st.info(f"按“{name}”，{eligibility(level, eligible=False)}，申报表将印有“草稿”字样。")

    print_papers(
        [
            PaperChoice("form", titles["form"], ("pdf", "docx"), (at,)),
            PaperChoice("report", titles["report"], ("pdf", "docx"), (at,)),
        ],
        make,
        account_id=current_person().account_id,
        place="trial-print",
        stamp=(at, workspace.text),
        today=lambda: local_date(now()),
        told=told,
    )
