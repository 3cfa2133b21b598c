"""Test support: a submission standing where a row of the transition table begins, with every guard of it holding."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
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
from workflow.procedure.moving import perform
from workflow.procedure.situation import MoveRequest, RequestedItem
from workflow.procedure.transitions import TRANSITIONS, Guard, Route, Transition
from workflow.remarks.explanations import EXPLANATION
from workflow.states import State
from workflow.targets import Target

S, R = State, Role
# what a return and its extension ask: later than the day that stands
GIVEN = MoveRequest(
    "多项指标与佐证材料不符", (RequestedItem("3.3.2", "请补充分月的结算明细"),), DUE + timedelta(days=1)
)
EXPLAINED = {Target("correction", "1/1"): {EXPLANATION: "已核对，结算汇总所附分月明细齐全，无须改动。"}}


def here(role: Role, division: str) -> Person:
    """Whoever of that role the county belongs to; a prefecture's reviewer has no county without a prefecture."""
    county_side = role in {R.COUNTY_COORDINATOR, R.COUNTY_DEPARTMENT, R.COUNTY_GOVERNMENT}
    return person(role, division if county_side else None)


def routes(row: Transition) -> tuple[bool, ...]:
    """Whether a return may be open, or must be, or must not."""
    wanted = {Route.RETURN_OPEN: (True,), Route.NO_RETURN_OPEN: (False,)}
    return next((wanted[route] for route in row.routes if route in wanted), (True, False))


def kinds_of_county(row: Transition) -> tuple[str, ...]:
    """The counties the row is for, as far as its routes say."""
    wanted = {Route.WITH_PREFECTURE: (COUNTY,), Route.WITHOUT_PREFECTURE: (DIRECT,)}
    return next((wanted[route] for route in row.routes if route in wanted), (COUNTY, DIRECT))


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
    given: dict = field(default_factory=lambda: {"reason": GIVEN.reason, "items": GIVEN.items, "due": GIVEN.due})
    expected: str | None = None

    def go(self):
        version = record_of(self.office, self.id).version
        request = MoveRequest(**self.given)
        return perform(self.office, self.who, self.id, self.row.move, request, expected_version=version, now=self.now)


def led_here(source: State, level: str, *, declined_within_return: bool) -> tuple[tuple[str, State], ...]:
    """The last moves before a state: what may be taken back asks which they were."""
    if source is S.DECLINED:
        begun = ("scene", S.RETURNED) if declined_within_return else ("release", S.SUBMITTED)
        return begun, (f"{level}_decline", S.DECLINED)
    named = {S.SUBMITTED: "release", S.PREFECTURE_RECOMMENDED: "prefecture_recommend"}
    return () if source is S.DRAFT else ((named.get(source, "scene"), source),)


def division_of(row: Transition) -> str:
    return DIRECT if Guard.NO_PREFECTURE in row.guards or Route.WITHOUT_PREFECTURE in row.routes else COUNTY


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
    wants_return = {Guard.RETURN_IS_OURS, Guard.RETURN_OVERDUE} & set(row.guards) or routes(row) == (True,)
    is_open = bool(wants_return or row.source is S.RETURNED) if return_open is None else return_open
    level = "province" if row.actor is R.PROVINCE_REVIEWER else "prefecture"
    overdue = Guard.RETURN_OVERDUE in row.guards
    with office.store.write("scene", EARLIER) as tx:
        for move, state in led_here(row.source, level, declined_within_return=routes(row) == (True,)):
            version = tx.submissions.get(record.id).version
            tx.moves.add(record.id, move=move, to_state=state.value, expected_version=version)
        if is_open:
            open_return(tx, record.id, level=level, due=date(2018, 7, 1) if overdue else DUE)
            if Guard.COUNTY_IDLE not in row.guards:
                for (kind, key), body in EXPLAINED.items():
                    tx.entries.put(record.id, kind, key, body, 0)
            if row.source is S.DECLINED:
                tx.returns.close(tx.returns.open_one(record.id).id)
    return Scene(office, row, division, record.id, here(row.actor, division))
