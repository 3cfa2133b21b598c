"""Dates of what a package brings, held to what saving holds them to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from indicators.model import Standard
from scoring.entry.uses import uses
from scoring.submission import Submission
from storage.canonical import Json
from workflow.entries.dating import dated_faults
from workflow.errors import Refused
from workflow.targets import Target


def refuse_misdated(
    entries: Mapping[Target, Json], read: Submission, standards: Sequence[Standard], today: date, released: date | None
) -> None:
    """Raise Refused (``bad_file``) with every entry that is dated after today, or before it was first sent up.

    ``read``: the package's submission; ``released``: the day it was first sent up on this network, None where it came
    by a package, whose day says nothing.
    """
    told = dict.fromkeys(_told(entries, read, standards, today, released))
    if told:
        raise Refused(
            "bad_file", f"交换包里有 {len(told)} 处日期不合，不收。请对方更正下列各处，重新制作交换包：", *told
        )


def _told(
    entries: Mapping[Target, Json], read: Submission, standards: Sequence[Standard], today: date, released: date | None
) -> Iterator[str]:
    used = uses(read, standards)
    for target, body in entries.items():
        rows = "、".join(map(str, used.get(target.key, ()))) if target.kind == "evidence" else ""
        for _, sentence in dated_faults(target, body, today, released):
            yield f"{sentence}（用于{rows}）" if rows else sentence
