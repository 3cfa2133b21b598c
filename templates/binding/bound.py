"""Binding: parts of ours as they are, then material placed on A4; every page but the form's two is numbered."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from templates.binding.apart import Progress, made_ready
from templates.binding.material import Material
from templates.text import cleaning
from templates.text.sheet import Sheet, points
from templates.text.typefaces import Typefaces, typefaces

_A4 = (points(210), points(297))
_SIDE, _TOP, _FOOT = points(12), points(16), points(16)  # around material: room for its label and its number
_SIZE = 9.0
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A document of ours. ``unnumbered``: so many of its first pages carry nothing of the binding's."""

    title: str
    pdf: bytes
    unnumbered: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where material stands: its pages and the first of them in the whole, or in ``word`` why it is not there."""

    material: Material
    pages: int = 0
    first: int = 0
    word: str = ""


@dataclass(slots=True)
class _Mark:
    """What is printed upon a page of the whole."""

    number: int
    label: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """The whole file, and what became of each material, in order."""

    pdf: bytes
    placed: tuple[Placed, ...]


def bind(
    title: str,
    before: Sequence[Part],
    index: Callable[[Sequence[Placed]], Part],
    materials: Sequence[Material],
    progress: Progress | None = None,
) -> Bound:
    """``before``, the index of the materials, the materials. ``index`` is asked again when the pages are known.

    The same arguments give the same bytes. Raises TypefaceError. ``progress``: called with how many materials are
    read, of all.
    """
    with ExitStack() as open_files:
        folder = Path(open_files.enter_context(TemporaryDirectory(prefix="binding-")))
        found = [
            open_files.enter_context(pikepdf.open(ready)) if isinstance(ready, Path) else ready
            for ready in made_ready(materials, folder, progress)
        ]
        shift = sum(_pages(part) for part in before)
        placed = _placed(materials, found, shift)
        placed = _placed(materials, found, shift + _pages(index(placed)))
        binding = _Binding(title, open_files)
        for part in (*before, index(placed)):
            binding.add(part)
        binding.begin("佐证材料")
        for at, pdf in zip(placed, found, strict=True):
            if isinstance(pdf, pikepdf.Pdf):
                binding.place(f"{at.material.number}　{cleaning.one_line(at.material.title)}", pdf)
        return Bound(binding.saved(), tuple(placed))


def _pages(part: Part) -> int:
    with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
        return len(pdf.pages)


def _placed(materials: Sequence[Material], found: Sequence[pikepdf.Pdf | str], shift: int) -> list[Placed]:
    placed, first = [], shift + 1
    for material, pdf in zip(materials, found, strict=True):
        if isinstance(pdf, str):
            placed.append(Placed(material, word=pdf))
        else:
            placed.append(Placed(material, len(pdf.pages), first))
            first += len(pdf.pages)
    return placed


class _Binding:
    """The file being put together."""

    def __init__(self, title: str, open_files: ExitStack) -> None:
        self.title, self.open_files = title, open_files
        self.whole = open_files.enter_context(pikepdf.new())
        self.marks: list[_Mark] = []
        self.outline: list[tuple[str, int, list[tuple[str, int]]]] = []

    def begin(self, title: str) -> None:
        """A bookmark of the first level, at the page that comes next."""
        self.outline.append((title, len(self.whole.pages), []))

    def add(self, part: Part) -> None:
        """A document of ours: its pages as they are, its own bookmarks below its title."""
        pdf = self.open_files.enter_context(pikepdf.open(io.BytesIO(part.pdf)))
        first = len(self.whole.pages)
        self.begin(part.title)
        self.outline[-1][2].extend((title, first + page) for title, page in _bookmarks(pdf))
        for at, page in enumerate(pdf.pages):
            self.whole.pages.append(page)
            if at >= part.unnumbered:
                landscape = page.mediabox[2] > page.mediabox[3]
                self.marks.append(_Mark(first + at + 1, "", bool(landscape)))

    def place(self, label: str, pdf: pikepdf.Pdf) -> None:
        """Material: each page small enough for A4, upright or sideways as it is."""
        self.outline[-1][2].append((label, len(self.whole.pages)))
        count = len(pdf.pages)
        for at, source in enumerate(pdf.pages, start=1):
            form = self.whole.copy_foreign(source.as_form_xobject())
            box = source.trimbox
            turned = int(source.obj.get("/Rotate", 0)) % 180 != 0
            wide = (box[2] - box[0] > box[3] - box[1]) != turned
            width, height = (_A4[1], _A4[0]) if wide else _A4
            self.whole.add_blank_page(page_size=(width, height))
            page = self.whole.pages[-1]
            room = pikepdf.Rectangle(_SIDE, _FOOT, width - _SIDE, height - _TOP)
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Material": form}))
            page.contents_add(page.calc_form_xobject_placement(form, pikepdf.Name.Material, room))
            short = label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL]}……"
            self.marks.append(_Mark(len(self.whole.pages), f"{short}　第{at}页 共{count}页", bool(wide)))

    def saved(self) -> bytes:
        """Numbers and labels upon the pages, bookmarks, the file."""
        self._stamp()
        with self.whole.open_outline() as outline:
            for title, page, inner in self.outline:
                if page < len(self.whole.pages):
                    item = pikepdf.OutlineItem(title, page)
                    item.is_closed = True
                    item.children.extend(pikepdf.OutlineItem(words, at) for words, at in inner)
                    outline.root.append(item)
        self.whole.docinfo["/Title"] = self.title
        self.whole.Root.Lang = pikepdf.String("zh-CN")
        self.whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        stream = io.BytesIO()
        self.whole.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return stream.getvalue()

    def _stamp(self) -> None:
        of = len(self.whole.pages)
        drawn = _drawn(self.marks, of)
        stamps = self.open_files.enter_context(pikepdf.open(io.BytesIO(drawn)))
        for mark, stamp in zip(self.marks, stamps.pages, strict=True):
            page, name = self.whole.pages[mark.number - 1], f"/Stamp{mark.number}"
            form = self.whole.copy_foreign(stamp.as_form_xobject())
            page.contents_add(b"q", prepend=True)  # whatever the page leaves behind, the number stands upright
            page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(name))
            page.contents_add(f"Q q {name} Do Q".encode())


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """The titles of the first level with their pages, from 0."""
    pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        for item in outline.root:
            destination = item.destination
            if isinstance(destination, pikepdf.Array) and destination[0].objgen in pages:
                yield item.title, pages[destination[0].objgen]


def _drawn(marks: Sequence[_Mark], of: int) -> bytes:
    """The numbers and labels, a page each, one set of fonts for all."""
    faces, stream = typefaces(), io.BytesIO()
    canvas = Canvas(stream, pagesize=_A4, invariant=1, pageCompression=1, initialFontName=faces.serif.name)
    for mark in marks:
        width, height = (_A4[1], _A4[0]) if mark.landscape else _A4
        canvas.setPageSize((width, height))
        sheet = Sheet(canvas, width, height)
        sheet.word(f"总第{mark.number}页 共{of}页", faces.serif, _SIZE, width - _SIDE, points(10), align="right")
        if mark.label:
            words = _known(mark.label, faces)
            sheet.word(words, faces.serif, _SIZE, _SIDE, points(10))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _known(words: str, faces: Typefaces) -> str:
    """With 〓 for what the face has no glyph for; the index tells which."""
    missing = faces.serif.missing(words)
    return "".join("〓" if ch in missing else ch for ch in words)
