"""What a county answers for one local commitment on its own sheet, against the printed figure; dates come later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from indicators.model import SHARE_SCALES, Bound, Commitment, Require
from scoring.conditions import is_number
from scoring.local.wording import first_day, last_day, moment
from scoring.submission import Beside, Done, Judgement, LocalAnswer, Members, Number
from scoring.visible_text import has_visible_text
from scoring.wording import HUNDRED, Amount, Truth, exact

_NAMED = 5
JUDGED = ("做到", "没有做到")
PlaceKind = Literal["fact", "measure", "commitment"]


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure is read: a fact, a row's measure, or another commitment of the document. ``label`` names it."""

    kind: PlaceKind
    id: str
    label: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Undated:
    """How a figure compares before dates are looked at; ``faulty``: not usable; ``why``: of the last three."""

    state: Literal["holds", "fails", "missing", "faulty", "open"]
    figure: object | None = None
    why: str = ""
    place: FigurePlace | None = None


def own_answer(commitment: Commitment, answer: LocalAnswer | None) -> Undated:
    """How the county's answer compares, by the commitment's kind; an answer of another shape is as none."""
    if commitment.kind == "deadline":
        return _done(commitment, answer if isinstance(answer, Done) else Done())
    if commitment.kind == "duty":
        return _judged(answer if isinstance(answer, Judgement) else Judgement())
    if isinstance(answer, Beside) and commitment.than is not None:
        return _beside(commitment, answer)
    if isinstance(answer, Members) and answer.each:
        return _least(commitment, answer.each)
    if not is_number(answer):
        return Undated("missing", None, "请填写。")
    return compared(commitment, answer)


def _beside(commitment: Commitment, answer: Beside) -> Undated:
    if answer.own is None or answer.other is None:
        lacking = "本县的数" if answer.own is None else commitment.than
        return Undated("missing", None, f"请填写{lacking}。")
    beside = compared(replace(commitment, value=answer.other), answer.own)
    own, other = (Amount(number, commitment.unit) for number in (answer.own, answer.other))
    return replace(beside, figure=f"{own}（{commitment.than} {other}）")


def _least(commitment: Commitment, each: Mapping[str, Number]) -> Undated:
    """Every member must keep it: the one that keeps it least is compared and named."""
    most = commitment.compare == "at_most"
    worst = (max if most else min)(each.values(), key=exact)
    names = [name for name, number in each.items() if number == worst]
    listed = "、".join(names[:_NAMED]) + (f"等{len(names)}个" if len(names) > _NAMED else "")
    words = f"{len(each)}个中最{'多' if most else '少'}的 {Amount(worst, commitment.unit)}（{listed}）"
    return replace(compared(commitment, worst), figure=words)


def _judged(judgement: Judgement) -> Undated:
    if judgement.fulfilled is None:
        return Undated("open", None, "请判断是否做到，并写明理由。")
    words = JUDGED[0 if judgement.fulfilled else 1]
    if not judgement.fulfilled:
        return Undated("fails", words)
    if not has_visible_text(judgement.reason):
        return Undated("open", words, "请写明理由。")
    return Undated("holds", words)


def _done(commitment: Commitment, answer: Done) -> Undated:
    if answer.done is None:
        return Undated("missing", None, "请填写是否完成和完成日期。")
    if not answer.done:
        return Undated("fails", "尚未完成")
    if answer.date is None or commitment.deadline is None:
        return Undated("missing", "已完成（缺日期）", "请填完成日期。")
    due, shown = last_day(commitment.deadline), f"{moment(answer.date)}完成"
    if last_day(answer.date) <= due:
        return Undated("holds", shown)
    if first_day(answer.date) <= due:
        return Undated("faulty", shown, "完成日期不够具体，看不出是否按时；请写到月或日。")
    return Undated("fails", shown)


def compared(commitment: Commitment, value: Number | str | bool) -> Undated:
    """A number against the printed one; a yes or no against 做到."""
    if isinstance(value, bool):
        return Undated("holds" if value else "fails", Truth(value))
    if not is_number(value) or commitment.value is None:
        return Undated("faulty", None, "所填不是可以对照的数字；请核对。")
    figure = Amount(value, commitment.unit)
    if commitment.kind == "ratio" and value > (full := SHARE_SCALES.get(commitment.unit or "", HUNDRED)):
        return Undated("faulty", figure, f"超过{Amount(full, commitment.unit)}；请核对。")
    limits = limits_of(commitment, commitment.unit)
    number = exact(value)
    low, high = (bound.number if bound is not None else None for bound in (limits.at_least, limits.at_most))
    within = (low is None or number >= exact(low)) and (high is None or number <= exact(high))
    return Undated("holds" if within else "fails", figure)


def limits_of(commitment: Commitment, unit: str | None) -> Require:
    """The printed figure as a requirement."""
    low, high = (
        Bound(number=commitment.value),
        Bound(number=commitment.value if commitment.value_to is None else commitment.value_to),
    )
    if commitment.compare == "at_most":
        return Require(at_most=high, unit=unit)
    return Require(at_least=low, at_most=high if commitment.compare == "equals" else None, unit=unit)
