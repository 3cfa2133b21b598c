"""One tidy table of a round, or of all: what the person may read of saved entries and kept verdicts, judging nothing.

Drafts, passwords and notes are in none of them; what a county has not released is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.assessment import PASSED
from scoring.spreadsheets.tables import CellValue, Table
from scoring.submission import LEVELS, Level
from storage.clock import BEIJING
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.analysis.columns import TIDY_TABLES, Name
from workflow.analysis.entries import evidence_lines, figure_lines, finding_line
from workflow.content import apply_by_of
from workflow.divisions import has_prefecture, prefecture_name, province_of
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.overview import listed_for
from workflow.overview.waiting import reviewing_level
from workflow.people import Person
from workflow.permissions import may_read
from workflow.procedure.transitions import TRANSITIONS
from workflow.states import State, state_label
from workflow.tables.notes import round_notes
from workflow.targets import FINDING_KINDS
from workflow.verdicts.reading import SubmissionVerdicts, kept_verdicts
from workflow.visibility import reason_shown, sees

Line = Sequence[CellValue]
_LABELS = {(row.move, row.source.value): row.label for row in TRANSITIONS}
_LEVEL_OF: Mapping[str, Level] = {kind: level for level, kind in FINDING_KINDS.items()}


def tidy_table(office: Office, person: Person, name: Name, now: datetime, round_id: str | None = None) -> Table:
    """Raises Refused: no such round, a round whose rules are gone, or nothing there for this person."""
    made = TIDY_TABLES[name]
    with office.store.read() as tx:
        rounds = {record.id: record for record in tx.rounds.all() if round_id in {None, record.id}}
        if round_id is not None and not rounds:
            raise Refused("not_found", f"没有编号为“{round_id}”的批次。请照 round list 核对。")
        records = [one for one in listed_for(tx, person, round_id) if one.round_id in rounds]
        reading = _Reading(office, tx, person, rounds, records)
        lines = tuple(_MAKERS[name](reading))
    used = {record.round_id for record in records} or set(rounds)
    about = [("一行", made.line), *round_notes(office, [rounds[one] for one in rounds if one in used], now)]
    return Table(made.title, made.columns, lines, about)


@dataclass(frozen=True, slots=True)
class _Reading:
    """``records``: whose existence the person may know of, by division."""

    office: Office
    tx: Transaction
    person: Person
    rounds: Mapping[str, RoundRecord]
    records: Sequence[SubmissionRecord]

    def readable(self) -> dict[int, SubmissionRecord]:
        """Those whose content the person may read."""
        return {one.id: one for one in self.records if may_read(self.person, one.division_code, State(one.state))}

    def verdicts(self) -> Iterator[tuple[SubmissionRecord, SubmissionVerdicts]]:
        """At every level that has found and that the person sees, of every readable submission."""
        readable = self.readable()
        found = {
            (number, _LEVEL_OF[kind]) for number, kind, _ in self.tx.entries.places(tuple(readable), tuple(_LEVEL_OF))
        }
        for level in LEVELS:
            records = [one for one in readable.values() if level == "county" or self._shown(one, level, found)]
            kept = kept_verdicts(self.office, self.tx, records, self.rounds, level)
            yield from ((one, kept[one.id]) for one in records if one.id in kept)

    def _shown(self, record: SubmissionRecord, level: Level, found: set[tuple[int, Level]]) -> bool:
        return (record.id, level) in found and sees(self.person.role, State(record.state), level)


def _submissions(reading: _Reading) -> Iterator[Line]:
    eligible = {(record.id, verdicts.level): verdicts.eligible for record, verdicts in reading.verdicts()}
    readable = reading.readable()
    returned = reading.tx.returns.counted(tuple(readable))
    for one in reading.records:
        round_record, code = reading.rounds[one.round_id], one.division_code
        province = province_of(code)
        yield (
            one.id, one.round_id, round_record.title, round_record.demo, code, one.division_name, prefecture_name(code),
            province.name if province else "", one.state,
            state_label(State(one.state), has_prefecture=has_prefecture(code)),
            _local(one.state_since), _local(one.created_at), one.id in readable, apply_by_of(one, round_record),
            returned.get(one.id, 0) if one.id in readable else None,
            *(eligible.get((one.id, level)) for level in LEVELS),
        )  # fmt: skip


def _verdicts(reading: _Reading) -> Iterator[Line]:
    lists = reading.office.library.vocabulary.lists
    labels = {**lists["verdicts"], **lists["veto_states"]}
    standards = {one: reading.office.standards(record) for one, record in reading.rounds.items()}
    for record, at_level in reading.verdicts():
        making = at_level.level != "county" and reviewing_level(record) == at_level.level
        for standard in standards[record.round_id]:
            under = at_level.standards[standard.id]
            for row in standard.rows():
                verdict = under.verdicts[row.id]
                yield (
                    record.id, record.round_id, at_level.level, standard.id, row.id, row.section, row.consequence,
                    verdict, labels.get(verdict, verdict), verdict in PASSED,
                    "、".join(under.blocking.get(row.id, ())), making,
                )  # fmt: skip


def _figures(reading: _Reading) -> Iterator[Line]:
    readable = reading.readable()
    standards = {one: reading.office.standards(record) for one, record in reading.rounds.items()}
    for number, kind, key, body in sorted(
        reading.tx.entries.bodies(tuple(readable), ("fact", "answer", "veto")), key=lambda entry: entry[:3]
    ):
        round_id = readable[number].round_id
        for line in figure_lines(standards[round_id], kind, key, body):
            yield (number, round_id, *line)


def _evidence(reading: _Reading) -> Iterator[Line]:
    readable = reading.readable()
    registered: dict[int, dict[str, object]] = {}
    answers: dict[int, dict[str, object]] = {}
    for number, kind, key, body in reading.tx.entries.bodies(tuple(readable), ("evidence", "answer", "veto")):
        (registered if kind == "evidence" else answers).setdefault(number, {})[key] = body
    for number, record in readable.items():
        for line in evidence_lines(registered.get(number, {}), answers.get(number, {})):
            yield (number, record.round_id, *line)


def _findings(reading: _Reading) -> Iterator[Line]:
    readable = reading.readable()
    lists = reading.office.library.vocabulary.lists
    labels = {**lists["findings"], **lists["veto_findings"]}
    found = sorted(
        reading.tx.entries.of_kinds(tuple(readable), tuple(_LEVEL_OF)),
        key=lambda one: (one.submission_id, one.kind, one.key),
    )
    for entry in found:
        record, level = readable[entry.submission_id], _LEVEL_OF[entry.kind]
        if sees(reading.person.role, State(record.state), level):
            said = finding_line(entry.body, labels)
            yield (record.id, record.round_id, level, entry.key, *said, entry.updated_by, _local(entry.updated_at))


def _moves(reading: _Reading) -> Iterator[Line]:
    readable, counted = reading.readable(), dict[int, int]()
    for move in reading.tx.moves.among(tuple(readable)):
        number = counted[move.submission_id] = counted.get(move.submission_id, 0) + 1
        yield (
            move.submission_id, readable[move.submission_id].round_id, number, move.move,
            _LABELS.get((move.move, move.from_state), move.move), move.from_state, move.to_state, move.by,
            _local(move.at), reason_shown(reading.person.role, move),
        )  # fmt: skip


def _local(at: datetime) -> datetime:
    return at.astimezone(BEIJING)


_MAKERS: Mapping[Name, Callable[[_Reading], Iterator[Line]]] = {
    "submissions": _submissions,
    "verdicts": _verdicts,
    "figures": _figures,
    "evidence": _evidence,
    "findings": _findings,
    "moves": _moves,
}
