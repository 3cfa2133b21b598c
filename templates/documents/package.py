"""申报材料汇编: form, report, index and the chosen material as one PDF with bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from scoring.submission import EvidenceItem, Submission
from templates.application_form.form import RenderedForm
from templates.application_form.pages import OFFICIAL_PAGES
from templates.binding.apart import Progress
from templates.binding.bound import Part, Placed, bind
from templates.binding.material import Material
from templates.documents.contents.index import index_contents
from templates.documents.contents.report import ReportContents
from templates.documents.making import made_document
from templates.documents.model import RenderedDocument

Fetch = Callable[[EvidenceItem], bytes]


@dataclass(frozen=True, slots=True)
class PackageInput:
    """What is bound. ``chosen``: numbers of the register, None = all. ``fetch`` raises AbsentError."""

    submission: Submission
    form: RenderedForm
    report: ReportContents
    fetch: Fetch
    chosen: Sequence[str] | None = None


def render_package(given: PackageInput, progress: Progress | None = None) -> RenderedDocument:
    """The whole file. The same arguments give the same bytes. Raises ProblemsError (layouts), TypefaceError."""
    report = made_document("report", given.report, "pdf")
    seen = dict.fromkeys((*given.form.missing_glyphs, *report.missing_glyphs))

    def index(placed: Sequence[Placed]) -> Part:
        contents = index_contents(placed, given.submission, given.report.round, given.report.demo)
        made = made_document("index", contents, "pdf")
        seen.update(dict.fromkeys(made.missing_glyphs))
        return Part("佐证材料目录", made.content)

    parts = (Part("申报表", given.form.pdf, unnumbered=OFFICIAL_PAGES), Part("自评报告", report.content))
    bound = bind(f"申报材料汇编（{given.report.division}）", parts, index, list(_materials(given)), progress)
    return RenderedDocument(bound.pdf, tuple(seen))


def _materials(given: PackageInput) -> Iterator[Material]:
    register = given.submission.evidence
    numbers: Iterable[str] = register if given.chosen is None else given.chosen
    for number in numbers:
        yield _material(number, register[number], given.fetch)


def _material(number: str, item: EvidenceItem, fetch: Fetch) -> Material:
    title, issuer, date = item.title or "", item.issuer or "", str(item.date or "")
    there = item.file or item.sha256
    return Material(number, title, issuer, date, partial(fetch, item) if there else None)
