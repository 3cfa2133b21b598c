"""改动记录: every save of a submission, who wrote what when, old → new in words; of what the person may read alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage.canonical import Json
from storage.records import EntryVersion
from workflow.office import Office
from workflow.submission.handing_back import restored
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.submission.tracing import display_names, history_of
from workflow.targets import CONTENT_KINDS, KINDS, Target
from workflow.words.changes import changed_lines
from workflow.words.entries import Content, PlainContent, entry_lines, entry_name

NONE = "（没有）"
_KINDS = sorted(KINDS)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: text before and after, None where it was or is not there."""

    label: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        told = f"{NONE if self.before is None else self.before} → {NONE if self.after is None else self.after}"
        if self.before is None and self.after is not None:
            told = self.after
        return f"{self.label}：{told}" if self.label else told


@dataclass(frozen=True, slots=True)
class Written:
    """One version of an entry. ``by``: a username; ``act``: what was done, in words; ``rows``: what it belongs to."""

    at: datetime
    by: str
    who: str
    target: Target
    name: str
    act: str
    version: int
    fields: tuple[Field, ...]
    rows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters, empty for any: a row's id, a username."""

    row: str = ""
    by: str = ""


def written(office: Office, snapshot: SubmissionSnapshot, wanted: Wanted | None = None) -> tuple[Written, ...]:
    """The newest first. ``snapshot``: as the person opened it."""
    person, number = snapshot.person, snapshot.record.id
    history = history_of(office, person, number, [Target.parse(kind) for kind in _KINDS])
    names = display_names(office, {line.by for line in history})
    content = PlainContent(snapshot.content, snapshot.standards, office.rules_of(snapshot.round))
    every = _every(snapshot, history, names, content)
    asked = wanted or Wanted()
    fitting = [one for one in every if asked.by in {"", one.by} and (not asked.row or asked.row in one.rows)]
    return tuple(reversed(fitting))


def _every(
    snapshot: SubmissionSnapshot, history: tuple[EntryVersion, ...], names: dict[str, str], content: Content
) -> Iterator[Written]:
    by_rules = {(change.by, change.at) for change in snapshot.repins}
    moved, back = {(move.by, move.at) for move in snapshot.moves}, restored(snapshot.moves)
    filled_in = {(line.by, line.at) for line in history if line.kind in CONTENT_KINDS}
    before: dict[Target, Json] = {}
    for line in history:
        target, after, when = Target.of(line), None if line.removed else line.body, (line.by, line.at)
        old = before.get(target)
        act = "删去" if line.removed else "改动" if target in before else "新填"
        if when in by_rules:
            act = "因换用现行规则改动"
        elif (target.is_opinion or target.is_scan) and when in moved:
            act = "随退回作废" if line.removed else act
            act = "随收回恢复" if not line.removed and when in back else act
        elif target.is_finding and line.removed and when in filled_in:
            act = "因县里改动作废"
        pairs = changed_lines(entry_lines(content, target, old), entry_lines(content, target, after))
        fields = tuple(Field(label, was, now) for label, was, now in pairs)
        rows = _rows(target, after if old is None else old)
        name, version = entry_name(content, target), line.version
        yield Written(line.at, line.by, names[line.by], target, name, act, version, fields, rows)
        before[target] = after
        if line.removed:
            del before[target]


def _rows(target: Target, body: Json) -> frozenset[str]:
    """The ids of the rows that an entry is of, seen or spoken of in it."""
    keys = {target.key, target.parts[1]} if target.kind in {"explanation", "local"} else {target.key}
    if isinstance(body, dict):
        seen = body.get("rows")
        keys |= set(map(str, seen)) if isinstance(seen, dict | list) else set()
        keys |= {str(body.get("row_id"))} if target.is_note else set()
    return frozenset(keys)
