"""The moves a package makes here: those of its trail that are news, by the transition table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.wording import LEVEL_NAMES
from storage.clock import local_date
from storage.records import ReturnItem, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.offline.standing import Standing
from workflow.offline.trail import Step, counting, in_common, stands_at, trail
from workflow.procedure.situation import TAKEN
from workflow.procedure.taking_back import county_mends, written_since
from workflow.procedure.transitions import TRANSITIONS, Effect, Guard, Transition
from workflow.states import State, state_label
from workflow.unanswered import level_began

RELEASED = (State.SUBMITTED, State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED)
_AT_HOME = frozenset({State.DRAFT, State.AWAITING_GOVERNMENT, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Way:
    """``steps``: the moves with their rows of the table. ``up``: the county's words come with them, anew. ``apart``:
    where its words here may be others, for it goes on writing here, or did before it heard of the decision.
    ``undoes``: a decision that stands here was taken back there. ``crossed``: what was done here since came to nothing
    before they heard of it."""

    steps: tuple[tuple[Step, Transition], ...] = ()
    up: bool = False
    apart: bool = False
    undoes: bool = False
    crossed: bool = False

    @property
    def rows(self) -> tuple[Transition, ...]:
        """The rows alone."""
        return tuple(row for _, row in self.steps)


def way_of(record: SubmissionRecord | None, code: str, there: Standing, ours: Sequence[Step]) -> Way:
    """``ours``: every step that was made or taken in here. Raises Refused: there is no such way, or it was gone before,
    or each side went its own."""
    theirs, direct = there.trail, not has_prefecture(code)
    called = state_label(there.state, has_prefecture=not direct)
    if record is None:
        if there.state not in RELEASED:
            raise Refused("bad_file", f"申报在对方处于“{called}”，县级人民政府上报以后的交换包才收。")
        return Way(_rows(theirs, direct=direct), up=True)
    here = State(record.state)
    common = in_common(ours, theirs)
    if common == len(ours) == len(theirs):
        return Way(apart=here is State.RETURNED)
    if common == len(theirs):
        raise _older(called, here, there, ours, direct=direct)
    crossed = common < len(ours)
    home = ours[common].move == "release_take_back" if crossed else TAKEN in (ours[-1].reason if ours else "")
    alike = here is there.state and counting(ours) == counting(theirs)
    if here in _AT_HOME and not home and not alike:
        raise Refused("bad_file", "本网的申报还在县里填报，不能由交换包改动。请在本网办理。")
    start = stands_at(ours, theirs)
    if start is None:
        raise _crossed(ours[common:], theirs[common:], direct=direct)
    counted = counting(ours)
    return Way(
        _rows(theirs[start:], direct=direct),
        up=any(step.move == "release" for step in theirs[max(start, common) :]),
        apart=there.state in {State.RETURNED, State.DECLINED} and (crossed or here is State.RETURNED),
        undoes=counting(theirs)[: len(counted)] != counted,
        crossed=crossed,
    )


def refuse_begun(tx: Transaction, record: SubmissionRecord, way: Way, there: Standing, *, others_words: bool) -> None:
    """Raise Refused where what the package takes back was acted upon here already.

    ``others_words``: the county's are others there. What ends where it stands here, with the same words, harms none.
    """
    here = State(record.state)
    anew = way.up and others_words and any(row.move == "release_take_back" for row in way.rows)
    if not anew and not (way.undoes and there.state is not here):
        return
    timeline = tx.entries.timeline(record.id)
    if here is State.RETURNED:
        notice = tx.returns.open_one(record.id)
        if notice is not None and county_mends(written_since(tx, record.id, timeline, notice)):
            raise Refused(
                "bad_file",
                "对方收回了退回补正，本网的县级却已经开始补正，不收。请县里补正后上报，把本网的交换包送去，"
                "对方收入后以补正后的为准。",
            )
        return
    handed = next((move for move in reversed(tx.moves.all(record.id)) if move.to_state == here), None)
    level = "prefecture" if here is State.SUBMITTED and has_prefecture(record.division_code) else "province"
    if here in RELEASED[:2] and handed is not None and level_began(timeline, level, handed.at):
        named = LEVEL_NAMES[level]
        raise Refused(
            "bad_file",
            f"对方收回了报来的申报，本网{named}却已经开始评价，不收。请{named}退回补正，把本网的交换包送去，"
            "县里据此再改、再报；或者请对方不改所报内容，重新报送后再制作交换包。",
        )


def walk(tx: Transaction, record: SubmissionRecord, way: Way) -> None:
    """Make them as the other network made them, with what each writes of returns."""
    version = record.version
    for step, row in way.steps:
        for effect in row.writes:
            writing = _WRITING.get(effect)
            if writing is not None:
                writing(tx, record.id, step)
        reason = step.reason or TAKEN
        told = reason if TAKEN in reason else f"{reason}（{TAKEN}）"
        tx.moves.add(record.id, move=step.move, to_state=step.target.value, expected_version=version, reason=told)
        version += 1


def released_here(tx: Transaction, record: SubmissionRecord) -> date | None:
    """The day it was first sent up, where that was done here and not taken in."""
    sent = next((move for move in tx.moves.all(record.id) if move.move == "release"), None)
    return None if sent is None or TAKEN in (sent.reason or "") else local_date(sent.at)


def trail_here(tx: Transaction, record: SubmissionRecord) -> tuple[Step, ...]:
    """Every step of it that this network knows."""
    return trail(tx.moves.all(record.id), tx.returns.all(record.id, taken_back=True))


def _rows(steps: Sequence[Step], *, direct: bool) -> tuple[tuple[Step, Transition], ...]:
    """Each with its row. ``direct``: the county has no prefecture. Raises Refused: the table knows no such move."""
    passing = Guard.HAS_PREFECTURE if direct else Guard.NO_PREFECTURE
    rows = {(row.move, row.source, row.target): row for row in TRANSITIONS if passing not in row.guards}
    try:
        return tuple((step, rows[step.move, step.source, step.target]) for step in steps)
    except KeyError as odd:
        raise Refused("bad_file", "交换包的清单写了没有的办理环节，被改动过，不收。请核对来源。") from odd


def _older(called: str, here: State, there: Standing, ours: Sequence[Step], *, direct: bool) -> Refused:
    had, has = (sum(step.opens for step in counting(steps)) for steps in (there.trail, ours))
    if had < has and there.state in RELEASED and here in {State.RETURNED, there.state}:
        said = f"本网已退回补正{has}次，交换包是第{had + 1}次退回以前制作的。"
    else:
        now = state_label(here, has_prefecture=not direct)
        said = f"交换包是“{called}”环节的，本网已到“{now}”，交换包是以前制作的。"
    return Refused("bad_file", f"{said}请用对方最新的交换包。")


def _crossed(ours: Sequence[Step], theirs: Sequence[Step], *, direct: bool) -> Refused:
    mine, others = ("、".join(row.label for _, row in _rows(steps, direct=direct)) for steps in (ours, theirs))
    return Refused(
        "bad_file",
        f"两边各办了不同的手续：对方{others}，本网{mine}，不能收入。请先把本网的交换包送去；对方也收不了的，"
        "请两边商定以哪一边为准，另一边收回所办的，再收。",
    )


def _open_return(tx: Transaction, number: int, step: Step) -> None:
    """A new one, or the one that was taken back before the county's mending came."""
    asked = step.notice
    if asked is None:
        return
    known = next((one for one in tx.returns.all(number, taken_back=True) if one.number == asked.number), None)
    if known is not None:
        tx.returns.reopen(known.id)
        return
    items = [ReturnItem(n, row, why) for n, (row, why) in enumerate(asked.items, start=1)]
    tx.returns.add(number, level=asked.level, items=items, reason=asked.reason, due=asked.due)


def _close_return(tx: Transaction, number: int, step: Step) -> None:  # noqa: ARG001 - one shape for all
    open_one = tx.returns.open_one(number)
    if open_one is not None:
        tx.returns.close(open_one.id)


def _extend_return(tx: Transaction, number: int, step: Step) -> None:
    open_one = tx.returns.open_one(number)
    if open_one is not None and step.notice is not None and step.notice.due is not None:
        tx.returns.extend(open_one.id, step.notice.due)


def _take_back_return(tx: Transaction, number: int, step: Step) -> None:  # noqa: ARG001 - one shape for all
    open_one = tx.returns.open_one(number)
    if open_one is not None:
        tx.returns.take_back(open_one.id)


def _reopen_return(tx: Transaction, number: int, step: Step) -> None:
    """The last one, where what is taken back had closed it: the county was declined for it, or had mended it."""
    handed = next((m for m in reversed(tx.moves.all(number)) if m.move == "hand_over"), None)
    closed = tx.returns.all(number)[-1:]
    if closed and (step.target is State.RETURNED or (handed and handed.from_state == State.RETURNED)):
        tx.returns.reopen(closed[0].id)


_WRITING: dict[Effect, Callable[[Transaction, int, Step], None]] = {
    Effect.OPEN_RETURN: _open_return,
    Effect.CLOSE_RETURN: _close_return,
    Effect.EXTEND_RETURN: _extend_return,
    Effect.TAKE_BACK_RETURN: _take_back_return,
    Effect.REOPEN_RETURN: _reopen_return,
}
