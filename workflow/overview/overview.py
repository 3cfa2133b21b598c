"""The workbench (one card per submission of a person) and the matrix of an area's counties by indicators.

Shows scoring's results and the transition table's offers; counts them, decides nothing. Each submission is judged once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators.model import Standard
from scoring.assessment import VERDICTS, VETO_STATES, Assessment, Score, Verdict, VetoState
from scoring.rollup import JudgedCounty, RollUp, roll_up
from scoring.submission import Level
from storage.clock import local_date
from storage.records import Return, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import Place, counties, has_prefecture, place, within
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.waiting import Waiting, waits_for_county, waits_for_reviewer
from workflow.people import COUNTY_ROLES, Person, Role
from workflow.permissions import may_list, may_read
from workflow.procedure.moving import Offer, offers_in
from workflow.rounds.rounds import may_start
from workflow.states import State, state_label
from workflow.submission.handing_back import handed_back_words
from workflow.submission.judging import JudgedSubmission, judge_many
from workflow.submission.repins import Repin, notice, repins_everywhere
from workflow.submission.snapshot import read_snapshot
from workflow.visibility import sees

_OVER = frozenset({State.PROVINCE_RECOMMENDED, State.DECLINED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of the procedure. ``days_left`` counts days in Beijing: 0 = today, negative = past."""

    what: str
    day: date
    days_left: int


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """One 项目 under one standard: how many of its indicators have which verdict (all seven, zeros included)."""

    id: str
    title: str
    counts: Mapping[Verdict, int]

    @property
    def total(self) -> int:
        """How many indicators the section has."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class StandardProgress:
    """One standard: its sections, its vetoes by state, and whether the county qualifies."""

    standard: str
    title: str
    eligible: bool
    score: Score
    sections: tuple[SectionProgress, ...]
    vetoes: Mapping[VetoState, int]


@dataclass(frozen=True, slots=True)
class Card:
    """One submission on a workbench. ``progress`` is None where the content is not for this person yet.

    ``offers``: the moves of a county person, with what stands in their way (reviewers open the submission for them).
    ``refused``: why nothing of this round can be judged (its standards were changed or taken away), else empty.
    ``notices``: why 县级人民政府 sent it back, and what a change of the round's rules did to it, until it is handed on.
    """

    record: SubmissionRecord
    round: RoundRecord
    label: str
    deadline: Deadline | None
    progress: tuple[StandardProgress, ...] | None
    waiting: tuple[Waiting, ...]
    offers: tuple[Offer, ...] = ()
    refused: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbench:
    """A person's cards. ``startable``: rounds in which they may begin a self-assessment and have not."""

    cards: tuple[Card, ...]
    startable: tuple[RoundRecord, ...]


@dataclass(frozen=True, slots=True)
class AreaMatrix:
    """County × indicator. ``unreleased``: begun, but not for this person to read; ``missing``: nothing begun."""

    round: RoundRecord
    level: Level
    standards: tuple[Standard, ...]
    judged: tuple[JudgedSubmission, ...]
    roll_up: RollUp
    unreleased: tuple[SubmissionRecord, ...]
    missing: tuple[Place, ...]


def workbench(office: Office, person: Person, now: datetime, round_id: str | None = None) -> Workbench:
    """The cards of every submission the person may know of, the most pressing first; none for administrators."""
    with office.store.read() as tx:
        rounds = {record.id: record for record in tx.rounds.all() if round_id in (None, record.id)}
        records = _listed(tx, person, round_id)
        readable = [r for r in records if may_read(person, r.division_code, State(r.state))]
        # 一个批次的标准被改动，只停这个批次的申报，不停整个工作台。
        refused = {record.id: _refusal(office, record) for record in rounds.values()}
        judged = {
            submission.record.id: submission
            for submission in judge_many(office, tx, [r for r in readable if not refused[r.round_id]])
        }
        taken = repins_everywhere(tx, readable)
        cards = [
            _card(
                office,
                tx,
                person,
                record=r,
                round_record=rounds[r.round_id],
                judged=judged.get(r.id),
                taken=[change.seen_by(person.role, State(r.state)) for change in taken.get(r.id, ())],
                now=now,
            )
            for r in records
        ]
        unread = {r.id: refused[r.round_id] for r in readable}
        cards = [replace(card, refused=unread.get(card.record.id, ())) for card in cards]
    begun = {r.round_id for r in records}
    startable = tuple(r for r in rounds.values() if r.id not in begun and may_start(person, r))
    return Workbench(tuple(sorted(cards, key=_most_pressing_first)), startable)


def matrix(office: Office, person: Person, round_id: str, level: Level = "county") -> AreaMatrix | None:
    """The area's counties against the indicators, at a level; None: no such round, or not for this person."""
    if person.role is Role.ADMINISTRATOR:
        return None
    with office.store.read() as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None:
            return None
        standards = office.standards(round_record)
        records = _listed(tx, person, round_id)
        readable = [
            r
            for r in records
            if may_read(person, r.division_code, State(r.state))
            # 别级尚未作出的认定不进矩阵；县级自评自上报起人人可见。
            and (level == "county" or sees(person.role, State(r.state), level))
        ]
        judged = judge_many(office, tx, readable, level)
        expected = _expected(tx, person.division_code, round_record)
    begun = {r.division_code for r in records}
    rolled = roll_up([JudgedCounty(j.content.division, j.assessment) for j in judged], [p.code for p in expected])
    return AreaMatrix(
        round_record,
        level,
        standards,
        judged,
        rolled,
        tuple(r for r in records if r not in readable),
        tuple(p for p in expected if p.code not in begun),
    )


def progress(assessment: Assessment, standards: Sequence[Standard]) -> tuple[StandardProgress, ...]:
    """An assessment counted by section, per standard, in printed order."""
    return tuple(_standard_progress(assessment, standard) for standard in standards)


def deadline_of(
    record: SubmissionRecord, round_record: RoundRecord, open_return: Return | None, now: datetime
) -> Deadline | None:
    """What is due next in this state: 补正期限, 申报截止 or 考察推荐截止; None where nothing is."""
    state = State(record.state)
    if state in _OVER:
        return None
    day: date | None
    if open_return is not None and open_return.due is not None:
        what, day = "补正期限", open_return.due
    elif state in {State.DRAFT, State.AWAITING_GOVERNMENT, State.RETURNED}:
        what, day = "申报截止", round_record.apply_by
    else:
        what, day = "考察推荐截止", round_record.recommend_by
    return None if day is None else Deadline(what, day, (day - local_date(now)).days)


def _expected(tx: Transaction, area: str, round_record: RoundRecord) -> tuple[Place, ...]:
    """The counties an area has; of the invented ones, which no list holds, those somebody has an account of."""
    listed = [found for found in counties(area) if found.demo == round_record.demo]
    if not round_record.demo:
        return tuple(listed)
    known = {found.code for found in listed}
    codes = tx.accounts.divisions(Role.COUNTY_COORDINATOR.value, area.rstrip("0"))
    more = (place(code) for code in codes if code not in known and within(area, code))
    return tuple(sorted([*listed, *filter(None, more)], key=lambda found: found.code))


def _refusal(office: Office, round_record: RoundRecord) -> tuple[str, ...]:
    try:
        office.standards(round_record)
    except Refused as error:
        return error.reasons
    return ()


def _listed(tx: Transaction, person: Person, round_id: str | None) -> list[SubmissionRecord]:
    # 前缀只是先缩小范围；谁看得到由 may_list 决定。
    records = tx.submissions.all(round_id=round_id, division_prefix=person.division_code.rstrip("0"))
    return [record for record in records if may_list(person, record.division_code)]


def _card(
    office: Office,
    tx: Transaction,
    person: Person,
    *,
    record: SubmissionRecord,
    round_record: RoundRecord,
    judged: JudgedSubmission | None,
    taken: Sequence[Repin],
    now: datetime,
) -> Card:
    state = State(record.state)
    label = state_label(state, has_prefecture=has_prefecture(record.division_code))
    open_return = tx.returns.open_one(record.id)
    deadline = deadline_of(record, round_record, open_return, now)
    if judged is None:
        return Card(record, round_record, label, deadline, None, ())
    standards = office.standards(round_record)
    shown = progress(judged.assessment, standards)
    notices = tuple(notice(change) for change in taken if change.current)
    if person.role in COUNTY_ROLES:
        snapshot = read_snapshot(office, tx, person, record.id)
        offered = offers_in(office, tx, snapshot, now)
        waiting = waits_for_county(snapshot, judged, offered)
        notices = (*handed_back_words(snapshot.handed_back, person.role), *notices)
        return Card(record, round_record, label, deadline, shown, waiting, offered, notices=notices)
    waiting = waits_for_reviewer(person, judged, standards, taken)
    return Card(record, round_record, label, deadline, shown, waiting, notices=notices)


def _standard_progress(assessment: Assessment, standard: Standard) -> StandardProgress:
    result = assessment.standards[standard.id]
    sections = []
    for section in standard.sections:
        ids = [row_id for topic in section.topics for row_id in topic.indicators]
        counts = Counter(result.indicators[row_id].verdict for row_id in ids)
        sections.append(SectionProgress(section.id, section.title, {v: counts[v] for v in VERDICTS}))
    states = Counter(veto.state for veto in result.vetoes)
    return StandardProgress(
        standard=standard.id,
        title=standard.title,
        eligible=result.eligible,
        score=result.score,
        sections=tuple(sections),
        vetoes={state: states[state] for state in VETO_STATES},
    )


def _most_pressing_first(card: Card) -> tuple[bool, int, str]:
    return not card.waiting, card.deadline.days_left if card.deadline else 10**6, card.record.division_code
