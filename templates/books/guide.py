"""The user guide as PDF, from its Markdown: headings, paragraphs, lists, tables of two columns, pictures; no more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reportlab.lib.utils import ImageReader

from templates.books.book import Book, Front, RenderedBook
from templates.text.flow import Strip, running

_OURS = "本手册由本工具编写，说明怎样操作；指标和政策以文件原文为准。图片取自演示数据，都是编造的。"
_HEADING = re.compile(r"(#+) (.+)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_EMPHASIS = re.compile(r"\*\*|`")
_ITEM = re.compile(r"(?:\d+\.|-) .+")
_ROOM_FOR_PICTURE = 0.45  # of a page's height at most


def render_guide(path: Path) -> RenderedBook:
    """``path``: the Markdown file; pictures lie beside it. Raises OSError, TypefaceError."""
    text = path.read_text(encoding="utf-8")
    title, _, body = text.partition("\n")
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    book = Book(Front(title.removeprefix("# "), (), _OURS, fingerprint))
    return book.render(list(_strips(book, body, path.parent)))


def _strips(book: Book, body: str, folder: Path) -> Iterator[Strip]:
    for block in re.split(r"\n{2,}", body.strip()):
        lines = block.splitlines()
        heading, picture = _HEADING.fullmatch(lines[0]), _PICTURE.fullmatch(block)
        if heading is not None:
            yield from book.heading(_plain(heading[2]), len(heading[1]) - 2)
        elif picture is not None:
            yield from _picture(book, folder / picture[2], picture[1])
        elif lines[0].startswith("|"):
            for line in lines[2:]:
                yield from _entry(book, *(_plain(cell.strip()) for cell in line.strip("|").split("|")))
        elif all(map(_ITEM.fullmatch, lines)):
            for line in lines:
                yield from _listed(book, _plain(line.replace("- ", "·　", 1) if line.startswith("- ") else line))
        else:
            yield from book.prose(_plain("".join(lines)))


def _plain(words: str) -> str:
    return _EMPHASIS.sub("", _LINK.sub(r"\1", words))


def _listed(book: Book, words: str) -> Iterator[Strip]:
    kind, width = book.layout.type, book.layout.page.text_width
    inset = 2 * kind.body
    lines = book.setter.cell(words, kind.body, width - inset, centred=False)
    yield from running(lines, kind.leading, left=inset)


def _entry(book: Book, name: str, told: str) -> Iterator[Strip]:
    kind, width = book.layout.type, book.layout.page.text_width
    for strip in running(book.titled(name, kind.body, width), kind.leading, space_above=4):
        yield replace(strip, keep=True)
    yield from book.prose(told)


def _picture(book: Book, path: Path, caption: str) -> Iterator[Strip]:
    page = book.layout.page
    width, height = ImageReader(str(path)).getSize()
    yield Strip(min(page.text_width * height / width, page.text_height * _ROOM_FOR_PICTURE), keep=True, picture=path)
    yield from book.small(caption)
