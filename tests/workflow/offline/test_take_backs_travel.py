"""What a level takes back goes along with packages: both networks end alike, or one is told why not and what to do."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    COORDINATOR,
    DUE,
    GOVERNMENT,
    NOW,
    PREFECTURE,
    PROVINCE,
    good_finding,
    move,
    opened_by,
    put_everywhere,
    review_content,
    write,
)
from tests.workflow.offline.two_networks import content_of, packed, taken
from workflow.errors import Refused
from workflow.office import Office
from workflow.offline.trail import counting, notice_of
from workflow.offline.way import trail_here
from workflow.procedure.situation import RequestedItem
from workflow.targets import Target

WHY = "所列材料经核对没有问题，收回重新办理"
ANSWER, CORRECTION = Target.answer("3.3.2"), "结算凭证的汇总说明已补充在说明栏"


@dataclass
class Networks:
    """The county's below, prefecture and province above; a clock that goes on with each act."""

    below: Office
    above: Office
    low: int
    high: int
    now: datetime = NOW
    items: int = 0

    def play(self, *acts: str) -> None:
        """``up`` and ``down`` carry a package; all else is done on the actor's own network."""
        for act in acts:
            self.now += timedelta(minutes=20)
            getattr(self, act.replace(" ", "_"))()

    def up(self) -> None:
        taken(self.above, packed(self.below, COORDINATOR, self.low, self.now), self.now)

    def down(self) -> None:
        taken(self.below, packed(self.above, PREFECTURE, self.high, self.now), self.now)

    def _county(self, who, name: str, **given: object) -> None:
        move(self.below, who, self.low, name, now=self.now, **given)

    def _level(self, level: str, name: str, **given: object) -> None:
        who = PREFECTURE if level == "prefecture" else PROVINCE
        move(self.above, who, self.high, f"{level}_{name}", now=self.now, **given)

    def release(self) -> None:
        opinion = {"text": f"同意推荐。{self.now:%d日%H时%M分}", "date": "2018-07-02", "by": "县政府"}
        write(self.below, GOVERNMENT, self.low, (Target.opinion("county_government"), opinion), now=self.now)
        self._county(GOVERNMENT, "release")

    def hand_over(self) -> None:
        self._county(COORDINATOR, "hand_over")

    def take_release_back(self) -> None:
        self._county(GOVERNMENT, "release_take_back", reason=WHY)

    def recall(self) -> None:
        self._county(COORDINATOR, "recall", reason="数字还要再核对一遍再送")

    def mend(self) -> None:
        opened = opened_by(self.below, COORDINATOR, self.low)
        body = dict(opened.entries[ANSWER].body) | {"note": f"已补充{self.now:%d日%H时%M分}"}
        number = None if opened.open_return is None else opened.open_return.number
        said = [(Target.correction(number, c.item.number), {"explanation": CORRECTION}) for c in opened.corrections]
        write(self.below, COORDINATOR, self.low, (ANSWER, body), *said, now=self.now)

    def find(self) -> None:
        self._put("prefecture")

    def look(self) -> None:
        write(
            self.above, PROVINCE, self.high, (Target.finding("province", "1.1.1"), good_finding("1.1.1")), now=self.now
        )

    def _put(self, level: str) -> None:
        put_everywhere(self.above, self.high, review_content(level), by="scene", at=self.now)

    def recommend(self) -> None:
        self._put("prefecture")
        self._level("prefecture", "recommend")

    def choose(self) -> None:
        self._put("province")
        self._level("province", "recommend")

    def send_back(self, level: str = "prefecture") -> None:
        self.items += 1
        item = RequestedItem("3.3.2", f"请补充第{self.items}份结算凭证的汇总说明")
        self._level(level, "return", items=(item,), due=DUE, reason="材料不全")

    def province_sends_back(self) -> None:
        self.send_back("province")

    def extend(self) -> None:
        self._level("prefecture", "extend", due=DUE + timedelta(days=9))

    def decline(self) -> None:
        self._level("prefecture", "decline", reason="实地了解与所报材料不符")

    def decline_late(self) -> None:
        self.now = NOW + timedelta(days=40)
        self.decline()

    def take_back(self) -> None:
        self._level("prefecture", "take_back", reason=WHY)

    def province_takes_back(self) -> None:
        self._level("province", "take_back", reason=WHY)

    def may(self, act: str) -> None:
        """Done, or refused."""
        with suppress(Refused):
            self.play(act)

    def are_alike(self) -> bool:
        """State, the county's and the levels' words, returns with their days, and what counts of the way gone."""
        return self._standing(self.below, self.low) == self._standing(self.above, self.high)

    def alike(self) -> None:
        assert self._standing(self.below, self.low) == self._standing(self.above, self.high)

    def _standing(self, office: Office, number: int) -> tuple[object, ...]:
        assert inspect_store(office.store).faults == ()
        with office.store.read() as tx:
            record = tx.submissions.get(number)
            returns = [(notice_of(one), one.due, one.closed_at is None) for one in tx.returns.all(number)]
            gone = counting(trail_here(tx, record))
        return record.state, record.return_due, content_of(office, number), returns, gone


@pytest.fixture
def networks(both: tuple[Office, Office]) -> Networks:
    below, above = both
    return Networks(below, above, *(office_number(office) for office in both))


def office_number(office: Office) -> int:
    """The one submission's."""
    with office.store.read() as tx:
        return tx.submissions.all()[0].id


# What stands between two packages, however much it is.
TRAVELS = {
    "a recommendation": "recommend,down,take_back,down,alike,recommend,down",
    "a recommendation nobody heard of": "recommend,take_back,down",
    "the province's": "recommend,choose,down,province_takes_back,down,alike,choose,down",
    "a return": "send_back,down,take_back,down,alike,send_back,extend,down,alike,mend,hand_over,release,up",
    "a return nobody heard of, and the next": "send_back,take_back,send_back,down,alike,mend,hand_over,release,up",
    "a return instead of the one they know": "send_back,down,take_back,send_back,down",
    "the province's return": "recommend,down,province_sends_back,down,province_takes_back,down,alike,choose,down",
    "a refusal": "decline,down,take_back,down,alike,send_back,down",
    "a refusal of who was late": "send_back,down,extend,decline_late,down,take_back,down",
    "what was sent up": "take_release_back,up,alike,release,up,alike,recommend,down",
    "what was sent up, written anew": "take_release_back,recall,mend,hand_over,release,up,alike,recommend,down",
    "what was mended": "send_back,down,mend,hand_over,release,up,take_release_back,up,alike,recall,mend,hand_over,"
    "release,up",
    "what was mended, and nobody heard of": "send_back,down,mend,hand_over,release,take_release_back,release,up",
    "made again with the same words": "recommend,down,take_back,recommend,look,down",
}


def in_turn(cases: dict[str, Any], *quick: str) -> list[Any]:
    """Those that go with every run, the others with the long tests."""
    return [
        pytest.param(case, id=name, marks=[] if name in quick else pytest.mark.soak) for name, case in cases.items()
    ]


@pytest.mark.parametrize(
    "acts", in_turn(TRAVELS, "a return", "the province's return", "a refusal of who was late", "what was mended")
)
def test_both_networks_end_alike(networks: Networks, acts: str) -> None:
    networks.play(*acts.split(","), "alike")
    assert networks.are_alike()


# What one side did before it heard of the other: what it is told, and the way out of it.
CROSSED = {
    "returned, and taken back": (
        "take_release_back,send_back", "up",
        "对方收回上报，本网退回补正，不能收入。请先把本网的交换包送去", "down,mend,hand_over,release,up",
    ),
    "returned, and rewritten": ("send_back,take_release_back,recall,mend", "", "", "down,mend,hand_over,release,up"),
    "recommended, and rewritten": (
        "recommend,take_release_back,recall,mend", "down", "收回上报以后改过：请把本网最新的交换包送去",
        "take_back,send_back,down,mend,hand_over,release,up",
    ),
    "found on, and rewritten": (
        "find,take_release_back,recall,mend,hand_over,release", "up", "市级却已经开始评价，不收。请市级退回补正",
        "send_back,down,mend,hand_over,release,up",
    ),
    "being mended, and taken back": (
        "send_back,down,mend,take_back", "down", "本网的县级却已经开始补正", "hand_over,release,up",
    ),
    "handed over, and taken back": (
        "send_back,down,mend,hand_over,take_back", "down", "还在县里填报", "release,up",
    ),
    "mended, taken back and recommended": (
        "send_back,down,mend,hand_over,release,take_back,recommend", "up",
        "对方补正后送县级人民政府、出具意见并上报，本网收回退回补正、推荐报省", "take_back,up",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", in_turn(CROSSED, "returned, and rewritten", "found on, and rewritten"))
def test_what_crosses_is_told_and_there_is_a_way_on(networks: Networks, case: tuple[str, str, str, str]) -> None:
    acts, carried, words, then = case
    networks.play(*acts.split(","))
    if carried:
        with pytest.raises(Refused, match=words):
            networks.play(carried)
    networks.play(*then.split(","), "alike", "recommend", "down", "alike")


COUNTY = ("hand_over", "release", "take_release_back", "recall", "mend")
LEVELS = ("find", "look", "recommend", "choose", "send_back", "province_sends_back", "extend", "decline", "take_back",
          "province_takes_back")  # fmt: skip
SETTLING = ("hand_over", "release", "recall", "mend", "send_back", "province_sends_back", "take_back",
            "province_takes_back")  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(12))
def test_whatever_either_side_does_they_come_to_stand_alike(networks: Networks, seed: int) -> None:
    chance, may = Random(seed), networks.may  # noqa: S311 - a turn that can be played again
    often = chance.random()
    for _ in range(25):
        may(chance.choice(COUNTY + LEVELS))
        if chance.random() < often:
            may(chance.choice(("up", "down")))
    for _ in range(150):
        may("up")
        may("down")
        if networks.are_alike():
            return
        may(chance.choice(SETTLING))
    networks.alike()
