"""What other rules change, as plain data; `indicators.comparing` finds it.

Standard library only, as `indicators.model.standard`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from indicators.model.standard import Indicator, Standard

Aspect = tuple[str, str, str]  # what of a measure, document or fact; old words, new words
What = Literal["measure", "evidence", "fact"]
RevisedPart = Literal["row", "statement", "condition", "threshold", "measure", "evidence"]
RowFate = Literal["added", "removed", "changed"]
_AROUND, _LONGEST = 10, 60
_GAP = "……"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A heading (neither wording), or what differs; ``old`` or ``new`` None: only the other edition has it."""

    depth: int
    name: str
    old: str | None = None
    new: str | None = None

    def texts(self, sides: tuple[str, str] = ("原", "新")) -> tuple[str, ...]:
        """One line, or one for each wording; ``sides`` names the two editions."""
        name = f"{'  ' * self.depth}{self.name}"
        if self.old is not None and self.new is not None:
            return f"{name}　{sides[0]}：{self.old}", f"{name}　{sides[1]}：{self.new}"
        if self.old is None and self.new is None:
            return (name,)
        gone, come = ("取消", "新增") if sides == ("原", "新") else (f"{a}有{b}无" for a, b in (sides, sides[::-1]))
        return (f"{name}　{come if self.old is None else gone}：{self.new if self.old is None else self.old}",)


def texts(lines: Iterable[RuleLine], sides: tuple[str, str] = ("原", "新")) -> list[str]:
    """The lines of all of them."""
    return [text for line in lines for text in line.texts(sides)]


@dataclass(frozen=True, slots=True)
class Redefinition:
    """Something asked under the same id that now means something else. ``label`` as the new rules name it.

    ``row``: its row's id, "" for a fact; ``changes``: (what of it, the old words, the new words).
    """

    what: What
    row: str
    id: str
    label: str
    changes: tuple[Aspect, ...]

    @property
    def key(self) -> tuple[What, str, str]:
        """What is asked, in every standard alike."""
        return self.what, self.row, self.id


def redefinition_lines(redefinitions: Iterable[Redefinition]) -> Iterator[RuleLine]:
    """3.3.2“医疗救助人数”, then each change with both wordings."""
    for redefinition in redefinitions:
        place = {"fact": "县情", "evidence": f"{redefinition.row} 佐证材料", "measure": redefinition.row}[
            redefinition.what
        ]
        yield RuleLine(0, f"{place}“{redefinition.label}”")
        yield from (RuleLine(1, *change) for change in redefinition.changes)


@dataclass(frozen=True, slots=True)
class Revision:
    """One thing that differs in a row. ``id``, ``label``: of the measure or document, else empty.

    ``old``, ``new``: short words, empty where one side does not have it. ``standards``: names of those it is changed
    in, none where it is in all that have the row.
    """

    part: RevisedPart
    id: str = ""
    label: str = ""
    old: str = ""
    new: str = ""
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRevised:
    """A row of a round's standards: new in all of them, gone from all, or changed."""

    row: str
    fate: RowFate
    revisions: tuple[Revision, ...] = ()


def where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Both texts without what is alike at their ends, but for a few characters; never longer than a line."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    first, last = max(0, head - _AROUND), max(0, tail - _AROUND)
    return _cut(old, first, len(old) - last), _cut(new, first, len(new) - last)


def _alike(old: str, new: str) -> int:
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _cut(text: str, first: int, last: int) -> str:
    shown = text[first : min(last, first + _LONGEST)]
    return f"{_GAP if first else ''}{shown}{_GAP if first + len(shown) < len(text) else ''}"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What of one round is really replaced: its standard as that round keeps it, over how many submissions.

    ``name``: the round as people know it.
    """

    round: str
    old: Standard
    submissions: int
    name: str


@dataclass(frozen=True, slots=True)
class ReplacedRules:
    """A standard in the place of another beside what the rounds keep: what each really replaces, how the rules differ.

    ``notes``: what in installed files would have to follow; ``redefined``: what means something else, same id.
    """

    old: Standard
    new: Standard
    notes: tuple[str, ...]
    replaced: tuple[Replaced, ...]
    lines: tuple[RuleLine, ...]
    redefined: tuple[Redefinition, ...]


def paired_rows(old: Standard, new: Standard) -> Iterator[tuple[str, Indicator | None, Indicator | None]]:
    """Id of each row of either edition and how it stands in both, the new one's first."""
    for row_id in dict.fromkeys(row.id for row in (*new.rows(), *old.rows())):
        yield row_id, old.row(row_id), new.row(row_id)
