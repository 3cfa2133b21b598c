"""Invented counties for measuring how fast they are judged: each its own figures, from one seed.

``counties(129, standards)`` answers every row of the standards. Most figures reach what is asked, as in a county that
applies; about one in nine falls short or is missing, some rows are claimed otherwise, some documents are misdated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from indicators.model import Bound, Fact, Indicator, Measure, Standard
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
SEED = 20180612
_KINDS = ("county", "county", "county", "county_level_city", "prefecture_district", "autonomous_county")
_SIZES = {"population": (60_000, 1_400_000), "children": (9_000, 260_000), "children_in_small_villages": (0, 4_000)}
_REASON = "经逐项核对台账和实地抽查，已经做到"


def counties(how_many: int, standards: Sequence[Standard], seed: int = SEED) -> list[Submission]:
    """That many submissions under those standards; the same seed gives the same counties."""
    rng = Random(seed)  # noqa: S311 - invented figures, no secret
    return [_county(number, standards, rng) for number in range(how_many)]


def _county(number: int, standards: Sequence[Standard], rng: Random) -> Submission:
    facts = _facts(standards, rng)
    register = _register(rng)
    rows: dict[str, list[Indicator]] = {}
    for row in (row for standard in standards for row in standard.rows()):
        rows.setdefault(row.id, []).append(row)
    answers = {row_id: _answer(several, facts, tuple(register), rng) for row_id, several in rows.items()}
    vetoes = {row.id for standard in standards for row in standard.vetoes}
    return Submission(
        round=Round("2018", tuple(standard.id for standard in standards), PERIOD),
        division=Division(f"99{number % 10_000:04d}", f"演示县{number}"),
        facts=facts,
        form=Form(unit_name=f"演示县{number}民政局"),
        answers={row_id: answer for row_id, answer in answers.items() if answer and row_id not in vetoes},
        vetoes={row_id: answer for row_id, answer in answers.items() if answer and row_id in vetoes},
        evidence=register,
    )


def _facts(standards: Sequence[Standard], rng: Random) -> dict[str, FactValue]:
    declared = {fact.id: fact for standard in standards for fact in standard.facts.values()}
    return {fact.id: _fact(fact, rng) for fact in declared.values() if rng.random() > 0.004}


def _fact(fact: Fact, rng: Random) -> FactValue:
    if fact.kind == "judged":
        return Judged(rng.random() < 0.5, "经会商认定" if rng.random() < 0.97 else None)
    if fact.kind == "yes_no":
        return rng.random() < 0.95
    if fact.kind == "choice":
        return rng.choice(_KINDS if fact.options == "county_kinds" else ("demonstration", "demonstration", "other"))
    if fact.unit == "percent":
        return Decimal(rng.randint(40, 95)) / 100
    return rng.randint(*_SIZES.get(fact.id, (1, 180)))


def _register(rng: Random) -> dict[str, EvidenceItem]:
    """Forty documents, one or the other without a date or dated before or after the period."""
    first = PERIOD.first - timedelta(15)
    days = (PERIOD.last - first).days + 4
    return {
        f"E{number:02d}": EvidenceItem(
            title=f"材料{number}",
            date=first + timedelta(rng.randint(0, days)) if rng.random() < 0.99 else None,
            pages=rng.randint(1, 60),
        )
        for number in range(1, 41)
    }


def _answer(
    rows: Sequence[Indicator], facts: Mapping[str, FactValue], documents: tuple[str, ...], rng: Random
) -> Answer | None:
    """One answer for the row of every standard; None where the county has left it out."""
    if rng.random() < 0.01:
        return None
    measures = {measure.id: measure for row in rows for measure in row.measures}
    wholes: dict[str, int] = {}
    applicable = [
        measure
        for measure in measures.values()
        if evaluate(measure.applies_when, facts) is not False or rng.random() < 0.02
    ]
    answered = [measure for measure in applicable if rng.random() < 0.96]
    claim, note = _claim(veto=rows[0].consequence == "veto", rng=rng)
    return Answer(
        claim=claim,
        note=note,
        measures={
            measure.id: _figure(measure, facts, wholes, rng)
            for measure in answered
            if measure.kind != "judgement" and not measure.same_figures_as
        },
        judgements={
            measure.id: Judgement(rng.random() < 0.97, _REASON if rng.random() < 0.97 else None)
            for measure in answered
            if measure.kind == "judgement"
        },
        nil_return=rng.choice(documents) if rng.random() < 0.03 else None,
        evidence={
            need.id: tuple(rng.sample(documents, rng.randint(1, 2)))
            for row in rows
            for need in row.evidence
            if rng.random() < 0.97
        },
    )


def _claim(*, veto: bool, rng: Random) -> tuple[str | None, str | None]:
    drawn = rng.random()
    if veto:
        return ("clear" if drawn < 0.97 else "present" if drawn < 0.98 else None), None
    if drawn < 0.93:
        return "met", None
    if drawn < 0.95:
        return "not_met", None
    if drawn < 0.97:
        return "not_applicable", "申报期内没有此类情形" if drawn < 0.965 else None
    return ("unsure" if drawn < 0.985 else None), None


def _figure(measure: Measure, facts: Mapping[str, FactValue], wholes: dict[str, int], rng: Random) -> Figure:
    if measure.kind == "yes_no":
        return rng.random() < 0.97
    if measure.kind in ("all_of", "some_of"):
        return tuple(item for item in measure.items if rng.random() < 0.985)
    if measure.yearly:
        return {str(year): _one(measure, facts, wholes, rng) for year in touched_years(PERIOD) if rng.random() < 0.97}
    return _one(measure, facts, wholes, rng)


def _one(
    measure: Measure, facts: Mapping[str, FactValue], wholes: dict[str, int], rng: Random
) -> Number | Covered | Part:
    """``wholes``: what the row has already said of a whole, by its label, so that it is said the same again."""
    if measure.kind == "zero":
        return 0 if rng.random() < 0.99 else 1
    if measure.kind == "rate":
        return _rate(measure, facts, rng)
    if measure.kind != "coverage":
        least = _limit(measure.require.at_least if measure.require else None, facts, 10)
        return max(0, int(least) + rng.randint(-1 if rng.random() < 0.1 else 0, 9))
    if measure.whole is not None:
        whole = wholes.setdefault(measure.whole.label, rng.randint(0, 400))
    else:
        whole = sum(fact_number(facts, fact) or 0 for fact in measure.of)
    lacking = rng.randint(-1, max(1, int(whole) // 3)) if rng.random() < 0.1 else 0
    covered = max(0, whole - lacking)
    return covered if measure.whole is None else Covered(covered, whole if rng.random() < 0.99 else None)


def _rate(measure: Measure, facts: Mapping[str, FactValue], rng: Random) -> Part:
    """A share a little on the good side of its limit, now and then on the other."""
    require = measure.require
    upper = require is not None and require.at_most is not None
    limit = _limit(require.at_most if upper else require.at_least if require else None, facts, 1)
    whole = rng.randint(900, 900_000)
    wrong = rng.random() < 0.08
    share = (
        float(limit) * rng.uniform(0.5, 0.99) if upper != wrong else min(99.0, float(limit) * rng.uniform(1.01, 1.3))
    )
    return Part(int(whole * share / 100), whole)


def _limit(bound: Bound | None, facts: Mapping[str, FactValue], absent: int) -> Number:
    number = None if bound is None else bound.number if bound.fact is None else fact_number(facts, bound.fact)
    return absent if number is None else number
