"""佐证材料目录: the register by section of the standard, and box by box as it is archived (DA/T 22)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.model import Library, Standard
from scoring.days import DocumentDate, Month
from scoring.entry.uses import Use, uses
from scoring.submission import EvidenceItem, Submission
from templates.documents.contents.about import About
from templates.documents.contents.report import ReportHead

Day = date | str | None  # a month is a word: no cell holds one
VETOES, UNUSED = "一票否决", "各项指标都没有引用的材料"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece. ``place``: its number in the list it stands in; ``remark``: what else the reader needs."""

    place: int
    id: str
    issuer: str
    number: str
    title: str
    dated: Day
    pages: int | None
    remark: str
    part: str
    rows: str
    kind: str
    holder: str
    valid_until: Day
    box: str
    order: str


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """A section of the standard with the pieces that prove its rows; each piece stands where it is first named."""

    part: str
    counted: str
    items: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class EvidenceBox:
    """A box in its order. ``first_date``, ``last_date``: of the pieces dated; ``lacking``: what is not known of it."""

    box: str
    counted: str
    pieces: int
    pages: int
    span: str
    first_date: str
    last_date: str
    lacking: str
    items: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class EvidenceContents(About):
    """Everything the layout may name."""

    counted: str
    parts: tuple[EvidencePart, ...]
    boxes: tuple[EvidenceBox, ...]
    unboxed: str
    items: tuple[EvidenceRow, ...]


def evidence_contents(submission: Submission, library: Library, head: ReportHead | None = None) -> EvidenceContents:
    """From the register and what the answers name of it."""
    standards = [library.standards[name] for name in submission.round.standards]
    register = _Register(submission, standards, library.vocabulary.lists["evidence_kinds"])
    parts, boxes = tuple(register.parts()), tuple(register.boxes())
    unboxed = [name for name, item in submission.evidence.items() if not item.box]
    return EvidenceContents(
        **About.of(submission, head).names(),
        counted=_counted(submission.evidence.values()),
        parts=parts,
        boxes=boxes,
        unboxed=_unboxed(unboxed, len(submission.evidence)),
        items=tuple(row for part in parts for row in part.items),
    )


class _Register:
    """The register of a submission beside what names its pieces."""

    def __init__(self, submission: Submission, standards: Sequence[Standard], kinds: Mapping[str, str]) -> None:
        self.evidence, self.kinds = submission.evidence, kinds
        self.uses = uses(submission, standards)
        self.part_of: dict[str, str] = {}
        for standard in standards:
            for section in standard.sections:
                for topic in section.topics:
                    for row_id in topic.indicators:
                        self.part_of.setdefault(row_id, f"{section.id}　{section.title}")

    def part(self, name: str) -> str:
        """Where the piece stands: under what names it first."""
        those = self.uses.get(name, ())
        return self._part(those[0]) if those else UNUSED

    def _part(self, use: Use) -> str:
        return VETOES if use.veto else self.part_of.get(use.row_id, UNUSED)

    def parts(self) -> Iterator[EvidencePart]:
        """In printed order."""
        for part in (*dict.fromkeys(self.part_of.values()), VETOES, UNUSED):
            there = [name for name in self.evidence if self.part(name) == part]
            there.sort(key=self._rank)
            if there:
                rows = tuple(self._row(at, name) for at, name in enumerate(there, 1))
                yield EvidencePart(part, _counted(self.evidence[name] for name in there), rows)

    def boxes(self) -> Iterator[EvidenceBox]:
        """By number; in a box by the order given, what has none last."""
        boxes: dict[str, list[str]] = {}
        for name, item in self.evidence.items():
            if item.box:
                boxes.setdefault(item.box.strip(), []).append(name)
        for box in sorted(boxes, key=_natural):
            there = sorted(boxes[box], key=lambda name: _natural(self.evidence[name].order or "\uffff"))
            yield self._box(box, there)

    def _box(self, box: str, names: Sequence[str]) -> EvidenceBox:
        items = [self.evidence[name] for name in names]
        dated = sorted(str(item.date) for item in items if item.date is not None)
        lacking = {
            "页数": sum(item.pages is None for item in items),
            "日期": sum(item.date is None for item in items),
            "盒内序号": sum(not item.order for item in items),
        }
        rows = tuple(self._row(at, name) for at, name in enumerate(names, 1))
        return EvidenceBox(
            box=box,
            counted=_counted(items),
            pieces=len(items),
            pages=sum(item.pages or 0 for item in items),
            span=names[0] if len(names) == 1 else f"{names[0]}—{names[-1]}",
            first_date=dated[0] if dated else "",
            last_date=dated[-1] if dated else "",
            lacking="，".join(f"{count} 件没有登记{what}" for what, count in lacking.items() if count),
            items=rows,
        )

    def _rank(self, name: str) -> tuple[tuple[tuple[int, str], ...], str]:
        those = self.uses.get(name, ())
        return (_natural(those[0].row_id) if those else (), name)

    def _row(self, at: int, name: str) -> EvidenceRow:
        item, those = self.evidence[name], self.uses.get(name, ())
        elsewhere = [part for part in dict.fromkeys(map(self._part, those)) if part != self._part(those[0])]
        remark = [f"有效期至 {item.valid_until}" if item.valid_until is not None else ""]
        remark += [f"并用于{'、'.join(part.partition('　')[0] for part in elsewhere)}" if elsewhere else ""]
        return EvidenceRow(
            place=at,
            id=name,
            issuer=item.issuer or "",
            number=item.document_number or "",
            title=item.title or "（没有登记题名）",
            dated=_day(item.date),
            pages=item.pages,
            remark="；".join(filter(None, remark)),
            part=self.part(name),
            rows="、".join(dict.fromkeys(use.row_id for use in those)),
            kind=self.kinds.get(item.kind or "", item.kind or ""),
            holder=item.holder or "",
            valid_until=_day(item.valid_until),
            box=item.box or "",
            order=item.order or "",
        )


def _unboxed(names: Sequence[str], of: int) -> str:
    if names and len(names) == of:
        return f"全部 {of} 件都没有登记盒号。"
    return f"没有登记盒号的 {len(names)} 件：{'、'.join(names)}。" if names else ""


def _day(dated: DocumentDate | None) -> Day:
    return str(dated) if isinstance(dated, Month) else dated


def _counted(items: Iterable[EvidenceItem]) -> str:
    there = list(items)
    pages = sum(item.pages or 0 for item in there)
    return f"{len(there)} 件，{pages} 页"


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """2 before 10, 甲2 before 甲10."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"\d+|\D+", text))
