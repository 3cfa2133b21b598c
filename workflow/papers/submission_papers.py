"""The papers of a submission as the app prints them: which a person may have, at which levels, in which formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from scoring.submission import Level
from templates.books.local_sheet import render_local
from templates.commands.file_documents import FILE_DOCUMENTS
from templates.documents.contents.report import ReportHead, report_contents
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from templates.documents.progress import Tell
from workflow.errors import Refused
from workflow.office import Office
from workflow.papers.documents import STORE_DOCUMENTS
from workflow.people import Person
from workflow.submission.judging import judged_at
from workflow.submission.printing import local_sheet_head, printable_levels, rendered_form
from workflow.submission.snapshot import SubmissionSnapshot, open_submission


@dataclass(frozen=True, slots=True)
class MadePaper:
    """``name``: the file's, with its ending."""

    name: str
    document: RenderedDocument


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed: ``level`` of one that is printed by levels; ``printed_on`` stands on it."""

    ending: Ending
    level: Level
    printed_on: date
    now: datetime
    tell: Tell


@dataclass(frozen=True, slots=True)
class SubmissionPaper:
    """``by_level``: it says something else at each level. ``is_for``: whether there is such a paper for this person."""

    name: str
    title: str
    endings: tuple[Ending, ...]
    by_level: bool
    is_for: Callable[[SubmissionSnapshot], bool]
    make: Callable[[Office, SubmissionSnapshot, Wanted], RenderedDocument]
