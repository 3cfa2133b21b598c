"""Accounts: adding, disabling, resetting and unlocking them, and the rules of their fields; by administrators only."""

from __future__ import annotations

import re
import secrets
import string
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.clock import BEIJING
from storage.errors import AlreadyExists
from storage.records import Account
from storage.store import Transaction
from workflow.accounts.passwords import hash_password, matches, refuse_weak
from workflow.accounts.throttling import DAY, counted_names, longest_wait, minutes, right_while_waiting, strangers_wait
from workflow.divisions import PlaceLevel, place
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import ROLE_DIVISIONS, ROLE_LABELS, Person, Role, has_unseen
from workflow.privacy import refuse_identifiers_in_text

_USERNAME = re.compile(r"[a-z][a-z0-9_.-]{1,31}")
_NOT_A_PERSON = frozenset({"system", "service", "anonymous"})  # 日志里不是人的办理者
_FIRST_PASSWORD_LENGTH = 14
_LONGEST_NAME = 60  # 与分工中的部门名称同长
_CHANGE_WINDOW, _CHANGE_LIMIT = timedelta(minutes=15), 5
_LEVEL_WORDS: Mapping[PlaceLevel, str] = {
    "country": "全国（000000）",
    "province": "省级",
    "prefecture": "地市级",
    "county": "县级",
}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an administrator fills in. ``unit``: the department of a county_department person."""

    username: str
    display_name: str
    role: Role
    division_code: str
    unit: str | None = None


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
    _administrators_only(by)
    username = normal_username(new.username)
    _refuse_faults(username, new)
    first = password or _made_up()
    hashed = hash_password(first)  # before the transaction: it is slow on purpose and would hold every writer up
    with office.store.write(_actor(by), now) as tx:
        try:
            account = tx.accounts.add(
                username=username,
                display_name=new.display_name.strip(),
                password_hash=hashed,
                role=new.role.value,
                division_code=new.division_code,
                unit=(new.unit or "").strip() or None,
                must_change_password=not demo,
                demo=demo,
            )
        except AlreadyExists as taken:
            raise Refused("bad_account", str(taken)) from taken
    return account, first


def disable_account(office: Office, by: Person | None, username: str, now: datetime, *, disabled: bool = True) -> None:
    """Disable an account (``disabled=False``: enable it again); its sessions end at once."""
    _administrators_only(by)
    with office.store.write(_actor(by), now) as tx:
        account = tx.accounts.by_username(normal_username(username))
        if account is None:
            raise Refused("no_account", username=username)
        if by is not None and by.account_id == account.id and disabled:
            raise Refused("own_account")
        tx.accounts.change(account.id, disabled=disabled)
        if disabled:
            tx.sessions.revoke_all(account.id)


def reset_password(office: Office, by: Person | None, username: str, now: datetime) -> str:
    """A made-up password to hand over, to be changed at the next sign-in; every session of the account ends."""
    _administrators_only(by)
    first = _made_up()
    hashed = hash_password(first)
    with office.store.write(_actor(by), now) as tx:
        account = tx.accounts.by_username(normal_username(username))
        if account is None:
            raise Refused("no_account", username=username)
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
    _administrators_only(by)
    with office.store.write(_actor(by), now) as tx:
        account = tx.accounts.by_username(normal_username(username))
        if account is None:
            raise Refused("no_account", username=username)
        return _forget_failures(tx, account)


def _forget_failures(tx: Transaction, account: Account) -> int:
    name = account.username
    return tx.attempts.forget(account.id, counted_names(name), uncounted=right_while_waiting(name))


def failures_today(office: Office, by: Person | None, username: str, now: datetime) -> FailedSignIns:
    """An account's failed sign-ins of the last day and how long it has to wait, for whoever is to unlock it."""
    _administrators_only(by)
    name = normal_username(username)
    with office.store.read() as tx:
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
    _administrators_only(by)
    with office.store.read() as tx:
        names = [name.username for name in tx.accounts.all()]
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
            "throttled", f"原密码输错次数过多，请 {minutes(_CHANGE_WINDOW)} 分钟后再试；忘记密码请联系系统管理员。"
        )


def accounts(office: Office, by: Person | None) -> tuple[Account, ...]:
    """Every account, for administrators."""
    _administrators_only(by)
    with office.store.read() as tx:
        return tx.accounts.all()


def normal_username(username: str) -> str:
    """Usernames compare without case and width."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def _administrators_only(by: Person | None) -> None:
    if by is not None and by.role is not Role.ADMINISTRATOR:
        raise Refused("wrong_role", "只有系统管理员可以管理账号。")


def _refuse_faults(username: str, new: NewAccount) -> None:
    unit = new.unit or ""
    for field, text in (("username", username), ("display_name", new.display_name), ("unit", unit)):
        refuse_identifiers_in_text("账号", field, text)
    faults: list[tuple[str, str]] = [("username", fault) for fault in _username_faults(username)]
    if not new.display_name.strip() or len(new.display_name) > _LONGEST_NAME:
        faults.append(("display_name", "请填写姓名或单位名称（不超过60字）。"))
    if len(unit) > _LONGEST_NAME:
        faults.append(("unit", f"部门名称不超过{_LONGEST_NAME}字。"))
    if has_unseen(new.display_name + unit):
        faults.append(("display_name", "姓名、部门名称中有换行或不可见的字符。请删去后重新填写。"))
    division = place(new.division_code)
    if division is None:
        faults.append(("division", f"没有代码为“{new.division_code}”的行政区划。请填写2018年的六位代码。"))
    elif division.level not in ROLE_DIVISIONS[new.role]:
        wanted = "、".join(_LEVEL_WORDS[level] for level in sorted(ROLE_DIVISIONS[new.role]))
        faults.append(("division", f"{ROLE_LABELS[new.role]}应属于{wanted}，{division.name}不是。"))
    if new.role is Role.COUNTY_DEPARTMENT and not unit.strip():
        faults.append(("unit", "分工填报的账号须写明部门，如“县公安局”。"))
    if faults:
        sentences = [sentence for _, sentence in faults]
        raise Refused("bad_account", *sentences, places=[(None, (field,)) for field, _ in faults])


def _username_faults(username: str) -> list[str]:
    if not _USERNAME.fullmatch(username):
        return ["用户名须以字母开头，2至32位，只含小写字母、数字、点、横线和下划线。"]
    if username in _NOT_A_PERSON:
        return [f"“{username}”是操作日志中本系统自己的名字，请另取一个用户名。"]
    return []


def _made_up() -> str:
    # 去掉易混的字母数字：要抄在纸上交给本人。
    letters = "".join(c for c in string.ascii_letters + string.digits if c not in "0O1lI")
    body = "".join(secrets.choice(letters) for _ in range(_FIRST_PASSWORD_LENGTH))
    return f"{body}{secrets.choice('23456789')}{secrets.choice('abcdefgh')}"


def _actor(by: Person | None) -> str:
    return "system" if by is None else by.username
