"""Every automatic check of a submission by name, how much it found in order, and what it found besides.

These are the assessment's own reasons, put together by what they are about; nothing is judged anew.

What a check finds may be explained; the key of the explanation names the check and the place (`explanation_keys`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from indicators.model import CrossCheck, DistinctDocuments, NeverTogether, Standard
from scoring.assessment import NOT_ANSWERED, Assessment, IndicatorResult, Reason, VetoResult
from scoring.conditions import evaluate
from scoring.judging.cross_checks import places_named
from scoring.judging.register_warnings import Papers
from scoring.submission import Submission

CheckName = Literal[
    "completeness", "thresholds", "proof", "dates", "cross_checks", "duplicates", "contradictions"
]  # fmt: skip
WHOLE = "-"  # the place of what is about no row and no document
# What each code is found by; those of reviewers' findings are no checks of what the county gave.
_FOUND_BY: Mapping[CheckName, str] = {
    "completeness": (
        "unanswered unsure veto_undeclared fact_missing fact_of_check_missing facts_missing figure_missing figure_half"
        " figure_unfit figure_replaced year_missing total_not_split item_needs_note item_without_note note_missing"
        " judgement_missing judgement_without_reason judged_fact_missing condition_unknown kinds_missing titles_missing"
    ),
    "thresholds": (
        "claimed_not_met veto_declared_present below_threshold above_threshold not_all_covered above_zero answered_no"
        " items_missing too_few_items judgement_unfulfilled nobody_covered years_undecided"
    ),
    "proof": (
        "evidence_missing evidence_of_other_kind evidence_is_photo evidence_kind_unfit evidence_kind_differs"
        " nil_return_unregistered nil_return_of_other_kind nil_return_unused nil_return_stray whole_is_zero"
        " judgement_repeats"
    ),
    "dates": (
        "evidence_undated evidence_outside_period evidence_not_in_force evidence_expired evidence_not_at_end"
        " evidence_date_unfit evidence_expired_beside nil_return_undated nil_return_not_at_end year_outside_period"
    ),
    "cross_checks": "cross_check cross_check_blocks cross_check_veto",
    "duplicates": "document_cited_twice same_file_twice same_number_twice paper_for_many_kinds",
    "contradictions": (
        "beyond_whole figures_disagree claims_deny_general always_applies condition_holds nil_return_contradicted"
        " handled_without_cases limit_beyond_hundred figures_hold figure_not_asked fact_judged_as row_not_judged"
        " figure_of_no_measure"
    ),
}
CHECK_OF: Mapping[str, CheckName] = {code: name for name, codes in _FOUND_BY.items() for code in codes.split()}
_DECLARED = frozenset({*_FOUND_BY["cross_checks"].split(), "document_cited_twice"})  # by a check of the standards


class Finding(NamedTuple):
    """What a check found. ``rows``: those it names, in its order; ``keys``: under which it may be explained, one for
    each place."""

    reason: Reason
    rows: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def blocks(self) -> bool:
        """Whether a row is not met for it; else it is a warning."""
        return self.reason.effect == "blocks"


class NamedCheck(NamedTuple):
    """One kind of check: how many places it looked at (rows, figures, documents or declared cross-checks) without
    finding anything, and what it found."""

    name: CheckName
    passed: int
    found: tuple[Finding, ...]


def named_checks(
    submission: Submission, standards: Sequence[Standard], assessment: Assessment
) -> tuple[NamedCheck, ...]:
    """All of them. ``assessment``: of the submission under these standards, at the county's level."""
    found: dict[CheckName, list[Finding]] = {name: [] for name in _FOUND_BY}
    for reason in _reasons(assessment):
        name = CHECK_OF.get(reason.code)
        if name is not None:
            rows = _rows(reason)
            found[name].append(Finding(reason, rows, explanation_keys(reason)))
    passed = _passed(submission, standards, assessment, found)
    return tuple(NamedCheck(name, passed[name], tuple(found[name])) for name in _FOUND_BY)


def explanation_keys(reason: Reason) -> tuple[str, ...]:
    """Check and place of each place a reason names: ``evidence_undated/3.3.2``; a declared check by its own id."""
    check = str(reason.given["check"]) if reason.code in _DECLARED else reason.code
    papers = reason.given.get("papers")
    places = papers.ids[:1] if isinstance(papers, Papers) else _rows(reason)
    return tuple(f"{check}/{place}" for place in places or (WHOLE,))


def explainable(standards: Sequence[Standard]) -> frozenset[str]:
    """The names of checks an explanation may be of: reason codes and the declared checks' ids."""
    return frozenset({*CHECK_OF, *(check.id for standard in standards for check in _declared(standard))})


def keys_found(assessment: Assessment) -> frozenset[str]:
    """The keys of everything the checks found: what may be explained. ``assessment``: at the county's level."""
    return frozenset(key for r in _reasons(assessment) if r.code in CHECK_OF for key in explanation_keys(r))


def _declared(standard: Standard) -> tuple[CrossCheck | NeverTogether | DistinctDocuments, ...]:
    return (*standard.cross_checks, *standard.never_together, *standard.distinct_documents)


def _reasons(assessment: Assessment) -> Iterator[Reason]:
    """What stands in the way, once each however many rows and standards it is told of, then the warnings."""
    told: set[str] = set()
    of_rows = (r for s in assessment.standards.values() for result in s.results for r in result.reasons)
    for reason in (*(reason for reason in of_rows if reason.effect == "blocks"), *assessment.warnings):
        at_odds = CHECK_OF.get(reason.code) == "cross_checks"
        words = f"{reason.given['check']} {reason.given['said']}" if at_odds else reason.text
        if words not in told:
            told.add(words)
            yield reason


def _rows(reason: Reason) -> tuple[str, ...]:
    """The ids of the rows a reason names."""
    named = tuple(row_id for row_id in places_named(reason) if row_id is not None)
    if named or reason.row is None:
        listed = reason.given.get("rows")
        return named or (listed.ids if isinstance(listed, Papers) else ())
    return (reason.row.id,)


def _passed(
    submission: Submission,
    standards: Sequence[Standard],
    assessment: Assessment,
    found: Mapping[CheckName, Sequence[Finding]],
) -> dict[CheckName, int]:
    results: dict[str, list[IndicatorResult | VetoResult]] = {}
    for standard in assessment.standards.values():
        for result in standard.results:
            results.setdefault(result.id, []).append(result)
    answered = {row for row, several in results.items() if all(one.outcome not in NOT_ANSWERED for one in several)}
    rows_found = {name: {row for finding in those for row in finding.rows} for name, those in found.items()}
    states: dict[tuple[str, str], set[str]] = {}
    for row, several in results.items():
        for measure in (measure for one in several for measure in one.measures):
            states.setdefault((row, measure.id), set()).add(measure.state)
    asked = {row.id for standard in standards for row in standard.rows() if row.evidence}
    declared = {check.id for s in standards for check in _declared(s) if evaluate(check.applies_when, submission.facts)}
    distinct = {check.id for s in standards for check in s.distinct_documents}
    at_odds = {str(finding.reason.given["check"]) for finding in found["cross_checks"]}
    papers = {id_ for finding in found["duplicates"] for id_ in _papers(finding.reason)}
    return {
        "completeness": len(answered - rows_found["completeness"]),
        "thresholds": sum("holds" in several and "fails" not in several for several in states.values()),
        "proof": len((answered & asked) - rows_found["proof"]),
        "dates": len((answered & asked) - rows_found["dates"] - _without_papers(found["proof"])),
        "cross_checks": len(declared - distinct - at_odds),
        "duplicates": len(submission.evidence.keys() - papers),
        "contradictions": len(answered - rows_found["contradictions"]),
    }


def _without_papers(proof: Sequence[Finding]) -> set[str]:
    return {row for finding in proof if finding.reason.code == "evidence_missing" for row in finding.rows}


def _papers(reason: Reason) -> tuple[str, ...]:
    """The documents a reason names."""
    papers = reason.given.get("papers")
    if isinstance(papers, Papers):
        return papers.ids
    documents = reason.given.get("documents")
    return tuple(cited.document for cited in documents) if isinstance(documents, tuple) else ()
