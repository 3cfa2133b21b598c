"""The documents the app offers, each made when it is fetched, for the person who asks.

A new one is an `OfferedPaper` here: its own function decides by `Asked` who may have it, and raises Refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from templates.documents.model import Ending, RenderedDocument
from workflow.errors import Refused
from workflow.papers.report import report_paper
from workflow.tables.asked import Asked


@dataclass(frozen=True, slots=True)
class OfferedPaper:
    """``title``: of the link and the file. ``make`` gives the file's name, without ending, beside its content."""

    title: str
    endings: tuple[Ending, ...]
    make: Callable[[Asked, Ending], tuple[str, RenderedDocument]]


OFFERED: Mapping[str, OfferedPaper] = {"report": OfferedPaper("自评报告", ("pdf", "docx"), report_paper)}


def offered_paper(name: str, asked: Asked, ending: str) -> tuple[str, RenderedDocument]:
    """Raises Refused: ``not_found`` for what there is not or not for this person; what the paper itself refuses."""
    offered = OFFERED.get(name)
    for known in offered.endings if offered is not None else ():
        if offered is not None and known == ending:
            return offered.make(asked, known)
    raise Refused("not_found")
