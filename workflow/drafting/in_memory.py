"""The drafts of 试算: kept like those of the store, in this process's memory and for as long as it runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from storage.canonical import dumps
from storage.records import DraftField
from storage.repositories.drafts import Form
from workflow.drafting.records import DraftBook, DraftChange, NotKept, drafts_from
from workflow.drafting.refusing import unreadable

MOST_CHARACTERS, MOST_FIELDS = 500_000, 3_000  # of one person


class MemoryDrafts:
    """One person's; the methods do what those of `workflow.drafting.drafts` do. Not for two threads at once."""

    def __init__(self) -> None:
        self._fields: dict[tuple[str, str, str, str], DraftField] = {}  # kind, key, tab, field
        self._closings: dict[tuple[str, str, str], int] = {}

    def keep(self, tab: str, changes: Sequence[DraftChange], now: datetime) -> tuple[NotKept, ...]:
        """Write fields; what cannot be kept is told by itself. Identifiers are not looked for: this is no store."""
        not_kept: list[NotKept] = []
        for change in changes:
            key = change.key
            closed = self._closings.get((key.kind, key.key, tab), 0)
            if key.generation < closed:
                continue
            words = unreadable(change, tab)
            if words is None and not self._room_for(change):
                words = "试算中没有提交的内容已经太多，这一栏没有暂存。请先保存或者放弃其他没有提交的内容。"
            if words is not None:
                not_kept.append(NotKept(key, words))
                continue
            place = (key.kind, key.key, tab, key.field)
            standing = self._fields.get(place)
            if standing is None or change.sure:
                since = now if standing is None else standing.since
                self._fields[place] = DraftField(
                    0, key.scope, *place[:3], key.field, key.seen, key.generation, change.value, since, now
                )
        return tuple(not_kept)

    def book(self) -> DraftBook:
        """Everything held."""
        return DraftBook(drafts_from(self._fields.values()), dict(self._closings))

    def close(self, forms: Collection[Form], tab: str) -> None:
        """The window's forms are saved or given up."""
        for form in forms:
            self._take((form[0], form[1], tab))
            self._closings[form[0], form[1], tab] = self._closings.get((form[0], form[1], tab), 0) + 1

    def clear(self, tab: str, values: Sequence[DraftChange]) -> None:
        """Take fields out that still hold these values."""
        for key, value, _ in values:
            place = (key.kind, key.key, tab, key.field)
            if place in self._fields and self._fields[place].value == value:
                del self._fields[place]

    def take_over(self, form: Form, *, from_tab: str, to_tab: str) -> None:
        """Exchange what two windows hold; ``to_tab`` goes on in a new generation."""
        there, here = (*form, from_tab), (*form, to_tab)
        theirs, ours = self._take(there), self._take(here)
        self._closings[here] = self._closings.get(here, 0) + 1
        for rows, tab, generation in (
            (theirs, to_tab, self._closings[here]),
            (ours, from_tab, self._closings.get(there, 0)),
        ):
            for row in rows:
                self._fields[row.kind, row.key, tab, row.field] = replace(row, tab=tab, generation=generation)

    def _take(self, window: tuple[str, str, str]) -> list[DraftField]:
        places = [place for place in self._fields if place[:3] == window]
        return [self._fields.pop(place) for place in places]

    def _room_for(self, change: DraftChange) -> bool:
        held = sum(len(dumps(row.value)) for row in self._fields.values())
        return held + len(dumps(change.value)) <= MOST_CHARACTERS and len(self._fields) < MOST_FIELDS
