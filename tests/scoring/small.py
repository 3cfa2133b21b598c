"""Test support: a small standard made by hand, for rules no real statement happens to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators import load_library
from indicators.model import Fact, Indicator, Measure, Scheme, Section, Source, Standard, Topic
from scoring.submission import Answer, Division, EvidenceItem, Period, Round, Submission

PERIOD = Period(date(2017, 1, 1), date(2018, 6, 30))
EQUAL = Scheme(
    id="equal",
    title="等权",
    default_weight=Decimal(1),
    weights={},
    credit={"met": Decimal(1)},
    excluded=("not_applicable",),
)


def row(*measures: Measure, row_id: str = "1.1.1", **changes) -> Indicator:
    """An indicator with those measures and nothing else."""
    made = Indicator(
        id=row_id,
        section="1",
        topic="1.1",
        label="①",
        statement="　".join(quote for measure in measures for quote in measure.quotes),
        source=Source("演", "附件/甲"),
        consequence="required",
        methods=(),
        methods_inherited=False,
        responsible_units=(),
        policy_basis=(),
        measures=measures,
        evidence=(),
    )
    return replace(made, **changes)


def standard(*rows: Indicator, vetoes: tuple[Indicator, ...] = (), facts: tuple[Fact, ...] = ()) -> Standard:
    """A standard of those rows in one topic."""
    return Standard(
        id="small",
        title="演示标准",
        issuer="演示",
        date="2018-01",
        extends=None,
        documents={"演": "演示"},
        sections=(Section("1", "一", (Topic("1.1", "一一", tuple(one.id for one in rows)),)),),
        facts={fact.id: fact for fact in facts},
        indicators=rows,
        vetoes=vetoes,
        mended=(),
        notes=(),
        fingerprint="0" * 64,
        vocabulary=load_library().vocabulary,
    )


def submission(answers=None, facts=None, evidence=None, period=PERIOD, **parts) -> Submission:
    """A submission of 甲县 under the small standard."""
    return Submission(
        Round("2018", ("small",), period),
        Division("990121", "甲县"),
        answers=answers or {},
        facts=facts or {},
        evidence=evidence or {},
        **parts,
    )


def met(**parts) -> Answer:
    """An answer that claims met."""
    return Answer(claim="met", **parts)


def document(day: str) -> EvidenceItem:
    """A document of that date."""
    return EvidenceItem(title="材料", date=date.fromisoformat(day))
