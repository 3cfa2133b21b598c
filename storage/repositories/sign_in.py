"""Sessions and sign-in attempts.

Not audited, because they change nothing anyone relies on and come by the thousand: `Sessions.touch`, `Sessions.prune`,
`Attempts.prune`, and attempts (kept in their own table, from which workflow throttles). A sign-in, a sign-out, a
revocation and the lifting of a limit are audited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update

from storage.acts import ACCOUNT_UNLOCK, SESSION_OPEN, SESSION_REVOKE, SessionDetail, UnlockDetail
from storage.database.tables import accounts, attempts, sessions
from storage.records import Account, Session
from storage.repositories.repository import Repository

# Made once: asked for every message.
_WITH_ACCOUNT = select(sessions, accounts).join(accounts).where(sessions.c.token_hash == bindparam("token"))


class Sessions(Repository):
    """Known by the hash of the token: who reads the database cannot sign in with what it holds."""

    def add(
        self, token_hash: str, account_id: int, expires_at: datetime, *, address: str = "", device: str = ""
    ) -> Session:
        """A person signed in. ``device``: the browser in words, as far as known."""
        _, now = self._writer()
        session = Session(token_hash, account_id, now, now, expires_at, None, address[:64], device[:64])
        self._connection.execute(sessions.insert().values({n: getattr(session, n) for n in Session.__slots__}))
        self._record(SESSION_OPEN, f"account/{account_id}", SessionDetail(session=token_hash[:12]))
        return session

    def get(self, token_hash: str) -> Session | None:
        """The session, revoked or expired ones too: workflow judges."""
        row = self._connection.execute(select(sessions).where(sessions.c.token_hash == token_hash)).one_or_none()
        return None if row is None else Session(**row._mapping)

    def of_account(self, account_id: int) -> tuple[Session, ...]:
        """The account's sessions that nobody ended, the one last used first; expired ones too: workflow judges."""
        query = (
            select(sessions)
            .where(sessions.c.account_id == account_id, sessions.c.revoked_at.is_(None))
            .order_by(sessions.c.last_seen_at.desc(), sessions.c.token_hash)
        )
        return tuple(Session(**row._mapping) for row in self._connection.execute(query))

    def with_account(self, token_hash: str) -> tuple[Session, Account] | None:
        """Session and account in one query: the middleware asks on every message."""
        row = self._connection.execute(_WITH_ACCOUNT, {"token": token_hash}).one_or_none()
        if row is None:
            return None
        split = len(sessions.c)
        return Session(*row[:split]), Account(*row[split:])

    def touch(self, token_hash: str) -> None:
        """Seen now. Not audited."""
        _, now = self._writer()
        self._connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(last_seen_at=now))

    def revoke(self, token_hash: str) -> bool:
        """Signed out or shut out; False if it was not open."""
        return self._revoke_where(sessions.c.token_hash == token_hash) > 0

    def revoke_all(self, account_id: int, *, but: str | None = None) -> int:
        """Every open session of an account (password changed, account disabled), except the one named; how many."""
        return self._revoke_where((sessions.c.account_id == account_id) & (sessions.c.token_hash != (but or "")))

    def prune(self, before: datetime) -> int:
        """Delete sessions that expired before that moment. Not audited."""
        self._writer()
        return self._connection.execute(delete(sessions).where(sessions.c.expires_at < before)).rowcount

    def _revoke_where(self, condition: ColumnElement[bool]) -> int:
        _, now = self._writer()
        still_open = sessions.c.revoked_at.is_(None)
        revoked = self._connection.execute(
            select(sessions.c.token_hash, sessions.c.account_id).where(condition, still_open)
        ).all()
        self._connection.execute(update(sessions).where(condition, still_open).values(revoked_at=now))
        for token_hash, account_id in revoked:
            self._record(SESSION_REVOKE, f"account/{account_id}", SessionDetail(session=token_hash[:12]))
        return len(revoked)


@dataclass(frozen=True, slots=True)
class Failures:
    """How many there were and when the last; None where there was none."""

    count: int
    last: datetime | None


class Attempts(Repository):
    """Sign-in attempts. The name typed is kept as a digest: people type passwords into that field."""

    def add(self, username: str, address: str, *, succeeded: bool) -> None:
        """One attempt, from this network address. Not audited (a success opens a session, which is)."""
        _, now = self._writer()
        self._connection.execute(
            attempts.insert().values(name_digest=_digest(username), address=address[:64], succeeded=succeeded, at=now)
        )

    def failures_of_name(self, username: str, since: datetime) -> int:
        """Failures for this name after ``since`` and after its last success."""
        return self._failures(_name(username), since).count

    def failures_of_address(self, address: str, since: datetime) -> int:
        """Failures from this address after ``since`` (a success does not wipe them: it may be the attacker's own)."""
        query = select(func.count()).where(
            attempts.c.address == address[:64], attempts.c.at > since, attempts.c.succeeded.is_(False)
        )
        return self._connection.execute(query).scalar_one()

    def failures_of_pair(self, username: str, address: str, since: datetime) -> Failures:
        """Failures for this name from this address after ``since`` and after its last success from there."""
        return self._failures(_pair(username, address), since)

    def failures_of_strangers(self, username: str, since: datetime) -> Failures:
        """Failures after ``since`` for this name at addresses it never signed in from, as far as successes are kept.

        A success elsewhere does not wipe them: the guesser goes on.
        """
        known = select(attempts.c.address).where(_name(username), attempts.c.succeeded.is_(True))
        return self._counted(_name(username), attempts.c.at > since, attempts.c.address.not_in(known))

    def failing_addresses(self, username: str, since: datetime, least: int) -> tuple[str, ...]:
        """The addresses from which this name failed at least so often after ``since``, whatever came after it."""
        query = (
            select(attempts.c.address)
            .where(_name(username), attempts.c.at > since, attempts.c.succeeded.is_(False))
            .group_by(attempts.c.address)
            .having(func.count() >= least)
        )
        return tuple(self._connection.execute(query).scalars())

    def failures_by_name(self, usernames: Iterable[str], since: datetime) -> dict[str, int]:
        """Of these names those that failed after ``since``, from anywhere → how often; one query for all of them."""
        query = (
            select(attempts.c.name_digest, func.count())
            .where(attempts.c.at > since, attempts.c.succeeded.is_(False))
            .group_by(attempts.c.name_digest)
        )
        counted = {row[0]: row[1] for row in self._connection.execute(query)}
        return {name: counted[hashed] for name in usernames if (hashed := _digest(name)) in counted}

    def failure_times(self, username: str, since: datetime) -> tuple[datetime, ...]:
        """When this name failed after ``since``, from anywhere, the earliest first."""
        failed = (_name(username), attempts.c.at > since, attempts.c.succeeded.is_(False))
        return tuple(self._connection.execute(select(attempts.c.at).where(*failed).order_by(attempts.c.at)).scalars())

    def all_failures_of_name(self, username: str, since: datetime) -> int:
        """Failures for this name from anywhere after ``since``, whatever came after them."""
        return self._counted(_name(username), attempts.c.at > since).count

    def came_from(self, username: str, address: str) -> bool:
        """Whether this name has signed in from this address before, as far back as successes are kept."""
        query = select(attempts.c.id).where(_pair(username, address), attempts.c.succeeded.is_(True)).limit(1)
        return self._connection.execute(query).first() is not None

    def forget(self, account_id: int, usernames: Iterable[str], *, uncounted: str = "") -> int:
        """Lift what failures under these names bring about for the account: delete them; how many there were.

        Those under ``uncounted`` go too, and are neither counted nor told in the log.
        """
        self._writer()
        self._connection.execute(delete(attempts).where(attempts.c.name_digest == _digest(uncounted)))
        digests = [_digest(username) for username in usernames]
        failed = attempts.c.name_digest.in_(digests) & attempts.c.succeeded.is_(False)
        gone = self._connection.execute(delete(attempts).where(failed)).rowcount
        if gone:
            self._record(ACCOUNT_UNLOCK, f"account/{account_id}", UnlockDetail(failures=gone))
        return gone

    def prune(self, before: datetime, *, successes_before: datetime | None = None) -> int:
        """Delete older attempts, successes older than a day of their own where one is given. Not audited."""
        self._writer()
        old = attempts.c.at < before
        if successes_before is not None:
            failed = attempts.c.succeeded.is_(False)
            old = (old & failed) | (attempts.c.at < successes_before)
        return self._connection.execute(delete(attempts).where(old)).rowcount

    def _failures(self, condition: ColumnElement[bool], since: datetime) -> Failures:
        last_success = (
            select(func.max(attempts.c.id)).where(condition, attempts.c.succeeded.is_(True)).scalar_subquery()
        )
        return self._counted(condition, attempts.c.at > since, attempts.c.id > func.coalesce(last_success, 0))

    def _counted(self, *conditions: ColumnElement[bool]) -> Failures:
        query = select(func.count(), func.max(attempts.c.at)).where(*conditions, attempts.c.succeeded.is_(False))
        return Failures(*self._connection.execute(query).one())


def _name(username: str) -> ColumnElement[bool]:
    return attempts.c.name_digest == _digest(username)


def _pair(username: str, address: str) -> ColumnElement[bool]:
    return _name(username) & (attempts.c.address == address[:64])


def _digest(username: str) -> str:
    return sha256(username.encode(errors="replace")).hexdigest()
