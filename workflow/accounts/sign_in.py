"""Signing in and out, and checking a session token: whose it is and whether it is still valid.

Tokens are random and opaque; the store holds their SHA-256 only. Idle and absolute timeouts; one answer serves for a
wrong name and a wrong password.

Wrong guesses make a name wait (`workflow.accounts.throttling`), minutes at most. A waiting name's password is checked
all the same, so that one this tool made up (a first one, a reset one) still lets its clerk in; all others are told to
wait.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from storage.errors import SaveFailed
from storage.records import Account, Session
from storage.store import Transaction
from workflow.accounts.accounts import person_of
from workflow.accounts.new_account import normal_username
from workflow.accounts.passwords import matches
from workflow.accounts.throttling import (
    DAY,
    WINDOW,
    address_is_stopped,
    counted_names,
    minutes,
    pair_wait,
    right_while_waiting,
    strangers_wait,
)
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
_KNOWN_FOR = timedelta(days=90)
_TOUCH_EVERY = timedelta(minutes=1)  # a write per message would make every reader a writer
_TOUCH_PATIENCE = 0.2  # seconds
_WRONG = "用户名或密码不正确。请核对后重试；忘记密码请联系开设账号的单位。"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session. ``token`` goes into the cookie and nowhere else."""

    token: str
    person: Person
    must_change_password: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """The person of a valid session token."""

    person: Person
    token_hash: str
    must_change_password: bool


def hash_token(token: str) -> str:
    """The digest under which the store keeps a token."""
    return sha256(token.encode(errors="replace")).hexdigest()


def sign_in(office: Office, username: str, password: str, address: str, now: datetime, *, device: str = "") -> SignedIn:
    """Open a session; ``device``: the browser in words.

    Raises Refused: ``throttled`` or ``wrong_password`` (one sentence for every cause).
    """
    name = normal_username(username)
    at_the_door, waiting, _ = counted_names(name)
    with office.store.read() as tx:
        _refuse_stopped(tx, address, now)
        account = tx.accounts.by_username(name)
    good = matches(password, account.password_hash if account else None)
    token = secrets.token_urlsafe(32)
    with office.store.write(account.username if account and good else "anonymous", now) as tx:
        # 并发猜测：写事务内再数一次，同时到达的请求不能都越过限制。
        _refuse_stopped(tx, address, now)
        wait = _wait(tx, name, address, now)
        # 核对密码时没有占着写锁：其间密码重设、账号停用的，以现在的为准。
        checked, account = account, tx.accounts.by_username(name)
        unchanged = checked is not None and account is not None and account.password_hash == checked.password_hash
        allowed = account is not None and good and unchanged and _may_work(office, account)
        # 须等候时只有本工具生成的初始密码可以登录；其余一律只记在这个地址名下，不延长等候。
        allowed = allowed and (wait is None or (account is not None and account.must_change_password))
        right = account is not None and good and unchanged
        behind = right_while_waiting(name) if right else waiting
        tx.attempts.add(at_the_door if allowed or wait is None else behind, address, succeeded=allowed)
        if account is not None and allowed:
            tx.sessions.prune(now - timedelta(days=1))
            tx.attempts.prune(now - DAY, successes_before=now - _KNOWN_FOR)
            tx.sessions.add(hash_token(token), account.id, now + ABSOLUTE, address=address, device=device)
    if account is None or not allowed:
        raise wait or Refused("wrong_password", _WRONG)
    return SignedIn(token, person_of(account), account.must_change_password, now + ABSOLUTE)


def identify(office: Office, token: str, now: datetime, *, touch: bool = True) -> Identity | None:
    """Whose token this is, if it is good now; None for unknown, expired, idle, revoked or disabled.

    ``touch`` False: asked by a machine (a page's timer), not by a person's act, so the idle time runs on.
    """
    if not token:
        return None
    hashed = hash_token(token)
    with office.store.glance() as tx:
        signed_in = tx.sessions.with_account(hashed)
    if signed_in is None or not is_good(signed_in[0], now) or not _may_work(office, signed_in[1]):
        return None
    session, account = signed_in
    if touch and now - session.last_seen_at >= _TOUCH_EVERY:
        # 只记下何时有人操作：数据库正忙或写不进去时，读取照常，不必等。
        with suppress(SaveFailed), office.store.write(account.username, now, patience=_TOUCH_PATIENCE) as tx:
            tx.sessions.touch(hashed)
    return Identity(person_of(account), hashed, account.must_change_password)


def sign_out(office: Office, token: str, now: datetime) -> None:
    """End a session; nothing happens for a token that is not one."""
    identity = identify(office, token, now)
    if identity is not None:
        with office.store.write(identity.person.username, now) as tx:
            tx.sessions.revoke(identity.token_hash)


def is_good(session: Session, now: datetime) -> bool:
    """Whether the session lets its account in now: not ended, not expired, not idle."""
    return session.revoked_at is None and now < session.expires_at and now - session.last_seen_at < IDLE


def _may_work(office: Office, account: Account) -> bool:
    """Whether the account is enabled; demo accounts (public password) only where the office lets them in."""
    return not account.disabled and (office.demo_accounts or not account.demo)


def _refuse_stopped(tx: Transaction, address: str, now: datetime) -> None:
    if address_is_stopped(tx, address, now):
        raise Refused("throttled", f"从这里登录失败的次数过多（不论用户名），请 {minutes(WINDOW)} 分钟后再试。")


def _wait(tx: Transaction, name: str, address: str, now: datetime) -> Refused | None:
    """The refusal for a name that has to wait at this address; None where it need not."""
    if here := pair_wait(tx, name, address, now):
        return Refused(
            "throttled",
            f"登录失败次数过多，请 {minutes(here)} 分钟后再试。"
            "忘记密码的，请联系系统管理员重置，新的初始密码不必等候。",
        )
    if not tx.attempts.came_from(name, address) and (strangers := strangers_wait(tx, name, now)):
        return Refused(
            "throttled",
            f"这个用户名在别处登录失败次数过多，请 {minutes(strangers)} 分钟后再试，或换用以前登录过的电脑。"
            "急需登录的，请联系系统管理员解除登录限制或重置密码，新的初始密码不必等候。",
        )
    return None
