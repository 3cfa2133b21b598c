"""The documents the app offers, each made when it is asked for, for the person who asks.

A new one is an `OfferedPaper` here: its own function decides by `Asked` who may have it, and raises Refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scoring.submission import LEVELS, REVIEW_LEVELS, Level
from templates.documents.model import Ending, RenderedDocument
from workflow.errors import Refused
from workflow.office import Office
from workflow.papers.application import form_paper
from workflow.papers.companions import evidence_paper, record_paper, visit_paper
from workflow.papers.gaps import gaps_paper, is_of_the_county
from workflow.papers.local import has_local_documents, local_paper
from workflow.papers.notice import notice_paper, was_returned
from workflow.papers.package import package_paper
from workflow.papers.report import report_paper
from workflow.papers.rounds import ROUND_PAPERS, offered_round_paper
from workflow.submission.printing import printable_levels
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.tables.asked import Asked


def _always(_office: Office, _snapshot: SubmissionSnapshot) -> bool:
    return True


def of_no_submission(_office: Office, _snapshot: SubmissionSnapshot) -> bool:
    """A round's paper: offered elsewhere."""
    return False


@dataclass(frozen=True, slots=True)
class OfferedPaper:
    """``title``: of the link and the file. ``make`` gives the file's name, without ending, beside its content.

    ``levels``: at which it says something else each; none where it is of no level; ``usual``: the one chosen unless
    another is, None = the last that the person sees. ``is_for``: whether the page of a
    submission offers it to who opened that: `of_no_submission` = a round's, offered elsewhere.
    """

    title: str
    endings: tuple[Ending, ...]
    make: Callable[[Asked, Ending], tuple[str, RenderedDocument]]
    levels: tuple[Level, ...] = ()
    usual: Level | None = None
    is_for: Callable[[Office, SubmissionSnapshot], bool] = _always


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A paper of a submission as its page offers it; ``levels``: it may be printed at, none where all are alike;
    ``usual`` as in `OfferedPaper`."""

    name: str
    title: str
    endings: tuple[Ending, ...]
    levels: tuple[Level, ...] = ()
    usual: Level | None = None


@dataclass(frozen=True, slots=True)
class MadePaper:
    """``name``: the file's, with its ending."""

    name: str
    document: RenderedDocument


PACKAGE = "package"
OFFERED: Mapping[str, OfferedPaper] = {
    "form": OfferedPaper("申报表", ("pdf", "docx"), form_paper, levels=LEVELS),
    "report": OfferedPaper("自评报告", ("pdf", "docx"), report_paper, levels=LEVELS, usual="county"),
    PACKAGE: OfferedPaper("申报材料汇编", ("pdf",), package_paper, levels=LEVELS),
    "evidence": OfferedPaper("佐证材料目录", ("pdf", "xlsx"), evidence_paper),
    "gaps": OfferedPaper("部门缺项清单", ("pdf", "xlsx"), gaps_paper, is_for=is_of_the_county),
    "notice": OfferedPaper("退回补正通知书", ("pdf", "docx"), notice_paper, is_for=was_returned),
    "record": OfferedPaper("评审记录", ("pdf", "docx"), record_paper, levels=REVIEW_LEVELS),
    "visit": OfferedPaper("实地评估记录", ("pdf", "docx"), visit_paper, levels=REVIEW_LEVELS),
    "local": OfferedPaper("地方文件对照表", ("pdf",), local_paper, is_for=has_local_documents),
    **{
        name: OfferedPaper(title, ("pdf", "xlsx"), offered_round_paper(name), is_for=of_no_submission)
        for name, title in ROUND_PAPERS.items()
    },
}


def papers_of(office: Office, snapshot: SubmissionSnapshot) -> tuple[PaperChoice, ...]:
    """What the page of a submission offers to who opened it."""
    seen = printable_levels(snapshot)
    choices = []
    for name, offered in OFFERED.items():
        levels = tuple(level for level in seen if level in offered.levels)
        if offered.is_for(office, snapshot) and bool(levels) == bool(offered.levels):
            choices.append(PaperChoice(name, offered.title, offered.endings, levels, offered.usual))
    return tuple(choices)


def papers_of_round(levels: Sequence[Level]) -> tuple[PaperChoice, ...]:
    """What the matrix of a round offers. ``levels``: those that recommend and that the person may see."""
    at: Mapping[str, tuple[Level, ...]] = {"summary": tuple(levels), "matrix": LEVELS}
    return tuple(
        PaperChoice(name, title, OFFERED[name].endings, at.get(name, ())) for name, title in ROUND_PAPERS.items()
    )


def offered_paper(name: str, asked: Asked, ending: str) -> MadePaper:
    """Raises Refused: ``not_found`` for what there is not or not for this person; what the paper itself refuses."""
    offered = OFFERED.get(name)
    for known in offered.endings if offered is not None else ():
        if offered is not None and known == ending:
            stem, document = offered.make(asked, known)
            return MadePaper(f"{stem}.{ending}", document)
    raise Refused("not_found")
