"""Judging many submissions for workbenches and matrices; unchanged ones come from the cache."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from scoring.assessment import Assessment
from scoring.submission import Level, Submission
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_of, read_content
from workflow.judgement_cache import CachedJudgement
from workflow.office import Office
from workflow.stamped_cache import Stamp
from workflow.submission.snapshot import SubmissionSnapshot


@dataclass(frozen=True, slots=True)
class JudgedSubmission:
    """A submission and its assessment at one level."""

    record: SubmissionRecord
    round: RoundRecord
    content: Submission
    assessment: Assessment


def judged_at(office: Office, snapshot: SubmissionSnapshot, level: Level) -> Assessment:
    """The assessment of what the person sees; judged once for a snapshot, which stands as long as nothing moves."""
    assessment = snapshot.judged.get(level)
    if assessment is None:
        assessment = snapshot.judged[level] = office.judge(snapshot.content, snapshot.round, level)
    return assessment


def judge_many(
    office: Office, tx: Transaction, records: Iterable[SubmissionRecord], level: Level = "county"
) -> tuple[JudgedSubmission, ...]:
    """Judge each, in the order given; the caller has asked whether the person may read them.

    Raises Refused (``rules_changed``, ``rules_missing``).
    """
    several = tuple(records)
    rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
    stamps = {r.id: (r.stamp, rounds[r.round_id].stamp) for r in several}
    cached = {r.id: hit for r in several if (hit := office.judgements.get(r.id, stamps[r.id])) is not None}
    cached |= _read(office, tx, [r for r in several if r.id not in cached], rounds, stamps)
    return tuple(_judged(office, cached[r.id], r, rounds[r.round_id], level) for r in several)


def _judged(
    office: Office, cached: CachedJudgement, record: SubmissionRecord, round_record: RoundRecord, level: Level
) -> JudgedSubmission:
    assessment = cached.by_level.get(level)
    if assessment is None:
        assessment = cached.by_level[level] = office.judge(cached.content, round_record, level)
    return JudgedSubmission(record, round_record, cached.content, assessment)


def _read(
    office: Office,
    tx: Transaction,
    records: Collection[SubmissionRecord],
    rounds: Mapping[str, RoundRecord],
    stamps: Mapping[int, Stamp],
) -> dict[int, CachedJudgement]:
    if not records:
        return {}
    entries = tx.entries.of_many([r.id for r in records])
    fresh: dict[int, CachedJudgement] = {}
    for record in records:
        bodies = bodies_of(entries[record.id])
        round_record = rounds[record.round_id]
        content = read_content(record, round_record, bodies, office.rules_of(round_record))
        fresh[record.id] = CachedJudgement(content, {})
        office.judgements.put(record.id, stamps[record.id], fresh[record.id])
    return fresh
