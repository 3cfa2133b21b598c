"""申报材料汇编 of a submission in the store: form, report, index, and what this person may read of the material."""

from __future__ import annotations

from scoring.submission import EvidenceItem
from scoring.wording import LEVEL_NAMES
from templates.binding.material import NO_FILE, AbsentError
from templates.documents.model import Ending, RenderedDocument
from templates.documents.package import PackageInput, render_package
from workflow.errors import Refused
from workflow.papers.application import printed_form
from workflow.papers.file_names import download_name
from workflow.papers.report import report_of
from workflow.submission.printing import shown_at
from workflow.submission.uploads import read_file
from workflow.tables.asked import Asked

EVIDENCE = "evidence"
_NOT_READABLE = "材料文件暂时读不出来"


def package_paper(asked: Asked, _ending: Ending) -> tuple[str, RenderedDocument]:
    """``?s=`` a submission, ``&level=``, ``&evidence=`` numbers of the register (none = all). Raises Refused:
    ``not_found``, ``not_given``."""
    snapshot, level = asked.snapshot, asked.level()
    content, assessment = shown_at(asked.office, snapshot, level)
    chosen = asked.query.get(EVIDENCE)
    if chosen and not set(chosen) <= set(content.evidence):
        raise Refused("not_found")

    def fetch(item: EvidenceItem) -> bytes:
        if not item.sha256:
            raise AbsentError(NO_FILE)
        try:
            return read_file(asked.office, asked.person, snapshot.record.id, item.sha256)[1]
        except Refused as refused:
            raise AbsentError(_NOT_READABLE) from refused

    form = printed_form(asked, content, assessment)
    report = report_of(asked, content, assessment)
    rendered = render_package(PackageInput(content, form, report, fetch, chosen or None), asked.tell)
    return download_name(snapshot, f"申报材料汇编-{LEVEL_NAMES[level]}"), rendered
