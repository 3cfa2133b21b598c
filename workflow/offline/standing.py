"""Where a submission stands, as a package tells the other network: its state, the last move, an open return."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scoring.submission import FORM_LABELS
from storage.records import Move, Return
from workflow.errors import Refused
from workflow.privacy import refuse_identifiers_in_text
from workflow.states import State
from workflow.targets import form_field

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
    items, by the key of their entries."""

    state: State
    move: str = ""
    reason: str = ""
    notice: Notice | None = None
    corrections: Mapping[str, str] = field(default_factory=dict)


def told(state: State, last: Move | None, notice: Return | None, corrections: Mapping[str, str]) -> dict[str, Any]:
    """As the manifest holds it."""
    return {
        "state": state.value,
        "move": last.move if last else "",
        "reason": (last.reason if last else None) or "",
        "corrections": dict(corrections),
        "return": None if notice is None else {
            "number": notice.number,
            "level": notice.level,
            "reason": notice.reason or "",
            "due": notice.due.isoformat() if notice.due else "",
            "items": [[item.row_id, item.reason] for item in notice.items],
        },
    }  # fmt: skip


def understood(procedure: Mapping[str, Any], rows: Set[str]) -> Standing:
    """The reverse of `told`; ``rows``: what the round's standards ask. Raises Refused."""
    try:
        notice = procedure["return"]
        standing = Standing(
            State(procedure["state"]),
            _text(procedure["move"]),
            _text(procedure["reason"]),
            None if notice is None else _notice(notice, rows),
            {_text(key): _text(said) for key, said in procedure["corrections"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as odd:
        raise Refused("bad_file", "交换包的清单没有写明申报到了哪个环节，或被改动过。请重新制作交换包。") from odd
    texts = {"办理理由": standing.reason, **{f"补正情况 {key}": said for key, said in standing.corrections.items()}}
    if standing.notice is not None:
        texts |= {f"补正第{n}项": reason for n, (_, reason) in enumerate(standing.notice.items, start=1)}
    for name, text in texts.items():
        refuse_identifiers_in_text("交换包", name, text)
    return standing


def _notice(notice: Mapping[str, Any], rows: Set[str]) -> Notice:
    items = tuple((_text(row), _text(reason)) for row, reason in notice["items"])
    if not items or any(row not in rows and form_field(row) not in FORM_LABELS for row, _ in items):
        raise ValueError(items)
    if notice["level"] not in _LEVELS:
        raise ValueError(notice["level"])
    due = date.fromisoformat(notice["due"]) if notice["due"] else None
    return Notice(int(notice["number"]), notice["level"], _text(notice["reason"]) or None, due, items)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
