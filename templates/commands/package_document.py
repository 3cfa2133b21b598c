"""``package``: form, report, index and material bound as one PDF, from a submission file and a folder of its files."""

from __future__ import annotations

import hashlib
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from indicators.arguments import UsageError
from indicators.installation import check_address
from indicators.reading.folder import why
from scoring.archives.package import BadPackageError, PackedFile, open_package
from scoring.submission import EvidenceItem
from templates.application_form.check_sheet import office_names
from templates.application_form.form import render_form
from templates.application_form.plan import OPINIONS_AT, highest_level
from templates.commands.options import add_file, add_printed_on, add_rules, judged, known, read
from templates.documents.model import Ending, RenderedDocument
from templates.documents.registry import DocumentKind

_MOST_BYTES = 200_000_000
_NOT_THERE = "没有找到文件"
_CHANGED = "文件与登记时的摘要不符"


def _arguments(parser: ArgumentParser) -> None:
    add_file(parser)
    add_rules(parser)
    parser.add_argument(
        "--material", type=Path, metavar="DIR", help="材料文件所在的文件夹，或交换包（zip）；不写则只编目录"
    )
    parser.add_argument("--evidence", metavar="E01,E02", help="只附这几件（件号，用逗号分开）；默认全部")
    parser.add_argument("--level", choices=tuple(OPINIONS_AT), help="按哪一级；默认为已有意见的最高一级")
    add_printed_on(parser, "封面和核对页")


def _package(options: Namespace, _ending: Ending) -> RenderedDocument:
    from templates.documents.contents.report import ReportHead, report_contents  # noqa: PLC0415 - start-up time
    from templates.documents.package import PackageInput, render_package  # noqa: PLC0415 - likewise

    submission, library = read(options)
    chosen = None
    if options.evidence is not None:
        chosen = [known(number.strip(), submission.evidence, "材料") for number in options.evidence.split(",")]
    level = options.level or highest_level(submission)
    assessment = judged(submission, library, level)
    names = office_names(library.standards.values())
    form = render_form(submission, assessment, level, options.printed_on, names=names, check_at=check_address())
    report = report_contents(submission, assessment, library, ReportHead(printed_on=options.printed_on))
    given = PackageInput(submission, form, report, _fetch(options.material), chosen)
    return render_package(given, _told if sys.stderr.isatty() else None)


def _told(done: int, of: int) -> None:
    sys.stderr.write(f"\r已读材料 {done}/{of} 件" + ("\n" if done == of else ""))


def _fetch(place: Path | None) -> Callable[[EvidenceItem], bytes]:
    """Reads a file of the register. Raises UsageError for a place that is neither folder nor exchange package."""
    from templates.binding.material import AbsentError  # noqa: PLC0415 - start-up time

    def nothing(_item: EvidenceItem) -> bytes:
        raise AbsentError("没有指明材料文件夹")

    if place is None:
        return nothing
    packed = None if place.is_dir() else _packed(place)

    def fetch(item: EvidenceItem) -> bytes:
        content = _from_folder(place, item) if packed is None else packed(item)
        if content is None:
            raise AbsentError(_NOT_THERE)
        if item.sha256 and hashlib.sha256(content).hexdigest() != item.sha256:
            raise AbsentError(_CHANGED)
        return content

    return fetch


def _from_folder(folder: Path, item: EvidenceItem) -> bytes | None:
    """By its name in that folder alone, or by its SHA-256."""
    for name in filter(None, (item.file, item.sha256)):
        path = folder / Path(name.replace("\\", "/")).name
        try:
            if path.is_file() and path.stat().st_size <= _MOST_BYTES:
                return path.read_bytes()
        except (OSError, ValueError):
            continue
    return None


def _packed(place: Path) -> Callable[[EvidenceItem], bytes | None]:
    try:
        package = open_package(place.open("rb"))
    except OSError as error:
        raise UsageError(f"{place}：打不开（{why(error)}）；请写材料文件夹或交换包的路径") from error
    except BadPackageError as bad:
        raise UsageError(f"{place}：{bad.sentence}") from bad
    by_digest: dict[str, PackedFile] = {packed.sha256: packed for packed in package.material}

    def fetch(item: EvidenceItem) -> bytes | None:
        found = by_digest.get(item.sha256 or "")
        return None if found is None else package.read(found)

    return fetch


PACKAGE_DOCUMENT = DocumentKind(
    "package", "申报材料汇编", ("pdf",), "file", _arguments, _package, lambda options: str(options.file)
)
