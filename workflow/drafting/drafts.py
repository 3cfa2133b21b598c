"""暂存（未提交）: what a person typed and did not save, in the store as their own.

Nobody else sees a draft's text; it is in no verdict, export, print, audit or backup. A field is written as it is typed
(`keep`); saving and giving up close the window's form, and what was typed before that never comes back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from storage.canonical import Json, dumps
from storage.records import DraftField
from storage.repositories.drafts import Form, Window
from storage.store import Transaction
from workflow.drafting.scopes import ADMIN, submission_of
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import may_read
from workflow.privacy import PHONE_FIELDS, identifiers, masked
from workflow.states import State
from workflow.targets import KINDS, Target

LONGEST = 100_000  # characters of one field
MOST_CHARACTERS, MOST_FIELDS = 2_000_000, 5_000  # of one person
_COLUMNS = {"scope": 40, "kind": 64, "key": 128, "field": 255}  # what the store's columns hold
NEW = "+"  # the key of an entry that is only being made
_TAB = re.compile("[a-z0-9-]{1,40}")
_HIGHEST = 2**31 - 1
_SURROGATES = re.compile("[\ud800-\udfff]")


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

    def of(self, kind: str, key: str, tab: str) -> Draft | None:
        """This window's draft of an entry."""
        return next((d for d in self.drafts if (d.kind, d.key, d.tab) == (kind, key, tab)), None)

    def elsewhere(self, kind: str, key: str, tab: str) -> tuple[Draft, ...]:
        """The person's drafts of the entry in other windows, the latest first."""
        others = (d for d in self.drafts if (d.kind, d.key) == (kind, key) and d.tab != tab)
        return tuple(sorted(others, key=lambda draft: draft.at, reverse=True))


def keep(
    office: Office, person: Person, tab: str, changes: Sequence[DraftChange], now: datetime
) -> tuple[NotKept, ...]:
    """Write fields; durable when this returns. Raises SaveFailed where the store cannot be written.

    What a window typed before it last closed the form is dropped without a word. Not written, each told by itself:
    identifiers of persons, too much text, what belongs to a submission the person may not read.
    """
    last = {_name(change.key): change for change in changes}
    told = ((change, unreadable(change, tab) or _identifying(change)) for change in last.values())
    not_kept = [NotKept(change.key, words) for change, words in told if words is not None]
    refused = {_name(one.key) for one in not_kept}
    writable = [change for name, change in last.items() if name not in refused]
    if not writable:
        return tuple(not_kept)
    with office.store.jot(now) as tx:
        tx.drafts.stand_in_line(person.account_id)
        for scope in dict.fromkeys(change.key.scope for change in writable):
            of_scope = [change for change in writable if change.key.scope == scope]
            if _may_draft(tx, person, scope):
                not_kept += _write(tx, person, tab, of_scope, now)
            else:
                words = "您现在不能查看这份申报，这里输入的内容没有暂存。请先复制留存。"
                not_kept += [NotKept(change.key, words) for change in of_scope]
    return tuple(not_kept)


def drafts_of(office: Office, person: Person, scope: str, tx: Transaction | None = None) -> DraftBook:
    """The person's own drafts in a scope, the oldest first."""
    if tx is None:
        with office.store.read() as reading:
            return drafts_of(office, person, scope, reading)
    rows = tx.drafts.of_scope(person.account_id, scope)
    return DraftBook(drafts_from(rows), tx.drafts.closings(person.account_id, scope))


def drafts_from(rows: Iterable[DraftField]) -> tuple[Draft, ...]:
    """Fields put together, one draft for each form and window."""
    fields: dict[tuple[str, str, str], list[DraftField]] = {}
    for row in rows:
        fields.setdefault((row.kind, row.key, row.tab), []).append(row)
    return tuple(_draft(those) for those in fields.values())


def close(tx: Transaction, person: Person, scope: str, forms: Collection[Form], tab: str) -> None:
    """The window's forms on these entries are saved or given up; within the save's own transaction."""
    tx.drafts.close(Window(person.account_id, scope, tab), forms)


def drop(office: Office, person: Person, scope: str, forms: Collection[Form], *, tab: str, now: datetime) -> None:
    """放弃: the window's drafts of these entries are gone. Raises SaveFailed."""
    with office.store.jot(now) as tx:
        close(tx, person, scope, forms, tab)


def clear(office: Office, person: Person, tab: str, values: Sequence[DraftChange], now: datetime) -> None:
    """Take fields out that say nothing (what stands there anyway), where they still hold this value."""
    if not values:
        return
    with office.store.jot(now) as tx:
        tx.drafts.stand_in_line(person.account_id)
        tx.drafts.remove_fields(_row(person, tab, change, now) for change in values)


def take_over(
    office: Office, person: Person, scope: str, form: Form, *, from_tab: str, to_tab: str, now: datetime
) -> None:
    """Go on in ``to_tab`` with what ``from_tab`` holds; what ``to_tab`` held lies in the other's place.

    The generation of ``to_tab`` is raised, so that its widgets are drawn anew.
    """
    here, there = (Window(person.account_id, scope, tab) for tab in (to_tab, from_tab))
    with office.store.jot(now) as tx:
        tx.drafts.stand_in_line(person.account_id)
        closings = tx.drafts.closings(person.account_id, scope)
        raised = closings.get((*form, to_tab), 0) + 1
        generations = {to_tab: raised, from_tab: closings.get((*form, from_tab), 0)}
        other = {to_tab: from_tab, from_tab: to_tab}
        held = tx.drafts.of_scope(person.account_id, scope)
        rows = [row for row in held if (row.kind, row.key) == form and row.tab in other]
        for window in (here, there):
            tx.drafts.remove_forms(window, [form])
        tx.drafts.put(replace(row, tab=other[row.tab], generation=generations[other[row.tab]]) for row in rows)
        tx.drafts.set_closing(here, form, raised)


def _name(key: FieldKey) -> tuple[str, str, str, str]:
    return key.scope, key.kind, key.key, key.field


def unreadable(change: DraftChange, tab: str) -> str | None:
    """Why a field cannot be kept anywhere, the store or memory; None when it can."""
    if not _TAB.fullmatch(tab) or not _fits(change.key):
        return "页面已过时，这里输入的内容没有暂存。请先复制留存，再刷新页面。"
    if isinstance(change.value, Mapping) or not all(isinstance(text, str) for text in _texts(change.value)):
        return "这里的内容无法识别，没有暂存。请刷新页面后重新填写。"
    if sum(map(len, _texts(change.value))) > LONGEST:
        return f"{_place(change.key)}超过{LONGEST // 10_000}万字，超出部分连同全文都没有暂存。请删减后再继续。"
    return None


def _identifying(change: DraftChange) -> str | None:
    """The sentence on personal identifiers in a field or, forged, in its name."""
    key = change.key
    phones_allowed = Target("form", key.key) in PHONE_FIELDS if key.kind == "form" else False
    found = [identifiers(text) for text in (key.key, key.field)]
    found += [identifiers(text, phones_allowed=phones_allowed) for text in _texts(change.value)]
    kinds = "、".join(dict.fromkeys(kind for kinds in found for kind in kinds))
    if not kinds:
        return None
    return f"{_place(key)}含有{kinds}，没有暂存。本工具不收集个人身份信息，请删去后只写数量、文号。"


def _texts(value: Json) -> list[Any]:
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, list | tuple) else []


def _fits(key: FieldKey) -> bool:
    short = all(len(getattr(key, name)) <= longest for name, longest in _COLUMNS.items())
    return short and 0 <= key.seen <= _HIGHEST and 0 <= key.generation <= _HIGHEST


def _place(key: FieldKey) -> str:
    if key.kind in KINDS and key.key != NEW:
        return f"{masked(Target.parse(f'{key.kind}/{key.key}').label)}的这一栏"
    return "这一栏"


def _may_draft(tx: Transaction, person: Person, scope: str) -> bool:
    """Right to read the submission; other forms are open to whoever is signed in."""
    submission_id = submission_of(scope)
    if submission_id is None:
        return scope == ADMIN
    record = tx.submissions.get(submission_id)
    return record is not None and may_read(person, record.division_code, State(record.state))


def _write(tx: Transaction, person: Person, tab: str, changes: Sequence[DraftChange], now: datetime) -> list[NotKept]:
    """Write what belongs to one scope."""
    scope = changes[0].key.scope
    closings = tx.drafts.closings(person.account_id, scope)
    not_kept: list[NotKept] = []
    held = tx.drafts.held(person.account_id)
    rows: dict[bool, list[DraftField]] = {True: [], False: []}
    fields, characters = held
    for change in changes:
        key = change.key
        closed = closings.get((key.kind, key.key, tab), 0)
        if key.generation < closed:
            continue
        if key.generation > closed:  # this window's closings are forgotten by now (`purge`): go on counting from here
            tx.drafts.set_closing(Window(person.account_id, scope, tab), (key.kind, key.key), key.generation)
            closings[key.kind, key.key, tab] = key.generation
        row = _row(person, tab, change, now)
        fields, characters = fields + 1, characters + len(dumps(row.value))
        if characters > MOST_CHARACTERS or fields > MOST_FIELDS:
            words = "您暂存的内容已经太多，这一栏没有暂存。请先保存或者放弃其他没有提交的内容。"
            not_kept.append(NotKept(key, words))
            continue
        rows[change.sure].append(row)
    for sure, written in rows.items():
        tx.drafts.put(written, over=sure)
    return not_kept


def _row(person: Person, tab: str, change: DraftChange, now: datetime) -> DraftField:
    key = change.key
    return DraftField(
        person.account_id, key.scope, key.kind, key.key, tab, key.field, key.seen, key.generation,
        _writable(change.value), now, now,
    )  # fmt: skip


def _writable(value: Json) -> Json:
    """Half characters, as a broken input method leaves them, are in no database's text."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    return [_writable(one) for one in value] if isinstance(value, list | tuple) else value


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
