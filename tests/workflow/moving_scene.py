"""Test support: a submission standing where a row of the transition table begins, with every guard of it holding."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from tests.workflow.office_room import (
    COUNTY,
    DIRECT,
    DUE,
    EARLIER,
    GOVERNMENT_OPINION,
    NOW,
    add_round,
    copied,
    office_at,
    open_return,
    person,
    put_submission,
    record_of,
    review_content,
    whole_content,
)
from workflow.office import Office
from workflow.people import Person, Role
from workflow.procedure.guards import MoveRequest, RequestedItem
from workflow.procedure.moving import perform
from workflow.procedure.transitions import TRANSITIONS, Guard, Route, Transition
from workflow.states import State
from workflow.submission.corrections import EXPLANATION
from workflow.targets import Target

S, R = State, Role
GIVEN = MoveRequest("多项指标与佐证材料不符", (RequestedItem("3.3.2", "请补充分月的结算明细"),), DUE)
EXPLAINED = {Target("correction", "1/1"): {EXPLANATION: "已核对，结算汇总所附分月明细齐全，无须改动。"}}


def here(role: Role, division: str) -> Person:
    """Whoever of that role the county belongs to; a prefecture's reviewer has no county without a prefecture."""
    county_side = role in {R.COUNTY_COORDINATOR, R.COUNTY_DEPARTMENT, R.COUNTY_GOVERNMENT}
    return person(role, division if county_side else None)


def routes(row: Transition) -> tuple[bool, ...]:
    return (True, False) if row.route is None else (row.route is Route.RETURN_OPEN,)


def row_of(move: str, source: State) -> Transition:
    return next(t for t in TRANSITIONS if t.move == move and t.source is source)


@dataclass
class Scene:
    """A submission in which every guard of a row holds, and what is given along with the move."""

    office: Office
    row: Transition
    division: str
    id: int
    who: Person
    now: datetime = NOW
    given: dict = field(default_factory=lambda: {"reason": GIVEN.reason, "items": GIVEN.items, "due": DUE})
    expected: str | None = None

    def go(self):
        version = record_of(self.office, self.id).version
        request = MoveRequest(**self.given)
        return perform(self.office, self.who, self.id, self.row.move, request, expected_version=version, now=self.now)


def division_of(row: Transition) -> str:
    return DIRECT if Guard.NO_PREFECTURE in row.guards else COUNTY


def made_templates(folder: Path) -> dict[str, Path]:
    """For each kind of county a store with a submission that wants nothing."""
    made = {}
    for division in (COUNTY, DIRECT):
        var = folder / division
        office = office_at(var)
        levels = ("prefecture", "province") if division == COUNTY else ("province",)
        bodies = whole_content(division) | GOVERNMENT_OPINION
        for level in levels:
            bodies |= review_content(level, division)
        with office.store.write("scene", EARLIER) as tx:
            add_round(tx)
            put_submission(tx, division, State.DRAFT, bodies)
        office.store.close()
        made[division] = var
    return made


def made_scene(template: Path, var: Path, row: Transition, *, return_open: bool | None) -> Scene:
    """The scene of a row on a copy of its county's store; an open return's one item has been explained."""
    division = division_of(row)
    office = copied(template, var)
    with office.store.read() as tx:
        record = tx.submissions.all()[0]
    wants_return = {Guard.RETURN_IS_OURS, Guard.RETURN_OVERDUE} & set(row.guards) or row.route is Route.RETURN_OPEN
    is_open = bool(wants_return or row.source is S.RETURNED) if return_open is None else return_open
    overdue = Guard.RETURN_OVERDUE in row.guards
    with office.store.write("scene", EARLIER) as tx:
        if row.source is not S.DRAFT:
            tx.moves.add(record.id, move="scene", to_state=row.source.value, expected_version=record.version)
        if is_open:
            level = "province" if row.actor is R.PROVINCE_REVIEWER else "prefecture"
            open_return(tx, record.id, level=level, due=date(2018, 7, 1) if overdue else DUE)
            for (kind, key), body in EXPLAINED.items():
                tx.entries.put(record.id, kind, key, body, 0)
    return Scene(office, row, division, record.id, here(row.actor, division))
