"""换用现行规则, carried out: county by county, each in a transaction of its own, so that nobody waits for all of them.

`workflow.rounds.repinning.begin_repin` has marked the round by then, and nothing else is written in it until the last
county has taken the rules and the mark is gone. Stopped half-way it is carried on from the mark, when the service
starts or by whoever calls this; what is done already is not done again. All of it bears the moment of the mark.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from storage.errors import SaveFailed
from storage.records import KeptVerdicts, Repinning, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.errors import Refused
from workflow.office import Office
from workflow.rounds.refitting import Refit, RulesChange, refit, rules_change, take
from workflow.verdicts.keeping import judged_now, keep

_TRIES = 5  # while others write without a pause, each with the store's own patience
_here = Counter[str]()  # rounds this process is carrying on, by how many callers
_counting = threading.Lock()
_Written = TypeVar("_Written")
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A round that is taking other rules: how many of its counties have; ``here``: this process is carrying it out."""

    round: RoundRecord
    done: int
    total: int
    here: bool = False


def under_way(office: Office) -> tuple[UnderWay, ...]:
    """The rounds whose mark stands, whether or not anybody is carrying it out.

    ``here`` is asked first: what ends meanwhile is not shown as stopped.
    """
    with _counting:
        here = {round_id for round_id, callers in _here.items() if callers}
    with office.store.read() as tx:
        marked = [round_record for round_record in tx.rounds.all() if round_record.repinning is not None]
        records = {each.id: tx.submissions.all(round_id=each.id) for each in marked}
    return tuple(
        UnderWay(each, sum(r.repinned for r in records[each.id]), len(records[each.id]), each.id in here)
        for each in marked
    )


def carry_on(office: Office, round_id: str, step: Step | None = None) -> RoundRecord:
    """Let every county that has not taken the marked rules take them, then pin them to the round; nothing where no mark
    stands. ``step``: told (done, in all) as it goes on.

    Two processes may do it at once. Raises StoreError; Refused ``no_round``, and where this program cannot read the
    rules.
    """
    with _in_hand(round_id):
        return _carry_on(office, round_id, step)


@contextmanager
def _in_hand(*round_ids: str) -> Iterator[None]:
    with _counting:
        _here.update(round_ids)
    try:
        yield
    finally:
        with _counting:
            _here.subtract(round_ids)


def _carry_on(office: Office, round_id: str, step: Step | None) -> RoundRecord:
    with office.store.read() as tx:
        round_record, records = _existing(tx, round_id), tx.submissions.all(round_id=round_id)
    mark = round_record.repinning
    if mark is None:
        return round_record
    taking = replace(office, library=office.rules_of(round_record.taken))
    change = rules_change(taking, round_record)
    waiting = [record.id for record in records if not record.repinned]
    for done, number in enumerate(waiting, start=len(records) - len(waiting) + 1):
        _patiently(partial(_take_one, taking, number, change, mark))
        if step is not None:
            step(done, len(records))
    return _patiently(partial(_pin, office, round_id, mark))


def carry_on_all(office: Office) -> int:
    """Where the service starts: whatever was stopped half-way; how many rounds there were. Raises as `carry_on`."""
    stopped = under_way(office)
    with _in_hand(*(each.round.id for each in stopped)):
        for each in stopped:
            carry_on(office, each.round.id)
    return len(stopped)


def _take_one(taking: Office, submission_id: int, change: RulesChange, mark: Repinning) -> None:
    """Worked out before anybody has to stand in line, as a save is."""
    with taking.store.read() as tx:
        stamp = tx.submissions.stamps(submission_id)
        worked_out = _worked_out(taking, tx, submission_id, change)
    with taking.store.write(mark.by, mark.at) as tx:
        if not _stands(tx, change.round.id, mark) or _record(tx, submission_id).repinned:
            return  # another process was faster
        if tx.submissions.stamps(submission_id) != stamp:
            worked_out = _worked_out(taking, tx, submission_id, change)
        refitted, verdicts = worked_out
        take(tx, refitted, mark.reason)
        tx.submissions.repinned(submission_id)
        keep(tx, submission_id, verdicts)


def _worked_out(
    taking: Office, tx: Transaction, submission_id: int, change: RulesChange
) -> tuple[Refit, list[KeptVerdicts]]:
    record = _record(tx, submission_id)
    refitted = refit(taking, tx, record, change)
    if refitted.content is None:
        return refitted, []
    return refitted, judged_now(taking, record, change.round.taken, refitted.content)


def _pin(office: Office, round_id: str, mark: Repinning) -> RoundRecord:
    with office.store.write(mark.by, mark.at) as tx:
        if not _stands(tx, round_id, mark):
            return _existing(tx, round_id)
        return tx.rounds.repin(round_id, mark.fingerprints, mark.reason, mark.policies)


def _stands(tx: Transaction, round_id: str, mark: Repinning) -> bool:
    return _existing(tx, round_id).repinning == mark


def _existing(tx: Transaction, round_id: str) -> RoundRecord:
    found = tx.rounds.get(round_id)
    if found is None:
        raise Refused("no_round", round_id=round_id)
    return found


def _record(tx: Transaction, submission_id: int) -> SubmissionRecord:
    record = tx.submissions.get(submission_id)
    if record is None:
        raise Refused("not_found")
    return record


def _patiently(write: Callable[[], _Written]) -> _Written:
    for _ in range(_TRIES - 1):
        try:
            return write()
        except SaveFailed as failure:
            if failure.trouble != "busy":
                raise
    return write()
