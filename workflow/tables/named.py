"""Every table that is taken away, by the name in its address. Who may not have it learns that there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scoring.spreadsheets.tables import Table
from workflow.errors import Refused
from workflow.tables import area, keeping, submission, written
from workflow.tables.asked import Asked

TABLES: Mapping[str, Callable[[Asked], Table]] = {
    "worklist": area.worklist_table,
    "dividing": area.dividing_table,
    "loads": area.loads_table,
    "pending": area.pending_table,
    "matrix": area.matrix_table,
    "rulings": area.rulings_table,
    "habits": area.habits_table,
    "chasing": submission.chasing_of,
    "gaps": submission.gaps_of,
    "assignment": submission.assignment_of,
    "departments": submission.departments_of,
    "register": submission.register_of,
    "levels": submission.levels_of,
    "moves": submission.moves_of,
    "repins": submission.repins_of,
    "changes": written.changes_of,
    "returns": submission.returns_of,
    "checks": submission.checks_of,
    "remarks": submission.remarks_of,
    "visits": submission.visits_of,
    "local": submission.local_of,
    "accounts": keeping.accounts_table,
    "log": keeping.log_table,
    "rounds": keeping.rounds_table,
    "standard": keeping.standard_table,
    "policy": keeping.policy_table,
}


def named_table(name: str, asked: Asked) -> Table:
    """Raises Refused where there is none, or none for this person."""
    make = TABLES.get(name)
    if make is None:
        raise Refused("not_found")
    return make(asked)
