"""The reviewers' workbench: one line for each submission of the area, to be narrowed, searched and sorted.

Nothing is judged: a line counts what is kept (`workflow.overview.reviews`) and says what waits for whoever asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from scoring.submission import REVIEW_LEVELS, ReviewLevel
from storage.records import Return, RoundRecord, SubmissionRecord
from workflow.divisions import has_prefecture, prefecture_name
from workflow.office import Office
from workflow.overview.county_search import answers_to
from workflow.overview.overview import Deadline, deadline_of, listed_for, news, rules_refusal
from workflow.overview.reviews import Review, reviews
from workflow.overview.waiting import Waiting, waits_for_reviewer
from workflow.people import REVIEWER_LEVELS, Person, Role
from workflow.permissions import may_read
from workflow.reviewing.colleagues import ReviewingOffice, reviewing_office
from workflow.states import State, state_label
from workflow.visibility import sees

Only = Literal["waiting", "mine", "overdue", "quota_used"]
Order = Literal["", "county", "stage", "days", "found", "doubtful", "differing", "returned"]
_RECOMMENDED = frozenset({State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED})
_FAR = 10**6


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One submission. ``prefecture``: its name, `divisions.DIRECT` where there is none; ``rows``: how many it has.

    ``found``: rows this person's level has found on, ``doubtful`` those it doubts or does not find to be met; both None
    where the level has nothing to do with it (yet). ``differing``: rows on which what this person may see is not the
    same; ``returned``: how often it was sent back. All four None while nothing of it is for this person.
    ``quota_used``: its prefecture has recommended as many counties as the round allows. ``left``: the rows this level
    has not found on. ``shares``: who of the person's office has it, section → username (`ReviewingOffice.shares`);
    ``mine``: the person has it or a part of it.
    """

    record: SubmissionRecord
    round: RoundRecord
    prefecture: str
    stage: str
    deadline: Deadline | None
    rows: int = 0
    found: int | None = None
    doubtful: int | None = None
    differing: int | None = None
    returned: int | None = None
    waiting: tuple[Waiting, ...] = ()
    quota_used: bool = False
    rejudging: bool = False
    refused: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    shares: Mapping[str, str] = field(default_factory=dict)
    mine: bool = False

    @property
    def overdue(self) -> bool:
        """Whether its deadline is past."""
        return self.deadline is not None and self.deadline.days_left < 0


@dataclass(frozen=True, slots=True)
class WorkView:
    """Which lines are wanted, in which order. What is empty does not narrow; ``order`` "" = waiting first."""

    words: str = ""
    round_title: str = ""
    prefecture: str = ""
    stage: str = ""
    only: frozenset[Only] = frozenset()
    order: Order = ""
    backwards: bool = False


def worklist(office: Office, person: Person, now: datetime) -> tuple[WorkLine, ...]:
    """A line for every submission whose existence a reviewer or observer may know of; none for administrators."""
    if person.role is Role.ADMINISTRATOR:
        return ()
    with office.store.read() as tx:
        rounds = {record.id: record for record in tx.rounds.all()}
        refused = {record.id: rules_refusal(office, record) for record in rounds.values()}
        records = listed_for(tx, person, None)
        readable = {one.id for one in records if may_read(person, one.division_code, State(one.state))}
        told = [one for one in records if one.id in readable and not refused[one.round_id]]
        known = reviews(office, tx, told, rounds)
        full, ours = _full_prefectures(records, rounds), reviewing_office(tx, person)
        lines = _Lines(person, now, rounds, tx.returns.open_ones(), known, full, ours)
        return tuple(
            lines.line(record, refused[record.round_id] if record.id in readable else ()) for record in records
        )


def narrowed(lines: Iterable[WorkLine], view: WorkView) -> tuple[WorkLine, ...]:
    """The lines a view wants, in its order."""
    kept = [line for line in lines if _wanted(line, view)]
    kept.sort(key=_pressing)
    if not view.order:
        return tuple(kept)
    key = _ORDERS[view.order]
    with_it = [line for line in kept if key(line) is not None]
    with_it.sort(key=lambda line: key(line) or 0, reverse=view.backwards)
    return (*with_it, *(line for line in kept if key(line) is None))  # 没有这一项的总在最后


def by_stage(lines: Iterable[WorkLine]) -> dict[str, int]:
    """How many stand at which stage, the fullest first."""
    return dict(Counter(line.stage for line in lines).most_common())


@dataclass(frozen=True, slots=True)
class _Lines:
    person: Person
    now: datetime
    rounds: Mapping[str, RoundRecord]
    returns: Mapping[int, Return]
    reviews: Mapping[int, Review]
    full: frozenset[tuple[str, str]]
    ours: ReviewingOffice | None

    def line(self, record: SubmissionRecord, refused: tuple[str, ...]) -> WorkLine:
        round_record, state = self.rounds[record.round_id], State(record.state)
        open_return = self.returns.get(record.id)
        deadline = deadline_of(record, round_record, open_return, self.now)
        place = prefecture_name(record.division_code)
        stage = state_label(state, has_prefecture=has_prefecture(record.division_code))
        shares = self.ours.shares(record) if self.ours else {}
        line = WorkLine(
            record,
            round_record,
            place,
            stage,
            deadline,
            quota_used=(record.round_id, record.division_code[:4]) in self.full,
            refused=refused,
            shares=shares,
            mine=self.person.username in shares.values(),
        )
        review = self.reviews.get(record.id)
        return line if review is None else self._told(line, review, open_return)

    def _told(self, line: WorkLine, review: Review, open_return: Return | None) -> WorkLine:
        """With what is told of a submission whose content the person may read."""
        record, deadline, state = line.record, line.deadline, State(line.record.state)
        level = REVIEWER_LEVELS.get(self.person.role)
        own = None if level is None else review.levels[level]
        overdue = None if open_return is None or deadline is None or deadline.days_left >= 0 else open_return
        waiting = waits_for_reviewer(self.person, record, review, overdue)
        begun = own is not None and (bool(waiting) or len(own.left) < review.rows)
        seen: list[ReviewLevel] = [one for one in REVIEW_LEVELS if sees(self.person.role, state, one)]
        return replace(
            line,
            rows=review.rows,
            found=review.rows - len(own.left) if begun and own else None,
            doubtful=len(own.doubtful) if begun and own and review.judged else None,
            differing=len(review.differing(seen)) if review.judged else None,
            returned=review.returned,
            waiting=waiting,
            rejudging=not review.judged,
            notices=news(change.seen_by(self.person.role, state) for change in review.taken),
            left=own.left if own else (),
        )


def _full_prefectures(
    records: Sequence[SubmissionRecord], rounds: Mapping[str, RoundRecord]
) -> frozenset[tuple[str, str]]:
    """(round, first four digits) of the prefectures that have recommended as many as the round allows."""
    used = Counter(
        (record.round_id, record.division_code[:4])
        for record in records
        if State(record.state) in _RECOMMENDED and has_prefecture(record.division_code)
    )
    quotas = {record.id: record.quota_per_prefecture for record in rounds.values()}
    return frozenset(
        place for place, count in used.items() if (quota := quotas[place[0]]) is not None and count >= quota
    )


def _wanted(line: WorkLine, view: WorkView) -> bool:
    return (
        (not view.round_title or line.round.title == view.round_title)
        and (not view.prefecture or line.prefecture == view.prefecture)
        and (not view.stage or line.stage == view.stage)
        and all(_ONLY[one](line) for one in view.only)
        and answers_to(line.record.division_code, view.words)
    )


def _pressing(line: WorkLine) -> tuple[bool, int, str, str]:
    days = line.deadline.days_left if line.deadline else _FAR
    return not line.waiting, days, line.record.division_code, line.round.id


_ONLY: Mapping[Only, Callable[[WorkLine], bool]] = {
    "waiting": lambda line: bool(line.waiting),
    "mine": lambda line: line.mine,
    "overdue": lambda line: line.overdue,
    "quota_used": lambda line: line.quota_used,
}
_ORDERS: Mapping[Order, Callable[[WorkLine], int | None]] = {
    "county": lambda line: int(line.record.division_code),
    "stage": lambda line: list(State).index(State(line.record.state)),
    "days": lambda line: line.deadline.days_left if line.deadline else None,
    "found": lambda line: line.found,
    "doubtful": lambda line: line.doubtful,
    "differing": lambda line: line.differing,
    "returned": lambda line: line.returned,
}
