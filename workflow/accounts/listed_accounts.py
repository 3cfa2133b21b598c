"""Accounts from a list: what each line would make, with every fault beside it, and making them all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Literal

from storage.records import Account
from storage.store import Transaction
from workflow.accounts.account_lists import COLUMNS, AccountList, Heading, ListedLine, read_list
from workflow.accounts.accounts import actor_of
from workflow.accounts.new_account import AccountField, NewAccount, account_faults, as_listed, made_up, normal_username
from workflow.accounts.passwords import hash_password
from workflow.department_list import read_departments
from workflow.divisions import full_name, named, place, within
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import ROLE_DIVISIONS, ROLE_LABELS, Person, Role
from workflow.permissions import account_refusal, refuse_strangers

_HASHERS = 2  # 每次散列占 64 MiB 内存和一个核
_NAMED_AT_MOST = 5
FaultCode = Literal[
    "missing", "unknown_role", "unknown_division", "ambiguous_division", "bad_field", "formula", "twice", "exists"
]
_ALSO_CALLED: Mapping[str, Role] = {
    "县民政局": Role.COUNTY_COORDINATOR,
    "县级民政局": Role.COUNTY_COORDINATOR,
    "县级部门": Role.COUNTY_DEPARTMENT,
    "县政府": Role.COUNTY_GOVERNMENT,
    "县级政府": Role.COUNTY_GOVERNMENT,
    "县人民政府": Role.COUNTY_GOVERNMENT,
    "市民政局": Role.PREFECTURE_REVIEWER,
    "市级民政局": Role.PREFECTURE_REVIEWER,
    "省民政厅": Role.PROVINCE_REVIEWER,
    "管理员": Role.ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class ListFault:
    """What is wrong at a line of a list. ``column``: as the list calls it; the sentence says what to do."""

    code: FaultCode
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行“{self.column}”：{self.sentence}"


@dataclass(frozen=True, slots=True)
class PreviewedLine:
    """What a line would make: ``new`` is None where a field it needs cannot be read; ``texts`` as typed."""

    number: int
    texts: Mapping[Heading, str]
    new: NewAccount | None
    faults: tuple[ListFault, ...]


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A list that nobody has acted on. ``ignored``: columns that are not used."""

    lines: tuple[PreviewedLine, ...]
    ignored: tuple[str, ...]

    @property
    def faults(self) -> tuple[ListFault, ...]:
        """Of all lines, in order."""
        return tuple(fault for line in self.lines for fault in line.faults)

    @property
    def new(self) -> tuple[NewAccount, ...]:
        """What the lines without a fault would make."""
        return tuple(line.new for line in self.lines if line.new is not None and not line.faults)


@dataclass(frozen=True, slots=True)
class MadeAccount:
    """An account that was made, and its first password: for its slip, and kept nowhere."""

    account: Account
    password: str = field(repr=False)


def preview_list(office: Office, by: Person | None, content: bytes) -> ListPreview:
    """What the list would make; writes nothing. Raises Refused: ``wrong_role``, ``bad_list``."""
    refuse_strangers(by)
    listed = read_list(content)
    with office.store.read() as tx:
        reading = _Reading(by, listed, tx)
        return ListPreview(tuple(reading.previewed(line) for line in listed.lines), listed.ignored)


def make_listed(
    office: Office,
    by: Person | None,
    several: Sequence[NewAccount],
    now: datetime,
    *,
    told: Callable[[int], None] = lambda _: None,
) -> tuple[MadeAccount, ...]:
    """Make all of them or none, in one transaction. ``told``: how many passwords are hashed so far.

    Raises Refused: ``wrong_role``, ``bad_list`` (every account that cannot be made, e.g. somebody was faster).
    """
    refuse_strangers(by)
    with office.store.read() as tx:
        lists = {code: read_departments(tx, code) for code in {new.division_code for new in several}}
    faulty = [
        f"{new.username}：{fault.sentence}"
        for new in several
        for fault in account_faults(by, new, lists[new.division_code])
    ]
    if faulty:
        raise Refused("bad_list", *faulty)
    several = [as_listed(new, lists[new.division_code]) for new in several]
    passwords = [made_up() for _ in several]
    hashes: list[str] = []
    with ThreadPoolExecutor(_HASHERS) as hashing:  # before the transaction: slow on purpose, and nobody waits for it
        for hashed in hashing.map(hash_password, passwords):
            hashes.append(hashed)
            told(len(hashes))
    with office.store.write(actor_of(by), now) as tx:
        taken = {account.username for account in tx.accounts.all()}
        names = [normal_username(new.username) for new in several]
        gone = [name for at, name in enumerate(names) if name in taken or name in names[:at]]
        if gone:
            raise Refused("bad_list", *(f"用户名“{name}”已被使用，没有建立任何账号。请重新预览名单。" for name in gone))
        made = [
            tx.accounts.add(
                username=name,
                display_name=new.display_name.strip(),
                password_hash=hashed,
                role=new.role.value,
                division_code=new.division_code,
                unit=new.unit,
            )
            for new, name, hashed in zip(several, names, hashes, strict=True)
        ]
    return tuple(MadeAccount(account, password) for account, password in zip(made, passwords, strict=True))


class _Reading:
    """Reads line after line, remembering those before."""

    def __init__(self, by: Person | None, listed: AccountList, tx: Transaction) -> None:
        self._by, self._headings = by, listed.headings
        known = tx.accounts.all()
        self._departments = cache(lambda code: read_departments(tx, code))
        self._taken = {account.username: account for account in known}
        self._people = {_same(a.display_name, a.role, a.division_code, a.unit): a for a in known if not a.disabled}
        self._names: dict[str, int] = {}
        self._listed: dict[tuple[str, ...], int] = {}

    def previewed(self, line: ListedLine) -> PreviewedLine:
        faults = [
            self._fault("formula", line, heading, "像是公式。请只填文字。")
            for heading, text in line.texts.items()
            if text.startswith(("=", "@", "+"))
        ]
        needed: tuple[Heading, ...] = ("username", "display_name", "role")
        faults += [
            self._fault("missing", line, heading, "没有填写。请补上，或删去这一行。")
            for heading in needed
            if heading not in line.texts
        ]
        role = self._role(line, faults)
        code = self._division(line, role, faults)
        new = None
        if role is not None and code is not None:
            unit = line.texts.get("unit")
            typed = NewAccount(line.texts.get("username", ""), line.texts.get("display_name", ""), role, code, unit)
            faults += self._field_faults(line, typed)
            new = as_listed(typed, self._departments(code))
        faults += self._twice(line, new)
        return PreviewedLine(line.number, line.texts, new, tuple(faults))

    def _fault(self, code: FaultCode, line: ListedLine, heading: Heading, sentence: str) -> ListFault:
        return ListFault(code, line.number, self._headings.get(heading, COLUMNS[heading]), sentence)

    def _role(self, line: ListedLine, faults: list[ListFault]) -> Role | None:
        text = line.texts.get("role")
        if text is None:
            return None
        role = _roles().get("".join(text.replace("(", "（").replace(")", "）").split()))
        if role is None:
            words = "、".join(ROLE_LABELS[one] for one in Role if _may_make(self._by, one))
            faults.append(self._fault("unknown_role", line, "role", f"没有“{text}”这个角色。请填写：{words}。"))
        return role

    def _division(self, line: ListedLine, role: Role | None, faults: list[ListFault]) -> str | None:
        text, name = line.texts.get("division"), line.texts.get("place")
        heading: Heading = "division" if text else "place"
        typed = text or name
        if typed is None:
            faults.append(self._fault("missing", line, heading, "没有填写。请补上六位代码或名称。"))
            return None
        if typed.isascii() and typed.isdigit():
            found = place(typed)
            if found is None:
                sentence = f"没有代码为“{typed}”的行政区划。请填写2018年的六位代码。"
                faults.append(self._fault("unknown_division", line, heading, sentence))
                return None
            if text and name and found not in named(name):
                sentence = f"代码 {typed} 是{full_name(typed)}，与“{name}”不符。请改正其中一项。"
                faults.append(self._fault("unknown_division", line, heading, sentence))
            return typed
        return self._division_named(line, heading, typed, role, faults)

    def _division_named(
        self, line: ListedLine, heading: Heading, typed: str, role: Role | None, faults: list[ListFault]
    ) -> str | None:
        area = "000000" if self._by is None else self._by.division_code
        fitting = [
            one.code
            for one in named(typed)
            if within(area, one.code) and (role is None or one.level in ROLE_DIVISIONS[role])
        ]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            several = "、".join(f"{full_name(code)}（{code}）" for code in fitting[:_NAMED_AT_MOST])
            more = "等" if len(fitting) > _NAMED_AT_MOST else ""
            sentence = f"叫“{typed}”的有 {len(fitting)} 处：{several}{more}。请填写代码。"
            faults.append(self._fault("ambiguous_division", line, heading, sentence))
        else:
            sentence = f"辖区内没有叫“{typed}”、与角色相合的行政区划。请填写2018年的全称或六位代码。"
            faults.append(self._fault("unknown_division", line, heading, sentence))
        return None

    def _field_faults(self, line: ListedLine, new: NewAccount) -> Iterator[ListFault]:
        headings: Mapping[AccountField, Heading] = {
            "username": "username",
            "display_name": "display_name",
            "role": "role",
            "division": "division" if "division" in line.texts else "place",
            "unit": "unit",
        }
        try:
            found = account_faults(self._by, new, self._departments(new.division_code))
        except Refused as identified:
            yield self._fault("bad_field", line, "display_name", str(identified))
            return
        for fault in found:
            heading = headings[fault.field]
            if heading in line.texts or fault.field == "unit":  # what is missing has been told
                yield self._fault("bad_field", line, heading, fault.sentence)

    def _twice(self, line: ListedLine, new: NewAccount | None) -> Iterator[ListFault]:
        name = normal_username(line.texts.get("username", ""))
        if name and (earlier := self._names.setdefault(name, line.number)) != line.number:
            yield self._fault("twice", line, "username", f"与第 {earlier} 行的账号相同。请改名，或删去一行。")
        if (taken := self._taken.get(name)) is not None:
            whose = "" if self._hidden(taken) else f"（{taken.display_name}，{full_name(taken.division_code)}）"
            yield self._fault("exists", line, "username", f"已有账号“{name}”{whose}。请改名，或删去这一行。")
            return
        if new is None:
            return
        key = _same(new.display_name, new.role, new.division_code, new.unit)
        if (before := self._listed.setdefault(key, line.number)) != line.number:
            sentence = f"与第 {before} 行是同一人（姓名、角色、行政区划、部门都相同）。请删去一行，或写明区别。"
            yield self._fault("twice", line, "display_name", sentence)
        elif (standing := self._people.get(key)) is not None and not self._hidden(standing):
            sentence = (
                f"已有同样的账号“{standing.username}”（姓名、角色、行政区划、部门都相同）。请删去这一行，或写明区别。"
            )
            yield self._fault("exists", line, "display_name", sentence)

    def _hidden(self, account: Account) -> bool:
        return account_refusal(self._by, Role(account.role), account.division_code) is not None


def _same(display_name: str, role: str, division_code: str, unit: str | None) -> tuple[str, ...]:
    return display_name.strip(), str(role), division_code, (unit or "").strip()


def _may_make(by: Person | None, role: Role) -> bool:
    return account_refusal(by, role, "000000" if by is None else by.division_code) is None


def _roles() -> dict[str, Role]:
    """What a list may call the roles: the label, its two halves, the code, and a few more."""
    known = dict(_ALSO_CALLED)
    for role, label in ROLE_LABELS.items():
        whole, _, rest = label.partition("（")
        known |= {label: role, whole: role, role.value: role}
        if rest.rstrip("）"):
            known[rest.rstrip("）")] = role
    return known
