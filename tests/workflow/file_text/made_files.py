"""Files as offices make them, small: a docx of parts, an xlsx of rows, a PDF or an OFD of pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def table(*rows: Sequence[str]) -> str:
    lines = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def docx(body: str = "", **parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            words = content if isinstance(content, bytes) else f"<w:part {W}>{content}</w:part>"
            archive.writestr(name, words)
    return out.getvalue()


def xlsx(*rows: Sequence[object], hidden: Sequence[Sequence[object]] = (), comment: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    for row in rows:
        sheet.append(row)
    if comment:
        sheet["A1"].comment = Comment(comment, "x")
    if hidden:
        other = book.create_sheet("底稿")
        other.sheet_state = "hidden"
        for row in hidden:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(*pages: Sequence[str]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ofd(*pages: Sequence[str], **parts: str | bytes) -> bytes:
    """A line of a page is drawn word by word, each at its place; ``parts``: what stands beside the pages."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", f"<ofd:OFD {space}><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>")
        listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        document = f"<ofd:Document {space}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        archive.writestr("Doc_0/Document.xml", document)
        for number, lines in enumerate(pages):
            drawn = "".join(drawn_words(line, 20 + 10 * at) for at, line in enumerate(lines))
            page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{drawn}</ofd:Layer></ofd:Content></ofd:Page>"
            archive.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", page)
        for name, content in parts.items():
            words = content if isinstance(content, bytes) else f"<ofd:Part {space}>{content}</ofd:Part>"
            archive.writestr(f"Doc_0/{name}", words)
    return out.getvalue()


def drawn_words(line: str, top: float, *, each: bool = False) -> str:
    """A line of an OFD as objects, the last first; ``each``: an object for every character."""
    objects, left = [], 20.0
    for word in line if each else line.split():
        code = f'<ofd:TextCode X="0" Y="4">{word}</ofd:TextCode>'
        objects.append(f'<ofd:TextObject Boundary="{left} {top} {4 * len(word)} 5">{code}</ofd:TextObject>')
        left += 4 * len(word) + (0 if each else 6)
    return "".join(reversed(objects))


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same archive with other bytes in some of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return out.getvalue()
