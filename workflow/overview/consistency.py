"""How a level rules the same row across counties and reviewers, with the figures ruled on: counted, never judged.

What is out of line is only shown, for a person to look at again: the same figures ruled otherwise, a reviewer who
finds everything met, a reviewer who never gives a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scoring.submission import ReviewLevel
from scoring.visible_text import has_visible_text
from storage.canonical import Json, canonical
from storage.records import SubmissionRecord
from workflow.office import Office
from workflow.overview.overview import listed_for
from workflow.people import Person
from workflow.permissions import may_read
from workflow.states import State
from workflow.targets import FINDING_KINDS
from workflow.visibility import sees

PASSING = frozenset({"met", "clear", "not_applicable"})
_ENOUGH = 20  # 少于这么多项的，看不出习惯


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding of the level: on which county's row, what, by whom (name and username), and the county's ``figures``.

    ``figures``: by measure id as entered, a word that the county judges as whether it is fulfilled.
    """

    record: SubmissionRecord
    row_id: str
    finding: str
    reason: str
    by: str
    figures: Mapping[str, Json]
    same: str = field(repr=False)  # equal where the figures are; empty where there are none

    @property
    def passes(self) -> bool:
        """Whether the row passes by it."""
        return self.finding in PASSING


@dataclass(frozen=True, slots=True)
class Habit:
    """How one reviewer rules: how many rows, by finding, with a reason, and of how many counties."""

    by: str
    counts: Counter[str]
    with_reason: int
    counties: int

    @property
    def total(self) -> int:
        """Rows found."""
        return self.counts.total()

    @property
    def always_met(self) -> bool:
        """Whether nothing was ever found wanting, over enough rows to say so and in more than one county."""
        return self.total >= _ENOUGH and self.counties > 1 and PASSING.issuperset(self.counts)

    @property
    def never_a_reason(self) -> bool:
        """Whether there is no reason anywhere, over enough rows to say so."""
        return self.total >= _ENOUGH and self.with_reason == 0


def rulings(office: Office, person: Person, round_id: str, level: ReviewLevel) -> tuple[Ruling, ...]:
    """Every finding of the level in a round that this person may see, by division code; of their own area."""
    with office.store.read() as tx:
        seen = {
            record.id: record
            for record in listed_for(tx, person, round_id)
            if may_read(person, record.division_code, State(record.state))
            and sees(person.role, State(record.state), level)
        }
        found = tx.entries.of_kinds(tuple(seen), (FINDING_KINDS[level],))
        concerned = tuple({entry.submission_id for entry in found})
        answers = {
            (number, row_id): body for number, _, row_id, body in tx.entries.bodies(concerned, ("answer", "veto"))
        }
        accounts = {name: tx.accounts.by_username(name) for name in {entry.updated_by for entry in found}}
    who = {name: f"{account.display_name}（{name}）" if account else name for name, account in accounts.items()}
    told = [_ruling(seen[one.submission_id], one.key, one.body, who[one.updated_by], answers) for one in found]
    return tuple(sorted(told, key=lambda one: (one.record.division_code, one.row_id)))


def ruled_otherwise(told: Iterable[Ruling]) -> tuple[tuple[Ruling, ...], ...]:
    """The rulings on the same figures of a row that are not the same, group by group, by row."""
    groups: dict[tuple[str, str], list[Ruling]] = {}
    for ruling in told:
        if ruling.same:
            groups.setdefault((ruling.row_id, ruling.same), []).append(ruling)
    return tuple(
        tuple(group)
        for _, group in sorted(groups.items(), key=lambda one: one[0])
        if len({ruling.passes for ruling in group}) > 1
    )


def habits(told: Iterable[Ruling]) -> tuple[Habit, ...]:
    """Reviewer by reviewer, the busiest first."""
    counts: dict[str, Counter[str]] = {}
    reasons: Counter[str] = Counter()
    places: dict[str, set[int]] = {}
    for ruling in told:
        places.setdefault(ruling.by, set()).add(ruling.record.id)
        counts.setdefault(ruling.by, Counter())[ruling.finding] += 1
        reasons[ruling.by] += has_visible_text(ruling.reason)
    made = (Habit(by, counted, reasons[by], len(places[by])) for by, counted in counts.items())
    return tuple(sorted(made, key=lambda habit: (-habit.total, habit.by)))


def against_others(told: Sequence[Ruling], submission_id: int) -> tuple[tuple[Ruling, int, int], ...]:
    """Of one submission the rulings that most others with the same figures do not share: the ruling, how many ruled
    otherwise, and how many others there are."""
    found: list[tuple[Ruling, int, int]] = []
    for group in ruled_otherwise(told):
        for own in group:
            others = [one for one in group if one.record.id != submission_id]
            otherwise = sum(one.passes != own.passes for one in others)
            if own.record.id == submission_id and 2 * otherwise >= len(others):
                found.append((own, otherwise, len(others)))
    return tuple(found)


def _ruling(
    record: SubmissionRecord, row_id: str, body: Json, by: str, answers: Mapping[tuple[int, str], Json]
) -> Ruling:
    said = body if isinstance(body, Mapping) else {}
    answer = answers.get((record.id, row_id))
    given = answer if isinstance(answer, Mapping) else {}
    figures: dict[str, Json] = dict(given.get("measures") or {})
    for measure_id, judged in (given.get("judgements") or {}).items():
        figures[measure_id] = judged.get("fulfilled") if isinstance(judged, Mapping) else None
    same = canonical(figures) if figures else ""
    finding, reason = str(said.get("finding") or ""), str(said.get("reason") or "")
    return Ruling(record, row_id, finding, reason, by, figures, same)
