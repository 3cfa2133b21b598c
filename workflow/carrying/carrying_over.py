"""沿用上一批次: what an earlier submission of the county said becomes a proposal in a new one, value by value.

Figures of years that the new period does not touch are left out, papers by the rule that dates them: what stays in
force and is dated rightly for this round is registered again, the rest is dropped and named. Nothing counts before the
county confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.model import Indicator
from scoring.context import JudgingContext, judging_context
from scoring.days import first_day
from scoring.entry.editing import following_number
from scoring.exchange.local import local_answer_fits
from scoring.submission import TOTAL, EvidenceItem
from scoring.yearly import touched_years
from storage.canonical import Json
from storage.clock import local_date
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_of, body_of, read_content
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.rounds.refitting import fitting
from workflow.states import State
from workflow.submission.snapshot import SubmissionSnapshot, read_opened
from workflow.targets import Target
from workflow.verdicts.keeping import keep_anew

_CARRIED_KINDS = ("fact", "form", "answer", "veto", "local")
_YEAR = re.compile("[0-9]{4}")
_GONE = frozenset({State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Earlier:
    """A submission of the county in another round, and that round."""

    record: SubmissionRecord
    round: RoundRecord


def earlier_submissions(office: Office, snapshot: SubmissionSnapshot) -> tuple[Earlier, ...]:
    """What this person may carry over from, the newest round first; empty where it is not theirs or not the time."""
    if carry_refusal(snapshot) is not None:
        return ()
    with office.store.read() as tx:
        return _earlier(office, tx, snapshot.record)


def carry_refusal(snapshot: SubmissionSnapshot) -> Refused | None:
    """Why nothing can be carried over into it by this person now, or None."""
    if snapshot.person.role is not Role.COUNTY_COORDINATOR:
        return Refused("wrong_role", "沿用以前批次的内容，由县级民政部门（牵头填报）办理。")
    if snapshot.state is not State.DRAFT or snapshot.context.round_closed or snapshot.context.repinning:
        return Refused("wrong_state", "只有自评填报期间可以沿用以前批次的内容。")
    if Target.carried() in snapshot.entries:
        return Refused("already_carried", "本申报已经沿用过以前批次的内容，不能再次沿用。")
    return None


def carry_over(office: Office, person: Person, submission_id: int, earlier_id: int, now: datetime) -> int:
    """Write what ``earlier_id`` said into the submission as a proposal; how many entries wait to be confirmed.

    Raises Refused (not_found, wrong_role, wrong_state, already_carried).
    """
    with office.store.write(person.username, now) as tx:
        opened = read_opened(office, tx, person, submission_id)
        snapshot = opened.whole
        refused = carry_refusal(snapshot)
        if refused is not None:
            raise refused
        earlier = next((e for e in _earlier(office, tx, snapshot.record) if e.record.id == earlier_id), None)
        if earlier is None:
            raise Refused("not_found")
        carrying = _Carrying(office, tx, snapshot, earlier, opened.rows.numbers_given)
        body = carrying.body()
        for item_id, item in carrying.registered.items():
            tx.entries.put(submission_id, *Target.evidence(item_id), body_of(item), 0)
            carrying.take_file(item)
        tx.entries.put(submission_id, *Target.carried(), body, 0)
        keep_anew(office, tx, snapshot.record, snapshot.round)
        return carrying.entries


def _earlier(office: Office, tx: Transaction, record: SubmissionRecord) -> tuple[Earlier, ...]:
    rounds = {one.id: one for one in tx.rounds.all()}
    own = tx.submissions.all(division_prefix=record.division_code)
    found = [
        Earlier(one, rounds[one.round_id])
        for one in own
        if one.division_code == record.division_code
        and one.round_id != record.round_id
        and State(one.state) not in _GONE
        and office.has_rules(rounds[one.round_id])
    ]
    return tuple(sorted(found, key=lambda one: (one.round.period_last, one.record.id), reverse=True))


class _Carrying:
    """One submission's words refitted to another round."""

    def __init__(
        self, office: Office, tx: Transaction, snapshot: SubmissionSnapshot, earlier: Earlier, taken: Iterable[str]
    ) -> None:
        self._tx, self._snapshot, self._earlier = tx, snapshot, earlier
        self._today = local_date(tx.now)
        self._old, self._new = office.rules_of(earlier.round), office.rules_of(snapshot.round)
        self._bodies = bodies_of(tx.entries.all(earlier.record.id))
        self._said = read_content(earlier.record, earlier.round, self._bodies, self._old)
        self._years = {str(year) for year in touched_years(snapshot.content.round.period)}
        with_papers = replace(snapshot.content, evidence=self._said.evidence)
        self._contexts = [(standard, judging_context(with_papers, standard)) for standard in snapshot.standards]
        self.registered: dict[str, EvidenceItem] = {}
        self.entries = 0
        self._numbers: dict[str, str] = {}
        self._taken = set(taken)
        self._dropped: dict[str, list[str]] = {}

    def body(self) -> dict[str, Json]:
        """The entry's body; fills ``registered`` on the way."""
        bodies = {str(target): body for target, body in self._fitted()}
        self.entries = len(bodies)
        dropped: list[Json] = [
            {"title": item.title or item_id, "date": str(item.date or ""), "rows": list(dict.fromkeys(rows))}
            for item_id, rows in self._dropped.items()
            if (item := self._said.evidence.get(item_id)) is not None
        ]
        papers: list[Json] = list(self.registered)
        title = self._earlier.round.title
        return {"round": self._earlier.round.id, "title": title, "bodies": bodies, "papers": papers, "dropped": dropped}

    def take_file(self, item: EvidenceItem) -> None:
        """The file of a paper registered again is this submission's too."""
        record = self._tx.files.get(self._earlier.record.id, item.sha256) if item.sha256 else None
        if record is not None:
            self._tx.files.register(
                self._snapshot.record.id, record.sha256, name=record.name, media_type=record.media_type
            )

    def _fitted(self) -> Iterator[tuple[Target, Json]]:
        """What the round still asks, form by form; what is already there is the county's own newer word."""
        for target, body in sorted(self._bodies.items()):
            if target.kind not in _CARRIED_KINDS or target in self._snapshot.entries:
                continue
            if target.kind == "fact" and target.key in self._snapshot.context.given:
                continue
            fitted = fitting(target, body, self._old, self._new)
            if target.kind == "fact" and not any(target.key in one.facts for one in self._snapshot.standards):
                continue
            if target.is_answer:
                fitted = self._answer(target, fitted)
            if fitted and (target.kind != "local" or self._reads(target, fitted)):
                yield target, fitted

    def _answer(self, target: Target, body: Json) -> Json:
        asked = [
            (row, context) for standard, context in self._contexts if (row := standard.row(target.key)) is not None
        ]
        if not asked or not isinstance(body, Mapping):
            return None
        answer = {part: value for part, value in body.items() if part not in {"measures", "evidence", "nil_return"}}
        figures = {name: self._of_these_years(figure) for name, figure in _mapping(body.get("measures")).items()}
        measures = {name: figure for name, figure in figures.items() if figure != {}}
        cited = {
            need: [self._registered(item_id) for item_id in ids if self._stays(asked, need, item_id)]
            for need, ids in _mapping(body.get("evidence")).items()
            if isinstance(ids, list)
        }
        evidence = {need: ids for need, ids in cited.items() if ids}
        return answer | ({"measures": measures} if measures else {}) | ({"evidence": evidence} if evidence else {})

    def _of_these_years(self, figure: Json) -> Json:
        """A figure by years without those the new period does not touch; any other as it is."""
        if isinstance(figure, Mapping) and figure and all(key == TOTAL or _YEAR.fullmatch(key) for key in figure):
            return {year: value for year, value in figure.items() if year in self._years}
        return figure

    def _stays(self, asked: Sequence[tuple[Indicator, JudgingContext]], need: str, item_id: str) -> bool:
        """Whether the paper is dated rightly for what every standard wants of it here, and not after today; else it is
        told as dropped."""
        wanted = [(row, one, context) for row, context in asked for one in row.evidence if one.id == need]
        item = self._said.evidence.get(item_id)
        is_of_later = item is not None and item.date is not None and first_day(item.date) > self._today
        stays = (
            not is_of_later
            and bool(wanted)
            and all(context.well_dated(item_id, row.consequence, one.dated) for row, one, context in wanted)
        )
        if not stays:
            self._dropped.setdefault(item_id, []).append(asked[0][0].id)
        return stays

    def _registered(self, item_id: str) -> str:
        """The number of an earlier paper in the new register: its own where that is free."""
        if item_id not in self._numbers:
            number = item_id
            if number in self._taken:
                number = following_number({*self._taken, *self._said.evidence})
            self._numbers[item_id] = number
            self._taken.add(number)
            self.registered[number] = self._said.evidence[item_id]
        return self._numbers[item_id]

    def _reads(self, target: Target, body: Json) -> bool:
        """Whether what a local document asked is asked still."""
        if target == Target.local_policies():
            return isinstance(body, list) and all(policy in self._new.policies for policy in body)
        return local_answer_fits(self._new.policies, *target.parts, body)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}
