"""What 县级人民政府 reads of a submission that is not ready, and what the county reads after it was sent back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from scoring.assessment import Reason
from storage.clock import local_date
from storage.records import Move
from workflow.people import COUNTY_ROLES, Role
from workflow.states import State

_MOVE = "hand_back"
_RELEASE = "release"
_TAKE_BACK = "take_back"
# Where nobody outside the county has seen the submission yet, nobody asks when it was released.
_WITHIN = frozenset({State.DRAFT, State.AWAITING_GOVERNMENT})


def first_release(moves: Sequence[Move], state: State) -> date | None:
    """The day 县级人民政府 first sent it up, in Beijing; reviewers find on nothing before."""
    if state in _WITHIN:
        return None
    sent = (move.at for move in moves if move.move == _RELEASE)
    return next((local_date(at) for at in sent), None)


def last_release(moves: Sequence[Move]) -> datetime | None:
    """When it was last sent up."""
    return next((move.at for move in reversed(moves) if move.move == _RELEASE), None)


def _last_government_return(moves: Sequence[Move], state: State) -> Move | None:
    """The last such move, as long as the county has not handed the submission over since."""
    if state not in {State.DRAFT, State.RETURNED}:
        return None
    for move in reversed(moves):
        if move.move == _MOVE:
            return move
        if State(move.to_state) not in {State.DRAFT, State.RETURNED}:
            return None
    return None


def restored(moves: Sequence[Move]) -> frozenset[tuple[str, datetime]]:
    """By whom and when a decision was taken back: the opinions written then are the county's own, restored."""
    return frozenset((move.by, move.at) for move in moves if move.move.endswith(_TAKE_BACK))


def handed_back_words(moves: Sequence[Move], state: State, role: Role) -> tuple[str, ...]:
    """When, why, and whose turn it is; nothing where it was not sent back, nor for people outside the county."""
    move = _last_government_return(moves, state)
    if move is None or role not in COUNTY_ROLES:
        return ()
    day = local_date(move.at).isoformat()
    turn = {
        Role.COUNTY_COORDINATOR: "请按此补报，再送县级人民政府。",
        Role.COUNTY_DEPARTMENT: "请按此补报本部门的内容，由县级民政部门再送县级人民政府。",
        Role.COUNTY_GOVERNMENT: "待县级民政部门补报后再送。",
    }[role]
    return (f"县级人民政府于{day}退回县级民政部门（理由：{move.reason or '未写'}）。{turn}",)


def reason_words_for(reason: Reason, role: Role) -> str:
    """A blocking reason's text for this role: 县级人民政府 fills in nothing, so without the next step in the forms."""
    if role is not Role.COUNTY_GOVERNMENT:
        return reason.text
    return reason.text.removesuffix(reason.next_step or "")
