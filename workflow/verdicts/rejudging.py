"""After a release that judges otherwise: the submissions whose kept verdicts are old are judged anew, in batches.

Each batch is a transaction of its own, so that people go on working beside it and a stop loses nothing: whatever is
still old is found again at the next start. Until its turn comes lists say of a submission that it is being judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from indicators.model import Vocabulary
from scoring.wording import LEVEL_NAMES
from storage.records import KeptVerdicts, SubmissionRecord
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


def rejudge(
    office: Office, now: Callable[[], datetime], step: Step | None = None, tell: Callable[[str], None] | None = None
) -> int:
    """Judge all of them anew; how many there were. ``step``: told (done, in all) as it goes on; ``tell``: what turned,
    a sentence for each submission, level and standard, once it is written. Raises StoreError."""
    waiting = outdated(office)
    for first in range(0, len(waiting), _AT_ONCE):
        turned: list[str] = []
        with office.store.write(_BY, now()) as tx:
            rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
            for number in waiting[first : first + _AT_ONCE]:
                record = tx.submissions.get(number)
                if record is not None:
                    before = tx.verdicts.of(number)
                    keep_anew(office, tx, record, rounds[record.round_id].of(record))
                    turned += _turned(record, before, tx.verdicts.of(number), office.library.vocabulary)
        if tell is not None:
            for sentence in turned:
                tell(sentence)
        if step is not None:
            step(min(first + _AT_ONCE, len(waiting)), len(waiting))
    return len(waiting)


def _turned(
    record: SubmissionRecord, before: Iterable[KeptVerdicts], after: Iterable[KeptVerdicts], vocabulary: Vocabulary
) -> Iterator[str]:
    """What is judged otherwise than it was kept; nothing where nothing had been."""
    names = {**vocabulary.lists.get("veto_states", {}), **vocabulary.lists.get("verdicts", {})}
    now = {(kept.level, kept.standard): kept for kept in after}
    for old in before:
        new = now.get((old.level, old.standard))
        if new is None:
            continue
        rows = [row for row in new.verdicts if row in old.verdicts and old.verdicts[row] != new.verdicts[row]]
        parts = [f"{row} {_shown(old.verdicts[row], names)}→{_shown(new.verdicts[row], names)}" for row in rows]
        if old.eligible != new.eligible:
            parts.append("总结论 尚不符合→符合" if new.eligible else "总结论 符合→尚不符合")
        if parts:
            place = f"{record.division_name}（批次 {record.round_id}，{LEVEL_NAMES[old.level]}，{old.standard}）"
            yield f"{place}：{'，'.join(parts)}。"


def _shown(outcome: str, names: Mapping[str, str]) -> str:
    return names.get(outcome, outcome)
