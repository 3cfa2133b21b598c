"""The way a submission has gone, for those who may read it."""

from __future__ import annotations

from storage.records import Move
from workflow.dossier import open_dossier
from workflow.office import Office
from workflow.people import Person


def moves_made(office: Office, person: Person, submission_id: int) -> tuple[Move, ...]:
    """Every move, oldest first. Raises Refused ``not_found``."""
    open_dossier(office, person, submission_id)
    with office.store.read() as tx:
        return tx.moves.all(submission_id)
