"""A filled-in workbook brought into the submission as it stands now: what others changed since is not undone."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from indicators.model import Library
from scoring.submission import Submission
from scoring.workbook.applying import apply_changes, cited_in
from scoring.workbook.part import Key
from scoring.workbook.plan import REGISTER, Line, SheetPlan, first_spare, sheets_of
from scoring.workbook.reading import Fault, FilledWorkbook, WorkbookError

_GONE = "（已从材料目录删去，不再恢复）"


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A cell that somebody changed in the meantime otherwise: ``current`` stands, ``typed`` is not taken."""

    place: str
    words: str
    current: str
    typed: str


def merged_into(
    current: Submission, filled: FilledWorkbook, library: Library, given: Set[str] = frozenset()
) -> tuple[Submission, tuple[Overtaken, ...]]:
    """The submission with the workbook's changes, and those that were overtaken. Raises `WorkbookError`.

    ``given``: every number the register gave.

    What makes sense only as a whole is taken as a whole: where somebody changed the denominator since, the numerator
    of the workbook is not set above it. A document that was deleted since does not come back.
    """
    identity = filled.identity
    before, words = _cells(sheets_of(identity.base, library, identity.part, identity.first_spare))
    now, words_now = _cells(sheets_of(current, library, identity.part, first_spare(current)))
    lost = (identity.base.evidence.keys() | given) - current.evidence.keys()
    moved = {_field(key) for key, text in before.items() if now.get(key, text) != text}
    taken, overtaken = dict(filled.changed), []
    for key, typed in filled.changed.items():
        gone = _gone(key, typed, lost)
        if gone is None and _field(key) not in moved:
            continue
        del taken[key]
        here = now.get(key, "") if gone is None else gone
        if gone is not None or apply_changes(current, library, {key: typed})[0] != current:  # 43.5万 is 435000
            place, called = words.get(key) or words_now.get(key) or (REGISTER, key[1])
            overtaken.append(Overtaken(place, called, here, typed))
    merged, refusals = apply_changes(current, library, taken)
    if refusals:
        raise WorkbookError([Fault(refusal.code, "", "", refusal.text) for refusal in refusals])
    return merged, tuple(overtaken)


def _cells(sheets: list[SheetPlan]) -> tuple[dict[Key, str], dict[Key, tuple[str, str]]]:
    """What stands in each cell, and how it is called: its sheet, and the words of its line."""
    lines = [(sheet.title, line) for sheet in sheets for line in sheet.lines]
    texts = {fill.key: fill.text for _, line in lines for fill in line.fills}
    return texts, {fill.key: (title, _words(line)) for title, line in lines for fill in line.fills}


def _field(key: Key) -> Key:
    """What of an entry is one: a measure's figure with all its cells, a judgement with its reason, the claims."""
    if key[0] in {"answers", "vetoes"}:
        return (*key[:2], "claim") if key[2] == "claims" else key[:4]
    return key[:2] if key[0] == "facts" else key


def _gone(key: Key, typed: str, lost: Set[str]) -> str | None:
    """What is told where the cell speaks of a document that was in the register and is no more."""
    if key[0] == "evidence":
        return _GONE if key[1] in lost else None
    if key[2:3] not in {("evidence",), ("nil_return",)}:
        return None
    missing = [item for item in cited_in(typed) if item in lost]
    return f"材料 {'、'.join(missing)}{_GONE}" if missing else None


def _words(line: Line) -> str:
    return " ".join(word for word in line.words[:2] if word)
