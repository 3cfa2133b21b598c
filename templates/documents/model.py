"""A document ready to be rendered: title, lines about it, blocks in order. Plain data; texts as people typed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from templates.composing.paper import PaperName

Ending = Literal["pdf", "docx", "xlsx"]
Align = Literal["left", "centre", "right"]
ColumnKind = Literal["text", "number", "date"]
CellValue = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` from 1; it stands in the outline and stays with what follows. ``align``: None = left."""

    text: str
    level: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text, a paragraph a line: indented and justified, or with ``align`` set without indent.

    ``right`` is 落款 as GB/T 9704 has it: the last line four characters from the edge, those above it centred on it.
    """

    text: str
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Small:
    """A remark in small type."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """``lines``: so many lines high at least, for what is filled in by hand."""

    label: str
    value: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values in a ruled grid, ``across`` pairs side by side."""

    fields: tuple[Field, ...]
    across: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """``width``: its share of the table's. ``align`` None = as its kind is usually set."""

    heading: str
    width: int
    kind: ColumnKind = "text"
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head stands again on every page; in a spreadsheet a sheet, ``sheet`` its title.

    ``lines``: each row so many lines high at least. ``empty``: a sheet's one line where it has no rows.
    ``whole``: the shares that fill the paper's width, where the columns' own sum is less; 0 = their sum.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    sheet: str = ""
    lines: int = 1
    empty: str = ""
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """``part`` of ``whole``."""

    label: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture: one bar a line, its part filled, with both numbers beside it."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A label with room to sign behind it; ``dated``: with 年 月 日 too."""

    label: str
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, ``across`` in a line; together on one page."""

    signatures: tuple[Signature, ...]
    across: int = 1


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Prose | Small | Fields | Table | Bars | Signatures | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """``title``: its lines where it is set large; elsewhere they are one. ``about``: label (may be empty) and text, a
    line each below the title; the sheet 说明 of a spreadsheet.

    ``ours``: what of the print is this tool's. ``mark``: stands beside the title on every page (演示数据). ``cover``:
    title and ``about`` have a page of their own. ``contents``: headings down to that level are listed, 0 = none.
    ``code``: a check code, at the foot of every page of a PDF. ``made_on``: the day the file says it was made; None =
    it does not say.
    """

    title: tuple[str, ...]
    paper: PaperName
    blocks: tuple[Block, ...]
    about: tuple[tuple[str, str], ...] = ()
    ours: str = ""
    mark: str = ""
    cover: bool = False
    contents: int = 0
    code: str = ""
    made_on: date | None = None

    @property
    def name(self) -> str:
        """The title as one line, with the mark."""
        return " ".join(filter(None, ("".join(self.title), self.mark)))


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """The file, the characters that print as 〓 because no font has them."""

    content: bytes
    missing_glyphs: tuple[str, ...] = ()
