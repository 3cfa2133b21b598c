"""How local commitments, their dates and shortfalls read in Chinese."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from indicators.model import Clause, Commitment, Policy, Shortfall, Standard
from scoring.submission import Judgement, LocalAnswer, Period
from scoring.visible_text import has_visible_text
from scoring.wording import plain, unit_label

EVERY = {"year": "每年", "quarter": "每季度", "month": "每月"}
_MORE = {"amount": "不低于", "ratio": "不低于", "count": "不少于"}
_LESS = {"amount": "不高于", "ratio": "不高于", "count": "不多于"}
_DECEMBER = 12
STILL_BINDING = "按地方文件办理的，仍须达到标准原文。"


def promise(commitment: Commitment) -> str:
    """What the document promises: 每个村（居）民委员会不少于1名（2020年底前）."""
    when = (
        f"每年{commitment.each_year_by}月底前"
        if commitment.each_year_by
        else f"{due(commitment.deadline)}前"
        if commitment.deadline
        else f"自{moment(commitment.since)}起"
        if commitment.since
        else ""
    )
    if commitment.kind == "deadline":
        return f"{when}完成"
    if commitment.than is not None:
        bound = {"at_least": _MORE, "at_most": _LESS}.get(commitment.compare, {}).get(commitment.kind, "等于")
        return f"{bound}{commitment.than}" + (f"（{when}）" if when else "")
    if commitment.kind == "duty" or commitment.value is None:
        again = "" if commitment.each_year_by else EVERY.get(commitment.every or "", "")
        return f"{when}{again}做到"
    words = EVERY.get(commitment.every or "", "") + (f"每个{commitment.per}" if commitment.per else "")
    words += _bound(commitment)
    return f"{words}（{when}）" if when else words


def _bound(commitment: Commitment) -> str:
    low, unit = plain(commitment.value or 0), unit_label(commitment.unit)
    high = None if commitment.value_to is None else plain(commitment.value_to)
    if commitment.compare == "equals":
        return f"应为{low}{f'—{high}' if high else ''}{unit}"
    if commitment.compare == "at_most":
        return f"{_LESS[commitment.kind]}{high or low}{unit}"
    # 印作“1—2名”的，到下限即可；上限照录
    return f"{low}—{high}{unit}" if high else f"{_MORE[commitment.kind]}{low}{unit}"


def moment(text: str | None) -> str:
    """2018-04 → 2018年4月."""
    parts = [int(part) for part in (text or "").split("-") if part]
    return "".join(f"{part}{unit}" for part, unit in zip(parts, ("年", "月", "日"), strict=False))


def due(text: str) -> str:
    """A deadline: 2020年底, 2018年4月底; a day is itself the end: 2018年6月15日."""
    return moment(text) if _parts(text)[2] else f"{moment(text)}底"


def last_day(text: str) -> date:
    """The last day of a year, month or day written YYYY, YYYY-MM or YYYY-MM-DD."""
    year, month, day = _parts(text)
    month = month or _DECEMBER
    return date(year, month, day or monthrange(year, month)[1])


def first_day(text: str) -> date:
    """The first day likewise."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def months_due(policy: Policy, commitment: Commitment, period: Period) -> tuple[str, ...]:
    """The months of the period by whose end it was due, from the document's day on: 2017-03, 2018-03."""
    if commitment.each_year_by is None:
        return ()
    held = [first_day(day) for day in (policy.valid_from or policy.date, commitment.since) if day is not None]
    start = max(period.first, *held)
    months = (f"{year}-{commitment.each_year_by:02}" for year in range(start.year, period.last.year + 1))
    return tuple(month for month in months if start <= last_day(month) <= period.last)


def next_month_due(policy: Policy, commitment: Commitment, period: Period) -> str | None:
    """The first of them; where there is none, the month after the period; None for what no month is printed for."""
    if commitment.each_year_by is None:
        return None
    within = months_due(policy, commitment, period)
    this_year = f"{period.last.year}-{commitment.each_year_by:02}"
    later = this_year if last_day(this_year) > period.last else f"{period.last.year + 1}-{commitment.each_year_by:02}"
    return within[0] if within else later


def _parts(text: str) -> tuple[int, int, int]:
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    return year, month, day


def document_name(policy: Policy) -> str:
    """How messages name a document: its number where it has one, else its title."""
    return policy.number or f"《{policy.title}》"


def validity(policy: Policy) -> tuple[str, ...]:
    """From when to when the document holds and what it repeals, where it prints any of it."""
    words = (
        policy.valid_from and f"自{moment(policy.valid_from)}起施行",
        policy.valid_until and f"有效期至{moment(policy.valid_until)}",
        policy.repeals and f"废止{'、'.join(policy.repeals)}",
    )
    return tuple(word for word in words if word)


def not_in_force(policy: Policy, policies: Mapping[str, Policy], period: Period) -> str | None:
    """Why a document is not compared: on no day of the period did it hold. None where it did."""
    name = document_name(policy)
    begins, whole = policy.valid_from or policy.date, f"申报期（{period.first}至{period.last}）"
    if begins is not None and first_day(begins) > period.last:
        says = "起施行" if policy.valid_from else "发文"
        return f"{name} {moment(begins)}{says}，晚于{whole}，不对照。申报期内适用以前的文件的，请另选。"
    if policy.valid_until is not None and last_day(policy.valid_until) < period.first:
        return f"{name} 有效期至{moment(policy.valid_until)}，早于{whole}，不对照。请核对是否已有新的文件。"
    for other in policies.values():
        began = other.valid_from or other.date
        if policy.repealed_by(other) and began is not None and last_day(began) <= period.first:
            by = f"{document_name(other)}（{moment(began)}）"
            return f"{name} 已由{by}废止，{whole}内不再有效，不对照。请核对所选的文件。"
    return None


def not_finished(answer: LocalAnswer | None) -> str | None:
    """What is wanting in a judgement that was begun: a choice to its reason, or a reason to its choice."""
    if not isinstance(answer, Judgement):
        return None
    reasoned = has_visible_text(answer.reason)
    if answer.fulfilled is None:
        return "写了理由，尚未选“做到”或“没有做到”。" if reasoned else None
    return None if reasoned else f"选了“{'做到' if answer.fulfilled else '没有做到'}”，没有写理由。"


def shortfall_words(clause: Clause, shortfall: Shortfall, standards: Sequence[Standard], *, everywhere: bool) -> str:
    """Both texts, both places, and what follows; ``everywhere``: every standard judged prints these words."""
    which = "" if everywhere else f"（{'、'.join(f'《{standard.title}》' for standard in standards)}）"
    return (
        f"{clause.id}写“{shortfall.local}”，指标 {shortfall.indicator}{which}要求“{shortfall.standard}”："
        f"{shortfall.note.rstrip('。')}。{STILL_BINDING.rstrip('。')}（本工具读法）。"
    )
