"""How far the reviews of many submissions are, for lists: from the verdicts and entries kept, nothing is judged.

Kept in memory by the stamps of submission and round, so that a list of thousands reads only what was written to since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import NamedTuple, cast

from indicators.model import Standard
from scoring.assessment import PASSED
from scoring.submission import LEVELS, REVIEW_LEVELS, Level, ReviewLevel
from scoring.visible_text import has_visible_text
from storage.canonical import Json
from storage.records import Move, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.office import Office
from workflow.remarks.doubts import read_doubt
from workflow.submission.handing_back import last_release
from workflow.submission.printed_rows import printed_rows
from workflow.submission.repins import Repin, repins_everywhere
from workflow.targets import DOUBT_KINDS, FINDING_KINDS, OPINION_KINDS, Kind, Target
from workflow.verdicts.reading import SubmissionVerdicts, kept_verdicts

_VISIT: Kind = "site_visit"
_LEVEL_OF: Mapping[str, ReviewLevel] = {kind: level for level, kind in FINDING_KINDS.items()}
_DOUBTER_OF: Mapping[str, ReviewLevel] = {kind: level for level, kind in DOUBT_KINDS.items()}
_OPINION_OF: Mapping[str, ReviewLevel] = {OPINION_KINDS[level]: level for level in REVIEW_LEVELS}


class Outcomes(NamedTuple):
    """Under one standard at one level: each row's verdict and the codes that stand in its way, as `Standard.rows`."""

    eligible: bool
    states: tuple[str, ...]
    blocking: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LevelReview:
    """What one level has done with a submission.

    ``left``: rows without a finding, in printed order; ``doubted``: rows with a doubt that is not resolved, in printed
    order; ``short``: rows it found and that do not pass by that;
    ``against``: rows it found and that come out otherwise than by the county's own answers. ``finders``: the usernames
    of who found, where the round wants the opinion from others.
    """

    left: tuple[str, ...]
    doubted: tuple[str, ...] = ()
    short: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    visited: bool = False
    opinion: bool = False
    finders: frozenset[str] = frozenset()

    @property
    def doubtful(self) -> frozenset[str]:
        """The rows that it doubts or does not find to be met."""
        return self.short.union(self.doubted)


@dataclass(frozen=True, slots=True)
class Review:
    """One submission: how many ``rows`` it has, what each level did, and what came out of it.

    ``apart``: rows on which prefecture and province found otherwise. ``outcomes``: by level and standard; those of a
    level without any finding are not there, and none are while it waits to be judged anew (``judged``).
    ``returned``: how often it was sent back; ``taken``: the changes of rules it met.
    """

    rows: int
    levels: Mapping[ReviewLevel, LevelReview]
    apart: frozenset[str]
    outcomes: Mapping[tuple[Level, str], Outcomes]
    judged: bool
    returned: int
    taken: tuple[Repin, ...]

    def differing(self, levels: Sequence[ReviewLevel]) -> frozenset[str]:
        """The rows on which what these levels found is not the same, or not what the county's answers give."""
        between = self.apart if len(levels) == len(REVIEW_LEVELS) else frozenset()
        return between.union(*(self.levels[level].against for level in levels))


def reviews(
    office: Office, tx: Transaction, records: Sequence[SubmissionRecord], rounds: Mapping[str, RoundRecord]
) -> dict[int, Review]:
    """By submission id. ``rounds``: theirs, by id; their rules are there."""
    known: dict[int, Review] = {}
    changed: list[SubmissionRecord] = []
    for record in records:
        stamp = (record.stamp, rounds[record.round_id].stamp)
        kept = office.reviews.get(record.id, stamp)
        if kept is None:
            changed.append(record)
        else:
            known[record.id] = cast("Review", kept)  # nothing else is put there
    if changed:
        for record, review in _Reading(office, tx, changed, rounds).all():
            known[record.id] = review
            if review.judged:
                office.reviews.put(record.id, (record.stamp, rounds[record.round_id].stamp), review)
    return known


class _Reading:
    """Everything that is told of some submissions, read at once."""

    def __init__(
        self, office: Office, tx: Transaction, records: Sequence[SubmissionRecord], rounds: Mapping[str, RoundRecord]
    ) -> None:
        self._records = records
        self._standards = {one: office.standards(rounds[one]) for one in {record.round_id for record in records}}
        self._printed = {
            one: tuple(row.id for row in printed_rows(standards)) for one, standards in self._standards.items()
        }
        ids = [record.id for record in records]
        self._found: dict[tuple[int, ReviewLevel], set[str]] = {}
        for number, kind, key in tx.entries.places(ids, tuple(_LEVEL_OF)):
            self._found.setdefault((number, _LEVEL_OF[kind]), set()).add(key)
        self._verdicts: dict[tuple[int, Level], SubmissionVerdicts] = {}
        for level in LEVELS:
            concerned = [one for one in records if level == "county" or (one.id, level) in self._found]
            for number, verdicts in kept_verdicts(office, tx, concerned, rounds, level).items():
                self._verdicts[number, level] = verdicts
        both = [number for number in ids if all((number, level) in self._found for level in REVIEW_LEVELS)]
        self._apart = _apart(tx, both)
        self._visited: set[tuple[int, ReviewLevel]] = set()
        self._opinions: set[tuple[int, ReviewLevel]] = set()
        self._doubted: dict[tuple[int, ReviewLevel], set[str]] = {}
        for number, kind, key, body in tx.entries.bodies(ids, (_VISIT, *_OPINION_OF, *_DOUBTER_OF)):
            if kind in _DOUBTER_OF:
                if read_doubt(key, body).is_open:
                    self._doubted.setdefault((number, _DOUBTER_OF[kind]), set()).add(key)
            elif kind == _VISIT:
                self._visited |= {(number, level) for level in REVIEW_LEVELS if level == Target(_VISIT, key).level}
            elif _has_text(body):
                self._opinions.add((number, _OPINION_OF[kind]))
        asking = [record.id for record in records if rounds[record.round_id].second_reviewer]
        self._finders: dict[tuple[int, ReviewLevel], set[str]] = {}
        for number, kind, by in _finders(tx, asking) if asking else ():
            self._finders.setdefault((number, _LEVEL_OF[kind]), set()).add(by)
        self._returned = tx.returns.counted(ids)
        self._taken = repins_everywhere(tx, records)

    def all(self) -> Iterator[tuple[SubmissionRecord, Review]]:
        """Each of them."""
        for record in self._records:
            standards = self._standards[record.round_id]
            wanted = {level for level in LEVELS if level == "county" or (record.id, level) in self._found}
            judged = all((record.id, level) in self._verdicts for level in wanted)
            yield (
                record,
                Review(
                    rows=len(self._printed[record.round_id]),
                    levels={level: self._level(record, level, judged=judged) for level in REVIEW_LEVELS},
                    apart=self._apart.get(record.id, frozenset()),
                    outcomes=self._outcomes(record, standards) if judged else {},
                    judged=judged,
                    returned=self._returned.get(record.id, 0),
                    taken=self._taken.get(record.id, ()),
                ),
            )

    def _level(self, record: SubmissionRecord, level: ReviewLevel, *, judged: bool) -> LevelReview:
        place = (record.id, level)
        printed, found = self._printed[record.round_id], self._found.get(place, set())
        short = against = frozenset[str]()
        if judged and found:
            own, county = self._verdicts[place], self._verdicts[record.id, "county"]
            given = {row_id: own.of_row(row_id) for row_id in printed if row_id in found}
            short = frozenset(row_id for row_id, states in given.items() if set(states.values()) - PASSED)
            against = frozenset(row_id for row_id, states in given.items() if states != county.of_row(row_id))
        left = tuple(row_id for row_id in printed if row_id not in found) if found else printed
        doubted = tuple(row_id for row_id in printed if row_id in self._doubted.get(place, ()))
        finders = frozenset(self._finders.get(place, ()))
        return LevelReview(left, doubted, short, against, place in self._visited, place in self._opinions, finders)

    def _outcomes(self, record: SubmissionRecord, standards: Sequence[Standard]) -> dict[tuple[Level, str], Outcomes]:
        outcomes: dict[tuple[Level, str], Outcomes] = {}
        for level in LEVELS:
            verdicts = self._verdicts.get((record.id, level))
            if verdicts is None:
                continue
            for standard in standards:
                under = verdicts.standards[standard.id]
                rows = standard.rows()
                outcomes[level, standard.id] = Outcomes(
                    under.eligible,
                    tuple(intern(under.verdicts[row.id]) for row in rows),
                    tuple(_same(tuple(under.blocking.get(row.id, ()))) for row in rows),
                )
        return outcomes


@lru_cache(maxsize=1024)
def _same(codes: tuple[str, ...]) -> tuple[str, ...]:
    """One tuple for all that are equal: thousands of rows are kept, and few sets of codes occur."""
    return codes


def _apart(tx: Transaction, submission_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """The rows on which prefecture and province found otherwise, of submissions on which both found."""
    found: dict[tuple[int, str], dict[str, Json]] = {}
    for number, kind, row_id, body in tx.entries.bodies(submission_ids, tuple(_LEVEL_OF)) if submission_ids else ():
        found.setdefault((number, row_id), {})[kind] = body.get("finding") if isinstance(body, Mapping) else None
    apart: dict[int, set[str]] = {}
    for (number, row_id), by_level in found.items():
        if len(by_level) > 1 and len({str(finding) for finding in by_level.values()}) > 1:
            apart.setdefault(number, set()).add(row_id)
    return {number: frozenset(rows) for number, rows in apart.items()}


def _has_text(body: Json) -> bool:
    text = body.get("text") if isinstance(body, Mapping) else None
    return isinstance(text, str) and has_visible_text(text)


def _finders(tx: Transaction, ids: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """As `workflow.submission.rows.Rows.finders` of each: submission, kind of finding, username."""
    kinds, moves = tuple(_LEVEL_OF), dict[int, list[Move]]()
    for move in tx.moves.among(ids):
        moves.setdefault(move.submission_id, []).append(move)
    yield from tx.entries.writers(ids, kinds)
    for number, kind, by, at in tx.entries.last_written(ids, kinds):
        sent = last_release(moves.get(number, ()))
        if sent is None or at >= sent:
            yield number, kind, by
