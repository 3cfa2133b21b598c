"""Keeping verdicts beside what they were judged from, in the transaction that changes it.

What is to be kept may be made before the transaction begins (`kept_of`); `keep` writes what differs from what stands.
Every use case that writes an entry of `JUDGED_KINDS`, or moves a submission into or out of the county's hands, ends
in one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from indicators.model import Scheme
from indicators.reading.problems import ProblemsError
from scoring.assessment import Assessment
from scoring.submission import LEVELS, Level, Submission
from storage.records import KeptVerdicts, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_of, read_content
from workflow.office import Office
from workflow.permissions import UNRELEASED
from workflow.states import State
from workflow.targets import FINDING_KINDS, Kind
from workflow.verdicts.judging_code import judging_code

JUDGED_KINDS: frozenset[Kind] = frozenset({"fact", "answer", "veto", "evidence", *FINDING_KINDS.values()})


def levels_kept(state: str) -> tuple[Level, ...]:
    """At which levels a submission in this state is judged for lists: a review level's once it was handed up."""
    return ("county",) if State(state) in UNRELEASED else LEVELS


def keep(tx: Transaction, submission_id: int, judged: Iterable[KeptVerdicts]) -> None:
    """Write what differs: one query, one statement more where something does."""
    standing = {(kept.level, kept.standard): kept for kept in tx.verdicts.of(submission_id)}
    new = {(kept.level, kept.standard): kept for kept in judged}
    tx.verdicts.keep([kept for place, kept in new.items() if standing.get(place) != kept])
    tx.verdicts.drop(submission_id, standing.keys() - new.keys())


def keep_verdicts(
    office: Office, tx: Transaction, record: SubmissionRecord, round_record: RoundRecord, content: Submission
) -> None:
    """Judge this content, as it stands at the end of the transaction, and keep it. Raises Refused where the round's
    rules are lost."""
    keep(tx, record.id, judged_now(office, record, round_record, content))


def judged_now(
    office: Office, record: SubmissionRecord, round_record: RoundRecord, content: Submission
) -> list[KeptVerdicts]:
    """What is to be kept of a submission that holds this content."""
    judged = office.judge_levels(content, round_record, levels_kept(record.state))
    return kept_of(record.id, judged, office.points())


def keep_anew(office: Office, tx: Transaction, record: SubmissionRecord, round_record: RoundRecord) -> None:
    """The same from what stands in the store; where that cannot be read under the round's rules nothing is kept."""
    try:
        content = content_of(office, tx, record, round_record)
    except ProblemsError:
        tx.verdicts.drop(record.id, [(kept.level, kept.standard) for kept in tx.verdicts.of(record.id)])
        return
    keep_verdicts(office, tx, record, round_record, content)


def content_of(office: Office, tx: Transaction, record: SubmissionRecord, round_record: RoundRecord) -> Submission:
    """What stands in the store. Raises ProblemsError, Refused."""
    bodies = bodies_of(tx.entries.all(record.id))
    return read_content(record, round_record, bodies, office.rules_of(round_record))


def scheme_name(scheme: Scheme) -> str:
    """Id and digest: points are shown only where they were counted by the scheme in use."""
    counted = (scheme.default_weight, sorted(scheme.weights.items()), sorted(scheme.credit.items()), scheme.excluded)
    return f"{scheme.id[:40]} {sha256(repr(counted).encode()).hexdigest()[:16]}"


def kept_of(submission_id: int, judged: Mapping[Level, Assessment], scheme: Scheme) -> list[KeptVerdicts]:
    """What is to be kept of a judging."""
    name, code = scheme_name(scheme), judging_code()
    return [
        KeptVerdicts(
            submission_id=submission_id,
            level=level,
            standard=standard_id,
            verdicts={result.id: result.outcome for result in given.results},
            blocking={
                result.id: codes
                for result in given.results
                if (codes := list(dict.fromkeys(r.code for r in result.reasons if r.effect == "blocks")))
            },
            eligible=given.eligible,
            scheme=name,
            score=[given.score.value, given.score.of],
            rules=given.fingerprint,
            code=code,
        )
        for level, assessment in judged.items()
        for standard_id, given in assessment.standards.items()
    ]
