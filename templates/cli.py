"""``python -m templates NAME … -o OUT.pdf|docx|xlsx``: print a document. Other programs call it.

OUT's ending chooses the kind of file; to standard output ``--as`` does. ``--list`` names the documents.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from indicators import ProblemsError
from indicators.arguments import ChineseParser, UsageError
from indicators.program import REFUSED, add_version, called, is_stream, write_whole
from indicators.reading.folder import why
from templates.application_form.check_sheet import missing_in_words
from templates.commands.companion_documents import COMPANION_DOCUMENTS
from templates.commands.file_documents import FILE_DOCUMENTS
from templates.commands.package_document import PACKAGE_DOCUMENT
from templates.commands.rules_documents import RULES_DOCUMENTS
from templates.documents.model import Ending
from templates.documents.registry import MADE_FROM, DocumentKind
from templates.text.typefaces import TypefaceError

PRINTED = 0
OWN_DOCUMENTS = (*FILE_DOCUMENTS, *COMPANION_DOCUMENTS, PACKAGE_DOCUMENT, *RULES_DOCUMENTS)
_ENDINGS: tuple[Ending, ...] = ("pdf", "docx", "xlsx")


def parser_of(documents: Sequence[DocumentKind]) -> argparse.ArgumentParser:
    """The command line of these documents."""
    parser = ChineseParser(prog=called("templates", "county-form"), description="打印申报材料")
    add_version(parser)
    parser.add_argument("--list", action="store_true", help="列出能打印的文件、各能写成什么，然后退出")
    parser.add_argument("--json", action="store_true", help="与 --list 同用，输出 JSON")
    commands = parser.add_subparsers(dest="command", metavar="文件")
    for document in documents:
        endings = "、".join(document.endings)
        command = commands.add_parser(document.name, help=f"{document.title}（{endings}）", description=document.title)
        document.arguments(command)
        command.add_argument(
            "-o",
            "--output",
            type=Path,
            required=True,
            metavar=f"OUT.{'|'.join(document.endings)}",
            help="写到哪个文件，扩展名决定写成什么；- 写到标准输出",
        )
        command.add_argument(
            "--as", dest="ending", choices=_ENDINGS, help=f"写成什么；默认看扩展名，再默认 {document.endings[0]}"
        )
        command.set_defaults(document=document)
    return parser


def _ending(document: DocumentKind, output: Path, wanted: Ending | None) -> Ending:
    """What kind of file to write. Raises UsageError."""
    suffix = output.suffix.lower().removeprefix(".")
    tells = bool(suffix) and not is_stream(output) and (not output.exists() or output.is_file())
    ending = wanted or (suffix if tells else document.endings[0])
    can = "、".join(document.endings)
    if wanted is not None and tells and suffix != wanted:
        raise UsageError(f"{output}：扩展名与 --as {wanted} 不一致；请改其中之一")
    for known in document.endings:
        if known == ending:
            return known
    raise UsageError(f"{document.title}没有 {ending} 格式，可写成 {can}；请改 -o 的扩展名或 --as")


def _same_file(file: Path | None, output: Path) -> bool:
    return file is not None and not is_stream(file) and file.exists() and output.exists() and output.samefile(file)


def _list(documents: Sequence[DocumentKind], *, as_json: bool) -> None:
    if as_json:
        listed = {"documents": [document.as_json() for document in documents]}
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return
    for document in documents:
        line = (document.name, document.title, " ".join(document.endings), MADE_FROM[document.made_from])
        sys.stdout.write("\t".join(line) + "\n")


def main(argv: Sequence[str], err: TextIO, documents: Sequence[DocumentKind] = OWN_DOCUMENTS) -> int:
    """Exit code: 0 printed, 2 bad input (located messages on ``err``, nothing written)."""
    try:
        options = parser_of(documents).parse_args(argv)
        if options.list or options.command is None:
            if not options.list:
                raise UsageError("命令行有误：没有写要打印什么；python -m templates --list 列出能打印的文件")
            _list(documents, as_json=options.json)
            return PRINTED
        document: DocumentKind = options.document
        file: Path | None = getattr(options, "file", None)
        if file is not None and _same_file(file, options.output):
            raise UsageError(f"{options.output}：就是申报文件本身，印在上面会盖掉它；请给 -o 另取一个文件名")
        rendered = document.make(options, _ending(document, options.output, options.ending))
        write_whole(options.output, rendered.content)
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
        err.write(f"{document.about(options)}：以下字符字库中没有，已印作“〓”：{named}；请核对原文\n")
    return PRINTED
