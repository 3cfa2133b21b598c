"""What can come of one measure, and the words it comes with; shared by every kind of measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from indicators.model import Bound
from scoring.assessment import NOTHING_MORE, MeasureState, Reason
from scoring.judging.context import Asked
from scoring.judging.nil_returns import settles
from scoring.judging.reason_codes import CODES
from scoring.judging.yearly import outside_years, touched_years
from scoring.submission import Covered, Number
from scoring.wording import Check, PeriodWords, exact, resolve

_HOLDS = CODES["figure_holds"]


class Outcome(NamedTuple):
    """How one measure came out. ``needs`` are ids of facts not given without which it cannot be judged."""

    state: MeasureState
    figure: object | None = None
    reasons: tuple[Reason, ...] = ()
    needs: tuple[str, ...] = ()


class Breach(NamedTuple):
    """A limit not kept."""

    code: str
    bound: Number


def say(asked: Asked, code: str, figure: object | None = None, **given: object) -> Reason:
    """A reason about the measure asked; with a figure it tells the threshold too."""
    kind = CODES[code]
    facts = None if figure is None else asked.context.facts
    return Reason(kind, kind.effect, asked.row, asked.measure, given or NOTHING_MORE, figure, facts)


def fails(asked: Asked, code: str, figure: object, **given: object) -> Outcome:
    """The figure does not reach what is asked."""
    check = Check(asked.measure, asked.context.standard)
    words = {**admissions(asked), "check": check, **given}
    return Outcome("fails", figure, (say(asked, code, figure, **words),))


def admissions(asked: Asked) -> dict[str, str]:
    """How a next step advises to own up to what the figure says; empty where the claim owns up already."""
    claim = asked.answer.claim_for(asked.context.standard.id)
    veto = asked.row.consequence == "veto"
    if claim in ("not_met", "present"):
        return {"or_admit": "", "admit_first": ""}
    verb = "改填" if claim in ("met", "clear") else "填"
    if veto:
        return {"or_admit": f"；确有该情形的，请{verb}“存在”", "admit_first": f"{verb}“存在”，"}
    return {"or_admit": f"；确未做到的，请{verb}“未达标”", "admit_first": f"{verb}“未达标”，"}


def holds(asked: Asked, figure: object, year: str = "") -> Outcome:
    """The figure reaches what is asked."""
    given = {"year": year} if year else NOTHING_MORE
    return Outcome(
        "holds", figure, (Reason(_HOLDS, _HOLDS.effect, asked.row, asked.measure, given, figure, asked.context.facts),)
    )


def missing(asked: Asked) -> Outcome:
    """Nothing was given: a signed 无此情形 may stand for it."""
    if settles(asked):
        return settled(asked)
    return Outcome("missing", None, (say(asked, "figure_missing"),))


def settled(asked: Asked) -> Outcome:
    """A signed 无此情形 answers it."""
    document = asked.context.document_name(asked.answer.nil_return or "")
    return Outcome("settled", None, (say(asked, "settled_by_nil_return", document=document),))


def unfit(asked: Asked) -> Outcome:
    """A figure of another shape (a measure changed under the same id): not used, never an error."""
    return Outcome("missing", None, (say(asked, "figure_unfit"),))


def zero_whole(asked: Asked, year: str) -> Outcome:
    """A whole of 0 is proved by a signed nil return, never by silence ◇."""
    if asked.nil_stands:
        return settled(asked)
    return Outcome("missing", None, (say(asked, "whole_is_zero", year=year),))


def limits_of(asked: Asked) -> tuple[tuple[tuple[str, Number], ...], tuple[str, ...]]:
    """The limits as numbers, and the facts still missing for them."""
    require = asked.measure.require
    if require is None:
        return (), ()
    limits, needs = [], []
    pairs: tuple[tuple[str, Bound | None], ...] = (
        ("below_threshold", require.at_least),
        ("above_threshold", require.at_most),
    )
    for code, bound in pairs:
        if bound is None:
            continue
        number = resolve(bound, asked.context.facts)
        if number is None:
            needs.append(bound.fact or "")
        else:
            limits.append((code, number))
    return tuple(limits), tuple(needs)


def breach_of(limits: tuple[tuple[str, Number], ...], part: Number, whole: Number, scale: int = 1) -> Breach | None:
    """The first limit that scale × part ÷ whole does not keep, by exact cross-multiplication."""
    left, base = exact(part) * scale, exact(whole)
    for code, bound in limits:
        right = exact(bound) * base
        if left < right if code == "below_threshold" else left > right:
            return Breach(code, bound)
    return None


def inside_period(asked: Asked, figure: Mapping[str, Number | Covered]) -> dict[str, Number | Covered]:
    """The years the period reaches into, in order."""
    years = (str(year) for year in touched_years(asked.context.period))
    return {year: figure[year] for year in years if year in figure}


def outside_period(asked: Asked, figure: Mapping[str, object]) -> tuple[Reason, ...]:
    """A warning for years the period does not reach."""
    years = outside_years(figure, asked.context.period)
    if not years:
        return ()
    return (say(asked, "year_outside_period", years="、".join(years), period=PeriodWords(asked.context.period)),)


def also(outcome: Outcome, reasons: tuple[Reason, ...]) -> Outcome:
    """The outcome with more reasons."""
    return outcome._replace(reasons=outcome.reasons + reasons) if reasons else outcome


def over_last_months(asked: Asked, lower: Outcome | None, upper: Outcome | None, shown: object) -> Outcome:
    """More than twelve months without a full calendar year: the last twelve months lie between two figures (ADR 0002).

    ``lower`` judges the last calendar year, which lies wholly in them; ``upper`` all years they touch; None where a
    year that it needs is not given.
    """
    require = asked.measure.require
    for outcome in (lower, upper):
        if outcome is not None and outcome.state == "fails" and not _codes(outcome) <= _SHORT:
            return outcome
    if lower is not None and lower.state == "holds" and (require is None or require.at_most is None):
        return holds(asked, shown)
    for outcome in (lower, upper):
        if outcome is not None and outcome.state == "missing":
            return outcome
    if lower is not None and upper is not None and lower.state == upper.state and _codes(lower) == _codes(upper):
        return holds(asked, shown) if upper.state == "holds" else upper
    return Outcome("missing", shown, (say(asked, "years_undecided", shown),))


# What a figure fails by being too small or too large, as against one that cannot be true at all.
_SHORT = frozenset({"below_threshold", "above_threshold", "not_all_covered"})


def _codes(outcome: Outcome) -> frozenset[str]:
    return frozenset(reason.code for reason in outcome.reasons)


def over_years(asked: Asked, outcomes: list[Outcome], shown: object) -> Outcome:
    """Every full calendar year must reach the threshold: the worst year is the measure's state."""
    states = {outcome.state for outcome in outcomes}
    needs = tuple(dict.fromkeys(fact for outcome in outcomes for fact in outcome.needs))
    for state in ("fails", "missing"):
        if state in states:
            reasons = tuple(r for o in outcomes if o.state in ("fails", "missing") for r in o.reasons)
            return Outcome(state, shown, reasons, needs)
    if states == {"settled"}:
        return outcomes[0]
    return holds(asked, shown)
