"""What a draft is: fields of one form as one window of one person holds them, unsaved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from storage.canonical import Json
from storage.records import DraftField
from workflow.targets import KINDS, Target

NEWS, NO_TAB = "news", ""  # the kind and window under which it is kept what a person was told (`drafts.tell`)


class FieldKey(Protocol):
    """Which field: `ui.form_keys.FormKey` is one."""

    @property
    def scope(self) -> str:
        """Whose form."""

    @property
    def kind(self) -> str:
        """The entry's kind, or the form's."""

    @property
    def key(self) -> str:
        """The entry's key."""

    @property
    def seen(self) -> int:
        """The version of the entry the form was opened on."""

    @property
    def generation(self) -> int:
        """How often this window had closed the form when the field was drawn."""

    @property
    def field(self) -> str:
        """The path within the entry."""


class DraftChange(NamedTuple):
    """A field's new value. ``sure`` False: it may be older than what is kept, so it only fills a gap."""

    key: FieldKey
    value: Json
    sure: bool = True


class NotKept(NamedTuple):
    """A field of which nothing was written, and why, in a Chinese sentence."""

    key: FieldKey
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What one window's form on one entry holds unsaved. ``since``: typing began; ``at``: last change."""

    scope: str
    kind: str
    key: str
    tab: str
    seen: int
    generation: int
    fields: Mapping[str, Json]
    since: datetime
    at: datetime

    @property
    def target(self) -> Target | None:
        """The entry; None for a form that is no entry's (a move's reason, an account)."""
        return Target.parse(f"{self.kind}/{self.key}") if self.kind in KINDS else None


@dataclass(frozen=True, slots=True)
class DraftBook:
    """A person's drafts in one scope, and how often each window closed a form: (kind, key, tab) → generation."""

    drafts: tuple[Draft, ...] = ()
    generations: Mapping[tuple[str, str, str], int] = field(default_factory=dict)

    def generation(self, kind: str, key: str, tab: str) -> int:
        """The generation of the form this window is to draw."""
        return self.generations.get((kind, key, tab), 0)

    def told(self, entry: str) -> int:
        """Of which version of an entry the person was told; 0: of none."""
        return self.generation(NEWS, entry, NO_TAB)

    def of(self, kind: str, key: str, tab: str) -> Draft | None:
        """This window's draft of an entry."""
        return next((d for d in self.drafts if (d.kind, d.key, d.tab) == (kind, key, tab)), None)

    def elsewhere(self, kind: str, key: str, tab: str) -> tuple[Draft, ...]:
        """The person's drafts of the entry in other windows, the latest first."""
        others = (d for d in self.drafts if (d.kind, d.key) == (kind, key) and d.tab != tab)
        return tuple(sorted(others, key=lambda draft: (draft.at, draft.tab), reverse=True))


def drafts_from(rows: Iterable[DraftField]) -> tuple[Draft, ...]:
    """Fields put together, one draft for each form and window."""
    fields: dict[tuple[str, str, str], list[DraftField]] = {}
    for row in rows:
        fields.setdefault((row.kind, row.key, row.tab), []).append(row)
    return tuple(_draft(those) for those in fields.values())


def _draft(rows: Sequence[DraftField]) -> Draft:
    first = rows[0]
    return Draft(
        first.scope, first.kind, first.key, first.tab,
        min(row.seen for row in rows),
        max(row.generation for row in rows),
        {row.field: row.value for row in rows},
        min(row.since for row in rows),
        max(row.at for row in rows),
    )  # fmt: skip
