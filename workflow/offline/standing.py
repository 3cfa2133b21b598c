"""Where a submission stands, as a package tells the other network: its state, the last move, an open return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indicators.model import Standard
from scoring.archives.package import plain_text, whole_number
from scoring.checks.named_checks import explainable
from scoring.submission import FORM_LABELS
from storage.records import Move, Return
from workflow.errors import Refused
from workflow.privacy import refuse_identifiers_in_text
from workflow.states import State
from workflow.targets import form_field

_LONGEST = 20_000
_LEVELS = frozenset({"prefecture", "province"})


@dataclass(frozen=True, slots=True)
class Notice:
    """A return for correction. ``items``: rows or form fields, each with its reason."""

    number: int
    level: str
    reason: str | None
    due: date | None
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """``move``, ``reason``: the last move and what was said with it. ``corrections``: the county's words on a return's
    items, by the key of their entries; ``explanations``: those on warnings, likewise. ``returns``: how many there were,
    ever. ``given``: the facts that prefecture or province gave."""

    state: State
    move: str = ""
    reason: str = ""
    notice: Notice | None = None
    corrections: Mapping[str, str] = field(default_factory=dict)
    returns: int = 0
    given: frozenset[str] = frozenset()
    explanations: Mapping[str, str] = field(default_factory=dict)


def told(
    state: State,
    last: Move | None,
    returns: Sequence[Return],
    corrections: Mapping[str, str],
    given: Iterable[str],
    *,
    explanations: Mapping[str, str],
) -> dict[str, Any]:
    """As the manifest holds it."""
    notice = next((one for one in reversed(returns) if one.closed_at is None), None)
    return {
        "state": state.value,
        "move": last.move if last else "",
        "reason": (last.reason if last else None) or "",
        "corrections": dict(corrections),
        "explanations": dict(explanations),
        "returns": len(returns),
        "given": sorted(given),
        "return": None if notice is None else {
            "number": notice.number,
            "level": notice.level,
            "reason": notice.reason or "",
            "due": notice.due.isoformat() if notice.due else "",
            "items": [[item.row_id, item.reason] for item in notice.items],
        },
    }  # fmt: skip


def understood(procedure: Mapping[str, Any], standards: Iterable[Standard]) -> Standing:
    """The reverse of `told`; ``standards``: the round's. Raises Refused."""
    standards = tuple(standards)
    try:
        notice = procedure["return"]
        given = {plain_text(fact) for fact in procedure["given"]}
        standing = Standing(
            State(procedure["state"]),
            plain_text(procedure["move"]),
            _short(procedure["reason"]),
            None if notice is None else _notice(notice, {row.id for standard in standards for row in standard.rows()}),
            {plain_text(key): _short(said) for key, said in procedure["corrections"].items()},
            whole_number(procedure["returns"]),
            frozenset(f.id for s in standards for f in s.facts.values() if f.given_by is not None and f.id in given),
            _explanations(procedure.get("explanations", {}), explainable(standards)),
        )
        if (standing.state is State.RETURNED) is not (standing.notice is not None):
            raise ValueError(notice)
    except (KeyError, TypeError, ValueError, AttributeError) as odd:
        raise Refused("bad_file", "交换包的清单没有写明申报到了哪个环节，或被改动过。请重新制作交换包。") from odd
    texts = {"办理理由": standing.reason, **{f"补正情况 {key}": said for key, said in standing.corrections.items()}}
    texts |= {f"对提醒的说明 {key}": said for key, said in standing.explanations.items()}
    if standing.notice is not None:
        texts["补正总的说明"] = standing.notice.reason or ""
        texts |= {f"补正第{n}项": reason for n, (_, reason) in enumerate(standing.notice.items, start=1)}
    for name, text in texts.items():
        refuse_identifiers_in_text("交换包", name, text)
    return standing


def _explanations(explanations: Mapping[str, Any], checks: frozenset[str]) -> dict[str, str]:
    """Those of checks known here; a package made before there were any has none."""
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
