"""A filled-in workbook brought into the submission as it stands now: what others changed since is not undone."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.model import Library
from scoring.submission import Submission
from scoring.workbook.applying import apply_changes
from scoring.workbook.plan import Line, first_spare, sheets_of
from scoring.workbook.reading import Fault, FilledWorkbook, WorkbookError


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A cell that somebody changed in the meantime otherwise: ``current`` stands, ``typed`` is not taken."""

    place: str
    words: str
    current: str
    typed: str


def merged_into(
    current: Submission, filled: FilledWorkbook, library: Library
) -> tuple[Submission, tuple[Overtaken, ...]]:
    """The submission with the workbook's changes, and those that were overtaken. Raises `WorkbookError`."""
    identity = filled.identity
    before = sheets_of(identity.base, library, identity.department, identity.first_spare)
    now = sheets_of(current, library, identity.department, first_spare(current))
    standing = {fill.key: fill.text for sheet in now for line in sheet.lines for fill in line.fills}
    taken, overtaken = dict(filled.changed), []
    for sheet in before:
        for line in sheet.lines:
            for fill in line.fills:
                typed = filled.changed.get(fill.key)
                here = standing.get(fill.key, fill.text)
                if typed is None or here == fill.text:
                    continue
                del taken[fill.key]
                if apply_changes(current, library, {fill.key: typed})[0] != current:  # 43.5万 is 435000
                    overtaken.append(Overtaken(sheet.title, _words(line), here, typed))
    merged, refusals = apply_changes(current, library, taken)
    if refusals:
        raise WorkbookError([Fault(refusal.code, "", "", refusal.text) for refusal in refusals])
    return merged, tuple(overtaken)


def _words(line: Line) -> str:
    return " ".join(word for word in line.words[:2] if word)
