"""The matrix of an area's counties by indicators, at a level, from what is kept; nothing is judged.

A county without verdicts there says why, truly: not handed up yet is another thing than being appraised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from indicators.model import Standard
from scoring.assessment import PASSED
from scoring.submission import REVIEW_LEVELS, Level
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import Place, counties, has_prefecture, place, prefecture_name, within
from workflow.office import Office
from workflow.overview.overview import listed_for
from workflow.overview.reviews import Outcomes, reviews
from workflow.overview.waiting import reviewing_level
from workflow.people import REVIEWER_LEVELS, Person, Role
from workflow.permissions import UNRELEASED, may_read
from workflow.states import State
from workflow.verdicts.reading import REJUDGING
from workflow.visibility import sees

UNRELEASED_WORDS, IN_MAKING = "尚未上报", "评价中"
Layer = Literal["verdicts", "differing", "doubtful"]
# 矩阵每格一个字，颜色之外也读得出来；全称在图例和每格的提示里。
MARKS: Mapping[str, str] = {
    "met": "达",
    "not_met": "未",
    "unproven": "缺",
    "contradicted": "异",
    "needs_judgement": "判",
    "not_applicable": "免",
    "unanswered": "空",
    "clear": "无",
    "present": "有",
    "undeclared": "空",
}


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One county. ``outcomes``: by standard, each as `Standard.rows`; empty where there are none to show, and ``why``.

    ``why`` beside outcomes: they are in the making. ``differing``, ``doubtful``: row ids, of what this person may see.
    """

    record: SubmissionRecord
    prefecture: str
    outcomes: Mapping[str, Outcomes]
    why: str = ""
    differing: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()

    @property
    def eligible(self) -> bool:
        """Under every standard (国家与地方标准须同时达到)."""
        return bool(self.outcomes) and all(under.eligible for under in self.outcomes.values())


@dataclass(frozen=True, slots=True)
class AreaMatrix:
    """County × indicator, by division code. ``missing``: counties of the area where nothing is begun."""

    round: RoundRecord
    level: Level
    standards: tuple[Standard, ...]
    lines: tuple[MatrixLine, ...]
    missing: tuple[Place, ...]

    @property
    def told(self) -> tuple[MatrixLine, ...]:
        """Those with outcomes."""
        return tuple(line for line in self.lines if line.outcomes)

    def without(self, why: str) -> tuple[MatrixLine, ...]:
        """Those without, for that reason."""
        return tuple(line for line in self.lines if not line.outcomes and line.why == why)


def matrix(office: Office, person: Person, round_id: str, level: Level = "county") -> AreaMatrix | None:
    """The area's counties against the indicators, at a level; None: no such round, or not for this person.

    Raises Refused where the round's rules are gone.
    """
    if person.role is Role.ADMINISTRATOR:
        return None
    with office.store.read() as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None:
            return None
        standards = office.standards(round_record)
        records = listed_for(tx, person, round_id)
        readable = [one for one in records if may_read(person, one.division_code, State(one.state))]
        known = reviews(office, tx, readable, {round_id: round_record})
        expected = expected_counties(tx, person.division_code, round_record)
    own = REVIEWER_LEVELS.get(person.role)
    lines = []
    for record in records:
        review, state = known.get(record.id), State(record.state)
        prefecture = prefecture_name(record.division_code)
        if review is None:
            lines.append(MatrixLine(record, prefecture, {}, why_not(record, level)))
            continue
        # 别级尚未作出的认定不进矩阵；县级自评自上报起人人可见。
        shown = level == "county" or sees(person.role, state, level)
        outcomes = {one.id: review.outcomes[level, one.id] for one in standards if (level, one.id) in review.outcomes}
        seen = [one for one in REVIEW_LEVELS if sees(person.role, state, one)]
        in_making = level != "county" and reviewing_level(record) == level
        lines.append(
            MatrixLine(
                record,
                prefecture,
                outcomes if shown else {},
                REJUDGING
                if not review.judged
                else IN_MAKING
                if in_making
                else ""
                if outcomes and shown
                else why_not(record, level),
                review.differing(seen),
                review.levels[own].doubtful if own else frozenset(),
            )
        )
    begun = {record.division_code for record in records}
    missing = tuple(one for one in expected if one.code not in begun)
    return AreaMatrix(round_record, level, standards, tuple(lines), missing)


def why_not(record: SubmissionRecord, level: Level) -> str:
    """Why a level has nothing to show of a submission, in words."""
    state, above = State(record.state), has_prefecture(record.division_code)
    if state in UNRELEASED:
        return "已撤回" if state is State.WITHDRAWN else UNRELEASED_WORDS
    if level == "prefecture" and not above:
        return "没有地市级"
    if state is State.RETURNED:
        return "退回补正中"
    if state is State.DECLINED:
        return "不予推荐"
    if reviewing_level(record) == level:
        return IN_MAKING
    return "尚未报到省级" if level == "province" else IN_MAKING


def row_states(lines: Sequence[MatrixLine], standard: Standard) -> Iterator[tuple[str, Counter[str]]]:
    """Each row of the standard, and how many counties have which verdict."""
    told = [line.outcomes[standard.id].states for line in lines if standard.id in line.outcomes]
    for at, row in enumerate(standard.rows()):
        yield row.id, Counter(states[at] for states in told)


def failed(counts: Counter[str]) -> int:
    """How many of a row's counties do not pass it."""
    return sum(count for state, count in counts.items() if state not in PASSED)


def expected_counties(tx: Transaction, area: str, round_record: RoundRecord) -> tuple[Place, ...]:
    """The counties an area has; of the invented ones, which no list holds, those somebody has an account of."""
    listed = [found for found in counties(area) if found.demo == round_record.demo]
    if not round_record.demo:
        return tuple(listed)
    known = {found.code for found in listed}
    codes = tx.accounts.divisions(Role.COUNTY_COORDINATOR.value, area.rstrip("0"))
    more = (place(code) for code in codes if code not in known and within(area, code))
    return tuple(sorted([*listed, *filter(None, more)], key=lambda found: found.code))
