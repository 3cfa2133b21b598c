"""From the schema's policy documents to the plain model."""

from __future__ import annotations

from indicators.building.schema_documents import ClauseIn, CommitmentIn, PolicyIn
from indicators.model.documents import FACT_PREFIX, AnswerRef, Clause, Commitment, Policy, ScanCorrection, Shortfall


def build_policy(policy: PolicyIn) -> Policy:
    """A policy document."""
    return Policy(
        id=policy.id,
        title=policy.title,
        number=policy.number,
        issuer=policy.issuer,
        date=policy.date,
        clauses=tuple(_clause(clause, policy.date) for clause in policy.clauses),
        mended=tuple(ScanCorrection(mended.at, mended.scanned, mended.mended) for mended in policy.mended),
        sections=dict(policy.sections),
        divisions=tuple(policy.divisions),
        valid_from=policy.valid_from,
        valid_until=policy.valid_until,
        repeals=tuple(policy.repeals),
    )


def build_answer_ref(text: str) -> AnswerRef:
    """Parse ``fact/ID`` or ``ROW/MEASURE``; the schema has checked the form."""
    head, _, tail = text.partition("/")
    return AnswerRef(fact=tail) if head == FACT_PREFIX else AnswerRef(row=head, measure=tail)


def _clause(clause: ClauseIn, issued: str | None) -> Clause:
    return Clause(
        id=clause.id,
        heading=clause.heading,
        text=clause.text,
        responsible_units=tuple(clause.responsible_units),
        commitments=tuple(_commitment(commitment, issued) for commitment in clause.commitments),
        shortfalls=tuple(
            Shortfall(short.indicator, short.local, short.standard, short.note) for short in clause.shortfalls
        ),
    )


def _commitment(commitment: CommitmentIn, issued: str | None) -> Commitment:
    values = {key: getattr(commitment, key) for key in type(commitment).model_fields if key != "due"}
    due = commitment.due
    if due is not None and commitment.every is not None:
        values["each_year_by"] = due.month
    elif due is not None and due.years is not None and issued is not None:
        year = int(issued.partition("-")[0]) + due.years
        values["deadline"] = f"{year}-{due.month:02d}" if due.month else str(year)
    values["scope"] = dict(commitment.scope)
    values["conflicts_with"] = tuple(commitment.conflicts_with)
    values["reads"] = build_answer_ref(commitment.reads) if commitment.reads is not None else None
    values["compare"] = commitment.compare or "at_least"
    return Commitment(**values)
