"""What other rules change, as plain data; `indicators.comparing` finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from indicators.model.standard import Indicator, Standard

Part = Literal[
    "row", "statement", "methods", "units", "condition", "measure", "threshold", "evidence", "basis", "fact",
    "cross_check",
]  # fmt: skip
InRound = tuple[str, str, Standard]  # a round's id, its name as people know it, a standard as it keeps it
_AROUND, _LONGEST = 10, 60
_GAP = "……"
_EDITIONS = ("原", "新")
# A part of a row that came, went, changed.
_SAID: Mapping[str, tuple[str, str, str]] = {
    "row": ("新列入本项", "不再列入本项", ""),
    "evidence": ("新增必需材料“{label}”", "材料“{label}”不再必需", ""),
    "measure": ("新增填报项“{label}”{asked}", "取消填报项“{label}”", "填报项“{label}”{turned}"),
    "threshold": ("“{label}”门槛{turned}",) * 3,
    "statement": ("原文{turned}",) * 3,
    "condition": ("适用条件{turned}",) * 3,
}


@dataclass(frozen=True, slots=True)
class PartChange:
    """One thing that differs, in words; ``old`` or ``new`` None: only the other edition has it.

    ``id``, ``label``: of the measure, document, clause, fact or check, as the newest edition that has it names it.
    ``aspect``: all of it where empty, else one of those `indicators.comparing.row_difference` names. ``standards``:
    names of those it is changed in, none where it is in all that have the row.
    """

    part: Part
    id: str = ""
    label: str = ""
    old: str | None = None
    new: str | None = None
    aspect: str = ""
    standards: tuple[str, ...] = ()

    def words(self, figure: str | None = None) -> str:
        """A revision of a row: “报销比例”门槛由“不低于70%”改为“不低于80%”，所填 73.8%. ``figure``: the county's own."""
        old, new = self.old or "", self.new or ""
        came, went, changed = _SAID[self.part]
        asked, turned = f"（要求{new}）" if new != self.label else "", f"由“{old or '无'}”改为“{new or '无'}”"
        said = (came if not old else changed if new else went).format(label=self.label, asked=asked, turned=turned)
        given = f"，所填 {figure}" if self.part == "threshold" and figure else ""
        return f"{'、'.join(self.standards)}{'：' if self.standards else ''}{said}{given}"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A heading (neither wording), or what differs; ``old`` or ``new`` None: only the other edition has it."""

    depth: int
    name: str
    old: str | None = None
    new: str | None = None

    def texts(self, sides: tuple[str, str] = _EDITIONS) -> tuple[str, ...]:
        """One line, or one for each wording; ``sides`` names the two editions."""
        name, given = f"{'  ' * self.depth}{self.name}", [words for words in (self.old, self.new) if words is not None]
        gone, come = ("取消", "新增") if sides == _EDITIONS else (f"{a}有{b}无" for a, b in (sides, sides[::-1]))
        whose = sides if len(given) > 1 else (come if self.old is None else gone,)
        return tuple(f"{name}　{side}：{words}" for side, words in zip(whose, given, strict=False)) or (name,)


def texts(lines: Iterable[RuleLine], sides: tuple[str, str] = _EDITIONS) -> list[str]:
    """The lines of all of them."""
    return [text for line in lines for text in line.texts(sides)]


@dataclass(frozen=True, slots=True)
class Redefinition:
    """Something asked under the same id that now means something else. ``label`` as the new rules name it.

    ``row``: its row's id, "" for a fact; ``changes``: (what of it, the old words, the new words).
    """

    what: Part
    row: str
    id: str
    label: str
    changes: tuple[tuple[str, str, str], ...]

    @property
    def named(self) -> str:
        """3.3.2“医疗救助人数”."""
        place = {"fact": "县情", "evidence": f"{self.row} 佐证材料"}.get(self.what, self.row)
        return f"{place}“{self.label}”"


def redefinition_lines(redefinitions: Iterable[Redefinition]) -> Iterator[RuleLine]:
    """What each is called, then its changes with both wordings."""
    for meaning in redefinitions:
        yield RuleLine(0, meaning.named)
        yield from (RuleLine(1, *change) for change in meaning.changes)


@dataclass(frozen=True, slots=True)
class RowRevised:
    """A row of a round's standards: new in all of them, gone from all, or changed.

    ``revisions`` are short enough to be told at the row; of one edition that does not have it the words are empty.
    """

    row: str
    fate: Literal["added", "removed", "changed"]
    revisions: tuple[PartChange, ...] = ()


def where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Both texts without what is alike at their ends, but for a few characters; never longer than a line."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    first, last = max(0, head - _AROUND), max(0, tail - _AROUND)
    return _cut(old, first, len(old) - last), _cut(new, first, len(new) - last)


def _alike(old: str, new: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _cut(text: str, first: int, last: int) -> str:
    shown = text[first : min(last, first + _LONGEST)]
    return f"{_GAP if first else ''}{shown}{_GAP if first + len(shown) < len(text) else ''}"


@dataclass(frozen=True, slots=True)
class ReplacedRules:
    """A standard in the place of another beside what the rounds keep, and how the rules differ.

    ``replaced``: what of each round is really replaced, the standard as that round keeps it, over how many submissions;
    ``redefined``: what means something else, same id.
    """

    old: Standard
    new: Standard
    notes: tuple[str, ...]
    replaced: tuple[tuple[InRound, int], ...]
    lines: tuple[RuleLine, ...]
    redefined: tuple[Redefinition, ...]


def paired_rows(old: Standard, new: Standard) -> Iterator[tuple[str, Indicator | None, Indicator | None]]:
    """Id of each row of either edition and how it stands in both.

    In the order of print, the new one's own ones after the old one's of the same section, vetoes last.
    """
    order = [row.id for row in old.indicators]
    at = 0 if any(row.id in order for row in new.indicators) else len(order)
    for row in new.indicators:
        if row.id not in order:
            order.insert(at, row.id)
        at = order.index(row.id) + 1
    for row_id in dict.fromkeys((*order, *(row.id for edition in (old, new) for row in edition.vetoes))):
        yield row_id, old.row(row_id), new.row(row_id)
