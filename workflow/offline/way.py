"""The moves a package makes here: from where a submission stands to where it stood there, by the transition table."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date

from storage.clock import local_date
from storage.records import Return, ReturnItem, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.offline.standing import Notice, Standing
from workflow.procedure.transitions import TRANSITIONS, Effect, Guard, Route, Transition, transition
from workflow.states import State, state_label

_RELEASED = (State.SUBMITTED, State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED)
_AT_HOME = frozenset({State.DRAFT, State.AWAITING_GOVERNMENT, State.WITHDRAWN})
_ENDS = frozenset({State.DECLINED, State.RETURNED})
_ON_THE_WAY = ("hand_over", "release", "_recommend", "_return", "_decline")
_TAKEN = "由交换包收入"


def steps_to(
    record: SubmissionRecord | None, code: str, there: Standing, returns: Sequence[Return]
) -> tuple[Transition, ...]:
    """The moves. ``returns``: all there were here. Raises Refused where there is no such way, or it was gone before."""
    state, direct = there.state, not has_prefecture(code)
    called = state_label(state, has_prefecture=not direct)
    if record is None:
        if state not in _RELEASED:
            raise Refused("bad_file", f"申报在对方处于“{called}”，县级人民政府上报以后的交换包才收。")
        return _way(State.DRAFT, there, direct=direct)
    here = State(record.state)
    if state in _RELEASED and here in (State.RETURNED, state) and there.returns < len(returns):
        raise Refused(
            "bad_file",
            f"本网已退回补正{len(returns)}次，交换包是第{there.returns + 1}次退回以前制作的。请用对方最新的交换包。",
        )
    if here is state:
        return _extension(there.notice, returns) if state is State.RETURNED else ()
    if here in _AT_HOME:
        raise Refused("bad_file", "本网的申报还在县里填报，不能由交换包改动。请在本网办理。")
    steps = _way(here, there, direct=direct)
    settled = (one for one in returns if one.closed_at is not None)
    if not steps or (there.notice is not None and any(_is(there.notice, one) for one in settled)):
        now = state_label(here, has_prefecture=not direct)
        raise Refused("bad_file", f"交换包是“{called}”环节的，本网已到“{now}”。请用对方最新的交换包。")
    return steps


def walk(tx: Transaction, record: SubmissionRecord, steps: Sequence[Transition], there: Standing) -> None:
    """Make them as the other network made them, with what each writes of returns."""
    notice, version = there.notice, record.version
    for step in steps:
        open_one = tx.returns.open_one(record.id)
        if Effect.OPEN_RETURN in step.writes and notice is not None:
            items = [ReturnItem(n, row, why) for n, (row, why) in enumerate(notice.items, start=1)]
            tx.returns.add(record.id, level=notice.level, items=items, reason=notice.reason, due=notice.due)
        elif Effect.CLOSE_RETURN in step.writes and open_one is not None:
            tx.returns.close(open_one.id)
        elif Effect.EXTEND_RETURN in step.writes and open_one is not None and notice is not None and notice.due:
            tx.returns.extend(open_one.id, notice.due)
        reason = _TAKEN
        if step is steps[-1] and there.reason:
            reason = there.reason if _TAKEN in there.reason else f"{there.reason}（{_TAKEN}）"
        tx.moves.add(record.id, move=step.move, to_state=step.target.value, expected_version=version, reason=reason)
        version += 1


def released_here(tx: Transaction, record: SubmissionRecord) -> date | None:
    """The day it was first sent up, where that was done here and not taken in."""
    sent = next((move for move in tx.moves.all(record.id) if move.move == "release"), None)
    return None if sent is None or _TAKEN in (sent.reason or "") else local_date(sent.at)


def _way(source: State, there: Standing, *, direct: bool) -> tuple[Transition, ...]:
    """The shortest way that ends with the move the other network made, as far as more than one ends there.

    ``direct``: the county has no prefecture.
    """
    passing = Guard.HAS_PREFECTURE if direct else Guard.NO_PREFECTURE
    last = there.move if there.notice is None else f"{there.notice.level}_return"  # since then it may be extended
    waiting: deque[tuple[State, tuple[Transition, ...]]] = deque([(source, ())])
    seen: set[tuple[State, str]] = set()
    while waiting:
        at, way = waiting.popleft()
        for row in TRANSITIONS:
            if row.source is not at or passing in row.guards or not row.move.endswith(_ON_THE_WAY):
                continue
            if row.target is there.state and (row.move == last or there.state in _RELEASED):
                return (*way, row)
            if (row.target, row.move) not in seen and row.target not in _ENDS:
                seen.add((row.target, row.move))
                waiting.append((row.target, (*way, row)))
    return ()


def _extension(notice: Notice | None, returns: Sequence[Return]) -> tuple[Transition, ...]:
    """The move that gave the open return a later day."""
    open_one = next((one for one in reversed(returns) if one.closed_at is None), None)
    if open_one is None or notice is None or not _is(notice, open_one, later=True):
        return ()
    row = transition(f"{open_one.level}_extend", State.RETURNED, (Route.RETURN_OPEN,))
    return () if row is None else (row,)


def _is(notice: Notice, known: Return, *, later: bool = False) -> bool:
    """Whether a return is this one. ``later``: with a later day."""
    same = (notice.level, notice.items) == (known.level, tuple((item.row_id, item.reason) for item in known.items))
    extended = notice.due is not None and (known.due is None or notice.due > known.due)
    return same and extended is later
