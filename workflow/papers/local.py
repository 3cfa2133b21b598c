"""地方文件对照表 of a submission in the store."""

from __future__ import annotations

from scoring.local.profile import LocalProfile, local_profile
from templates.books.local_sheet import render_local
from templates.documents.model import Ending, RenderedDocument
from workflow.errors import Refused
from workflow.office import Office
from workflow.papers.file_names import download_name
from workflow.submission.printing import local_sheet_head
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.tables.asked import Asked


def has_local_documents(office: Office, snapshot: SubmissionSnapshot) -> bool:
    """Whether any local document applies to the county."""
    return bool(_profile(office, snapshot).documents)


def local_paper(asked: Asked, _ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=`` a submission. Raises Refused ``not_found``, also where no local document applies."""
    snapshot = asked.snapshot
    if not has_local_documents(asked.office, snapshot):
        raise Refused("not_found")
    states, profile = asked.office.library.vocabulary.lists["local_states"], _profile(asked.office, snapshot)
    book = render_local(snapshot.content, profile, states, local_sheet_head(snapshot, asked.printed_on))
    return download_name(snapshot, "地方文件对照表"), RenderedDocument(book.pdf, book.missing_glyphs)


def _profile(office: Office, snapshot: SubmissionSnapshot) -> LocalProfile:
    policies = office.rules_of(snapshot.round).policies
    return snapshot.once("local", lambda: local_profile(snapshot.content, policies, snapshot.standards))
