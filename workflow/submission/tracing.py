"""What was done with a submission so far: its moves, the versions of its entries, the names of who did it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from storage.records import EntryVersion, Move
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import may_read
from workflow.states import State
from workflow.submission.snapshot import SubmissionSnapshot, read_snapshot
from workflow.targets import Target
from workflow.visibility import reason_shown, shows

_Span = tuple[int, int, State]  # from when to when a submission was where, in links of the audit log
_LAST = sys.maxsize
_ACTORS = {"system": "系统（命令行）"}


def moves_made(office: Office, person: Person, submission_id: int) -> dict[int, Move]:
    """Every move by its link of the audit log, first to last, with the reasons the person reads.

    Raises Refused ``not_found``.
    """
    with office.store.read() as tx:
        read_snapshot(office, tx, person, submission_id)
        made = [replace(move, reason=reason_shown(person.role, move)) for move in tx.moves.all(submission_id)]
        return dict(zip(tx.audit.moves(submission_id), made, strict=True))


def history_of(
    office: Office, person: Person, submission_id: int, targets: Collection[Target]
) -> tuple[EntryVersion, ...]:
    """Every version of these entries (an empty key: all of the kind) that the person may read, oldest first.

    That is what stood at some moment at which they could open it: what the county replaced before it released it, or a
    level before it gave it, is nobody else's; of a level whose words are not shown now, nothing is. Raises Refused
    ``not_found``.
    """
    by_kind: dict[str, list[str]] = {}
    for target in targets:
        by_kind.setdefault(target.kind, []).append(target.key)
    with office.store.read() as tx:
        snapshot = read_snapshot(office, tx, person, submission_id)
        moves = tx.moves.all(submission_id)
        order = tx.audit.order(submission_id)
        lines = [
            line
            for kind, keys in by_kind.items()
            for line in tx.entries.history(submission_id, kind, keys[0] if len(keys) == 1 and keys[0] else None)
            if line.key in keys or "" in keys
        ]
    spans = tuple(_spans(moves, order.moves))
    following: dict[Target, int] = {}  # when the version after it was written
    readable = []
    for line in sorted(lines, key=lambda line: line.version, reverse=True):
        target = Target.of(line)
        now_shown = shows(person.role, snapshot.state, target)
        if now_shown and _could_read(snapshot, target, spans, order.of(line), following.get(target, _LAST)):
            readable.append(line)
        following[target] = order.of(line)
    return tuple(sorted(readable, key=order.of))


def _spans(moves: Sequence[Move], written: Sequence[int]) -> Iterator[_Span]:
    since, state = 0, State.DRAFT
    for move, at in zip(moves, written, strict=True):
        yield since, at, state
        since, state = at, State(move.to_state)
    yield since, _LAST, state


def _could_read(snapshot: SubmissionSnapshot, target: Target, spans: Collection[_Span], since: int, until: int) -> bool:
    person, division = snapshot.person, snapshot.record.division_code
    return any(
        began < until and since < ended and may_read(person, division, state) and shows(person.role, state, target)
        for began, ended, state in spans
    )


def display_names(office: Office, usernames: Iterable[str]) -> dict[str, str]:
    """Username → the name shown to people; the username itself where the account is gone."""
    wanted = set(usernames)
    if not wanted:
        return {}
    with office.store.glance() as tx:
        known = tx.accounts.display_names(wanted)
    return {name: known.get(name) or _ACTORS.get(name, name) for name in wanted}
