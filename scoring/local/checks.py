"""One local commitment against the county's figure: kept, short, not due, unfilled, or a person's to judge.

Where the commitment ``reads`` a measure, the measure is judged by the house's one implementation with the document's
figure in the place of the standard's threshold, so that years, wholes and slips come out as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from indicators.model import (
    SHARE_SCALES,
    AnswerRef,
    Bound,
    Clause,
    Commitment,
    Indicator,
    Measure,
    Policy,
    Require,
    vocabulary,
)
from scoring.conditions import evaluate, fact_number, fact_value, is_number
from scoring.context import JudgingContext
from scoring.judging.row_reasons import collect_reasons
from scoring.local.wording import due, first_day, last_day, moment, promise
from scoring.submission import Answer, Beside, Done, Judged, Judgement, LocalAnswer, Members, Number, Submission
from scoring.visible_text import has_visible_text
from scoring.wording import HUNDRED, PERCENT, Amount, Truth, exact

LocalState = vocabulary.LocalState
_NAMED = 5
_JUDGED = ("做到", "没有做到")
PlaceKind = Literal["fact", "measure", "commitment"]


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure is read: a fact, a row's measure, or another commitment of the document. ``label`` names it."""

    kind: PlaceKind
    id: str
    label: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a commitment stands; ``says`` and ``next_step`` are Chinese sentences."""

    state: LocalState
    figure: object | None
    says: str
    next_step: str | None = None
    place: FigurePlace | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What the checks look at: the submission, and its circumstances under each standard it is judged under."""

    submission: Submission
    under: tuple[JudgingContext, ...]


@dataclass(frozen=True, slots=True)
class _Undated:
    """How a figure compares before dates are looked at; ``faulty``: not usable; ``why``: of the last three."""

    state: Literal["holds", "fails", "missing", "faulty", "open"]
    figure: object | None = None
    why: str = ""
    place: FigurePlace | None = None


def check(policy: Policy, clause: Clause, commitment: Commitment, survey: Survey) -> Standing:
    """How this commitment of the document stands. Never raises, whatever the submission holds."""
    undated = _before_dates(policy, commitment, survey)
    return _dated(clause, commitment, undated, survey)


def _dated(clause: Clause, commitment: Commitment, undated: _Undated, survey: Survey) -> Standing:
    """A deadline after the period's end is not due; what is reached already is kept all the same."""
    last = survey.submission.round.period.last
    named = f"{clause.id} {commitment.object}"
    shown = "" if undated.figure is None else f"{undated.figure}"
    until = last_day(commitment.deadline) if commitment.deadline else None
    late = until or (first_day(commitment.since) if commitment.since else None)
    if undated.state == "holds":
        words = (
            f"{shown}，已达到（{promise(commitment)}）"
            if commitment.value is not None or commitment.than is not None
            else f"{_besides(undated)}已做到"
        )
        return Standing("kept", undated.figure, f"{named}：{words}。", None, undated.place)
    if late is not None and late > last:
        till = due(commitment.deadline) if commitment.deadline else moment(commitment.since)
        now = f"目前{shown}，" if shown else ""
        return Standing("not_due", undated.figure, f"{named}：{now}时限为{till}，未到期。", None, undated.place)
    if undated.state == "fails":
        step = (
            f"请核对{undated.place.label}；属实的，请抓紧落实。"
            if undated.place
            else "请核对所填；属实的，请抓紧落实。"
        )
        words = f"{shown}，未达到（{promise(commitment)}）"
        if commitment.kind == "deadline":
            words = f"{_besides(undated)}没有按时完成（{promise(commitment)}）"
        elif commitment.value is None and commitment.than is None:
            words = f"{_besides(undated)}没有做到（“{commitment.quote}”）"
        return Standing("short", undated.figure, f"{named}：{words}。", step, undated.place)
    if undated.state == "open":
        return Standing("needs_judgement", undated.figure, f"{named}：待县里判断。", undated.why, undated.place)
    if undated.state == "faulty":
        return Standing("unfilled", undated.figure, f"{named}：所填数字不能对照。", undated.why, undated.place)
    wanting = f"{shown}，尚不能对照" if shown else "尚未填写"
    return Standing("unfilled", undated.figure, f"{named}：{wanting}。", undated.why, undated.place)


def _besides(undated: _Undated) -> str:
    """The figure before 已做到, where it says more than 是 or 否."""
    plain = undated.figure is None or isinstance(undated.figure, Truth) or undated.figure in _JUDGED
    return "" if plain else f"{undated.figure}，"


def _before_dates(policy: Policy, commitment: Commitment, survey: Survey) -> _Undated:
    if commitment.same_figure_as is not None:
        other = policy.commitment(commitment.same_figure_as)
        if other is not None:
            # 同一个数只问一次：拿另一条承诺所填（或所读）的数，对照本条印的数
            shared = _before_dates(
                policy, replace(commitment, same_figure_as=None, reads=other.reads, id=other.id), survey
            )
            return replace(shared, place=shared.place or FigurePlace("commitment", other.id, f"“{other.object}”一项"))
    answered = _read(commitment, commitment.reads, survey) if commitment.reads is not None else None
    return answered or _own(commitment, survey.submission.local.answers.get(policy.id, {}).get(commitment.id))


# --- read elsewhere -------------------------------------------------------------------------------------------------


def _read(commitment: Commitment, reading: AnswerRef, survey: Survey) -> _Undated | None:
    """What the county answered there; None where no standard judged asks it of this county: then it is asked here."""
    if reading.fact is not None:
        return next(_facts(commitment, reading.fact, survey), None)
    for context in survey.under:
        row = context.standard.row(reading.row or "")
        measure = row.measure(reading.measure or "") if row is not None else None
        if row is None or measure is None or evaluate(row.applies_when, context.facts) is False:
            continue
        if evaluate(measure.applies_when, context.facts) is not False:
            return _measured(row, _as_promised(measure, commitment), survey, context)
    return None


def _measured(row: Indicator, measure: Measure, survey: Survey, context: JudgingContext) -> _Undated:
    place = FigurePlace("measure", measure.id, f"指标 {row.id}“{measure.label}”", row.id)
    asking = replace(row, measures=tuple(measure if other.id == measure.id else other for other in row.measures))
    judged = collect_reasons(asking, survey.submission.answers.get(row.id) or Answer(), context)
    result = next(result for result in judged.measures if result.id == measure.id)
    blocking = [reason for reason in judged.reasons if reason.measure == measure.id and reason.effect == "blocks"]
    if result.state in ("holds", "settled"):
        return _Undated("holds", result.shown_figure or "无此情形", place=place)
    if result.state == "open":
        return _Undated("open", result.shown_figure, f"请到{place.label}写明判断和理由。", place)
    if result.state == "fails":
        # 数字自相矛盾（多于总数、前后不一）是本工具的核对，不是没有做到
        if all(reason.basis == "document" for reason in blocking):
            return _Undated("fails", result.shown_figure, place=place)
        return _Undated("faulty", result.shown_figure, blocking[0].text, place)
    # 填了而用不上的（总数为 0、缺一半、填法不符），照实说出是什么，不说没有填
    if blocking and result.shown_figure is None and blocking[0].code != "figure_missing":
        return _Undated("faulty", None, blocking[0].text, place)
    facts = "".join(f"“{context.fact_label(i)}”" for i in measure.of if fact_number(context.facts, i) is None)
    if result.shown_figure is not None:
        return _Undated(
            "missing", result.shown_figure, f"请填写县情{facts}。" if facts else f"请核对{place.label}。", place
        )
    return _Undated("missing", None, f"请到{place.label}填写" + (f"，并填写县情{facts}。" if facts else "。"), place)


def _as_promised(measure: Measure, commitment: Commitment) -> Measure:
    """The measure with what the document asks in the place of the standard's threshold."""
    if commitment.kind == "ratio":
        return replace(measure, require=_limits(commitment, commitment.unit or PERCENT))
    if commitment.kind in ("amount", "count") and measure.kind != "coverage":
        return replace(measure, require=_limits(commitment, measure.unit))
    # 每个都有、全部做到：不沿用标准的比例
    return replace(measure, require=None)


def _limits(commitment: Commitment, unit: str | None) -> Require:
    low, high = (
        Bound(number=commitment.value),
        Bound(number=commitment.value if commitment.value_to is None else commitment.value_to),
    )
    if commitment.compare == "at_most":
        return Require(at_most=high, unit=unit)
    return Require(at_least=low, at_most=high if commitment.compare == "equals" else None, unit=unit)


def _facts(commitment: Commitment, fact_id: str, survey: Survey) -> Iterator[_Undated]:
    for context in survey.under:
        fact = context.standard.facts.get(fact_id)
        if fact is None:
            continue
        place = FigurePlace("fact", fact_id, f"县情“{fact.label}”")
        value, stored = fact_value(context.facts, fact_id), context.facts.get(fact_id)
        if value is None and isinstance(stored, Judged) and stored.value is not None:
            yield _Undated("open", None, f"请在{place.label}写明理由。", place)
        elif value is None:
            yield _Undated("missing", None, f"请填写{place.label}。", place)
        else:
            yield replace(_compared(commitment, value), place=place)


# --- answered here --------------------------------------------------------------------------------------------------


def _own(commitment: Commitment, answer: LocalAnswer | None) -> _Undated:
    if commitment.kind == "deadline":
        return _done(commitment, answer if isinstance(answer, Done) else Done())
    if commitment.kind == "duty":
        return _judged(answer if isinstance(answer, Judgement) else Judgement())
    if isinstance(answer, Beside) and commitment.than is not None:
        return _beside(commitment, answer)
    if isinstance(answer, Members) and answer.each:
        return _least(commitment, answer.each)
    if not is_number(answer):
        return _Undated("missing", None, "请填写。")
    return _compared(commitment, answer)


def _beside(commitment: Commitment, answer: Beside) -> _Undated:
    if answer.own is None or answer.other is None:
        lacking = "本县的数" if answer.own is None else commitment.than
        return _Undated("missing", None, f"请填写{lacking}。")
    compared = _compared(replace(commitment, value=answer.other), answer.own)
    own, other = (Amount(number, commitment.unit) for number in (answer.own, answer.other))
    return replace(compared, figure=f"{own}（{commitment.than} {other}）")


def _least(commitment: Commitment, each: Mapping[str, Number]) -> _Undated:
    """Every member must keep it: the one that keeps it least is compared and named."""
    most = commitment.compare == "at_most"
    worst = (max if most else min)(each.values(), key=exact)
    names = [name for name, number in each.items() if number == worst]
    listed = "、".join(names[:_NAMED]) + (f"等{len(names)}个" if len(names) > _NAMED else "")
    words = f"{len(each)}个中最{'多' if most else '少'}的 {Amount(worst, commitment.unit)}（{listed}）"
    return replace(_compared(commitment, worst), figure=words)


def _judged(judgement: Judgement) -> _Undated:
    if judgement.fulfilled is None:
        return _Undated("open", None, "请判断是否做到，并写明理由。")
    words = _JUDGED[0 if judgement.fulfilled else 1]
    if not judgement.fulfilled:
        return _Undated("fails", words)
    if not has_visible_text(judgement.reason):
        return _Undated("open", words, "请写明理由。")
    return _Undated("holds", words)


def _done(commitment: Commitment, answer: Done) -> _Undated:
    if answer.done is None:
        return _Undated("missing", None, "请填写是否完成和完成日期。")
    if not answer.done:
        return _Undated("fails", "尚未完成")
    if answer.date is None or commitment.deadline is None:
        return _Undated("missing", "已完成（缺日期）", "请填完成日期。")
    due, shown = last_day(commitment.deadline), f"{moment(answer.date)}完成"
    if last_day(answer.date) <= due:
        return _Undated("holds", shown)
    if first_day(answer.date) <= due:
        return _Undated("faulty", shown, "完成日期不够具体，看不出是否按时；请写到月或日。")
    return _Undated("fails", shown)


def _compared(commitment: Commitment, value: Number | str | bool) -> _Undated:
    """A number against the printed one; a yes or no against 做到."""
    if isinstance(value, bool):
        return _Undated("holds" if value else "fails", Truth(value))
    if not is_number(value) or commitment.value is None:
        return _Undated("faulty", None, "所填不是可以对照的数字；请核对。")
    figure = Amount(value, commitment.unit)
    if commitment.kind == "ratio" and value > (full := SHARE_SCALES.get(commitment.unit or "", HUNDRED)):
        return _Undated("faulty", figure, f"超过{Amount(full, commitment.unit)}；请核对。")
    limits = _limits(commitment, commitment.unit)
    number = exact(value)
    low, high = (bound.number if bound is not None else None for bound in (limits.at_least, limits.at_most))
    within = (low is None or number >= exact(low)) and (high is None or number <= exact(high))
    return _Undated("holds" if within else "fails", figure)
