"""One local commitment against the county's figure: kept, short, not due, unfilled, or a person's to judge.

Where the commitment ``reads`` a measure, the measure is judged by the house's one implementation with the document's
figure in the place of the standard's threshold, so that years, wholes and slips come out as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from indicators.model import AnswerRef, Bound, Clause, Commitment, Indicator, Measure, Policy, Require
from scoring.conditions import evaluate, fact_number, fact_value, is_number
from scoring.context import JudgingContext
from scoring.judging.row_reasons import collect_reasons
from scoring.local.wording import due, first_day, last_day, moment, promise
from scoring.submission import Answer, Done, Judged, Judgement, LocalAnswer, Number, Submission
from scoring.visible_text import has_visible_text
from scoring.wording import HUNDRED, PERCENT, Amount, Truth, exact

LocalState = Literal["kept", "short", "not_due", "unfilled", "needs_judgement"]
_JUDGED = ("做到", "没有做到")
PlaceKind = Literal["fact", "measure", "commitment"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is read: a fact, a row's measure, or another commitment of the document. ``label`` names it."""

    kind: PlaceKind
    id: str
    label: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """How a commitment stands; ``says`` and ``next_step`` are Chinese sentences."""

    state: LocalState
    figure: object | None
    says: str
    next_step: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What the checks look at: the submission, and its circumstances under each standard it is judged under."""

    submission: Submission
    under: tuple[JudgingContext, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Before the date is looked at: holds, fails, missing, faulty (unusable) or open; ``why`` of the last three."""

    state: Literal["holds", "fails", "missing", "faulty", "open"]
    figure: object | None = None
    why: str = ""
    place: Place | None = None


def check(policy: Policy, clause: Clause, one: Commitment, survey: Survey) -> Check:
    """How this commitment of the document stands. Never raises, whatever the submission holds."""
    found = _found(policy, one, survey)
    return _dated(clause, one, found, survey)


def _dated(clause: Clause, one: Commitment, found: _Found, survey: Survey) -> Check:
    """A deadline after the period's end is not due; what is reached already is kept all the same."""
    last = survey.submission.round.period.last
    named = f"{clause.id} {one.object}"
    shown = "" if found.figure is None else f"{found.figure}"
    late = next((d for d in (one.deadline and last_day(one.deadline), one.since and first_day(one.since)) if d), None)
    if found.state == "holds":
        said = f"{shown}，已达到（{promise(one)}）" if one.value is not None else f"{_besides(found)}已做到"
        return Check("kept", found.figure, f"{named}：{said}。", None, found.place)
    if late is not None and late > last:
        till = due(one.deadline) if one.deadline else moment(one.since)
        now = f"目前{shown}，" if shown else ""
        return Check("not_due", found.figure, f"{named}：{now}时限为{till}，未到期。", None, found.place)
    if found.state == "fails":
        step = f"请核对{found.place.label}；属实的，请抓紧落实。" if found.place else "请核对所填；属实的，请抓紧落实。"
        said = f"{shown}，未达到（{promise(one)}）"
        if one.kind == "deadline":
            said = f"{_besides(found)}没有按时完成（{promise(one)}）"
        elif one.value is None:
            said = f"{_besides(found)}没有做到（“{one.quote}”）"
        return Check("short", found.figure, f"{named}：{said}。", step, found.place)
    if found.state == "open":
        return Check("needs_judgement", found.figure, f"{named}：待县里判断。", found.why, found.place)
    if found.state == "faulty":
        return Check("unfilled", found.figure, f"{named}：所填数字不能对照。", found.why, found.place)
    wanting = f"{shown}，尚不能对照" if shown else "尚未填写"
    return Check("unfilled", found.figure, f"{named}：{wanting}。", found.why, found.place)


def _besides(found: _Found) -> str:
    """The figure before 已做到, where it says more than 是 or 否."""
    plain = found.figure is None or isinstance(found.figure, Truth) or found.figure in _JUDGED
    return "" if plain else f"{found.figure}，"


def _found(policy: Policy, one: Commitment, survey: Survey) -> _Found:
    if one.same_figure_as is not None:
        other = policy.commitment(one.same_figure_as)
        if other is not None:
            # 同一个数只问一次：拿另一条承诺所填（或所读）的数，对照本条印的数
            shared = _found(policy, replace(one, same_figure_as=None, reads=other.reads, id=other.id), survey)
            return replace(shared, place=shared.place or Place("commitment", other.id, f"“{other.object}”一项"))
    answered = _read(one, one.reads, survey) if one.reads is not None else None
    return answered or _own(one, survey.submission.local.answers.get(policy.id, {}).get(one.id))


# --- read elsewhere -------------------------------------------------------------------------------------------------


def _read(one: Commitment, reading: AnswerRef, survey: Survey) -> _Found | None:
    """What the county answered there; None where no standard judged asks it of this county: then it is asked here."""
    if reading.fact is not None:
        return next(_facts(one, reading.fact, survey), None)
    for context in survey.under:
        row = context.standard.row(reading.row or "")
        measure = row.measure(reading.measure or "") if row is not None else None
        if row is None or measure is None or evaluate(row.applies_when, context.facts) is False:
            continue
        if evaluate(measure.applies_when, context.facts) is not False:
            return _measured(row, _as_promised(measure, one), survey, context)
    return None


def _measured(row: Indicator, measure: Measure, survey: Survey, context: JudgingContext) -> _Found:
    place = Place("measure", measure.id, f"指标 {row.id}“{measure.label}”", row.id)
    asking = replace(row, measures=tuple(measure if one.id == measure.id else one for one in row.measures))
    judged = collect_reasons(asking, survey.submission.answers.get(row.id) or Answer(), context)
    result = next(one for one in judged.measures if one.id == measure.id)
    said = [one for one in judged.reasons if one.measure == measure.id and one.effect == "blocks"]
    if result.state in ("holds", "settled"):
        return _Found("holds", result.shown_figure or "无此情形", place=place)
    if result.state == "open":
        return _Found("open", result.shown_figure, f"请到{place.label}写明判断和理由。", place)
    if result.state == "fails":
        # 数字自相矛盾（多于总数、前后不一）是本工具的核对，不是没有做到
        if all(reason.basis == "document" for reason in said):
            return _Found("fails", result.shown_figure, place=place)
        return _Found("faulty", result.shown_figure, said[0].text, place)
    # 填了而用不上的（总数为 0、缺一半、填法不符），照实说出是什么，不说没有填
    if said and result.shown_figure is None and said[0].code != "figure_missing":
        return _Found("faulty", None, said[0].text, place)
    facts = "".join(f"“{context.fact_label(i)}”" for i in measure.of if fact_number(context.facts, i) is None)
    if result.shown_figure is not None:
        return _Found(
            "missing", result.shown_figure, f"请填写县情{facts}。" if facts else f"请核对{place.label}。", place
        )
    return _Found("missing", None, f"请到{place.label}填写" + (f"，并填写县情{facts}。" if facts else "。"), place)


def _as_promised(measure: Measure, one: Commitment) -> Measure:
    """The measure with what the document asks in the place of the standard's threshold."""
    if one.kind == "ratio":
        return replace(measure, require=_limits(one, PERCENT))
    if one.kind in ("amount", "count") and measure.kind != "coverage":
        return replace(measure, require=_limits(one, measure.unit))
    # 每个都有、全部做到：不沿用标准的比例
    return replace(measure, require=None)


def _limits(one: Commitment, unit: str | None) -> Require:
    low, high = Bound(number=one.value), Bound(number=one.value if one.value_to is None else one.value_to)
    if one.compare == "at_most":
        return Require(at_most=high, unit=unit)
    return Require(at_least=low, at_most=high if one.compare == "equals" else None, unit=unit)


def _facts(one: Commitment, fact_id: str, survey: Survey) -> Iterator[_Found]:
    for context in survey.under:
        fact = context.standard.facts.get(fact_id)
        if fact is None:
            continue
        place = Place("fact", fact_id, f"县情“{fact.label}”")
        value, given = fact_value(context.facts, fact_id), context.facts.get(fact_id)
        if value is None and isinstance(given, Judged) and given.value is not None:
            yield _Found("open", None, f"请在{place.label}写明理由。", place)
        elif value is None:
            yield _Found("missing", None, f"请填写{place.label}。", place)
        else:
            yield replace(_compared(one, value), place=place)


# --- answered here --------------------------------------------------------------------------------------------------


def _own(one: Commitment, given: LocalAnswer | None) -> _Found:
    if one.kind == "deadline":
        return _done(one, given if isinstance(given, Done) else Done())
    if one.kind == "duty":
        return _judged(given if isinstance(given, Judgement) else Judgement())
    if not is_number(given):
        return _Found("missing", None, "请填写。")
    return _compared(one, given)


def _judged(given: Judgement) -> _Found:
    if given.fulfilled is None:
        return _Found("open", None, "请判断是否做到，并写明理由。")
    words = _JUDGED[0 if given.fulfilled else 1]
    if not given.fulfilled:
        return _Found("fails", words)
    if not has_visible_text(given.reason):
        return _Found("open", words, "请写明理由。")
    return _Found("holds", words)


def _done(one: Commitment, given: Done) -> _Found:
    if given.done is None:
        return _Found("missing", None, "请填写是否完成和完成日期。")
    if not given.done:
        return _Found("fails", "尚未完成")
    if given.date is None or one.deadline is None:
        return _Found("missing", "已完成（缺日期）", "请填完成日期。")
    due, shown = last_day(one.deadline), f"{moment(given.date)}完成"
    if last_day(given.date) <= due:
        return _Found("holds", shown)
    if first_day(given.date) <= due:
        return _Found("faulty", shown, "完成日期不够具体，看不出是否按时；请写到月或日。")
    return _Found("fails", shown)


def _compared(one: Commitment, value: Number | str | bool) -> _Found:
    """A number against the printed one; a yes or no against 做到."""
    if isinstance(value, bool):
        return _Found("holds" if value else "fails", Truth(value))
    if not is_number(value) or one.value is None:
        return _Found("faulty", None, "所填不是可以对照的数字；请核对。")
    figure = Amount(value, one.unit)
    if one.kind == "ratio" and value > HUNDRED:
        return _Found("faulty", figure, "百分数超过100%；请核对。")
    limits = _limits(one, one.unit)
    number = exact(value)
    low, high = (bound.number if bound is not None else None for bound in (limits.at_least, limits.at_most))
    kept = (low is None or number >= exact(low)) and (high is None or number <= exact(high))
    return _Found("holds" if kept else "fails", figure)
