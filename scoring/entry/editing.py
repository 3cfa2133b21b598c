"""Edits to a submission as pure functions, and what an edit did to the verdicts. Every result is a new submission."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scoring.assessment import Assessment, StandardAssessment
from scoring.submission import Answer, EvidenceItem, FactValue, Form, Submission

_NUMBERED = re.compile("E([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A verdict or veto state under one standard that an edit changed; ``row`` None = eligibility (``yes``/``no``)."""

    standard: str
    row: str | None
    before: str
    after: str


def with_answer(submission: Submission, row_id: str, answer: Answer, *, veto: bool) -> Submission:
    """The submission with this answer to an indicator or veto; an empty answer is taken out."""
    answers = dict(submission.vetoes if veto else submission.answers)
    if answer == Answer():
        answers.pop(row_id, None)
    else:
        answers[row_id] = answer
    return replace(submission, vetoes=answers) if veto else replace(submission, answers=answers)


def with_facts(submission: Submission, changed: Mapping[str, FactValue | None]) -> Submission:
    """The submission with these facts; None takes a fact out, facts not named stay."""
    facts = {**submission.facts, **changed}
    return replace(submission, facts={fact: value for fact, value in facts.items() if value is not None})


def with_form(submission: Submission, form: Form) -> Submission:
    """The submission with these fields of the 申报表."""
    return replace(submission, form=form)


def with_evidence(submission: Submission, item_id: str, item: EvidenceItem) -> Submission:
    """The submission with this document in its register, new or replaced."""
    return replace(submission, evidence={**submission.evidence, item_id: item})


def without_evidence(submission: Submission, item_id: str) -> Submission:
    """The submission without this document in its register; answers still naming it are the reader's to refuse."""
    return replace(submission, evidence={key: item for key, item in submission.evidence.items() if key != item_id})


def following_number(taken: Iterable[str]) -> str:
    """The number of a new document of the register, after all of these: E01, E02, …"""
    numbers = (int(match[1]) for name in taken if (match := _NUMBERED.fullmatch(name)))
    return f"E{max(numbers, default=0) + 1:02d}"


def rows_using(submission: Submission, item_id: str) -> tuple[str, ...]:
    """Ids of indicators and vetoes whose answers name this document."""
    answers = {**submission.answers, **submission.vetoes}
    return tuple(
        row_id
        for row_id, answer in answers.items()
        if answer.nil_return == item_id or any(item_id in items for items in answer.evidence.values())
    )


def changes(before: Assessment, after: Assessment) -> tuple[VerdictChange, ...]:
    """Every verdict, veto state and eligibility that differs, eligibility first, then rows in printed order."""
    return tuple(
        change
        for standard, judged in after.standards.items()
        if standard in before.standards
        for change in _changes(standard, before.standards[standard], judged)
    )


def _changes(standard: str, before: StandardAssessment, after: StandardAssessment) -> Iterator[VerdictChange]:
    if before.eligible != after.eligible:
        yield VerdictChange(standard, None, _yes_no(before.eligible), _yes_no(after.eligible))
    states = {veto.id: veto.state for veto in before.vetoes}
    for veto in after.vetoes:
        if states.get(veto.id, veto.state) != veto.state:
            yield VerdictChange(standard, veto.id, states[veto.id], veto.state)
    for row_id, result in after.indicators.items():
        earlier = before.indicators.get(row_id)
        if earlier is not None and earlier.verdict != result.verdict:
            yield VerdictChange(standard, row_id, earlier.verdict, result.verdict)


def _yes_no(eligible: bool) -> str:
    return "yes" if eligible else "no"
