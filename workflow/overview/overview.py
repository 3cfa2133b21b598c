"""The workbench: one card per submission of a person.

Shows the verdicts kept with the data and the transition table's offers; counts them, decides nothing. Reviewers' cards
are never judged; the county's own are where theirs waits to be judged anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from indicators.model import Standard
from scoring.assessment import VERDICTS, VETO_STATES, Score
from storage.clock import local_date
from storage.records import Return, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.waiting import ReviewBegun, Waiting, reviews_begun, waits_for_county, waits_for_reviewer
from workflow.people import COUNTY_ROLES, Person
from workflow.permissions import may_list, may_read
from workflow.procedure.moving import Offer, offers_in
from workflow.rounds.rounds import may_start
from workflow.states import State, state_label
from workflow.submission.handing_back import handed_back_words
from workflow.submission.judging import judged_at
from workflow.submission.repins import Repin, notice, repins_everywhere
from workflow.submission.snapshot import SubmissionSnapshot, read_opened
from workflow.verdicts.reading import SubmissionVerdicts, kept_verdicts, verdicts_in

OVER = frozenset({State.PROVINCE_RECOMMENDED, State.DECLINED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of the procedure. ``days_left`` counts days in Beijing: 0 = today, negative = past."""

    what: str
    day: date
    days_left: int


@dataclass(frozen=True, slots=True)
class StandardProgress:
    """One standard: how many rows have which verdict, how many vetoes which state (all of them, zeros included), and
    whether the county qualifies.
    """

    standard: str
    title: str
    eligible: bool
    score: Score | None
    counts: Mapping[str, int]
    vetoes: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many indicators the standard has."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Card:
    """One submission on a workbench. ``progress`` is None where the content is not for this person yet, or while it is
    being judged anew (``rejudging``).

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
    rejudging: bool = False


@dataclass(frozen=True, slots=True)
class Workbench:
    """A person's cards. ``startable``: rounds in which they may begin a self-assessment and have not."""

    cards: tuple[Card, ...]
    startable: tuple[RoundRecord, ...]


def workbench(office: Office, person: Person, now: datetime, round_id: str | None = None) -> Workbench:
    """The cards of every submission the person may know of, the most pressing first; none for administrators."""
    with office.store.read() as tx:
        rounds = {record.id: record for record in tx.rounds.all() if round_id in (None, record.id)}
        records = listed_for(tx, person, round_id)
        readable = {r.id: r for r in records if may_read(person, r.division_code, State(r.state))}
        # 一个批次的标准被改动，只停这个批次的申报，不停整个工作台。
        refused = {record.id: _refusal(office, record) for record in rounds.values()}
        open_ones = [r for r in readable.values() if not refused[r.round_id]]
        area = person.division_code.rstrip("0")
        if person.role in COUNTY_ROLES:  # its own are opened whole, and hold all there is to tell of them
            lost = len(open_ones) < len(readable)
            cards = _Cards(office, tx, person, now, rounds, tx.returns.open_ones() if lost else {})
        else:
            cards = _Cards(
                office,
                tx,
                person,
                now,
                rounds,
                tx.returns.open_ones(),
                kept_verdicts(office, tx, open_ones, rounds, round_id=round_id, division_prefix=area),
                repins_everywhere(tx, readable.values()),
                reviews_begun(tx, person, open_ones),
            )
        listed = [
            cards.card(record, readable=record.id in readable and not refused[record.round_id]) for record in records
        ]
        listed = [
            replace(card, refused=refused[card.record.round_id]) if card.record.id in readable else card
            for card in listed
        ]
    begun = {r.round_id for r in records}
    startable = tuple(r for r in rounds.values() if r.id not in begun and may_start(person, r))
    return Workbench(tuple(sorted(listed, key=_most_pressing_first)), startable)


def progress(verdicts: SubmissionVerdicts, standards: Sequence[Standard]) -> tuple[StandardProgress, ...]:
    """Verdicts counted, per standard."""
    return tuple(_standard_progress(verdicts, standard) for standard in standards)


def deadline_of(
    record: SubmissionRecord, round_record: RoundRecord, open_return: Return | None, now: datetime
) -> Deadline | None:
    """What is due next in this state: 补正期限, 申报截止 or 考察推荐截止; None where nothing is."""
    state = State(record.state)
    if state in OVER:
        return None
    day: date | None
    if open_return is not None and open_return.due is not None:
        what, day = "补正期限", open_return.due
    elif state in {State.DRAFT, State.AWAITING_GOVERNMENT, State.RETURNED}:
        what, day = "申报截止", round_record.apply_by
    else:
        what, day = "考察推荐截止", round_record.recommend_by
    return None if day is None else Deadline(what, day, (day - local_date(now)).days)


def _refusal(office: Office, round_record: RoundRecord) -> tuple[str, ...]:
    try:
        office.standards(round_record)
    except Refused as error:
        return error.reasons
    return ()


def listed_for(tx: Transaction, person: Person, round_id: str | None) -> list[SubmissionRecord]:
    """The submissions whose existence the person may know of."""
    # 前缀只是先缩小范围；谁看得到由 may_list 决定。
    records = tx.submissions.all(round_id=round_id, division_prefix=person.division_code.rstrip("0"))
    return [record for record in records if may_list(person, record.division_code)]


@dataclass(frozen=True, slots=True)
class _Cards:
    """Everything the cards of one workbench are made of, read at once."""

    office: Office
    tx: Transaction
    person: Person
    now: datetime
    rounds: Mapping[str, RoundRecord]
    returns: Mapping[int, Return]
    verdicts: Mapping[int, SubmissionVerdicts] = field(default_factory=dict)
    taken: Mapping[int, Sequence[Repin]] = field(default_factory=dict)
    begun: Mapping[int, ReviewBegun] = field(default_factory=dict)

    def card(self, record: SubmissionRecord, *, readable: bool) -> Card:
        """``readable``: its content is for this person, and its rules are there."""
        person, round_record, state = self.person, self.rounds[record.round_id], State(record.state)
        label = state_label(state, has_prefecture=has_prefecture(record.division_code))
        deadline = deadline_of(record, round_record, self.returns.get(record.id), self.now)
        card = Card(record, round_record, label, deadline, None, ())
        if not readable:
            return card
        if person.role in COUNTY_ROLES:
            return self._own(card)
        standards, verdicts = self.office.standards(round_record), self.verdicts.get(record.id)
        taken = [change.seen_by(person.role, state) for change in self.taken.get(record.id, ())]
        return replace(
            card,
            progress=None if verdicts is None else progress(verdicts, standards),
            waiting=waits_for_reviewer(person, record, self.begun.get(record.id), standards, taken),
            notices=_notices(taken),
            rejudging=verdicts is None,
        )

    def _own(self, card: Card) -> Card:
        """As the county itself sees it; what hangs on its stamp alone is kept with what the person has opened."""
        person, record, pinned = self.person, card.record, card.round.of(card.record)
        snapshot = read_opened(self.office, self.tx, person, record.id, (record, pinned)).whole
        verdicts = snapshot.once("kept verdicts", lambda: self._verdicts(snapshot))
        offered = offers_in(self.office, self.tx, snapshot, self.now)
        taken = [change.seen_by(person.role, snapshot.state) for change in snapshot.repins]
        return replace(
            card,
            deadline=deadline_of(record, card.round, snapshot.open_return, self.now),
            progress=progress(verdicts, snapshot.standards),
            waiting=waits_for_county(snapshot, verdicts, offered),
            offers=offered,
            notices=(*handed_back_words(snapshot.handed_back, person.role), *_notices(taken)),
        )

    def _verdicts(self, snapshot: SubmissionSnapshot) -> SubmissionVerdicts:
        one = snapshot.record
        kept = kept_verdicts(
            self.office, self.tx, [one], self.rounds, round_id=one.round_id, division_prefix=one.division_code
        )
        # 本县自己的一份，不等轮到它
        return kept.get(one.id) or verdicts_in(judged_at(self.office, snapshot, "county"))


def _notices(taken: Iterable[Repin]) -> tuple[str, ...]:
    return tuple(notice(change) for change in taken if change.current)


def _standard_progress(verdicts: SubmissionVerdicts, standard: Standard) -> StandardProgress:
    under = verdicts.standards[standard.id]
    vetoes = {veto.id for veto in standard.vetoes}
    counts = Counter(verdict for row_id, verdict in under.verdicts.items() if row_id not in vetoes)
    states = Counter(under.verdicts[row_id] for row_id in vetoes)
    return StandardProgress(
        standard=standard.id,
        title=standard.title,
        eligible=under.eligible,
        score=under.score,
        counts={verdict: counts[verdict] for verdict in VERDICTS},
        vetoes={state: states[state] for state in VETO_STATES},
    )


def _most_pressing_first(card: Card) -> tuple[bool, int, str]:
    return not card.waiting, card.deadline.days_left if card.deadline else 10**6, card.record.division_code
