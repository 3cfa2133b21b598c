"""From the schema's policy documents to the plain model."""

from __future__ import annotations

from indicators.building.schema_documents import ClauseIn, CommitmentIn, PolicyIn
from indicators.model.documents import FACT_PREFIX, Clause, Commitment, Policy, Reading, ScanCorrection, Shortfall


def build_policy(policy: PolicyIn) -> Policy:
    """A policy document."""
    return Policy(
        id=policy.id,
        title=policy.title,
        number=policy.number,
        issuer=policy.issuer,
        date=policy.date,
        clauses=tuple(_clause(one) for one in policy.clauses),
        mended=tuple(ScanCorrection(one.at, one.scanned, one.mended) for one in policy.mended),
        sections=dict(policy.sections),
        divisions=tuple(policy.divisions),
    )


def build_reading(text: str) -> Reading:
    """``fact/ID`` or ``ROW/MEASURE``; the text has that form already."""
    head, _, tail = text.partition("/")
    return Reading(fact=tail) if head == FACT_PREFIX else Reading(row=head, measure=tail)


def _clause(clause: ClauseIn) -> Clause:
    return Clause(
        id=clause.id,
        heading=clause.heading,
        text=clause.text,
        responsible_units=tuple(clause.responsible_units),
        commitments=tuple(_commitment(one) for one in clause.commitments),
        shortfalls=tuple(Shortfall(one.indicator, one.local, one.standard, one.note) for one in clause.shortfalls),
    )


def _commitment(one: CommitmentIn) -> Commitment:
    values = {key: getattr(one, key) for key in type(one).model_fields}
    values["scope"] = dict(one.scope)
    values["conflicts_with"] = tuple(one.conflicts_with)
    values["reads"] = build_reading(one.reads) if one.reads is not None else None
    values["compare"] = one.compare or "at_least"
    return Commitment(**values)
