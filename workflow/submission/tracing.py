"""A submission's moves so far, and the names of who made them."""

from __future__ import annotations

from collections.abc import Iterable

from storage.records import Move
from workflow.office import Office
from workflow.people import Person
from workflow.submission.snapshot import open_submission

_ACTORS = {"system": "系统（命令行）"}


def moves_made(office: Office, person: Person, submission_id: int) -> tuple[Move, ...]:
    """Every move, oldest first. Raises Refused ``not_found``."""
    open_submission(office, person, submission_id)
    with office.store.read() as tx:
        return tx.moves.all(submission_id)


def display_names(office: Office, usernames: Iterable[str]) -> dict[str, str]:
    """Username → the name shown to people; the username itself where the account is gone."""
    wanted = set(usernames)
    with office.store.read() as tx:
        accounts = {name: tx.accounts.by_username(name) for name in wanted}
    return {
        name: _ACTORS.get(name, name) if account is None else account.display_name for name, account in accounts.items()
    }
