"""Deadlines and quota of what a package brings, held to what moving holds them to: here, on the day the move was made.

A move that the other network had taken in itself names no day: it was held to them there. What was sent up from here
comes back decided by those whose deadlines these are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from storage.records import RoundRecord
from workflow.errors import Refused
from workflow.offline.trail import Notice, Step
from workflow.offline.way import Way
from workflow.procedure.guards import late_to_apply, late_to_recommend, quota_taken
from workflow.procedure.moving import RECOMMENDED
from workflow.procedure.transitions import Guard

_CLOSING = ("release", "_decline", "withdraw")  # a return, where one is open


def refuse_beyond_limits(
    way: Way, trail: Sequence[Step], round_record: RoundRecord, used: Callable[[], int], *, sent_from_here: bool
) -> None:
    """Raise Refused (``bad_file``) with every move that came too late, or is of one county too many.

    ``trail``: every step there, the way's last; ``round_record``: as the submission goes by it; ``used``: how many
    others of its prefecture stand recommended.
    """
    told = list(_late(way, trail, round_record, sent_from_here=sent_from_here))
    recommends = any(Guard.QUOTA_FREE in row.guards for row in way.rows) and trail[-1].target in RECOMMENDED
    if recommends and not sent_from_here:
        told += quota_taken(round_record.quota_per_prefecture, used)
    if told:
        raise Refused(
            "bad_file",
            "交换包里的办理超出本网这一批次的期限或名额，不收。同意延期、增加名额的，请系统管理员先在“批次”页修改，"
            "再收这一个交换包：",
            *told,
        )


def _late(way: Way, trail: Sequence[Step], round_record: RoundRecord, *, sent_from_here: bool) -> Iterator[str]:
    known = len(trail) - len(way.steps)
    mending: Notice | None = None  # the return that is open
    closed: Notice | None = None  # the one that was closed last, which a taking back opens again
    for number, step in enumerate(trail):
        row = way.rows[number - known] if number >= known else None
        if row is not None and step.day is not None:
            told: tuple[str, ...] = ()
            if Guard.BEFORE_APPLY_DEADLINE in row.guards:
                told += late_to_apply(step.day, round_record.apply_by, None if mending is None else mending.due)
            if Guard.BEFORE_RECOMMEND_DEADLINE in row.guards and not sent_from_here:
                told += late_to_recommend(step.day, round_record.recommend_by)
            yield from (f"“{row.label}”，{step.day.isoformat()} 办理：{sentence}" for sentence in told)
        if step.notice is not None:
            mending = step.notice
        elif step.move.endswith("_take_back"):
            mending = None if step.ends_return else closed
        elif step.move.endswith(_CLOSING):
            mending, closed = None, mending
