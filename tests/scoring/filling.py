"""Test support: a fully passing submission made from any standard, to break one thing at a time in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators.model import Indicator, Measure, Standard
from scoring.conditions import evaluate, fact_number
from scoring.submission import (
    Answer,
    Covered,
    Division,
    EvidenceItem,
    FactValue,
    Figure,
    Form,
    Judged,
    Judgement,
    Number,
    Part,
    Period,
    Round,
    Submission,
)
from scoring.yearly import touched_years

PERIOD = Period(date(2017, 1, 1), date(2018, 6, 30))
GOOD_DOCUMENT = "G1"

# 甲县: a county under a prefecture, big enough for every tier's questions, with nothing that would excuse it.
FACTS: Mapping[str, FactValue] = {
    "county_kind": "county",
    "applies_as": "demonstration",
    "has_prefecture": True,
    "population": 620000,
    "townships": 16,
    "subdistricts": 4,
    "villages": 180,
    "communities": 20,
    "villages_100_or_more": 150,
    "villages_under_100": 50,
    "children_in_small_villages": 2600,
    "childrens_places": 170,
    "children": 98000,
    "left_behind_children": 5200,
    "children_in_difficulty": 2400,
    "orphans": 86,
    "province_dropout_rate": Decimal("0.60"),
    "prefecture_dropout_rate": Decimal("0.50"),
    "many_disabled_children": Judged(value=True, reason="持证适龄残疾儿童六百余人，为全州最多"),
    "fixed_hours_feasible": Judged(value=True, reason="各村活动场所均有专人值守"),
    "has_welfare_institution": True,
    "has_protection_centre": True,
}


def full_facts(standards: Iterable[Standard], facts: Mapping[str, FactValue | None] | None = None) -> dict:
    """The facts those standards know, changed by ``facts``; None takes one away."""
    known = {fact: declared for standard in standards for fact, declared in standard.facts.items()}
    default = {"number": 10, "yes_no": True, "judged": Judged(value=True, reason="经核实符合"), "choice": "county"}
    merged = {fact: FACTS.get(fact, default[declared.kind]) for fact, declared in known.items()} | dict(facts or {})
    return {fact: value for fact, value in merged.items() if value is not None}


def fill(
    standards: Standard | Sequence[Standard],
    facts: Mapping[str, FactValue | None] | None = None,
    period: Period = PERIOD,
) -> Submission:
    """A submission that is eligible under every one of the standards."""
    several = [standards] if isinstance(standards, Standard) else list(standards)
    county = full_facts(several, facts)
    answers = {}
    vetoes = {}
    for row in (row for standard in several for row in standard.indicators):
        answers[row.id] = together(answers.get(row.id), passing_answer(row, county, period))
    for row in (row for standard in several for row in standard.vetoes):
        vetoes[row.id] = together(vetoes.get(row.id), passing_answer(row, county, period))
    own = _documents_of_their_own(several, answers)
    return Submission(
        round=Round("2018", tuple(standard.id for standard in several), period),
        division=Division("990121", "甲县"),
        facts=county,
        form=Form(unit_name="甲县民政局", leader_name="张某", leader_phone="0990-1234567"),
        answers=answers,
        vetoes=vetoes,
        evidence={
            GOOD_DOCUMENT: EvidenceItem(title="佐证材料汇编", date=period.last, pages=20),
            **{name: EvidenceItem(title="活动材料", date=period.last, pages=2) for name in own},
        },
    )


def _documents_of_their_own(standards: Iterable[Standard], answers: dict[str, Answer]) -> tuple[str, ...]:
    """Where one document would count one event twice, every place but the first gets its own; the ids of these."""
    places = [ref for standard in standards for check in standard.distinct_documents for ref in check.documents[1:]]
    named = {}
    for ref in dict.fromkeys(places):
        answer = answers.get(ref.row)
        if answer is not None and ref.evidence in answer.evidence:
            named[ref] = f"G{len(named) + 2}"
            answers[ref.row] = replace(answer, evidence={**answer.evidence, ref.evidence: (named[ref],)})
    return tuple(named.values())


def together(one: Answer | None, other: Answer) -> Answer:
    """Two passing answers to the same row of two standards, as one."""
    if one is None:
        return other
    return replace(
        one,
        measures={**one.measures, **other.measures},
        judgements={**one.judgements, **other.judgements},
        evidence={**one.evidence, **other.evidence},
    )


def passing_answer(row: Indicator, facts: Mapping[str, FactValue], period: Period = PERIOD) -> Answer:
    """An answer that meets the row: every measure that is asked passes, every required evidence is given."""
    asked = [m for m in row.measures if evaluate(m.applies_when, facts) is not False]
    return Answer(
        claim="clear" if row.consequence == "veto" else "met",
        measures={m.id: passing_figure(m, facts, period) for m in asked if _is_filled(m)},
        judgements={
            m.id: Judgement(fulfilled=True, reason="经逐项核对，已经做到") for m in asked if m.kind == "judgement"
        },
        evidence={need.id: (GOOD_DOCUMENT,) for need in row.evidence if need.required},
    )


def _is_filled(measure: Measure) -> bool:
    return measure.kind != "judgement" and measure.same_figures_as is None


def passing_figure(measure: Measure, facts: Mapping[str, FactValue], period: Period = PERIOD) -> Figure:
    """A figure that reaches what the measure asks."""
    if measure.kind == "yes_no":
        return True
    if measure.kind in ("all_of", "some_of"):
        return tuple(item for item in measure.items if item not in measure.noted)
    if measure.kind == "rate":
        return _passing_rate(measure, facts)
    one = _passing_number(measure, facts)
    return {str(year): one for year in touched_years(period)} if measure.yearly else one


def _passing_number(measure: Measure, facts: Mapping[str, FactValue]) -> Number | Covered:
    if measure.kind == "coverage":
        if not measure.of:
            return Covered(12, 12)
        return sum(fact_number(facts, fact) or 0 for fact in measure.of)
    if measure.kind == "zero":
        return 0
    least = measure.require.at_least if measure.require else None
    return 1000 if least is None or least.number is None else int(least.number)


def _passing_rate(measure: Measure, facts: Mapping[str, FactValue]) -> Part:
    least = measure.require.at_least if measure.require else None
    if least is None:
        return Part(0, 1000)
    number = least.number if least.number is not None else fact_number(facts, least.fact or "") or 0
    return Part(int(number * 10) + 10, 1000)
