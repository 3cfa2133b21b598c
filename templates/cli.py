"""``python -m templates form FILE -o OUT.pdf``: print a submission file. Other programs call it.

``standard ID`` and ``policy ID`` print the rules themselves, ``local FILE`` the county beside its local documents.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from indicators import ProblemsError, load_library
from indicators.arguments import ChineseParser, UsageError
from indicators.installation import check_address
from indicators.model import Library
from indicators.program import REFUSED, add_version, called, is_stream, write_whole
from indicators.reading.folder import why
from indicators.reading.visible import visible
from indicators.references import by_rank, short_title
from scoring.exchange.reading import submission_reader
from scoring.judging.assess import assess_by_round
from scoring.local.profile import local_profile
from templates.application_form.check_sheet import missing_in_words, office_names
from templates.application_form.form import RenderedForm, render_form
from templates.application_form.plan import OPINIONS_AT, highest_level
from templates.books.book import RenderedBook
from templates.books.local_sheet import SheetHead, render_local
from templates.books.policy import render_policy
from templates.books.standard import render_standard
from templates.text.typefaces import TypefaceError

PRINTED = 0


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(prog=called("templates", "county-form"), description="打印申报材料")
    add_version(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    form = commands.add_parser("form", help="申报表（PDF）")
    standard = commands.add_parser("standard", help="一个标准的全部内容（PDF）")
    policy = commands.add_parser("policy", help="一份政策文件的全文（PDF）")
    local = commands.add_parser("local", help="地方文件对照表（PDF）")
    for command in (form, local):
        command.add_argument("file", type=Path, metavar="FILE", help="申报数据文件（YAML 或 JSON）；- 读标准输入")
    standard.add_argument("id", metavar="ID", help="标准编号")
    policy.add_argument("id", metavar="ID", help="政策文件编号")
    standard.add_argument("--evidence", action="store_true", help="附上本工具建议的材料")
    for command in (form, standard, policy, local):
        command.add_argument(
            "-o", "--output", type=Path, required=True, metavar="OUT.pdf", help="写到哪个文件；- 写到标准输出"
        )
        command.add_argument(
            "--rules", type=Path, metavar="DIR", help="规则文件夹；默认为环境变量 RULES_DIR 所指的或自带的"
        )
    form.add_argument("--level", choices=tuple(OPINIONS_AT), help="打印到哪一级意见；默认为已有意见的最高一级")
    form.add_argument("--printed-on", type=_date, metavar="YYYY-MM-DD", help="核对页上的打印日期；不写则不印")
    local.add_argument("--printed-on", type=_date, metavar="YYYY-MM-DD", help="首页上的打印日期；不写则不印")
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期 {text} 无效，应写作 2018-06-30") from error


def _rendered(options: argparse.Namespace) -> RenderedForm | RenderedBook:
    library = load_library(options.rules)
    if options.command == "standard":
        return render_standard(library, _known(options.id, library.standards, "标准"), evidence=options.evidence)
    if options.command == "policy":
        return render_policy(library.policies[_known(options.id, library.policies, "政策文件")])
    if options.command == "local":
        return _rendered_local(options, library)
    return _rendered_form(options, library)


def _known(identifier: str, installed: Collection[str], kind: str) -> str:
    if identifier not in installed:
        raise UsageError(f"没有{kind}“{visible(identifier)}”；现有：{'、'.join(installed)}")
    return identifier


def _rendered_form(options: argparse.Namespace, library: Library) -> RenderedForm:
    submission = submission_reader(options.file)(library)
    level = options.level or highest_level(submission)
    try:
        assessment = assess_by_round(submission, library, level)
    except ValueError as error:
        raise UsageError(str(error)) from None
    names = office_names(library.standards.values())
    return render_form(submission, assessment, level, options.printed_on, names=names, check_at=check_address())


def _rendered_local(options: argparse.Namespace, library: Library) -> RenderedBook:
    submission = submission_reader(options.file)(library)
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
    return render_local(submission, profile, library.vocabulary.lists["local_states"], head)


def _same_file(file: Path, output: Path) -> bool:
    return not is_stream(file) and file.exists() and output.exists() and output.samefile(file)


def main(argv: Sequence[str], err: TextIO) -> int:
    """Exit code: 0 printed, 2 bad input (located messages on ``err``, nothing written)."""
    try:
        options = _parser().parse_args(argv)
        if options.command in ("form", "local") and _same_file(options.file, options.output):
            raise UsageError(f"{options.output}：就是申报文件本身，印在上面会盖掉它；请给 -o 另取一个文件名")
        rendered = _rendered(options)
        write_whole(options.output, rendered.pdf)
    except ProblemsError as error:
        err.writelines(f"{problem}\n" for problem in error.problems)
        return REFUSED
    except (UsageError, TypefaceError) as error:
        err.write(f"{error}\n")
        return REFUSED
    except BrokenPipeError:
        raise
    except OSError as error:
        err.write(f"{options.output}：无法写入（{why(error)}）；请换一个可写的位置\n")
        return REFUSED
    if rendered.missing_glyphs:
        named = missing_in_words(rendered.missing_glyphs)
        what = options.file if options.command in ("form", "local") else options.id
        err.write(f"{what}：以下字符字库中没有，已印作“〓”：{named}；请核对原文\n")
    return PRINTED
