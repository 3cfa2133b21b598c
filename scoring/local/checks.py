"""One local commitment against the county's figure: kept, short, not due, unfilled, or a person's to judge.

Where the commitment ``reads`` a measure, the measure is judged by the house's one implementation with the document's
figure in the place of the standard's threshold, so that years, wholes and slips come out as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indicators.model import (
    AnswerRef,
    Clause,
    Commitment,
    Indicator,
    Measure,
    Policy,
    vocabulary,
)
from scoring.conditions import evaluate, fact_number, fact_value
from scoring.context import JudgingContext
from scoring.judging.row_reasons import collect_reasons
from scoring.local.own_answers import JUDGED, FigurePlace, Undated, compared, limits_of, own_answer
from scoring.local.wording import due, first_day, last_day, moment, months_due, next_month_due, promise
from scoring.submission import Answer, Judged, Submission
from scoring.wording import PERCENT, Truth

LocalState = vocabulary.LocalState


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


def check(policy: Policy, clause: Clause, commitment: Commitment, survey: Survey) -> Standing:
    """How this commitment of the document stands. Never raises, whatever the submission holds."""
    undated = _before_dates(policy, commitment, survey)
    return _dated(policy, clause, commitment, undated, survey)


def _dated(policy: Policy, clause: Clause, commitment: Commitment, undated: Undated, survey: Survey) -> Standing:
    """A deadline after the period's end is not due; what is reached already is kept all the same. What is due by a
    month of every year is not due where that month ends on no day of the period on which the document held.
    """
    last = survey.submission.round.period.last
    named = f"{clause.id} {commitment.object}"
    shown = "" if undated.figure is None else f"{undated.figure}"
    deadline = commitment.deadline or next_month_due(policy, commitment, survey.submission.round.period)
    until = last_day(deadline) if deadline else None
    late = until or (first_day(commitment.since) if commitment.since else None)
    if undated.state == "holds":
        words = (
            f"{shown}，已达到（{promise(commitment)}）"
            if commitment.value is not None or commitment.than is not None
            else f"{_besides(undated)}已做到"
        )
        return Standing("kept", undated.figure, f"{named}：{words}。", None, undated.place)
    if late is not None and late > last:
        till = due(deadline) if deadline else moment(commitment.since)
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
        times = months_due(policy, commitment, survey.submission.round.period)
        each = f"（申报期内到期：{'、'.join(map(due, times))}，每次都要做到）" if times else ""
        return Standing("needs_judgement", undated.figure, f"{named}：待县里判断{each}。", undated.why, undated.place)
    if undated.state == "faulty":
        return Standing("unfilled", undated.figure, f"{named}：所填数字不能对照。", undated.why, undated.place)
    wanting = f"{shown}，尚不能对照" if shown else "尚未填写"
    return Standing("unfilled", undated.figure, f"{named}：{wanting}。", undated.why, undated.place)


def _besides(undated: Undated) -> str:
    """The figure before 已做到, where it says more than 是 or 否."""
    plain = undated.figure is None or isinstance(undated.figure, Truth) or undated.figure in JUDGED
    return "" if plain else f"{undated.figure}，"


def _before_dates(policy: Policy, commitment: Commitment, survey: Survey) -> Undated:
    if commitment.same_figure_as is not None:
        other = policy.commitment(commitment.same_figure_as)
        if other is not None:
            # 同一个数只问一次：拿另一条承诺所填（或所读）的数，对照本条印的数
            shared = _before_dates(
                policy, replace(commitment, same_figure_as=None, reads=other.reads, id=other.id), survey
            )
            return replace(shared, place=shared.place or FigurePlace("commitment", other.id, f"“{other.object}”一项"))
    answered = _read(commitment, commitment.reads, survey) if commitment.reads is not None else None
    return answered or own_answer(commitment, survey.submission.local.answers.get(policy.id, {}).get(commitment.id))


# --- read elsewhere -------------------------------------------------------------------------------------------------


def _read(commitment: Commitment, reading: AnswerRef, survey: Survey) -> Undated | None:
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


def _measured(row: Indicator, measure: Measure, survey: Survey, context: JudgingContext) -> Undated:
    place = FigurePlace("measure", measure.id, f"指标 {row.id}“{measure.label}”", row.id)
    asking = replace(row, measures=tuple(measure if other.id == measure.id else other for other in row.measures))
    judged = collect_reasons(asking, survey.submission.answers.get(row.id) or Answer(), context)
    result = next(result for result in judged.measures if result.id == measure.id)
    blocking = [reason for reason in judged.reasons if reason.measure == measure.id and reason.effect == "blocks"]
    if result.state in ("holds", "settled"):
        return Undated("holds", result.shown_figure or "无此情形", place=place)
    if result.state == "open":
        return Undated("open", result.shown_figure, f"请到{place.label}写明判断和理由。", place)
    if result.state == "fails":
        # 数字自相矛盾（多于总数、前后不一）是本工具的核对，不是没有做到
        if all(reason.basis == "document" for reason in blocking):
            return Undated("fails", result.shown_figure, place=place)
        return Undated("faulty", result.shown_figure, blocking[0].text, place)
    # 填了而用不上的（总数为 0、缺一半、填法不符），照实说出是什么，不说没有填
    if blocking and result.shown_figure is None and blocking[0].code != "figure_missing":
        return Undated("faulty", None, blocking[0].text, place)
    facts = "".join(f"“{context.fact_label(i)}”" for i in measure.of if fact_number(context.facts, i) is None)
    if result.shown_figure is not None:
        return Undated(
            "missing", result.shown_figure, f"请填写县情{facts}。" if facts else f"请核对{place.label}。", place
        )
    return Undated("missing", None, f"请到{place.label}填写" + (f"，并填写县情{facts}。" if facts else "。"), place)


def _as_promised(measure: Measure, commitment: Commitment) -> Measure:
    """The measure with what the document asks in the place of the standard's threshold."""
    if commitment.kind == "ratio":
        return replace(measure, require=limits_of(commitment, commitment.unit or PERCENT))
    if commitment.kind in ("amount", "count") and measure.kind != "coverage":
        return replace(measure, require=limits_of(commitment, measure.unit))
    # 每个都有、全部做到：不沿用标准的比例
    return replace(measure, require=None)


def _facts(commitment: Commitment, fact_id: str, survey: Survey) -> Iterator[Undated]:
    for context in survey.under:
        fact = context.standard.facts.get(fact_id)
        if fact is None:
            continue
        place = FigurePlace("fact", fact_id, f"县情“{fact.label}”")
        value, stored = fact_value(context.facts, fact_id), context.facts.get(fact_id)
        if value is None and isinstance(stored, Judged) and stored.value is not None:
            yield Undated("open", None, f"请在{place.label}写明理由。", place)
        elif value is None:
            yield Undated("missing", None, f"请填写{place.label}。", place)
        else:
            yield replace(compared(commitment, value), place=place)
