"""A document's layout as data: `templates/layouts/NAME.yaml` or a file of the same name in ``LAYOUTS_DIR``.

The schema is closed; every name in braces must be a field of the document's contents. What is wrong is told all at
once at file:line:col, as in rules files. ``docs/layouts.md`` describes it with an example.
"""

from __future__ import annotations

import os
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from indicators.building.schema_types import Text
from indicators.building.validation import validate
from indicators.reading.located import KeyPath, Located, read_located_file
from indicators.reading.problems import Problem, ProblemsError
from templates.composing.paper import PaperName
from templates.documents.model import Align, ColumnKind, Ending
from templates.text.page import LAYOUTS

LAYOUTS_DIR = "LAYOUTS_DIR"
NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
Name = Annotated[str, StringConstraints(strict=True, pattern="^[a-z][a-z0-9_]*$")]
Count = Annotated[int, Field(strict=True, ge=1, le=40)]
Level = Annotated[int, Field(strict=True, ge=0, le=3)]
_KINDS = ("heading", "prose", "small", "fields", "table", "bars", "signatures", "each", "page_break")


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FieldLayout(_Closed):
    """One entry of ``fields``."""

    label: Text
    value: Text | None = None
    lines: Count = 1
    when: Name | None = None


class ColumnLayout(_Closed):
    """One column of a ``table``. A ``number`` or ``date`` column's ``value`` is one name alone.

    ``each``: a column for every row of that list, headed from it; ``value`` names a text for each of them.
    """

    each: Name | None = None
    heading: Text
    value: Text | None = None
    width: Count
    kind: ColumnKind = "text"
    align: Align | None = None
    when: Name | None = None


class TableLayout(_Closed):
    """``table``: ``rows`` names the list that fills it; ``empty`` stands in its place where the list is empty."""

    rows: Name
    columns: list[ColumnLayout] = Field(min_length=1)
    sheet: Text | None = None
    empty: Text | None = None
    lines: Count = 1
    whole: Annotated[int, Field(strict=True, ge=1, le=400)] | None = None
    blank_rows: Annotated[int, Field(strict=True, ge=0, le=40)] = 0


class BarsLayout(_Closed):
    """``bars``: ``part`` and ``whole`` name numbers of the rows."""

    rows: Name
    label: Text
    part: Name
    whole: Name


class SignatureLayout(_Closed):
    """One entry of ``signatures``."""

    label: Text
    dated: bool = False


class BlockLayout(_Closed):
    """One block: exactly one of the kinds; the rest says how and when."""

    heading: Text | None = None
    prose: Text | None = None
    small: Text | None = None
    fields: list[FieldLayout] | None = Field(default=None, min_length=1)
    table: TableLayout | None = None
    bars: BarsLayout | None = None
    signatures: list[SignatureLayout] | None = Field(default=None, min_length=1)
    each: Name | None = None
    page_break: Literal[True] | None = None
    blocks: list[BlockLayout] | None = Field(default=None, min_length=1)
    level: Annotated[int, Field(strict=True, ge=1, le=3)] | None = None
    align: Align | None = None
    across: Annotated[int, Field(strict=True, ge=1, le=3)] | None = None
    when: Name | None = None
    unless: Name | None = None
    only: list[Ending] | None = Field(default=None, min_length=1)

    @property
    def kind(self) -> str:
        """Which of the kinds it is; the reader has seen that it is one."""
        return next(kind for kind in _KINDS if getattr(self, kind) is not None)


class AboutLayout(_Closed):
    """One line below the title."""

    label: Text | None = None
    value: Text
    when: Name | None = None


class DocumentLayout(_Closed):
    """A whole file. ``names``: words of the programme (its office, its form) used in braces like any name."""

    title: Text
    paper: PaperName = "book"
    cover: bool = False
    contents: Level = 0
    mark: Text | None = None
    code: Name | None = None
    names: dict[Name, Text] = Field(default_factory=dict)
    about: list[AboutLayout] = Field(default_factory=list)
    ours: Text | None = None
    blocks: list[BlockLayout] = Field(min_length=1)


_BELONGS: Mapping[str, tuple[str, ...]] = {
    "level": ("heading",),
    "align": ("heading", "prose"),
    "across": ("fields", "signatures"),
    "blocks": ("each",),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The names that contents offer: single values, and lists with the names of their rows."""

    values: frozenset[str]
    lists: Mapping[str, Shape]


def shape_of(contents: type) -> Shape:
    """From a dataclass: ``tuple[SomeDataclass, ...]`` is a list, everything else a value."""
    values, lists = set(), {}
    for name, hint in typing.get_type_hints(contents).items():
        row = next(iter(typing.get_args(hint)), None) if typing.get_origin(hint) is tuple else None
        if isinstance(row, type) and is_dataclass(row):
            lists[name] = shape_of(row)
        else:
            values.add(name)
    return Shape(frozenset(values), types.MappingProxyType(lists))


def layout_file(name: str) -> Path:
    """Where the document's layout stands: the installation's own folder first."""
    own = os.environ.get(LAYOUTS_DIR)
    replaced = Path(own) / f"{name}.yaml" if own else None
    return replaced if replaced is not None and replaced.exists() else LAYOUTS / f"{name}.yaml"


def read_layout(name: str, contents: type) -> DocumentLayout:
    """The layout of that document. Raises ProblemsError."""
    path = layout_file(name)
    own = path.parent != LAYOUTS
    return checked_layout(read_located_file(path, str(path) if own else path.name, tolerant=True), contents)


def checked_layout(located: Located, contents: type) -> DocumentLayout:
    """A layout already read from its text, held against what the contents offer. Raises ProblemsError."""
    read = validate(DocumentLayout, located)
    if isinstance(read, list):
        raise ProblemsError([*located.faults, *read])
    problems = [*located.faults, *_Check(located, frozenset(read.names)).document(read, shape_of(contents))]
    if problems:
        raise ProblemsError(problems)
    return read


@dataclass(frozen=True, slots=True)
class _Scope:
    """The names that can be used at one place: those of the row in hand and of everything around it."""

    values: frozenset[str]
    lists: Mapping[str, Shape]

    def inside(self, row: Shape) -> _Scope:
        return _Scope(self.values | row.values, {**self.lists, **row.lists})


@dataclass(frozen=True, slots=True)
class _Check:
    """Looks for names that are not there, and for keys in the wrong company."""

    located: Located
    names: frozenset[str]

    def document(self, layout: DocumentLayout, shape: Shape) -> Iterator[Problem]:
        scope = _Scope(shape.values | self.names, shape.lists)
        for key in ("title", "mark", "ours"):
            yield from self._words((key,), getattr(layout, key), scope)
        yield from self._value(("code",), layout.code, scope)
        for at, line in enumerate(layout.about):
            yield from self._words(("about", at, "label"), line.label, scope)
            yield from self._words(("about", at, "value"), line.value, scope)
            yield from self._any(("about", at, "when"), line.when, scope)
        yield from self._blocks(("blocks",), layout.blocks, scope)

    def _blocks(self, path: KeyPath, blocks: list[BlockLayout], scope: _Scope) -> Iterator[Problem]:
        for at, block in enumerate(blocks):
            yield from self._block((*path, at), block, scope)

    def _block(self, path: KeyPath, block: BlockLayout, scope: _Scope) -> Iterator[Problem]:
        there = [kind for kind in _KINDS if getattr(block, kind) is not None]
        if len(there) != 1:
            found = f"同时有 {'、'.join(there)}" if there else "没有写是什么"
            yield self.located.problem(path, f"一块内容{found}；请写、且只写一种：{'、'.join(_KINDS)}")
            return
        for key, kinds in _BELONGS.items():
            if getattr(block, key) is not None and block.kind not in kinds:
                yield self.located.problem((*path, key), f"“{key}”只用于 {'、'.join(kinds)}；请删去", key=True)
        yield from self._any((*path, "when"), block.when, scope)
        yield from self._any((*path, "unless"), block.unless, scope)
        for key in ("heading", "prose", "small"):
            yield from self._words((*path, key), getattr(block, key), scope)
        for at, field in enumerate(block.fields or ()):
            yield from self._words((*path, "fields", at, "label"), field.label, scope)
            yield from self._words((*path, "fields", at, "value"), field.value, scope)
            yield from self._any((*path, "fields", at, "when"), field.when, scope)
        for at, signature in enumerate(block.signatures or ()):
            yield from self._words((*path, "signatures", at, "label"), signature.label, scope)
        yield from self._lists(path, block, scope)

    def _lists(self, path: KeyPath, block: BlockLayout, scope: _Scope) -> Iterator[Problem]:
        """What is filled from a list."""
        if block.each is not None:
            if block.blocks is None:
                yield self.located.problem(path, "each 缺少 blocks；请写上每一项要印的内容")
            inner = yield from self._list((*path, "each"), block.each, scope)
            if inner is not None:
                yield from self._blocks((*path, "blocks"), block.blocks or [], inner)
        if block.table is not None:
            yield from self._words((*path, "table", "sheet"), block.table.sheet, scope)
            yield from self._words((*path, "table", "empty"), block.table.empty, scope)
            inner = yield from self._list((*path, "table", "rows"), block.table.rows, scope)
            for at, column in enumerate(block.table.columns if inner is not None else ()):
                place = (*path, "table", "columns", at, "value")
                heads = scope
                if column.each is not None:
                    heads = (yield from self._list((*place[:-1], "each"), column.each, scope)) or scope
                yield from self._any((*place[:-1], "when"), column.when, scope)
                yield from self._words((*place[:-1], "heading"), column.heading, heads)
                yield from self._words(place, column.value, inner or scope)
                what = "each" if column.each else column.kind
                if what != "text" and NAME.fullmatch(column.value or "") is None:
                    yield self.located.problem(place, f"{what} 一栏的 value 只写一个名称，如 {{pages}}")
        if block.bars is not None:
            inner = yield from self._list((*path, "bars", "rows"), block.bars.rows, scope)
            if inner is not None:
                yield from self._words((*path, "bars", "label"), block.bars.label, inner)
                yield from self._value((*path, "bars", "part"), block.bars.part, inner)
                yield from self._value((*path, "bars", "whole"), block.bars.whole, inner)

    def _words(self, path: KeyPath, words: str | None, scope: _Scope) -> Iterator[Problem]:
        for name in NAME.findall(words or ""):
            yield from self._value(path, name, scope)
        if any(brace in NAME.sub("", words or "") for brace in "{}"):
            yield self.located.problem(path, "花括号里应是一个名称（小写英文、数字和下划线）；请改正")

    def _value(self, path: KeyPath, name: str | None, scope: _Scope) -> Iterator[Problem]:
        if name is not None and name not in scope.values:
            yield self._unknown(path, name, scope.values)

    def _any(self, path: KeyPath, name: str | None, scope: _Scope) -> Iterator[Problem]:
        if name is not None and name not in scope.values and name not in scope.lists:
            yield self._unknown(path, name, (*scope.values, *scope.lists))

    def _list(self, path: KeyPath, name: str, scope: _Scope) -> typing.Generator[Problem, None, _Scope | None]:
        if name not in scope.lists:
            yield self._unknown(path, name, scope.lists)
            return None
        return scope.inside(scope.lists[name])

    def _unknown(self, path: KeyPath, name: str, known: typing.Iterable[str]) -> Problem:
        return self.located.problem(path, f"没有名称“{name}”；可写：{'、'.join(sorted(known)) or '（无）'}")
