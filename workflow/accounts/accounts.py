"""Accounts: adding, disabling, resetting and unlocking them, by whom `workflow.permissions` lets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from scoring.departments import DepartmentList
from storage.clock import BEIJING
from storage.errors import AlreadyExists
from storage.records import Account
from storage.store import Transaction
from workflow.accounts.new_account import NewAccount, account_faults, as_listed, made_up, normal_username
from workflow.accounts.passwords import hash_password, matches, refuse_weak
from workflow.accounts.throttling import DAY, counted_names, longest_wait, minutes, right_while_waiting, strangers_wait
from workflow.department_list import read_departments
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import account_refusal, refuse_strangers

_CHANGE_WINDOW, _CHANGE_LIMIT = timedelta(minutes=15), 5


@dataclass(frozen=True, slots=True)
class FailedSignIns:
    """Of one name: how many in a day, and how many minutes it has to wait at addresses it never signed in from.

    ``right``: tries with the right password that had to wait, not among ``count``. ``until``: the end of its longest
    wait anywhere, None where it waits nowhere. ``hours``: how many by the hour in Beijing, the first one first.
    """

    count: int
    minutes: int
    right: int = 0
    until: datetime | None = None
    hours: tuple[tuple[datetime, int], ...] = ()


def person_of(account: Account) -> Person:
    """The `Person` of an account, as use cases take it."""
    return Person(
        account.id,
        account.username,
        account.display_name,
        Role(account.role),
        account.division_code,
        account.unit,
        account.demo,
        account.taken_over,
    )


def add_account(
    office: Office,
    by: Person | None,
    new: NewAccount,
    now: datetime,
    *,
    password: str | None = None,
    demo: bool = False,
) -> tuple[Account, str]:
    """A new account and its first password: made up, to be changed at the first sign-in.

    Only a demonstration's account is given a ``password``: whoever has to change theirs need not wait at the door,
    which only a made-up one can bear (`workflow.accounts.throttling`). ``by`` None is the command line. Raises Refused:
    ``wrong_role``, ``bad_account`` (every fault).
    """
    if password is not None and not demo:
        raise ValueError("only a demo account is given a password")
    refuse_strangers(by)
    username = normal_username(new.username)
    with office.store.read() as tx:
        listed = read_departments(tx, new.division_code)
    _refuse_faults(by, new, listed)
    new = as_listed(new, listed)
    first = password or made_up()
    hashed = hash_password(first)  # before the transaction: it is slow on purpose and would hold every writer up
    with office.store.write(actor_of(by), now) as tx:
        try:
            account = tx.accounts.add(
                username=username,
                display_name=new.display_name.strip(),
                password_hash=hashed,
                role=new.role.value,
                division_code=new.division_code,
                unit=new.unit,
                must_change_password=not demo,
                demo=demo,
            )
        except AlreadyExists as taken:
            raise Refused("bad_account", str(taken)) from taken
    return account, first


def disable_account(office: Office, by: Person | None, username: str, now: datetime, *, disabled: bool = True) -> None:
    """Disable an account (``disabled=False``: enable it again); its sessions end at once."""
    refuse_strangers(by)
    with office.store.write(actor_of(by), now) as tx:
        account = managed_account(tx, by, username)
        if by is not None and by.account_id == account.id and disabled:
            raise Refused("own_account")
        if account.demo and by is not None and by.role is not Role.ADMINISTRATOR:
            # 演示的审核账号人人能登录，由它停用别的演示账号，演示就走不下去了。
            raise Refused("demo_account", "演示账号由众人共用，只有系统管理员可以停用、启用。")
        tx.accounts.change(account.id, disabled=disabled)
        if disabled:
            tx.sessions.revoke_all(account.id)


def reset_password(office: Office, by: Person | None, username: str, now: datetime) -> str:
    """A made-up password to hand over, to be changed at the next sign-in; every session of the account ends."""
    refuse_strangers(by)
    first = made_up()
    hashed = hash_password(first)
    with office.store.write(actor_of(by), now) as tx:
        account = managed_account(tx, by, username)
        if account.demo:
            raise Refused("demo_account", act="重设")
        if by is not None and by.account_id == account.id:
            # 重置会结束本人的登录，新密码便没有机会看到。
            raise Refused("own_account", "不能重置自己的密码：请用“修改密码”。")
        tx.accounts.set_password(account.id, hashed, must_change=True)
        tx.sessions.revoke_all(account.id)
        _forget_failures(tx, account)
    return first


def unlock_account(office: Office, by: Person | None, username: str, now: datetime) -> int:
    """Forget an account's failed sign-ins, so that it need not wait any more; gives how many were forgotten."""
    refuse_strangers(by)
    with office.store.write(actor_of(by), now) as tx:
        account = managed_account(tx, by, username)
        return _forget_failures(tx, account)


def _forget_failures(tx: Transaction, account: Account) -> int:
    name = account.username
    return tx.attempts.forget(account.id, counted_names(name), uncounted=right_while_waiting(name))


def failures_today(office: Office, by: Person | None, username: str, now: datetime) -> FailedSignIns:
    """An account's failed sign-ins of the last day and how long it has to wait, for whoever is to unlock it."""
    refuse_strangers(by)
    name = normal_username(username)
    with office.store.read() as tx:
        if by is not None:
            managed_account(tx, by, name)
        tried = [at for tally in counted_names(name) for at in tx.attempts.failure_times(tally, now - DAY)]
        by_hour = Counter(at.astimezone(BEIJING).replace(minute=0, second=0, microsecond=0) for at in tried)
        return FailedSignIns(
            len(tried),
            minutes(strangers_wait(tx, name, now)),
            tx.attempts.all_failures_of_name(right_while_waiting(name), now - DAY),
            _until(tx, name, now),
            tuple(sorted(by_hour.items())),
        )


def failing_accounts(office: Office, by: Person | None, now: datetime) -> dict[str, FailedSignIns]:
    """Every account that failed to sign in within a day, by username, without the hours."""
    refuse_strangers(by)
    with office.store.read() as tx:
        names = [account.username for account in _allmanaged_account(tx, by)]
        counted = tx.attempts.failures_by_name((t for name in names for t in counted_names(name)), now - DAY)
        failed = {name: sum(counted.get(tally, 0) for tally in counted_names(name)) for name in names}
        return {
            name: FailedSignIns(count, minutes(strangers_wait(tx, name, now)), until=_until(tx, name, now))
            for name, count in failed.items()
            if count
        }


def _until(tx: Transaction, name: str, now: datetime) -> datetime | None:
    wait = longest_wait(tx, name, now)
    return now + wait if wait else None


def change_own_password(
    office: Office, person: Person, old: str, new: str, now: datetime, *, keep_session: str | None = None
) -> None:
    """Change one's own password; every other session of the account ends.

    Raises Refused: ``weak_password``, ``wrong_password``, ``throttled`` (too many wrong ones), ``demo_account``.
    """
    refuse_weak(new, person.username)
    if old == new:
        raise Refused("weak_password", "新密码不能与原密码相同。")
    # 登录名一律小写，这个名字不会与任何登录尝试相混：外人猜密码不至于使本人改不了密码。
    tried, since = counted_names(person.username)[2], now - _CHANGE_WINDOW
    wrong = Refused("wrong_password", "原密码不正确。请重新输入。")
    with office.store.read() as tx:
        _refuse_many(tx, tried, since)
        account = tx.accounts.get(person.account_id)
    good = account is not None and matches(old, account.password_hash)
    if account is None or not good:
        with office.store.write(person.username, now) as tx:
            _refuse_many(tx, tried, since)
            tx.attempts.add(tried, "", succeeded=False)
        raise wrong
    if account.demo:
        raise Refused("demo_account", act="修改")
    hashed = hash_password(new)
    with office.store.write(person.username, now) as tx:
        _refuse_many(tx, tried, since)
        current = tx.accounts.get(account.id)
        if current is None or current.disabled or current.password_hash != account.password_hash:
            raise wrong  # 其间密码已重设
        tx.attempts.add(tried, "", succeeded=True)
        tx.accounts.set_password(account.id, hashed, must_change=False)
        tx.sessions.revoke_all(account.id, but=keep_session)


def _refuse_many(tx: Transaction, tried: str, since: datetime) -> None:
    if tx.attempts.failures_of_name(tried, since) >= _CHANGE_LIMIT:
        raise Refused(
            "throttled", f"原密码输错次数过多，请 {minutes(_CHANGE_WINDOW)} 分钟后再试；忘记密码请联系开设账号的单位。"
        )


def accounts(office: Office, by: Person | None) -> tuple[Account, ...]:
    """Every account that is this person's to manage."""
    refuse_strangers(by)
    with office.store.read() as tx:
        return _allmanaged_account(tx, by)


def _allmanaged_account(tx: Transaction, by: Person | None) -> tuple[Account, ...]:
    return tuple(a for a in tx.accounts.all() if account_refusal(by, Role(a.role), a.division_code) is None)


def _refuse_faults(by: Person | None, new: NewAccount, listed: DepartmentList) -> None:
    faults = account_faults(by, new, listed)
    if faults:
        raise Refused(
            "bad_account", *(fault.sentence for fault in faults), places=[(None, (fault.field,)) for fault in faults]
        )


def managed_account(tx: Transaction, by: Person | None, username: str) -> Account:
    """The account of that name, if it is this person's to manage; others' look like none."""
    account = tx.accounts.by_username(normal_username(username))
    if account is None or account_refusal(by, Role(account.role), account.division_code) is not None:
        raise Refused("no_account", username=username)
    return account


def actor_of(by: Person | None) -> str:
    """Who the log names: the person, or the command line."""
    return "system" if by is None else by.username
