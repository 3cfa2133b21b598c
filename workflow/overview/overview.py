"""A county's workbench: one card for each of its submissions. Reviewers' is `workflow.overview.worklist`.

Shows the verdicts kept with the data and the transition table's offers; counts them, decides nothing. Where a county's
own submission waits to be judged anew it is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators.model import Standard
from scoring.assessment import VERDICTS, VETO_STATES, Score
from storage.clock import local_date
from storage.records import Return, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.waiting import Waiting, waits_for_county
from workflow.people import COUNTY_ROLES, Person
from workflow.permissions import may_list
from workflow.procedure.moving import Offer, offers_in
from workflow.rounds.rounds import may_start
from workflow.states import State, state_label
from workflow.submission.handing_back import handed_back_words
from workflow.submission.judging import judged_at
from workflow.submission.repins import Repin, notice
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
    """One submission on a workbench.

    ``offers``: the moves the person has, with what stands in their way.
    ``refused``: why nothing of this round can be judged (its standards were changed or taken away), else empty.
    ``notices``: why 县级人民政府 sent it back, and what a change of the round's rules did to it, until it is handed on.
    """

    record: SubmissionRecord
    round: RoundRecord
    label: str
    deadline: Deadline | None
    progress: tuple[StandardProgress, ...]
    waiting: tuple[Waiting, ...]
    offers: tuple[Offer, ...] = ()
    refused: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbench:
    """A person's cards. ``startable``: rounds in which they may begin a self-assessment and have not."""

    cards: tuple[Card, ...]
    startable: tuple[RoundRecord, ...]


def workbench(office: Office, person: Person, now: datetime) -> Workbench:
    """The cards of a county's own submissions, the most pressing first; none for others (`worklist` is theirs)."""
    if person.role not in COUNTY_ROLES:
        return Workbench((), ())
    with office.store.read() as tx:
        rounds = {record.id: record for record in tx.rounds.all()}
        records = listed_for(tx, person, None)
        # 一个批次的标准被改动，只停这个批次的申报，不停整个工作台。
        refused = {record.id: rules_refusal(office, record) for record in rounds.values()}
        returns = tx.returns.open_ones() if any(refused[record.round_id] for record in records) else {}
        cards = _Cards(office, tx, person, now, rounds, returns)
        listed = [cards.card(record, refused[record.round_id]) for record in records]
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
        what, day = "申报截止", round_record.of(record).apply_by
    else:
        what, day = "考察推荐截止", round_record.recommend_by
    return None if day is None else Deadline(what, day, (day - local_date(now)).days)


def rules_refusal(office: Office, round_record: RoundRecord) -> tuple[str, ...]:
    """Why nothing of a round can be judged; empty where its rules are there."""
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

    def card(self, record: SubmissionRecord, refused: tuple[str, ...]) -> Card:
        """What hangs on its stamp alone is kept with what the person has opened."""
        round_record, state = self.rounds[record.round_id], State(record.state)
        label = state_label(state, has_prefecture=has_prefecture(record.division_code))
        if refused:
            deadline = deadline_of(record, round_record, self.returns.get(record.id), self.now)
            return Card(record, round_record, label, deadline, (), (), refused=refused)
        person, pinned = self.person, round_record.of(record)
        snapshot = read_opened(self.office, self.tx, person, record.id, (record, pinned)).whole
        verdicts = snapshot.once("kept verdicts", lambda: self._verdicts(snapshot))
        offered = offers_in(self.office, self.tx, snapshot, self.now)
        taken = [change.seen_by(person.role, snapshot.state) for change in snapshot.repins]
        return Card(
            record,
            round_record,
            label,
            deadline_of(record, round_record, snapshot.open_return, self.now),
            progress(verdicts, snapshot.standards),
            waits_for_county(snapshot, verdicts, offered),
            offered,
            notices=(*handed_back_words(snapshot.moves, snapshot.state, person.role), *news(taken)),
        )

    def _verdicts(self, snapshot: SubmissionSnapshot) -> SubmissionVerdicts:
        one = snapshot.record
        kept = kept_verdicts(self.office, self.tx, [one], self.rounds)
        # 本县自己的一份，不等轮到它
        return kept.get(one.id) or verdicts_in(judged_at(self.office, snapshot, "county"))


def news(taken: Iterable[Repin]) -> tuple[str, ...]:
    """What is told of changes of rules, as long as they are news."""
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
