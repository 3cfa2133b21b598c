"""Printing of a round: 推荐汇总表, 各项指标结论, 办理情况表."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from scoring.submission import REVIEW_LEVELS, Level
from storage.clock import local_date
from templates.documents.model import Ending
from templates.documents.progress import Tell
from ui.components.printing.print_papers import print_papers
from workflow.office import Office
from workflow.overview.matrix import AreaMatrix
from workflow.papers.offered import MadePaper, PaperChoice, offered_paper, papers_of_round
from workflow.people import Person
from workflow.tables.asked import LEVEL, PRINTED_ON, ROUND, Asked

_TOLD = {
    "summary": "列本级推荐的县，附联系人、达标情况和各级意见的日期。",
    "matrix": "按项目分表，一字一格；XLSX 写全称。各级正在作的认定，只有本级看得到。",
    "decisions": "列每次办理的时间、办理人、理由。",
}


def round_printing(office: Office, person: Person, area: AreaMatrix, standard_id: str, now: datetime) -> None:
    """``standard_id``: whose rows the matrix has."""

    def make(name: str, ending: Ending, level: Level, day: date, tell: Tell) -> MadePaper:
        query: dict[str, list[str]] = {
            ROUND: [area.round.id],
            LEVEL: [level],
            PRINTED_ON: [day.isoformat()],
            "standard": [standard_id],
        }
        return offered_paper(name, Asked(office, person, now, query, tell), ending)

    def told(paper: PaperChoice, _level: Level) -> None:
        st.caption(_TOLD[paper.name])

    print_papers(
        papers_of_round(REVIEW_LEVELS),
        make,
        account_id=person.account_id,
        place=f"print-round|{area.round.id}",
        stamp=(standard_id, *((line.record.id, line.record.stamp) for line in area.lines)),
        today=lambda: local_date(now),
        told=told,
    )
