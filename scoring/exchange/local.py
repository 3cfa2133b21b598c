"""The part of the exchange file under ``local``: which local documents apply, and the county's answers to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from indicators.model import Commitment, Policy
from indicators.reading.located import Located
from scoring.exchange.schema import ValueReading
from scoring.submission import Beside, Done, Judgement, Local, LocalAnswer, Members

if TYPE_CHECKING:
    from indicators.reading.located import KeyPath

_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_LABELS = {"amount": "金额", "ratio": "百分数", "count": "数量"}


def read_local(reading: ValueReading, value: object, policies: Mapping[str, Policy]) -> Local:
    """The ``local`` part; problems are noted on ``reading``."""
    parts = reading.parts(value, ("local",), ("policies", "answers"))
    chosen = None
    if "policies" in parts:
        path: KeyPath = ("local", "policies")
        ids = reading.items(parts["policies"], path, lambda one, at: _policy(reading, one, at, policies))
        chosen = reading.once(ids, path)
    answers: dict[str, dict[str, LocalAnswer]] = {}
    for policy_id, inner in reading.mapping(parts.get("answers"), ("local", "answers")).items():
        here: KeyPath = ("local", "answers", policy_id)
        if policy_id not in policies:
            reading.unknown(policy_id, here, policies, "地方文件")
            continue
        answers[policy_id] = _answers(reading, inner, here, policies[policy_id])
    return Local(chosen, {policy: parts for policy, parts in answers.items() if parts})


def local_answer_fits(policies: Mapping[str, Policy], policy_id: str, commitment_id: str, value: object) -> bool:
    """Whether an installed document still asks this commitment, in the form the value has."""
    reading = ValueReading(Located("", {}, {}, {}))
    read_local(reading, {"answers": {policy_id: {commitment_id: value}}}, policies)
    return not reading.problems


def _policy(reading: ValueReading, value: object, path: KeyPath, policies: Mapping[str, Policy]) -> str | None:
    text = reading.text(value, path)
    if text is None or text in policies:
        return text
    reading.unknown(text, path, policies, "地方文件", key=False)
    return None


def _answers(reading: ValueReading, value: object, path: KeyPath, policy: Policy) -> dict[str, LocalAnswer]:
    known = {commitment.id: commitment for _, commitment in policy.commitments()}
    asked_of_county = [
        i for i, commitment in known.items() if commitment.held_by == "county" and commitment.same_figure_as is None
    ]
    taken: dict[str, LocalAnswer] = {}
    for commitment_id, inner in reading.mapping(value, path).items():
        here = (*path, commitment_id)
        commitment = known.get(commitment_id)
        if commitment is None:
            reading.unknown(commitment_id, here, asked_of_county, "承诺")
        elif commitment.held_by == "above":
            reading.fault(here, f"“{commitment.object}”由上级承担，不问县里；请删去", key=True)
        elif commitment.same_figure_as is not None:
            reading.fault(here, f"这一项沿用 {commitment.same_figure_as} 所填的，只填一处；请移到那一项", key=True)
        else:
            answer = _answer(reading, inner, here, commitment)
            if answer is not None:
                taken[commitment_id] = answer
    return taken


def _answer(reading: ValueReading, value: object, path: KeyPath, commitment: Commitment) -> LocalAnswer | None:
    if commitment.than is not None:
        return _beside(reading, value, path, commitment)
    if commitment.kind in _LABELS:
        if isinstance(value, dict) and "each" in value and commitment.counts_members:
            return _members(reading, value, path, commitment)
        if isinstance(value, dict | list):
            reading.fault(
                path, f"“{commitment.object}”应写一个数字（{_LABELS[commitment.kind]}），如 {commitment.value}；请改写"
            )
            return None
        return reading.number(value, path, commitment.unit)
    if commitment.kind == "deadline":
        if not isinstance(value, dict):
            reading.fault(path, f'“{commitment.object}”应写作 {{done: true, date: "2018-05"}}；请改写')
            return None
        parts = reading.parts(value, path, ("done", "date"))
        answer = Done(reading.yes_no(parts.get("done"), (*path, "done")), _date(reading, parts.get("date"), path))
        return None if answer == Done() else answer
    if not isinstance(value, dict):
        reading.fault(path, f"“{commitment.object}”由人判断，应写作 {{fulfilled: true, reason: 理由}}；请改写")
        return None
    parts = reading.parts(value, path, ("fulfilled", "reason"))
    judged = Judgement(
        reading.yes_no(parts.get("fulfilled"), (*path, "fulfilled")),
        reading.text(parts.get("reason"), (*path, "reason")),
    )
    return None if judged == Judgement() else judged


def _beside(reading: ValueReading, value: object, path: KeyPath, commitment: Commitment) -> Beside | None:
    if not isinstance(value, dict):
        words = f"“{commitment.object}”与{commitment.than}相比，应写作 {{own: 本县的数, other: 所比的数}}；请改写"
        reading.fault(path, words)
        return None
    numbers = {
        key: reading.number(number, (*path, key), commitment.unit)
        for key, number in reading.parts(value, path, ("own", "other")).items()
    }
    return None if not numbers else Beside(**numbers)


def _members(reading: ValueReading, value: dict[str, object], path: KeyPath, commitment: Commitment) -> Members | None:
    given = reading.mapping(reading.parts(value, path, ("each",)).get("each"), (*path, "each"))
    numbers = ((name, reading.number(number, (*path, "each", name), commitment.unit)) for name, number in given.items())
    each = {name: number for name, number in numbers if number is not None}
    return Members(each) if each else None


def _date(reading: ValueReading, value: object, path: KeyPath) -> str | None:
    """A day, a month or a year that is in the calendar."""
    text = reading.text(value, (*path, "date"))
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
            date(year, month, day)
            return text
    except ValueError:
        pass
    reading.fault((*path, "date"), f'日期“{text[:20]}”无效；请写作 "2018-05-31"、"2018-05" 或 "2018"')
    return None
