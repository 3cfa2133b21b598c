"""地方文件对照: a county's local policy documents beside its figures. Advisory: nothing here touches a verdict.

民函〔2018〕4号 asks for the standard's indicators alone; what a prefecture promised more (or less) is shown, never
counted. Figures are asked once: where a commitment ``reads`` a measure or fact, the county's answer there serves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from indicators.model import Clause, Commitment, Indicator, Measure, Policy, Shortfall, Standard
from scoring.context import judging_context
from scoring.local.checks import LocalState, Standing, Survey, check
from scoring.local.own_answers import FigurePlace
from scoring.local.wording import document_name, not_in_force, promise, shortfall_words
from scoring.submission import Submission

LOCAL_STATES: tuple[LocalState, ...] = get_args(LocalState)
ChosenBy = Literal["division", "county"]


@dataclass(frozen=True, slots=True)
class LocalCheck:
    """One county-held commitment as it stands. ``place`` None = the county answers it here; else where it is read.

    ``conflicting``: objects of the same document's commitments whose printed words disagree with its own.
    """

    policy: str
    clause: Clause
    commitment: Commitment
    standing: Standing
    conflicting: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The commitment's id inside its document."""
        return self.commitment.id

    @property
    def state(self) -> LocalState:
        """One of the closed list ``local_states``."""
        return self.standing.state

    @property
    def figure(self) -> str | None:
        """The county's figure in words; None where there is none."""
        return None if self.standing.figure is None else str(self.standing.figure)

    @property
    def promise(self) -> str:
        """What the document promises, in words."""
        return promise(self.commitment)

    @property
    def place(self) -> FigurePlace | None:
        """Where the figure is read; None where the county answers it under ``local``."""
        return self.standing.place

    @property
    def text(self) -> str:
        """The whole sentence: what stands, and what to do next."""
        return self.standing.says + (self.standing.next_step or "")


@dataclass(frozen=True, slots=True)
class ShortfallWarning:
    """Where following the document would not reach the standard's words (本工具读法)."""

    policy: Policy
    clause: Clause
    shortfall: Shortfall
    row: Indicator
    standards: tuple[Standard, ...]
    everywhere: bool

    @property
    def text(self) -> str:
        """Both texts with both places, and what it means."""
        return f"{document_name(self.policy)} {self.inside}"

    @property
    def inside(self) -> str:
        """The same, where the document is named already."""
        return shortfall_words(self.clause, self.shortfall, self.standards, everywhere=self.everywhere)


@dataclass(frozen=True, slots=True)
class DocumentProfile:
    """One document that applies to the county: its checks in printed order, and where it falls short."""

    policy: Policy
    chosen_by: ChosenBy
    checks: tuple[LocalCheck, ...]
    shortfalls: tuple[ShortfallWarning, ...]

    @property
    def counts(self) -> dict[LocalState, int]:
        """How many commitments stand how, zeros included."""
        counts = Counter(check.state for check in self.checks)
        return {state: counts[state] for state in LOCAL_STATES}

    def concerned(self, warning: ShortfallWarning) -> LocalCheck | None:
        """The commitment whose words fall short, or which reads that indicator; None: the clause as a whole."""
        weak, under_clause = warning.shortfall, [check for check in self.checks if check.clause.id == warning.clause.id]
        by_words = (
            check
            for check in under_clause
            if weak.local in check.commitment.quote or check.commitment.quote in weak.local
        )
        by_row = (check for check in under_clause if check.place is not None and check.place.row == weak.indicator)
        return next(by_words, None) or next(by_row, None)

    def shortfalls_at(self, check: LocalCheck) -> tuple[ShortfallWarning, ...]:
        """The warnings that concern this commitment."""
        return tuple(
            warning for warning in self.shortfalls if (c := self.concerned(warning)) is not None and c.id == check.id
        )

    def shortfalls_at_clause(self, clause: Clause) -> tuple[ShortfallWarning, ...]:
        """The warnings that concern a clause, and none of its commitments."""
        here = (warning for warning in self.shortfalls if warning.clause.id == clause.id)
        return tuple(warning for warning in here if self.concerned(warning) is None)

    def by_clause(self) -> tuple[tuple[Clause, tuple[LocalCheck, ...]], ...]:
        """The checks under their clauses, in the document's order."""
        clauses = {check.clause.id: check.clause for check in self.checks}
        return tuple((c, tuple(check for check in self.checks if check.clause.id == i)) for i, c in clauses.items())


@dataclass(frozen=True, slots=True)
class LocalProfile:
    """All documents that apply; ``notes``: answers given that nothing uses, in whole sentences."""

    documents: tuple[DocumentProfile, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shortfalls(self) -> tuple[ShortfallWarning, ...]:
        """The warnings of all documents."""
        return tuple(warning for document in self.documents for warning in document.shortfalls)

    def shortfalls_of(self, row_id: str) -> tuple[ShortfallWarning, ...]:
        """The warnings about one indicator."""
        return tuple(warning for warning in self.shortfalls if warning.shortfall.indicator == row_id)


def binding(submission: Submission, policies: Mapping[str, Policy]) -> tuple[tuple[Policy, ChosenBy], ...]:
    """The documents that apply: those the county chose, else those whose ``divisions`` its code falls under."""
    chosen = submission.local.policies
    if chosen is None:
        return tuple((policy, "division") for policy in policies.values() if policy.binds(submission.division.code))
    return tuple((policy, "county") for policy in policies.values() if policy.id in chosen)


def local_profile(
    submission: Submission, policies: Mapping[str, Policy], standards: Sequence[Standard]
) -> LocalProfile:
    """Every county-held commitment of every document that applies, against the county's figures.

    ``standards``: those the submission is judged under; measures are read as they ask them.
    """
    applying = binding(submission, policies)
    if not applying and not submission.local.answers:
        return LocalProfile()
    survey = Survey(submission, tuple(judging_context(submission, standard) for standard in standards))
    out = {policy.id: why for policy, _ in applying if (why := not_in_force(policy, policies, submission.round.period))}
    documents = tuple(
        _document(policy, chosen_by, survey, standards) for policy, chosen_by in applying if policy.id not in out
    )
    return LocalProfile(documents, (*out.values(), *_notes(submission, documents, policies, out)))


@dataclass(frozen=True, slots=True)
class BothClaimed:
    """The county says it keeps the local words, which fall short, and also that it meets the standard's."""

    warning: ShortfallWarning
    commitment: Commitment
    measure: Measure

    @property
    def text(self) -> str:
        """Both answers with both places."""
        return (
            f"地方文件对照中 {self.warning.clause.id}“{self.commitment.object}”填的是做到"
            f"（{document_name(self.warning.policy)} 写“{self.warning.shortfall.local}”），"
            f"本条“{self.measure.label}”填的是“是”。两处是否都属实，请核对。"
        )


def both_claimed(profile: LocalProfile, submission: Submission, row_id: str) -> tuple[BothClaimed, ...]:
    """At a row: what is answered 是 there although a weaker local practice is answered 做到 (本工具读法)."""
    answer = submission.answers.get(row_id)
    claims: list[BothClaimed] = []
    for document in profile.documents:
        for warning in document.shortfalls:
            check = (
                document.concerned(warning) if answer is not None and warning.shortfall.indicator == row_id else None
            )
            if answer is None or check is None or check.place is not None or check.state != "kept":
                continue
            words = warning.shortfall.standard
            claims.extend(
                BothClaimed(warning, check.commitment, measure)
                for measure in warning.row.measures
                if any(words in quote or quote in words for quote in measure.quotes)
                and answer.measures.get(measure.id) is True
            )
    return tuple(claims)


def _document(policy: Policy, chosen_by: ChosenBy, survey: Survey, standards: Sequence[Standard]) -> DocumentProfile:
    checks = tuple(
        LocalCheck(
            policy.id, clause, commitment, check(policy, clause, commitment, survey), _conflicting(policy, commitment)
        )
        for clause, commitment in policy.commitments()
        if commitment.held_by == "county"
    )
    return DocumentProfile(policy, chosen_by, checks, tuple(_shortfalls(policy, standards)))


def _conflicting(policy: Policy, commitment: Commitment) -> tuple[str, ...]:
    others = (policy.commitment(other) for other in commitment.conflicts_with)
    return tuple(other.object for other in others if other is not None)


def _shortfalls(policy: Policy, standards: Sequence[Standard]) -> Iterator[ShortfallWarning]:
    for clause in policy.clauses:
        for shortfall in clause.shortfalls:
            rows = {standard.id: standard.row(shortfall.indicator) for standard in standards}
            printing = tuple(
                standard for standard in standards if (row := rows[standard.id]) and shortfall.standard in row.statement
            )
            row = rows[printing[0].id] if printing else None
            if row is not None:
                yield ShortfallWarning(policy, clause, shortfall, row, printing, len(printing) == len(standards))


def _notes(
    submission: Submission,
    documents: Sequence[DocumentProfile],
    policies: Mapping[str, Policy],
    not_compared: Collection[str],
) -> Iterator[str]:
    """What was given and nothing uses: kept, and said."""
    applying = {document.policy.id: {check.id: check for check in document.checks} for document in documents}
    for policy_id, answers in submission.local.answers.items():
        if policy_id in not_compared:
            continue
        if policy_id not in applying:
            title = policies[policy_id].title if policy_id in policies else policy_id
            yield f"《{title}》不在所选的地方文件之列，所填{len(answers)}项不对照。要对照的，请选上这份文件。"
            continue
        for commitment_id in answers:
            check = applying[policy_id].get(commitment_id)
            if check is not None and check.place is not None:
                yield f"“{check.commitment.object}”已在{check.place.label}填报，此处另填的不采用。请在那里修改。"
