"""Accounts. Roles and passwords mean nothing here; hashes come from workflow and never enter the audit log."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, select, update

from storage.acts import ACCOUNT_ADD, ACCOUNT_CHANGE, ACCOUNT_SET_PASSWORD, AccountDetail, PasswordDetail, changes_of
from storage.database.tables import accounts
from storage.errors import AlreadyExists, NotThere
from storage.records import Account
from storage.repositories.repository import Repository, inserted_id


class AccountUpdate(TypedDict, total=False):
    """What `Accounts.change` may change."""

    display_name: str
    role: str
    division_code: str
    unit: str | None
    disabled: bool
    predecessors: str


class Accounts(Repository):
    """One row per person; an account is disabled, never deleted: its name stands in the history."""

    def add(
        self,
        *,
        username: str,
        display_name: str,
        password_hash: str,
        role: str,
        division_code: str,
        unit: str | None = None,
        must_change_password: bool = True,
        demo: bool = False,
    ) -> Account:
        """A new account. Raises AlreadyExists. Usernames are compared as given: workflow normalises them."""
        _, now = self._writer()
        if self.by_username(username) is not None:
            raise AlreadyExists(f"用户名“{username}”已被使用，请另取一个。")
        inserted = self._connection.execute(
            accounts.insert().values(
                username=username,
                display_name=display_name,
                password_hash=password_hash,
                role=role,
                division_code=division_code,
                unit=unit,
                must_change_password=must_change_password,
                disabled=False,
                demo=demo,
                created_at=now,
                password_set_at=now,
            )
        )
        account = self._existing(inserted_id(inserted))
        detail = AccountDetail(
            username=username,
            display_name=display_name,
            role=role,
            division_code=division_code,
            unit=unit,
            demo=demo,
        )
        self._record(ACCOUNT_ADD, f"account/{account.id}", detail)
        return account

    def change(self, account_id: int, **changes: Unpack[AccountUpdate]) -> Account:
        """Change the named fields. Raises NotThere; TypeError for a field not in `AccountUpdate`."""
        self._writer()
        if unknown := changes.keys() - AccountUpdate.__annotations__.keys():
            raise TypeError(f"not changeable: {sorted(unknown)}")
        account = self._existing(account_id)
        self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(**changes))
        self._record(ACCOUNT_CHANGE, f"account/{account_id}", changes_of(account, changes))
        return self._existing(account_id)

    def set_password(self, account_id: int, password_hash: str, *, must_change: bool) -> Account:
        """A new password hash. Raises NotThere."""
        _, now = self._writer()
        self._existing(account_id)
        self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(password_hash=password_hash, must_change_password=must_change, password_set_at=now)
        )
        self._record(ACCOUNT_SET_PASSWORD, f"account/{account_id}", PasswordDetail(must_change=must_change))
        return self._existing(account_id)

    def get(self, account_id: int) -> Account | None:
        """By id."""
        return self._where(accounts.c.id == account_id)

    def by_username(self, username: str) -> Account | None:
        """By the name used to sign in."""
        return self._where(accounts.c.username == username)

    def display_names(self, usernames: Collection[str]) -> dict[str, str]:
        """Username → the name shown, of those that are there; one query."""
        query = select(accounts.c.username, accounts.c.display_name).where(accounts.c.username.in_(usernames))
        return {row.username: row.display_name for row in self._connection.execute(query)}

    def all(self, *, division_prefix: str = "") -> tuple[Account, ...]:
        """By division, then username; ``division_prefix`` limits to an area ("99", "9901", "990121")."""
        query = (
            select(accounts)
            .where(accounts.c.division_code.startswith(division_prefix, autoescape=True))
            .order_by(accounts.c.division_code, accounts.c.username)
        )
        return tuple(Account(**row._mapping) for row in self._connection.execute(query))

    def divisions(self, role: str, division_prefix: str = "") -> tuple[str, ...]:
        """The codes of the divisions that have an account of the role, each once, in order."""
        query = (
            select(accounts.c.division_code)
            .where(accounts.c.role == role, accounts.c.division_code.startswith(division_prefix, autoescape=True))
            .distinct()
            .order_by(accounts.c.division_code)
        )
        return tuple(self._connection.execute(query).scalars())

    def _where(self, condition: ColumnElement[bool]) -> Account | None:
        row = self._connection.execute(select(accounts).where(condition)).one_or_none()
        return None if row is None else Account(**row._mapping)

    def _existing(self, account_id: int) -> Account:
        account = self.get(account_id)
        if account is None:
            raise NotThere(f"没有编号为 {account_id} 的账号。")
        return account
