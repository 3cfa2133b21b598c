"""What can come of judging one measure, as codes and figures; shared by every kind of measure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar

from indicators.model import Bound, Measure
from scoring.context import Question
from scoring.kinds.nil_returns import settles
from scoring.submission import Number
from scoring.wording import FieldsToCheck, PeriodWords, Total, WholeWords, exact, resolve, unit_label
from scoring.yearly import outside_years, touched_years

MeasureState = Literal["holds", "fails", "missing", "open", "not_asked", "settled"]
NOTHING_MORE: Mapping[str, object] = MappingProxyType({})
AnyFigure = TypeVar("AnyFigure")


class Said(NamedTuple):
    """Something to be said of a measure: a code of `scoring.judging.reason_codes` and what its words are filled with.

    With a ``figure`` the threshold is told too.
    """

    code: str
    figure: object | None = None
    given: Mapping[str, object] = NOTHING_MORE


class Outcome(NamedTuple):
    """How one measure came out. ``needs`` are ids of facts not given without which it cannot be judged."""

    state: MeasureState
    figure: object | None = None
    said: tuple[Said, ...] = ()
    needs: tuple[str, ...] = ()


class Breach(NamedTuple):
    """A limit not kept."""

    code: str
    bound: Number


def say(code: str, figure: object | None = None, **given: object) -> Said:
    """Something to be said, its words filled with ``given``."""
    return Said(code, figure, given or NOTHING_MORE)


def fails(question: Question, code: str, figure: object, **given: object) -> Outcome:
    """The figure does not reach what is asked."""
    check = FieldsToCheck(question.measure, question.context.standard)
    words = {**admissions(question), "check": check, **given}
    return Outcome("fails", figure, (say(code, figure, **words),))


def admissions(question: Question) -> dict[str, str]:
    """How a next step advises to own up to what the figure says; where the claim owns up already it stays."""
    claim = question.answer.claim_for(question.context.standard.id)
    veto = question.row.consequence == "veto"
    field, not_so, other = ("申明", "确有该情形的", "存在") if veto else ("自评结论", "确未做到的", "未达标")
    if claim in ("not_met", "present"):
        return {"or_admit": f"；{not_so}，{field}不用改", "or_true": f"；属实的，{field}不用改", "admit_first": ""}
    advice = f"把{field}{'选' if claim is None else '改'}为“{other}”"
    return {"or_admit": f"；{not_so}，请{advice}", "or_true": f"；属实的，请{advice}", "admit_first": f"{advice}，"}


def holds(figure: object, year: str = "") -> Outcome:
    """The figure reaches what is asked."""
    given = {"year": year} if year else NOTHING_MORE
    return Outcome("holds", figure, (Said("figure_holds", figure, given),))


_FILL = {
    "yes_no": "选“是”或“否”",
    "all_of": "勾选已有的各项；一项也没有的，勾选“以上均没有”",
    "some_of": "勾选已有的各项；一项也没有的，勾选“以上均没有”",
}


def missing(question: Question) -> Outcome:
    """Nothing was given: a signed 无此情形 may stand for it."""
    if settles(question):
        return settled(question)
    return Outcome("missing", None, (say("figure_missing", fill=_fill(question.measure)),))


def _fill(measure: Measure) -> str:
    unit = measure.unit or (measure.require.unit if measure.require else None)
    if measure.kind in _FILL or not unit or measure.of or measure.whole or measure.numerator:
        return _FILL.get(measure.kind, "填写数字")
    return f"填写数字（单位：{unit_label(unit)}）"


def settled(question: Question) -> Outcome:
    """A signed 无此情形 answers it."""
    document = question.context.document_name(question.answer.nil_return or "")
    return Outcome("settled", None, (say("settled_by_nil_return", document=document),))


def unfit() -> Outcome:
    """A figure of another shape (a measure changed under the same id): not used, never an error."""
    return Outcome("missing", None, (say("figure_unfit"),))


def zero_whole(question: Question, year: str) -> Outcome:
    """A whole of 0 is proved by a signed nil return, never by silence ◇; some wholes cannot be 0 and the thing done."""
    whole = WholeWords(question.measure, question.context.standard)
    if question.measure.whole_above_zero:
        return fails(question, "nobody_covered", "0", year=year, whole=whole)
    if question.nil_stands:
        return settled(question)
    return Outcome("missing", None, (say("whole_is_zero", year=year, whole=whole),))


def limits_of(question: Question) -> tuple[tuple[tuple[str, Number], ...], tuple[str, ...]]:
    """The limits as numbers, and the facts still missing for them."""
    require = question.measure.require
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
        number = resolve(bound, question.context.facts)
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


def total_only(total: object) -> Outcome:
    """Only the total of the years is known: shown, and nothing is proved by it until it is split."""
    return Outcome("missing", Total(total), (say("total_not_split", Total(total)),))


def inside_period(question: Question, figures: Mapping[str, AnyFigure]) -> dict[str, AnyFigure]:
    """The years the period reaches into, in order."""
    years = (str(year) for year in touched_years(question.context.period))
    return {year: figures[year] for year in years if year in figures}


def outside_period(question: Question, figures: Mapping[str, object]) -> tuple[Said, ...]:
    """A warning for years the period does not reach."""
    years = outside_years(figures, question.context.period)
    if not years:
        return ()
    return (say("year_outside_period", years="、".join(years), period=PeriodWords(question.context.period)),)


def also(outcome: Outcome, said: tuple[Said, ...]) -> Outcome:
    """The outcome with more to be said."""
    return outcome._replace(said=outcome.said + said) if said else outcome


def over_last_months(question: Question, lower: Outcome | None, upper: Outcome | None, shown: object) -> Outcome:
    """More than twelve months without a full calendar year: the last twelve months lie between two figures (ADR 0002).

    ``lower`` judges the last calendar year, which lies wholly in them; ``upper`` all years they touch; None where a
    year that it needs is not given.
    """
    require = question.measure.require
    for outcome in (lower, upper):
        if outcome is not None and outcome.state == "fails" and not _codes(outcome) <= _SHORT:
            return outcome
    if lower is not None and lower.state == "holds" and (require is None or require.at_most is None):
        return holds(shown)
    for outcome in (lower, upper):
        if outcome is not None and outcome.state == "missing":
            return outcome
    if lower is not None and upper is not None and lower.state == upper.state and _codes(lower) == _codes(upper):
        return holds(shown) if upper.state == "holds" else upper
    return Outcome("missing", shown, (say("years_undecided", shown),))


# What a figure fails by being too small or too large, as against one that cannot be true at all.
_SHORT = frozenset({"below_threshold", "above_threshold", "not_all_covered"})


def _codes(outcome: Outcome) -> frozenset[str]:
    return frozenset(said.code for said in outcome.said)


def over_years(outcomes: list[Outcome], shown: object) -> Outcome:
    """Every full calendar year must reach the threshold: the worst year is the measure's state."""
    states = {outcome.state for outcome in outcomes}
    needs = tuple(dict.fromkeys(fact for outcome in outcomes for fact in outcome.needs))
    either: tuple[MeasureState, ...] = ("fails", "missing")
    for state in either:
        if state in states:
            short = [outcome for outcome in outcomes if outcome.state in ("fails", "missing")]
            return Outcome(state, shown, tuple(said for outcome in short for said in outcome.said), needs)
    if states == {"settled"}:
        return outcomes[0]
    return holds(shown)
