"""Kept verdicts for lists: one query for as many submissions as there are, never an old verdict as if current."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.assessment import Assessment, Score
from scoring.submission import Level
from storage.records import KeptVerdicts, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.office import Office
from workflow.verdicts.judging_code import judging_code
from workflow.verdicts.keeping import scheme_name

REJUDGING = "正在重新判断"


@dataclass(frozen=True, slots=True)
class StandardVerdicts:
    """Under one standard: each row's verdict (veto rows: state), and why rows stand in the way, as reason codes.

    ``score`` is None where it was counted by another scheme than the one in use.
    """

    standard: str
    eligible: bool
    verdicts: Mapping[str, str]
    blocking: Mapping[str, Iterable[str]]
    score: Score | None


@dataclass(frozen=True, slots=True)
class SubmissionVerdicts:
    """Under every standard of the round, in its order, at one level."""

    level: Level
    standards: Mapping[str, StandardVerdicts]

    @property
    def eligible(self) -> bool:
        """Under every standard (国家与地方标准须同时达到)."""
        return bool(self.standards) and all(under.eligible for under in self.standards.values())

    def of_row(self, row_id: str) -> dict[str, str]:
        """A row's verdict under each standard that has it."""
        return {
            standard_id: under.verdicts[row_id]
            for standard_id, under in self.standards.items()
            if row_id in under.verdicts
        }


def kept_verdicts(
    office: Office,
    tx: Transaction,
    records: Collection[SubmissionRecord],
    rounds: Mapping[str, RoundRecord],
    level: Level = "county",
) -> dict[int, SubmissionVerdicts]:
    """By submission; one that is not there waits to be judged anew (`REJUDGING`). One query. ``rounds``: theirs."""
    kept: dict[int, dict[str, KeptVerdicts]] = {}
    for one in tx.verdicts.among(level, [record.id for record in records]):
        kept.setdefault(one.submission_id, {})[one.standard] = one
    current = {record.id: _current(rounds[record.round_id], kept[record.id]) for record in records if record.id in kept}
    scheme = office.points()
    counted_by = scheme_name(scheme)
    return {
        number: SubmissionVerdicts(
            level,
            {
                one.standard: StandardVerdicts(
                    one.standard,
                    one.eligible,
                    one.verdicts,
                    one.blocking,
                    _score(scheme.id, one) if one.scheme == counted_by else None,
                )
                for one in found
            },
        )
        for number, found in current.items()
        if found is not None
    }


def verdicts_in(assessment: Assessment) -> SubmissionVerdicts:
    """The same of what has just been judged."""
    return SubmissionVerdicts(
        assessment.level,
        {
            standard_id: StandardVerdicts(
                standard_id,
                given.eligible,
                {result.id: result.outcome for result in given.results},
                {
                    result.id: tuple(reason.code for reason in result.reasons if reason.effect == "blocks")
                    for result in given.results
                },
                given.score,
            )
            for standard_id, given in assessment.standards.items()
        },
    )


def _current(round_record: RoundRecord, kept: Mapping[str, KeptVerdicts]) -> list[KeptVerdicts] | None:
    """In the round's order; None where any is lacking, or was judged by other rules or other code."""
    code = judging_code()
    found = [kept.get(standard_id) for standard_id in round_record.standards]
    current = [
        one
        for one in found
        if one is not None and one.code == code and one.rules == round_record.fingerprints.get(one.standard)
    ]
    return current if len(current) == len(found) else None


def _score(scheme_id: str, one: KeptVerdicts) -> Score:
    value, of = one.score
    return Score(scheme_id, Decimal(value), Decimal(of))
