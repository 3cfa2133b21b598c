"""Drafts: what people typed and have not saved, and how often each window closed its form on an entry.

Not audited: nothing relies on them, they come by the second, and they are nobody's but the account's. Written inside
`Store.jot`, or beside a save (`close`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, and_, bindparam, cast, delete, func, null, or_, select, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from storage.database.tables import accounts, draft_closings, drafts
from storage.errors import ReadOnly
from storage.records import Account, DraftField
from storage.repositories.repository import Repository

Form = tuple[str, str]  # kind and key of an entry
Closings = dict[tuple[str, str, str], int]
_CLOSING = ("account_id", "scope", "kind", "key", "tab")
_FIELD = (*_CLOSING, "field")
# Made once: each change of a field asks these, and making a statement costs as much as asking it.
_CLOSINGS = select(*(draft_closings.c[name] for name in ("kind", "key", "tab", "generation"))).where(
    draft_closings.c.account_id == bindparam("whose"), draft_closings.c.scope == bindparam("where")
)
# Fields typed, the oldest first, and among them the closings: these have neither field nor value.
_BOOK = union_all(
    select(*(drafts.c[name] for name in DraftField.__slots__)).where(
        drafts.c.account_id == bindparam("whose"), drafts.c.scope == bindparam("where")
    ),
    select(
        *(draft_closings.c[name] for name in _CLOSING),
        *(cast(null(), drafts.c[name].type) for name in ("field", "seen")),
        draft_closings.c.generation,
        *(cast(null(), drafts.c[name].type) for name in ("value", "since")),
        draft_closings.c.at,
    ).where(draft_closings.c.account_id == bindparam("whose"), draft_closings.c.scope == bindparam("where")),
).order_by("since", *_FIELD)
_HELD = select(func.count(), func.coalesce(func.sum(func.length(drafts.c.value)), 0)).where(
    drafts.c.account_id == bindparam("whose")
)


class Window(NamedTuple):
    """Whose window it is, and on whose forms it works."""

    account_id: int
    scope: str
    tab: str


class DraftsLying(NamedTuple):
    """How much one account has typed in one scope and not saved, since when and until when; never what."""

    account_id: int
    scope: str
    forms: int
    fields: int
    since: datetime
    at: datetime


class DraftsHeld(NamedTuple):
    """How much one account has typed and not saved: rows, and characters of their JSON text."""

    fields: int
    characters: int


class Drafts(Repository):
    """Each field by itself; every method speaks of one account."""

    def stand_in_line(self, account_id: int) -> None:
        """One account's drafts are written one after the other (SQLite's writers stand in line anyway)."""
        self._moment()
        if self._connection.dialect.name == "sqlite":
            return
        self._connection.execute(
            select(accounts.c.id).where(accounts.c.id == account_id).with_for_update(key_share=True)
        )

    def book(self, account_id: int, scope: str) -> tuple[tuple[DraftField, ...], Closings]:
        """What the account typed in the forms of a scope, the oldest first, and its `closings`; one query."""
        rows = self._connection.execute(_BOOK, {"whose": account_id, "where": scope}).all()
        fields = tuple(DraftField(*row) for row in rows if row.field is not None)
        return fields, {(row.kind, row.key, row.tab): row.generation for row in rows if row.field is None}

    def scopes(self, account_id: int) -> tuple[str, ...]:
        """Where the account has typed anything."""
        query = select(drafts.c.scope).where(drafts.c.account_id == account_id).distinct()
        return tuple(self._connection.execute(query.order_by(drafts.c.scope)).scalars())

    def closings(self, account_id: int, scope: str) -> Closings:
        """(kind, key, tab) → how often that window closed its form; forms never closed are left out."""
        rows = self._connection.execute(_CLOSINGS, {"whose": account_id, "where": scope})
        return {(kind, key, tab): generation for kind, key, tab, generation in rows}

    def held(self, account_id: int) -> DraftsHeld:
        """How much the account has typed and not saved."""
        return DraftsHeld(*self._connection.execute(_HELD, {"whose": account_id}).one())

    def put(self, fields: Iterable[DraftField], *, over: bool = True) -> None:
        """Write fields; ``since`` stands as it stood where the form is still the one of before.

        ``over`` False: only where nothing stands yet.
        """
        self._moment()
        rows = [{name: getattr(one, name) for name in DraftField.__slots__} for one in fields]
        if not rows:
            return
        self._connection.execute(_put(self._connection.dialect.name, over=over), rows)

    def remove_fields(self, fields: Iterable[DraftField]) -> None:
        """Take fields out that still hold exactly this value."""
        self._moment()
        same = [drafts.c[name] == bindparam(f"of_{name}") for name in (*_FIELD, "value")]
        rows = [{f"of_{name}": getattr(one, name) for name in (*_FIELD, "value")} for one in fields]
        if rows:
            self._connection.execute(delete(drafts).where(*same), rows)

    def close(self, window: Window, forms: Collection[Form]) -> None:
        """Remove what that window typed in these forms, and count that it closed them."""
        now = self._moment()
        if not forms:
            return
        self.stand_in_line(window.account_id)
        self.remove_forms(window, forms)
        table = draft_closings.c
        rows = [_closing(window, form, 1, now) for form in dict.fromkeys(forms)]
        insert = _insert(self._connection.dialect.name, draft_closings).values(rows)
        raised = {"generation": table.generation + 1, "at": now}
        self._connection.execute(insert.on_conflict_do_update(index_elements=_CLOSING, set_=raised))

    def set_closing(self, window: Window, form: Form, generation: int) -> None:
        """The window's form on this entry now counts as closed so often."""
        now = self._moment()
        insert = _insert(self._connection.dialect.name, draft_closings).values(_closing(window, form, generation, now))
        written = {"generation": generation, "at": now}
        self._connection.execute(insert.on_conflict_do_update(index_elements=_CLOSING, set_=written))

    def remove_forms(self, window: Window, forms: Collection[Form]) -> None:
        """Take out all fields of these forms that the window typed."""
        self._moment()
        those = or_(*(and_(drafts.c.kind == kind, drafts.c["key"] == key) for kind, key in forms))
        self._connection.execute(
            delete(drafts).where(_of(drafts, window.account_id, window.scope), drafts.c.tab == window.tab, those)
        )

    def begun_by_others(self, account_id: int, scope: str) -> tuple[tuple[Account, str, str, datetime], ...]:
        """(account, kind, key, since) of what other accounts are typing in this scope; never what they typed."""
        table = drafts.c
        query = select(*accounts.c, table.kind, table["key"], func.min(table.since, type_=table.since.type))
        others = query.join(accounts, accounts.c.id == table.account_id)
        grouped = others.where(table.scope == scope, table.account_id != account_id)
        grouped = grouped.group_by(accounts.c.id, table.kind, table["key"]).order_by(table.kind, table["key"])
        split = len(accounts.c)
        return tuple((Account(*row[:split]), *row[split:]) for row in self._connection.execute(grouped))

    def lying(self) -> tuple[DraftsLying, ...]:
        """Everybody's, the longest untouched first."""
        table = drafts.c
        form = table.kind + "/" + table["key"]
        first, last = func.min(table.since, type_=table.since.type), func.max(table.at, type_=table.at.type)
        query = select(table.account_id, table.scope, func.count(form.distinct()), func.count(), first, last)
        grouped = query.group_by(table.account_id, table.scope).order_by(last, table.account_id, table.scope)
        return tuple(DraftsLying(*row) for row in self._connection.execute(grouped))

    def all_scopes(self) -> tuple[str, ...]:
        """Every scope anybody has typed in."""
        return tuple(self._connection.execute(select(drafts.c.scope).distinct().order_by(drafts.c.scope)).scalars())

    def prune(self, *, scopes: Collection[str], others_before: datetime, kept: Collection[str]) -> int:
        """Delete drafts of these scopes, those of scopes not ``kept`` last changed before that moment, and closings
        as old; how many drafts went."""
        self._moment()
        old = and_(drafts.c.scope.not_in(kept), drafts.c.at < others_before)
        gone = self._connection.execute(delete(drafts).where(or_(drafts.c.scope.in_(scopes), old))).rowcount
        self._connection.execute(delete(draft_closings).where(draft_closings.c.at < others_before))
        return gone

    def _moment(self) -> datetime:
        """Now. Raises ReadOnly inside ``Store.read()``."""
        if self._scope.now is None:
            raise ReadOnly("只读事务中不能写入。")
        return self._scope.now


def _insert(dialect: str, table: Table) -> Any:  # noqa: ANN401 - either dialect's own INSERT, alike in what is used here
    made: Insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return made


@cache
def _put(dialect: str, *, over: bool) -> Insert:
    insert = _insert(dialect, drafts)
    if over:
        written = {name: insert.excluded[name] for name in ("seen", "generation", "value", "at")}
        made: Insert = insert.on_conflict_do_update(index_elements=_FIELD, set_=written)
    else:
        made = insert.on_conflict_do_nothing(index_elements=_FIELD)
    return made


def _of(table: Table, account_id: int, scope: str) -> ColumnElement[bool]:
    return and_(table.c.account_id == account_id, table.c.scope == scope)


def _closing(window: Window, form: Form, generation: int, at: datetime) -> dict[str, int | str | datetime]:
    values = (window.account_id, window.scope, *form, window.tab, generation, at)
    return dict(zip((*_CLOSING, "generation", "at"), values, strict=True))
