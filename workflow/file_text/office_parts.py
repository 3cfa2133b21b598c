"""docx, xlsx (and wps, et of the same container) and ofd: their XML parts, streamed out of the archive within limits.

Nothing is unpacked whole; a part with a document type (entities) or that is no XML is said to be unread.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from workflow.file_text.passages import Limits, Passage

_CHUNK = 64 * 1024
_FIRST_PARAGRAPHS = 40
_OF_A_DOCUMENT = re.compile(
    r"word/(document\d*|(header|footer|footnotes|endnotes|comments)\w*|diagrams/data\d+)\.xml", re.IGNORECASE
)
_BESIDE_SHEETS = re.compile(
    r"xl/(comments\w*|threadedcomments/\w+|comments/\w+|drawings/drawing\d+)\.xml", re.IGNORECASE
)
_PICTURES = re.compile(
    r"(?:(?:word|xl|ppt)/media|(?:.*/)?Res)/[^/]+\.(?:jpe?g|png|bmp|gif|tiff?|emf|wmf|jb2|gbig2)", re.IGNORECASE
)
_EMBEDDED = re.compile(r"(?:(?:word|xl)/embeddings|(?:.*/)?Attach(?:s|ments)?)/[^/]+(?<!\.xml)", re.IGNORECASE)
_NAMES = {
    "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注",
    "threadedcomments": "批注", "diagrams": "图示", "drawings": "文本框",
}  # fmt: skip
_PIECES = frozenset({"p", "comment", "threadedComment"})
_LARGEST_EXPONENT = 40
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, expat.ExpatError,
)  # fmt: skip
Attributes = dict[str, str]


class Archive:
    """An office file's parts, and what of it could not be read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._limits = limits
        self.parts = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}
        self.unread: list[str] = []

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None],
        text: Callable[[str], None],
    ) -> Iterator[None]:
        """Call these for each element (by its local name) and text of a part; yields between chunks."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = lambda tag, attributes: start(_local(tag), attributes)
        parser.EndElementHandler = lambda tag: end(_local(tag))
        parser.CharacterDataHandler = text
        try:
            with self._zip.open(self.parts[name]) as stream:
                while chunk := stream.read(_CHUNK):
                    self._limits.unpacked(len(chunk))
                    parser.Parse(chunk, False)  # noqa: FBT003 - the C function takes it by position
                    yield
                parser.Parse(b"", True)  # noqa: FBT003 - as above
        except _BROKEN:
            self.unread.append(f"其中的 {posixpath.basename(name)[:40]}（读不出来）")

    def note_what_has_no_text(self) -> None:
        """Pictures and embedded files are not looked into."""
        pictures = sum(1 for name in self.parts if _PICTURES.fullmatch(name))
        embedded = sum(1 for name in self.parts if _EMBEDDED.fullmatch(name))
        if pictures:
            self.unread.append(f"其中的 {pictures} 幅图片")
        if embedded:
            self.unread.append(f"其中嵌入的 {embedded} 个文件")


def document_passages(archive: Archive) -> Iterator[Passage]:
    """Paragraphs and cells of a docx, then its headers, notes and comments."""
    names = sorted((n for n in archive.parts if _OF_A_DOCUMENT.fullmatch(n)), key=lambda n: ("/document" not in n, n))
    for name in names:
        yield from _paragraphs(archive, name, "" if name.startswith("word/document") else _called(name))


def workbook_passages(archive: Archive) -> Iterator[Passage]:
    """Cells of an xlsx, sheet by sheet, hidden ones too, then comments and text boxes."""
    shared = _shared_texts(archive)
    for number, (title, name) in enumerate(_sheets(archive)):
        yield from _cells(archive, name, f"工作表“{title}”", shared, first=number == 0)
    for name in sorted(archive.parts):
        if _BESIDE_SHEETS.fullmatch(name):
            yield from _paragraphs(archive, name, _called(name))


def _no_doctype(*_: object) -> None:
    raise ValueError("a document type has no place here (entities)")


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _called(name: str) -> str:
    folded = name.lower()
    return next((words for part, words in _NAMES.items() if f"/{part}" in folded), "其他文字")


class _Paragraphs:
    """Gathers the paragraphs of WordprocessingML and DrawingML, those of text boxes within others by themselves."""

    def __init__(self, called: str) -> None:
        self.called = called
        self.done: list[Passage] = []
        self._open: list[list[str]] = []
        self._tables: list[list[int]] = []  # number, row, column
        self._paragraphs = self._tables_seen = 0
        self._in_text = False

    def start(self, tag: str, _: Attributes) -> None:
        if tag in _PIECES:
            self._open.append([])
        elif tag == "tbl":
            self._tables_seen += 1
            self._tables.append([self._tables_seen, 0, 0])
        elif tag == "tr" and self._tables:
            self._tables[-1][1:] = [self._tables[-1][1] + 1, 0]
        elif tag == "tc" and self._tables:
            self._tables[-1][2] += 1
        elif tag in {"tab", "br", "cr"}:
            self.text_of_run("\t" if tag == "tab" else "\n")
        elif tag == "noBreakHyphen":
            self.text_of_run("-")
        self._in_text = tag in {"t", "delText", "instrText", "text"}

    def end(self, tag: str) -> None:
        self._in_text = False
        if tag in _PIECES and self._open:
            self._finish("".join(self._open.pop()))
        elif tag == "tbl" and self._tables:
            self._tables.pop()

    def text(self, data: str) -> None:
        if self._in_text:
            self.text_of_run(data)

    def text_of_run(self, data: str) -> None:
        if self._open:
            self._open[-1].append(data)

    def _finish(self, text: str) -> None:
        if self._tables:
            number, row, column = self._tables[-1]
            table = f"{self.called}第{number}张表"
            place = f"{table}第{row}行第{column}格"
            if text.strip():
                self.done.append(Passage(place, text, number == 1, table, row, column))
            return
        self._paragraphs += 1
        if text.strip():
            first = not self.called and self._paragraphs <= _FIRST_PARAGRAPHS
            place = self.called or f"第{self._paragraphs}段"
            self.done.append(Passage(place, text, first))


def _paragraphs(archive: Archive, name: str, called: str) -> Iterator[Passage]:
    gathering = _Paragraphs(called)
    for _ in archive.parse(name, gathering.start, gathering.end, gathering.text):
        yield from gathering.done
        gathering.done.clear()
    yield from gathering.done


def _shared_texts(archive: Archive) -> list[str]:
    """The texts that cells name by number."""
    name = next((n for n in archive.parts if n.lower() == "xl/sharedstrings.xml"), None)
    texts: list[str] = []
    if name is None:
        return texts
    state = {"phonetic": False, "text": False}

    def start(tag: str, _: Attributes) -> None:
        if tag == "si":
            texts.append("")
        state["phonetic"] = tag == "rPh" or (state["phonetic"] and tag != "si")
        state["text"] = tag == "t" and not state["phonetic"]

    def end(tag: str) -> None:
        state["text"] = False
        if tag == "rPh":
            state["phonetic"] = False

    def text(data: str) -> None:
        if state["text"] and texts:
            texts[-1] += data

    for _ in archive.parse(name, start, end, text):
        pass
    return texts


def _sheets(archive: Archive) -> list[tuple[str, str]]:
    """Title and part of each sheet, as the workbook lists them; parts it does not list come last."""
    listed: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            number = next((value for key, value in attributes.items() if _local(key) == "id" and " " in key), "")
            listed.append((attributes.get("name", ""), number))

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = path

    for name, reading in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        if name in archive.parts:
            for _ in archive.parse(name, reading, lambda _: None, lambda _: None):
                pass
    known = [(title, targets.get(number, "")) for title, number in listed]
    found = [(title, name) for title, name in known if name in archive.parts]
    named = {name for _, name in found}
    others = (n for n in sorted(archive.parts) if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n) and n not in named)
    return [*found, *((posixpath.basename(name), name) for name in others)]


class _Cells:
    """Gathers a sheet's cells: shared and own texts, figures, kept results of formulas; its printed head and foot."""

    def __init__(self, sheet: str, shared: Mapping[int, str], *, first: bool) -> None:
        self.done: list[Passage] = []
        self._sheet, self._shared, self._first = sheet, shared, first
        self._place, self._kind, self._text = "", "", ""
        self._reading = self._in_head = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._place, self._kind, self._text = attributes.get("r", ""), attributes.get("t", "n"), ""
        self._in_head = self._in_head or tag == "headerFooter"
        self._reading = tag in {"v", "t"} or (self._in_head and tag != "headerFooter")

    def end(self, tag: str) -> None:
        self._reading = False
        if tag == "c":
            self._finish()
        elif self._in_head:
            if self._text.strip():
                self.done.append(Passage(f"{self._sheet}的页眉页脚", self._text, self._first))
            self._text, self._in_head = "", tag != "headerFooter"

    def text(self, data: str) -> None:
        if self._reading:
            self._text += data

    def _finish(self) -> None:
        text, self._text = self._shown(), ""
        at = _CELL.fullmatch(self._place)
        if text.strip():
            row, column = (int(at[2]), _number(at[1])) if at else (0, 0)
            place = f"{self._sheet}{self._place}"
            self.done.append(Passage(place, text, self._first, self._sheet if at else "", row, column))

    def _shown(self) -> str:
        if self._kind == "s":
            return self._shared.get(int(self._text), "") if self._text.strip().isdecimal() else ""
        if self._kind == "n" and "E" in self._text.upper():
            with suppress(InvalidOperation):
                number = Decimal(self._text.strip())
                return format(number, "f") if abs(number.adjusted()) < _LARGEST_EXPONENT else self._text
        return self._text


def _cells(archive: Archive, name: str, sheet: str, shared: list[str], *, first: bool) -> Iterator[Passage]:
    gathering = _Cells(sheet, dict(enumerate(shared)), first=first)
    for _ in archive.parse(name, gathering.start, gathering.end, gathering.text):
        yield from gathering.done
        gathering.done.clear()
    yield from gathering.done


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
