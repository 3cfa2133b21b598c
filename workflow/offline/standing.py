"""Where a submission stands, as a package tells the other network: how it came there, its returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from indicators.model import Standard
from scoring.archives.package import plain_text, whole_number
from scoring.checks.named_checks import explainable
from scoring.days import EARLIEST_YEAR
from scoring.submission import FORM_LABELS
from workflow.errors import Refused
from workflow.offline.trail import Notice, Step
from workflow.privacy import refuse_identifiers_in_text
from workflow.states import State
from workflow.targets import form_field

_LONGEST, _MOST_STEPS = 20_000, 500
_ABOUT_MIDNIGHT, _FIRST_DAY = timedelta(days=1), date(EARLIEST_YEAR, 1, 1)
_LEVELS = frozenset({"prefecture", "province"})


@dataclass(frozen=True, slots=True)
class Standing:
    """``trail``: every step so far, the last one led to ``state``. ``corrections``: the county's words on the items of
    returns, by the key of their entries; ``explanations``: those on warnings, likewise. ``given``: the facts that
    prefecture or province gave."""

    state: State
    trail: tuple[Step, ...] = ()
    corrections: Mapping[str, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    explanations: Mapping[str, str] = field(default_factory=dict)


def told(
    state: State,
    steps: Sequence[Step],
    corrections: Mapping[str, str],
    given: Iterable[str],
    *,
    explanations: Mapping[str, str],
) -> dict[str, Any]:
    """As the manifest holds it."""
    notices = {step.notice.number: step.notice for step in steps if step.notice is not None}
    return {
        "state": state.value,
        "trail": [
            {"move": step.move, "to": step.target.value, "reason": step.reason}
            | ({"return": step.notice.number} if step.notice is not None else {})
            | ({"day": step.day.isoformat()} if step.day is not None else {})
            for step in steps
        ],
        "returns": [
            {
                "number": notice.number,
                "level": notice.level,
                "reason": notice.reason or "",
                "due": notice.due.isoformat() if notice.due else "",
                "items": [list(item) for item in notice.items],
            }
            for notice in notices.values()
        ],
        "corrections": dict(corrections),
        "explanations": dict(explanations),
        "given": sorted(given),
    }


def understood(procedure: Mapping[str, Any], standards: Iterable[Standard], today: date) -> Standing:
    """The reverse of `told`; ``standards``: the round's. Raises Refused."""
    standards = tuple(standards)
    try:
        rows = {row.id for standard in standards for row in standard.rows()}
        notices = [_notice(one, rows) for one in procedure["returns"]]
        given = {plain_text(fact) for fact in procedure["given"]}
        standing = Standing(
            State(procedure["state"]),
            tuple(_steps(procedure["trail"], {notice.number: notice for notice in notices})),
            {plain_text(key): _short(said) for key, said in procedure["corrections"].items()},
            frozenset(f.id for s in standards for f in s.facts.values() if f.given_by is not None and f.id in given),
            _explanations(procedure["explanations"], explainable(standards)),
        )
        if standing.state is not (standing.trail[-1].target if standing.trail else State.DRAFT):
            raise ValueError(standing.state)
    except (KeyError, TypeError, ValueError, AttributeError) as odd:
        raise Refused("bad_file", "交换包的清单没有写明申报到了哪个环节，或被改动过。请重新制作交换包。") from odd
    _refuse_odd_days(standing.trail, today)
    for name, text in _texts(standing, notices):
        refuse_identifiers_in_text("交换包", name, text)
    return standing


def _refuse_odd_days(trail: Iterable[Step], today: date) -> None:
    """Raise Refused for a move of tomorrow, or of a day before the move that it followed.

    By a day alone two networks' clocks may differ about midnight.
    """
    last = _FIRST_DAY
    for day in (step.day for step in trail if step.day is not None):
        odd = ""
        if day > today + _ABOUT_MIDNIGHT:
            odd = f"晚于今天（{today}）"
        elif day < last - _ABOUT_MIDNIGHT:
            odd = f"早于它的前一步（{last}）" if last > _FIRST_DAY else f"早于{EARLIEST_YEAR}年"
        if odd:
            told = f"交换包里有一步写的是 {day} 办理，{odd}，不收。请核对来源和两边的系统时间。"
            raise Refused("bad_file", told)
        last = day


def _texts(standing: Standing, notices: Iterable[Notice]) -> Iterator[tuple[str, str]]:
    yield from (("办理理由", step.reason) for step in standing.trail)
    yield from ((f"补正情况 {key}", said) for key, said in standing.corrections.items())
    yield from ((f"对提醒的说明 {key}", said) for key, said in standing.explanations.items())
    for notice in notices:
        yield "补正总的说明", notice.reason or ""
        yield from ((f"补正第{n}项", reason) for n, (_, reason) in enumerate(notice.items, start=1))


def _steps(told_steps: Sequence[Mapping[str, Any]], notices: Mapping[int, Notice]) -> Iterator[Step]:
    """One leads on to the next; a return, and a later day for one, is of one that is told."""
    if len(told_steps) > _MOST_STEPS:
        raise ValueError(len(told_steps))
    at = State.DRAFT
    for one in told_steps:
        day = date.fromisoformat(one["day"]) if "day" in one else None
        step = Step(plain_text(one["move"]), at, State(one["to"]), _short(one["reason"]), day=day)
        if step.names_return:
            step = replace(step, notice=notices[whole_number(one["return"])])
        yield step
        at = step.target


def _explanations(explanations: Mapping[str, Any], checks: frozenset[str]) -> dict[str, str]:
    """Those of checks known here."""
    said = {plain_text(key): _short(words) for key, words in explanations.items()}
    return {key: words for key, words in said.items() if words and key.partition("/")[0] in checks}


def _notice(notice: Mapping[str, Any], rows: set[str]) -> Notice:
    items = tuple((plain_text(row), _short(reason)) for row, reason in notice["items"])
    if not items or any(row not in rows and form_field(row) not in FORM_LABELS for row, _ in items):
        raise ValueError(items)
    if notice["level"] not in _LEVELS:
        raise ValueError(notice["level"])
    due = date.fromisoformat(notice["due"]) if notice["due"] else None
    return Notice(whole_number(notice["number"]), notice["level"], _short(notice["reason"]) or None, due, items)


def _short(value: object) -> str:
    text = plain_text(value)
    if len(text) > _LONGEST:
        raise ValueError(text[:100])
    return text
