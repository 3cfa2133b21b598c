"""Bytes on standard input → their text as JSON on standard output; run in a process of its own by `reading`.

Whatever a hostile file does to a parser, it does it here, within limits of memory and time, and not to the service.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator

import pypdfium2

from workflow.file_text.ofd_parts import ofd_passages
from workflow.file_text.office_parts import Archive, document_passages, workbook_passages
from workflow.file_text.passages import MOST_PAGES, WHOLE, FileText, Limits, Passage, StoppedError, pages_unread

_MOST_MEMORY = 1536 * 1024 * 1024
_MOST_SECONDS = 20
NOT_READABLE = f"{WHOLE}（这种格式的文字本工具读不出来；doc、xls、旧的 wps、et 可另存为 docx、xlsx 再上传）"


def extract(data: bytes) -> FileText:
    """The text of a PDF, docx, xlsx or ofd, as far as the limits go; what was not read is said."""
    if data.startswith(b"%PDF-"):
        return _gathered(_pdf_passages, data)
    if not data.startswith(b"PK\x03\x04"):
        return FileText((), (NOT_READABLE,))
    return _gathered(_office_passages, data)


def _gathered(read: Callable[[bytes, Limits, list[str]], Iterator[Passage]], data: bytes) -> FileText:
    limits, unread = Limits(), list[str]()
    passages: list[Passage] = []
    try:
        for passage in limits.counted(read(data, limits, unread)):
            passages.append(passage)  # noqa: PERF402 - what came before a limit was reached is kept
    except StoppedError as stopped:
        unread.append(str(stopped))
    return FileText(tuple(passages), tuple(dict.fromkeys(unread)))


def _office_passages(data: bytes, limits: Limits, unread: list[str]) -> Iterator[Passage]:
    try:
        archive = Archive(data, limits)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        unread.append(f"{WHOLE}（文件打不开，可能已损坏）")
        return
    archive.unread = unread
    if "word/document.xml" in archive.parts:
        yield from document_passages(archive)
    elif "xl/workbook.xml" in archive.parts:
        yield from workbook_passages(archive)
    elif "OFD.xml" in archive.parts:
        yield from ofd_passages(archive)
    else:
        unread.append(NOT_READABLE)
        return
    archive.note_what_has_no_text()


def _pdf_passages(data: bytes, limits: Limits, unread: list[str]) -> Iterator[Passage]:
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        why = "文件加了密码" if "password" in str(error).lower() else "文件打不开，可能已损坏"
        unread.append(f"{WHOLE}（{why}）")
        return
    blank: list[int] = []
    for number in range(1, min(pages, MOST_PAGES) + 1):
        limits.in_time(f"第{number}页以后")
        try:
            page = document[number - 1]
            text = page.get_textpage().get_text_range()
            page.close()
        except pypdfium2.PdfiumError:
            text = ""
        if text.strip():
            yield Passage(f"第{number}页", text, number == 1)
        else:
            blank.append(number)
    unread += pages_unread(blank, pages)


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has none of it
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))


if __name__ == "__main__":
    _limit_memory()
    json.dump(extract(sys.stdin.buffer.read()), sys.stdout)
