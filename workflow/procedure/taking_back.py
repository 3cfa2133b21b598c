"""The guards of 收回: whose decision it was, and whether those it went to have begun to act on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.wording import LEVEL_NAMES
from storage.records import EntryStep, Return
from storage.store import Transaction
from workflow.people import REVIEWER_LEVELS
from workflow.procedure.situation import Situation
from workflow.states import State
from workflow.targets import Target
from workflow.unanswered import handed_on_by

_ANSWERING = frozenset({"correction", "explanation"})


def decision_is_ours(s: Situation) -> tuple[str, ...]:
    """Only who declined takes that back."""
    if s.moves and s.moves[-1].move == f"{REVIEWER_LEVELS.get(s.person.role)}_decline":
        return ()
    return ("不予推荐不是本级作出的，由作出的一级收回。",)


def next_level_idle(s: Situation) -> tuple[str, ...]:
    """Nothing was written or decided by the level it was handed to: a decision taken back was one."""
    level = "prefecture" if s.state is State.SUBMITTED and s.has_prefecture else "province"
    if handed_on_by(s.state, s.moves, s.timeline, has_prefecture=s.has_prefecture) is not None:
        return ()
    return (f"{LEVEL_NAMES[level]}已经开始评价，不能收回。确需改动的，请与其联系，由其退回补正。",)


def county_idle(s: Situation) -> tuple[str, ...]:
    """The county has mended and explained nothing yet."""
    if not county_mends(s.since_return):
        return ()
    return ("县级已经开始补正，不能收回。请待其补正后再上报。",)


def county_mends(since_return: Iterable[Target]) -> bool:
    """Whether the county changed or explained anything of what was written since a return was made."""
    return any(target.is_content or target.kind in _ANSWERING for target in since_return)


def written_since(
    tx: Transaction, submission_id: int, timeline: Iterable[EntryStep], notice: Return
) -> Iterator[Target]:
    """What was written since a return was made, whatever the clock said."""
    order = tx.audit.order(submission_id)
    return (Target.of(step) for step in timeline if order.of(step) > order.since(notice))
