"""After a release that judges otherwise: the submissions whose kept verdicts are old are judged anew, in batches.

Each batch is a transaction of its own, so that people go on working beside it and a stop loses nothing: whatever is
still old is found again at the next start. Until its turn comes lists say of a submission that it is being judged.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage.store import Transaction
from workflow.office import Office
from workflow.verdicts.judging_code import judging_code
from workflow.verdicts.keeping import keep_anew, levels_kept, scheme_name

_AT_ONCE = 10
_BY = "system"
Step = Callable[[int, int], None]


def outdated(office: Office) -> tuple[int, ...]:
    """Submissions of which something kept is lacking, too much, or was judged by other rules, code or points.

    Not those of a round whose rules are lost: nothing of it can be judged.
    """
    with office.store.read() as tx:
        return _outdated(office, tx)


def _outdated(office: Office, tx: Transaction) -> tuple[int, ...]:
    code, scheme = judging_code(), scheme_name(office.points())
    kept = tx.verdicts.by()
    judgeable = {round_record.id: round_record for round_record in tx.rounds.all() if office.has_rules(round_record)}
    old = []
    for record in tx.submissions.all():
        round_record = judgeable.get(record.round_id)
        if round_record is None:
            continue
        wanted = {
            (level, standard_id): (round_record.of(record).fingerprints.get(standard_id, ""), code, scheme)
            for level in levels_kept(record.state)
            for standard_id in round_record.standards
        }
        if kept.get(record.id, {}) != wanted:
            old.append(record.id)
    return tuple(old)


def rejudge(office: Office, now: Callable[[], datetime], step: Step | None = None) -> int:
    """Judge all of them anew; how many there were. ``step``: told (done, in all) as it goes on. Raises StoreError."""
    waiting = outdated(office)
    for first in range(0, len(waiting), _AT_ONCE):
        with office.store.write(_BY, now()) as tx:
            rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
            for number in waiting[first : first + _AT_ONCE]:
                record = tx.submissions.get(number)
                if record is not None:
                    keep_anew(office, tx, record, rounds[record.round_id].of(record))
        if step is not None:
            step(min(first + _AT_ONCE, len(waiting)), len(waiting))
    return len(waiting)
