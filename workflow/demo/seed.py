"""The demonstration: a round of its own, an account for every role, counties in every kind of state — all invented.

Everything goes through the use cases that people use; only the clock is set back, so that the round has a past. Dates
follow from ``now``: the round is always a running one. The password is public and stands on the sign-in page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from storage.clock import local_date
from storage.records import Account, RoundRecord
from workflow.accounts.accounts import add_account, person_of
from workflow.accounts.new_account import NewAccount
from workflow.demo.content import demo_period
from workflow.demo.province import add_province
from workflow.demo.stage import WHOLE, Stage
from workflow.demo.story import play
from workflow.divisions import counties
from workflow.errors import Refused
from workflow.invented_divisions import PROVINCE, invented_name
from workflow.office import Office
from workflow.people import Person, Role
from workflow.rounds.giving import Gift, give
from workflow.rounds.rounds import NewRound, add_round
from workflow.states import State

DEMO_PASSWORD = "demo-2018"  # noqa: S105 - 公开的演示密码，显示在登录页
DEMO_ROUND = "demo"
DEMO_STANDARDS = ("national-2018", "yunnan-2018")
DEMO_PROVINCE = f"{PROVINCE}0000"
SAMPLES = "sample_submissions"
_R = Role
# 与样例所填相同：由省、市给各县，县里不再填。
_AVERAGES = {
    "yanshisheng": ("province_dropout_rate", Decimal("0.62")),
    "yanshizhou": ("prefecture_dropout_rate", Decimal("0.57")),
}

DEMO_ACCOUNTS: tuple[NewAccount, ...] = (
    NewAccount("jiaxian_minzheng", "甲县民政局", _R.COUNTY_COORDINATOR, "990121"),
    NewAccount("jiaxian_gongan", "甲县公安局", _R.COUNTY_DEPARTMENT, "990121", "甲县公安局"),
    NewAccount("jiaxian_zhengfu", "甲县人民政府", _R.COUNTY_GOVERNMENT, "990121"),
    NewAccount("yanshizhou", "演示州民政局", _R.PREFECTURE_REVIEWER, "990100"),
    NewAccount("yanshisheng", "演示省民政厅", _R.PROVINCE_REVIEWER, "990000"),
    NewAccount("guanchayuan", "观察员", _R.OBSERVER, "000000"),
    NewAccount("guanliyuan", "系统管理员", _R.ADMINISTRATOR, "000000"),
    NewAccount("yixian_minzheng", "乙县民政局", _R.COUNTY_COORDINATOR, "990122"),
    NewAccount("yixian_zhengfu", "乙县人民政府", _R.COUNTY_GOVERNMENT, "990122"),
    NewAccount("dingshi_minzheng", "丁市民政局", _R.COUNTY_COORDINATOR, "990181"),
    NewAccount("dingshi_zhengfu", "丁市人民政府", _R.COUNTY_GOVERNMENT, "990181"),
    NewAccount("bingqu_minzheng", "丙区民政局", _R.COUNTY_COORDINATOR, "990102"),
    NewAccount("bingqu_zhengfu", "丙区人民政府", _R.COUNTY_GOVERNMENT, "990102"),
    NewAccount("wuxian_minzheng", "戊县民政局", _R.COUNTY_COORDINATOR, "999001"),
    NewAccount("wuxian_zhengfu", "戊县人民政府", _R.COUNTY_GOVERNMENT, "999001"),
    NewAccount("jixian_minzheng", "己县民政局", _R.COUNTY_COORDINATOR, "990221"),
    # 庚县还没有开始自评：从头走一遍用。
    NewAccount("gengxian_minzheng", "庚县民政局", _R.COUNTY_COORDINATOR, "990222"),
    NewAccount("gengxian_gongan", "庚县公安局", _R.COUNTY_DEPARTMENT, "990222", "庚县公安局"),
    NewAccount("gengxian_zhengfu", "庚县人民政府", _R.COUNTY_GOVERNMENT, "990222"),
)


MOST_COUNTIES = 2_851  # 全国的县级行政区划数（2018年）


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made: the round, the accounts, the states by county; ``skipped`` = counties without their sample."""

    round: RoundRecord
    accounts: tuple[Account, ...]
    states: dict[str, str]
    skipped: tuple[str, ...]


def seed_demo(office: Office, project: Path, now: datetime) -> Seeded:
    """Fill an empty store with the demonstration's accounts, round and submissions.

    Raises Refused: ``already_seeded``, ``not_fresh`` (real accounts or rounds are there), ``no_demo_rules``.
    """
    _refuse_unless_fresh(office)
    _refuse_other_rules(office)
    begun = now - timedelta(days=60)
    people = _people(office, begun)
    round_record = add_round(office, people["guanliyuan"], _round(now), begun, demo=True)
    for giver, (fact, average) in _AVERAGES.items():
        give(office, people[giver], round_record.id, {fact: Gift(average)}, begun)
    stage = Stage(office, people, project / SAMPLES, round_record, now)
    states, skipped = play(stage)
    return Seeded(round_record, shown_accounts(office), states, skipped)


def seed_province(office: Office, project: Path, how_many: int, now: datetime) -> Counter[State | None]:
    """Bring a seeded demonstration to that many counties; how many of the new ones came where (None: not begun).

    Raises Refused: ``bad_counties`` (no more than have a story, or more than the country has), ``already_seeded``.
    """
    storied = len(counties(DEMO_PROVINCE))
    if not storied < how_many <= MOST_COUNTIES:
        raise Refused("bad_counties", least=storied + 1, most=MOST_COUNTIES)
    with office.store.read() as tx:
        round_record = tx.rounds.get(DEMO_ROUND)
    if round_record is None or has_province(office):
        raise Refused("already_seeded")
    return add_province(
        office, project / SAMPLES / WHOLE, round_record, how_many - storied, now, password=DEMO_PASSWORD
    )


def has_province(office: Office) -> bool:
    """Whether more counties than those with a story are in this store."""
    with office.store.read() as tx:
        return any(invented_name(account.division_code) for account in tx.accounts.all(division_prefix=PROVINCE))


def shown_accounts(office: Office) -> tuple[Account, ...]:
    """The demo accounts the sign-in page shows, in the order above; none where this office does not let them in."""
    if not office.demo_accounts:
        return ()
    with office.store.read() as tx:
        accounts = {account.username: account for account in tx.accounts.all() if account.demo and not account.disabled}
    return tuple(accounts[new.username] for new in DEMO_ACCOUNTS if new.username in accounts)


def is_seeded(office: Office) -> bool:
    """Whether the demonstration is in this store."""
    with office.store.read() as tx:
        return tx.rounds.get(DEMO_ROUND) is not None


def _refuse_unless_fresh(office: Office) -> None:
    if is_seeded(office):
        raise Refused("already_seeded")
    with office.store.read() as tx:
        real = [a for a in tx.accounts.all() if not a.demo] or tx.rounds.all()
    if real:
        raise Refused("not_fresh")


def _refuse_other_rules(office: Office) -> None:
    missing = [standard_id for standard_id in DEMO_STANDARDS if standard_id not in office.library.standards]
    if missing:
        raise Refused("no_demo_rules", wanted="、".join(DEMO_STANDARDS), missing="、".join(missing))


def _people(office: Office, begun: datetime) -> dict[str, Person]:
    with office.store.read() as tx:
        accounts = {account.username: account for account in tx.accounts.all()}  # 上次中断时已建的
    for new in DEMO_ACCOUNTS:
        if new.username not in accounts:
            accounts[new.username], _ = add_account(office, None, new, begun, password=DEMO_PASSWORD, demo=True)
    return {name: person_of(account) for name, account in accounts.items()}


def _round(now: datetime) -> NewRound:
    today = local_date(now)
    period = demo_period(today)
    return NewRound(
        DEMO_ROUND,
        f"演示批次（{period.last.year}年）",
        DEMO_STANDARDS,
        period.first,
        period.last,
        apply_by=today + timedelta(days=45),
        recommend_by=today + timedelta(days=120),
        quota_per_prefecture=1,  # 云南2018年：每个州（市）限推荐1个
    )
