"""A whole demo province: hundreds or thousands of invented counties in every state, to look at and to measure with.

Written straight through the repositories in one transaction, each act in its author's name and at its own moment, so
that the log reads as if they had worked for two months. What the procedure's guards would ask holds: nothing was
handed on that is not eligible, and no prefecture recommends more than one county.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from scoring.exchange.reading import read_submission_file
from storage.records import RoundRecord
from storage.store import Transaction
from workflow.accounts.passwords import hash_password
from workflow.demo.content import DemoPeriod, sample_content, sample_reviews, with_whole_form
from workflow.demo.lives import Life, Sample
from workflow.divisions import place, prefecture_of
from workflow.invented_divisions import invented_counties
from workflow.office import Office
from workflow.people import Role
from workflow.states import State
from workflow.verdicts.keeping import keep_anew

SEED = 20180612
_MADE_BY = "guanliyuan"
# None: the county has not begun. 每市只推荐一个：推荐的另按市分给。
_STAGES: Sequence[tuple[State | None, int]] = (
    (None, 4),
    (State.DRAFT, 34),
    (State.AWAITING_GOVERNMENT, 10),
    (State.SUBMITTED, 28),
    (State.RETURNED, 14),
    (State.DECLINED, 5),
    (State.WITHDRAWN, 5),
)
_CHOSEN = (State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, None)


def add_province(
    office: Office, sample: Path, round_record: RoundRecord, how_many: int, now: datetime, *, password: str
) -> Counter[State | None]:
    """That many counties beside those with a story, with accounts for them and their prefectures; how many came where.

    The same number gives the same counties. All of it or nothing.
    """
    codes = list(invented_counties(how_many, SEED))
    stages = _stages(codes)
    made_of = _sample(office, sample, round_record)
    lives = [Life(code, stage, made_of, Random(f"{SEED} {code}"), now) for code, stage in stages.items() if stage]  # noqa: S311 - invented
    steps = sorted((step for life in lives for step in life.steps()), key=lambda step: step.at)
    with office.store.write(_MADE_BY, now - timedelta(days=60)) as tx:
        _accounts(tx, codes, hash_password(password))
        for step in steps:
            step.write(tx.acting(step.actor, step.at))
        for record in tx.submissions.all(round_id=round_record.id):
            keep_anew(office, tx, record, round_record)
    return Counter(stages.values())


def _sample(office: Office, path: Path, round_record: RoundRecord) -> Sample:
    read = read_submission_file(path, office.library)
    period = DemoPeriod(round_record.period_first, round_record.period_last)
    standards = office.standards(round_record)
    return Sample(
        with_whole_form(sample_content(read, period, {})), sample_reviews(read, period), standards, round_record
    )


def _stages(codes: Sequence[str]) -> dict[str, State | None]:
    rng = Random(SEED)  # noqa: S311 - invented
    usual = _usual_stages(rng)
    stages: dict[str, State | None] = {}
    prefectures: dict[str, State | None] = {}
    for code in codes:
        prefecture = prefecture_of(code)
        if prefecture is None:  # 没有名额限制
            stages[code] = rng.choice((State.PROVINCE_RECOMMENDED, State.SUBMITTED, State.RETURNED, State.DRAFT))
        elif prefecture.code not in prefectures:
            chosen = prefectures[prefecture.code] = _CHOSEN[len(prefectures) % len(_CHOSEN)]
            stages[code] = chosen or next(usual)
        else:
            stages[code] = next(usual)
    return stages


def _usual_stages(rng: Random) -> Iterator[State | None]:
    """Each hundred has all of them."""
    while True:
        hundred = [stage for stage, share in _STAGES for _ in range(share)]
        rng.shuffle(hundred)
        yield from hundred


def _accounts(tx: Transaction, codes: Sequence[str], password_hash: str) -> None:
    """Of every county two, of every prefecture one; all with the demonstration's password, hashed once."""
    prefectures = dict.fromkeys(found.code for code in codes if (found := prefecture_of(code)) is not None)
    people = [
        *((f"shi{code}", f"{_name(code)}民政局", Role.PREFECTURE_REVIEWER, code) for code in prefectures),
        *((f"xian{code}", f"{_name(code)}民政局", Role.COUNTY_COORDINATOR, code) for code in codes),
        *((f"zhengfu{code}", f"{_name(code)}人民政府", Role.COUNTY_GOVERNMENT, code) for code in codes),
    ]
    for username, display_name, role, code in people:
        tx.accounts.add(
            username=username,
            display_name=display_name,
            password_hash=password_hash,
            role=role.value,
            division_code=code,
            must_change_password=False,
            demo=True,
        )


def _name(code: str) -> str:
    found = place(code)
    return code if found is None else found.name
