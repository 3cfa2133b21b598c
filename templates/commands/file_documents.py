"""Documents made from a submission file: form, report, local."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from indicators.arguments import UsageError
from indicators.installation import check_address
from indicators.references import by_rank, short_title
from scoring.local.profile import local_profile
from scoring.submission import LEVELS
from templates.application_form.check_sheet import office_names
from templates.application_form.form import render_blank_form, render_form
from templates.application_form.plan import OPINIONS_AT, highest_level
from templates.commands.options import add_file, add_printed_on, add_rules, judged, read
from templates.documents.model import Ending, RenderedDocument
from templates.documents.registry import DocumentKind


def _form_arguments(parser: ArgumentParser) -> None:
    add_file(parser, optional=True)
    parser.add_argument("--blank", action="store_true", help="空表，供手填；不写申报文件")
    add_rules(parser)
    parser.add_argument("--level", choices=tuple(OPINIONS_AT), help="打印到哪一级意见；默认为已有意见的最高一级")
    add_printed_on(parser, "核对页")


def _form(options: Namespace, ending: Ending) -> RenderedDocument:
    if options.blank:
        if options.file is not None or options.level or options.printed_on:
            raise UsageError("空表（--blank）不写申报文件，也不写 --level、--printed-on；请去掉其中之一")
        return _blank_form(ending)
    if options.file is None:
        raise UsageError("没有写申报文件；打印空表请写 --blank")
    submission, library = read(options)
    level = options.level or highest_level(submission)
    names = office_names(library.standards.values())
    assessment = judged(submission, library, level)
    if ending == "docx":
        from templates.application_form.word_form import render_word_form  # noqa: PLC0415 - start-up time

        return RenderedDocument(render_word_form(submission, assessment))
    form = render_form(submission, assessment, level, options.printed_on, names=names, check_at=check_address())
    return RenderedDocument(form.pdf, form.missing_glyphs)


def _blank_form(ending: Ending) -> RenderedDocument:
    if ending == "docx":
        from templates.application_form.word_form import render_blank_word_form  # noqa: PLC0415 - start-up time

        return RenderedDocument(render_blank_word_form())
    return RenderedDocument(render_blank_form().pdf)


def _report_arguments(parser: ArgumentParser) -> None:
    add_file(parser)
    add_rules(parser)
    parser.add_argument("--level", choices=LEVELS, default="county", help="按哪一级评估；默认 county 县级自评")
    add_printed_on(parser, "封面")


def _report(options: Namespace, ending: Ending) -> RenderedDocument:
    from templates.documents.contents.report import ReportHead, report_contents  # noqa: PLC0415 - start-up time
    from templates.documents.making import made_document  # noqa: PLC0415 - likewise

    submission, library = read(options)
    assessment = judged(submission, library, options.level)
    contents = report_contents(submission, assessment, library, ReportHead(printed_on=options.printed_on))
    return made_document("report", contents, ending)


def _local_arguments(parser: ArgumentParser) -> None:
    add_file(parser)
    add_rules(parser)
    add_printed_on(parser, "首页")


def _local(options: Namespace, _ending: Ending) -> RenderedDocument:
    from templates.books.local_sheet import SheetHead, render_local  # noqa: PLC0415 - start-up time

    submission, library = read(options)
    standards = [library.standards[name] for name in submission.round.standards]
    profile = local_profile(submission, library.policies, standards)
    if not profile.documents:
        local_policies = (policy for policy in by_rank(library.policies.values()) if policy.divisions)
        usable = "、".join(f"{policy.id}（{short_title(policy)}）" for policy in local_policies)
        raise UsageError(
            f"{options.file}：已录入的文件中没有适用于本县的地方文件，没有可打印的对照表。本县有要对照的，请在申报文件末尾"
            f"另起一行写 local: {{policies: [文件编号]}}，再打印；可写的编号：{usable or '（还没有录入地方文件）'}"
        )
    head = SheetHead(printed_on=options.printed_on)
    book = render_local(submission, profile, library.vocabulary.lists["local_states"], head)
    return RenderedDocument(book.pdf, book.missing_glyphs)


def _file(options: Namespace) -> str:
    return str(options.file)


FILE_DOCUMENTS = (
    DocumentKind("form", "申报表", ("pdf", "docx"), "file", _form_arguments, _form, _file),
    DocumentKind("report", "自评报告", ("pdf", "docx"), "file", _report_arguments, _report, _file),
    DocumentKind("local", "地方文件对照表", ("pdf",), "file", _local_arguments, _local, _file),
)
