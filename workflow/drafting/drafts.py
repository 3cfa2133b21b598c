"""暂存（未提交）: what a person typed and did not save, in the store as their own.

Nobody else sees a draft's text; it is in no verdict, export, print, audit or backup. A field is written as it is typed
(`keep`); saving and giving up close the window's form, and what was typed before that never comes back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from storage.canonical import Json, dumps
from storage.records import DraftField
from storage.repositories.drafts import Form, Window
from storage.store import Transaction
from workflow.drafting.records import NEWS, NO_TAB, Draft, DraftBook, DraftChange, FieldKey, NotKept, drafts_from
from workflow.drafting.refusing import LONGEST, identifying, unreadable
from workflow.drafting.scopes import ADMIN, submission_of
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import may_read
from workflow.states import State

__all__ = [
    "LONGEST", "Draft", "DraftBook", "DraftChange", "FieldKey", "Form", "NotKept",
    "clear", "close", "drafts_of", "drop", "keep", "take_over", "tell",
]  # fmt: skip
MOST_CHARACTERS, MOST_FIELDS = 2_000_000, 5_000  # of one person
_SURROGATES = re.compile("[\ud800-\udfff]")


def keep(
    office: Office, person: Person, tab: str, changes: Sequence[DraftChange], now: datetime
) -> tuple[NotKept, ...]:
    """Write fields; durable when this returns. Raises SaveFailed where the store cannot be written.

    What a window typed before it last closed the form is dropped without a word. Not written, each told by itself:
    identifiers of persons, too much text, what belongs to a submission the person may not read.
    """
    last = {_name(change.key): change for change in changes}
    told = ((change, unreadable(change, tab) or identifying(change)) for change in last.values())
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


def drafts_of(office: Office, person: Person, scope: str) -> DraftBook:
    """The person's own drafts in a scope, the oldest first."""
    with office.store.glance() as tx:
        fields, closings = tx.drafts.book(person.account_id, scope)
    return DraftBook(drafts_from(fields), closings)


def scopes_of(office: Office, person: Person) -> tuple[str, ...]:
    """The scopes in which the person has typed anything and not saved it."""
    with office.store.glance() as tx:
        return tx.drafts.scopes(person.account_id)


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
        held, closings = tx.drafts.book(person.account_id, scope)
        raised = closings.get((*form, to_tab), 0) + 1
        generations = {to_tab: raised, from_tab: closings.get((*form, from_tab), 0)}
        other = {to_tab: from_tab, from_tab: to_tab}
        rows = [row for row in held if (row.kind, row.key) == form and row.tab in other]
        for window in (here, there):
            tx.drafts.remove_forms(window, [form])
        tx.drafts.put(replace(row, tab=other[row.tab], generation=generations[other[row.tab]]) for row in rows)
        tx.drafts.set_closing(here, form, raised)


def tell(office: Office, person: Person, scope: str, versions: Mapping[str, int], now: datetime) -> None:
    """The person is told who saved these versions of entries, by name, after them. Raises SaveFailed.

    Kept as the closing of a form that no window draws, as long as closings are (`workflow.drafting.others.purge`).
    """
    if not versions:
        return
    with office.store.jot(now) as tx:
        for entry, version in versions.items():
            tx.drafts.set_closing(Window(person.account_id, scope, NO_TAB), (NEWS, entry), version)


def _name(key: FieldKey) -> tuple[str, str, str, str]:
    return key.scope, key.kind, key.key, key.field


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
