"""A standard as PDF, whole, in the columns the documents print: 项目｜内容｜指标｜评估方法（责任单位）."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indicators.building.build import VETO_SECTION
from indicators.model import Indicator, Library, Policy, Standard, Vocabulary
from indicators.references import CitedPolicy, cited
from templates.books.book import Book, Front, RenderedBook
from templates.books.columns import rules_columns
from templates.text import cleaning
from templates.text.flow import ContentsEntry, Span, Strip
from templates.text.setting import SetLine

_OURS = "指标、评估方法、责任单位逐字照录；“政策依据”由本工具所列，不是文件内容；版式、目录和页码由本工具编排。"
_EVIDENCE = "“建议材料”由本工具提出，非文件规定。"
_LABEL = 4.4
_BASIS = "政策依据（本工具所列）"
_SUGGESTED = "建议材料（本工具提出，非文件规定）"


@dataclass(frozen=True, slots=True, eq=False)
class _TopicRows:
    """A topic with its rows: 内容; vetoes have none."""

    section: str
    topic: str
    rows: Sequence[Indicator]


def render_standard(library: Library, standard_id: str, *, evidence: bool = False) -> RenderedBook:
    """The whole standard; with ``evidence`` also our suggested material, marked as ours.

    Raises KeyError for an unknown id, TypefaceError for an unusable configured font.
    """
    return _StandardPages(library.standards[standard_id], library.policies, library.vocabulary, evidence).render()


class _StandardPages:
    """One standard being set."""

    def __init__(
        self, standard: Standard, policies: Mapping[str, Policy], vocabulary: Vocabulary, evidence: bool
    ) -> None:
        self.standard, self.policies, self.vocabulary, self.evidence = standard, policies, vocabulary, evidence
        counts = f"{len(standard.indicators)}项指标" + (
            f"，{len(standard.vetoes)}项一票否决" if standard.vetoes else ""
        )
        about = (standard.issuer, standard.date, counts)
        ours = _OURS + (_EVIDENCE if evidence else "")
        self.book = Book(Front(standard.title, about, ours, standard.fingerprint))
        self.columns = rules_columns()
        self.grid = self.book.grid(self.columns)

    def render(self) -> RenderedBook:
        return self.book.render([*self._table(), *self._annex()])

    def _table(self) -> Iterator[Strip]:
        yield from self._header("责任单位" if self._prints_units() else "评估方法")
        begun: set[str] = set()
        for number, part in enumerate(self._parts()):
            opens = 0 if part.section not in begun else 1
            entries = [ContentsEntry(part.section, 0)] if opens == 0 else []
            begun.add(part.section)
            if part.topic:
                entries.append(ContentsEntry(part.topic, 1))
            yield from self._part(part, number, opens, entries)

    def _parts(self) -> Iterator[_TopicRows]:
        for section in self.standard.sections:
            for topic in section.topics:
                rows = [row for row in self.standard.indicators if row.topic == topic.id]
                if rows:
                    yield _TopicRows(section.title, topic.title, rows)
        if self.standard.vetoes:
            yield _TopicRows(VETO_SECTION, "", self.standard.vetoes)

    def _header(self, last: str) -> Iterator[Strip]:
        layout, kind = self.book.layout, self.book.layout.type
        cells = tuple(
            (self.grid.edges[index], self.book.titled(name, kind.small + 1, width, centred=True)[0])
            for index, (name, width) in enumerate(zip(("项目", "内容", "指标", last), self.columns, strict=True))
        )
        nothing = (Span("head", ()), Span("head", ()))
        yield Strip(
            kind.leading + 2 * layout.pad,
            cells,
            layout.pad,
            kind.leading,
            keep=True,
            grid=self.grid,
            spans=nothing,
            opens=0,
            heads=True,
        )

    def _part(self, part: _TopicRows, number: int, opens: int, entries: list[ContentsEntry]) -> Iterator[Strip]:
        """The rows of a topic; its name and its section's never stand without room for all their lines."""
        spans = (self._span(0, part.section, part.section), self._span(1, f"{number}", part.topic))
        strips: list[Strip] = []
        for index, row in enumerate(part.rows):
            strips += self._row(row, spans, opens if index == 0 else 2)
        needed = max(len(span.lines) for span in spans) * self.book.layout.type.small_leading * 1.15
        needed += 2 * self.book.layout.pad
        short = needed - sum(strip.height for strip in strips)
        if short > 0:
            strips.append(Strip(short, grid=self.grid, spans=spans))
        height = 0.0
        for index, strip in enumerate(strips):
            keep = strip.keep or (height < needed and index < len(strips) - 1)
            height += strip.height
            entry = entries[index] if index < len(entries) else None
            yield replace(strip, keep=keep, entry=entry)

    def _span(self, column: int, key: str, words: str) -> Span:
        kind = self.book.layout.type
        size, width = kind.small + 0.5, self.columns[column]
        # Four characters a line (领导协调/机制), in the middle of the column.
        lines = self.book.titled(words, size, min(width - 2, size * _LABEL), centred=True) if words else []
        middle = [replace(line, line=replace(line.line, indent=0.0, room=width / size)) for line in lines]
        return Span(key, tuple(middle))

    def _row(self, row: Indicator, spans: tuple[Span, ...], opens: int) -> list[Strip]:
        layout, kind = self.book.layout, self.book.layout.type
        left, right = self.grid.edges[2] + layout.side, self.grid.edges[3] + layout.side
        main = self._main(row, self.columns[2] - 2 * layout.side)
        methods = self._last(row, self.columns[3] - 2 * layout.side)
        strips = []
        goes_on = self._goes_on(row, spans)
        count = max(len(main), len(methods))
        for index in range(count):
            line, leading = main[index] if index < len(main) else (None, kind.small_leading)
            cells = [(left, line)] if line is not None else []
            if index < len(methods):
                cells.append((right, methods[index]))
            above = layout.pad if index == 0 else 0.0
            below = layout.pad if index == count - 1 else 0.0
            strips.append(
                Strip(
                    leading + above + below,
                    tuple(cells),
                    above,
                    leading,
                    keep=index < count - 1,  # a row stands whole wherever a page has room for it
                    grid=self.grid,
                    spans=spans,
                    opens=opens if index == 0 else None,
                    resumes=goes_on if index else None,
                )
            )
        return strips

    def _goes_on(self, row: Indicator, spans: tuple[Span, ...]) -> Strip:
        """Above the rest of a row longer than a page: 5.2.1（续）, and in the last column 见上页."""
        layout, kind = self.book.layout, self.book.layout.type
        cells = []
        for column, words in ((2, f"{row.id}（续）"), (3, "（见上页）")):
            width = self.columns[column] - 2 * layout.side
            cells.append((self.grid.edges[column] + layout.side, self.book.titled(words, kind.small, width)[0]))
        height = kind.small_leading + layout.pad
        return Strip(height, tuple(cells), layout.pad, kind.small_leading, grid=self.grid, spans=spans, opens=2)

    def _main(self, row: Indicator, width: float) -> list[tuple[SetLine, float]]:
        kind, setter = self.book.layout.type, self.book.setter
        lines: list[tuple[SetLine, float]] = []
        number = row.id if row.label == row.id else f"{row.id}　{row.label}"
        lines += [(line, kind.leading) for line in self.book.titled(number, kind.small, width)]
        for paragraph in cleaning.paragraphs(row.statement):
            lines += [(line, kind.leading) for line in setter.cell(paragraph, kind.body, width, centred=False)]
        for remark in self._remarks(row):
            lines += [(line, kind.small_leading) for line in setter.cell(remark, kind.small, width, centred=False)]
        return lines

    def _remarks(self, row: Indicator) -> Iterator[str]:
        """The other column's words where the document has both, then ours."""
        if row.methods and self._prints_units():
            yield f"评估方法：{self._methods(row)}"
        relations = self.vocabulary.lists["relations"]
        bases = [
            f"{relations[relation]}：{'；'.join(map(_policy_words, policies))}"
            for relation, policies in groupby(cited(row, self.policies), key=lambda policy: policy.relation)
        ]
        if bases:
            yield f"{_BASIS}　{'。'.join(bases)}"
        if self.evidence and row.evidence:
            listed = "；".join(
                f"{at}.{requirement.label}{'（判定达标所需）' if requirement.required else ''}"
                for at, requirement in enumerate(row.evidence, start=1)
            )
            yield f"{_SUGGESTED}　{listed}"

    def _last(self, row: Indicator, width: float) -> list[SetLine]:
        kind = self.book.layout.type
        words = "、".join(row.responsible_units) if self._prints_units() else self._methods(row)
        return self.book.setter.cell(words, kind.small + 1, width, centred=False) if words else []

    def _prints_units(self) -> bool:
        """Whether the last column holds 责任单位; 评估方法, if there are any, then stand among the remarks."""
        return any(row.responsible_units for row in self.standard.rows())

    def _methods(self, row: Indicator) -> str:
        words = "、".join(self.vocabulary.label("methods", method) for method in row.methods)
        return f"{words}（原表该格为空，沿用上格）" if row.methods_inherited else words

    def _annex(self) -> Iterator[Strip]:
        if self.standard.mended:
            yield from self.book.heading("扫描件错字的更正", 0, space_above=18)
            for fault in self.standard.mended:
                yield from self.book.small(f"{fault.at}：扫描件作“{fault.scanned}”，此处作“{fault.mended}”")
        if self.standard.notes:
            yield from self.book.heading("说明（本工具读法）", 0, space_above=14)
            for note in self.standard.notes:
                yield from self.book.small(note)


def _policy_words(policy: CitedPolicy) -> str:
    return f"{policy.name} {'、'.join(policy.clauses)}"
