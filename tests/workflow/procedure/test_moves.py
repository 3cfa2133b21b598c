"""Every move × state × role × own and foreign division × return open or not, generated from the table itself.

Whatever it does not name is refused and changes nothing; whatever it names can be done while its guards hold.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.workflow.moving_scene import GIVEN, R, S, here, kinds_of_county, routes
from tests.workflow.office_room import (
    COUNTY,
    DIRECT,
    EARLIER,
    NEIGHBOUR,
    NOW,
    head,
    open_return,
    person,
    put_submission,
    record_of,
)
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.procedure.moving import offers, perform
from workflow.procedure.transitions import TRANSITIONS, Effect, Guard, Transition
from workflow.states import State

MOVES = sorted({row.move for row in TRANSITIONS} | {"no_such_thing"})
FOREIGN = {
    R.PREFECTURE_REVIEWER: "990200",
    R.PROVINCE_REVIEWER: "530000",
    R.OBSERVER: "530000",
    R.ADMINISTRATOR: "000000",
}
SCENES = tuple(product(State, (False, True), (COUNTY, DIRECT)))
PEOPLE = tuple(product(Role, (True, False)))


def elsewhere(role: Role) -> Person:
    return person(role, FOREIGN.get(role, NEIGHBOUR))


# --- everything the table does not name -----------------------------------------------------------------------------


def in_table(move: str, source: State, actor: Role | None, division: str, *, return_open: bool) -> bool:
    """``actor`` None: anybody's."""
    return any(
        t.move == move
        and t.source is source
        and actor in {None, t.actor}
        and return_open in routes(t)
        and division in kinds_of_county(t)
        for t in TRANSITIONS
    )


def expected_refusal(move: str, state: State, who: Person, division: str, *, own: bool, return_open: bool) -> str:
    """By hand: first whether the person may know of it at all, then whether there is such a move, then whose it is."""
    unreleased = state in {S.DRAFT, S.AWAITING_GOVERNMENT, S.WITHDRAWN}
    blind = who.role is R.ADMINISTRATOR or not own or (division == DIRECT and who.role is R.PREFECTURE_REVIEWER)
    above = who.role in {R.PREFECTURE_REVIEWER, R.PROVINCE_REVIEWER, R.OBSERVER}
    if blind or (above and unreleased):
        return "not_found"
    return "wrong_role" if in_table(move, state, None, division, return_open=return_open) else "no_such_move"


@pytest.mark.parametrize(("state", "return_open", "division"), SCENES)
def test_what_the_table_does_not_name_is_refused_and_changes_nothing(
    office: Office, state: State, return_open: bool, division: str, record_property
) -> None:
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, division, state)
        if return_open:
            _open(tx, record.id)
    record = record_of(office, record.id)
    before, refused = head(office), 0
    for move, (role, own) in product(MOVES, PEOPLE):
        who = here(role, division) if own else elsewhere(role)
        if own and in_table(move, state, role, division, return_open=return_open) and not _blind(role, division):
            continue
        with pytest.raises(Refused) as caught:
            perform(office, who, record.id, move, GIVEN, expected_version=record.version, now=NOW)
        wanted = expected_refusal(move, state, who, division, own=own, return_open=return_open)
        assert caught.value.code == wanted, (move, state, role, own, return_open, division)
        assert caught.value.reasons
        assert all(reason.endswith("。") for reason in caught.value.reasons)
        refused += 1
    assert head(office) == before
    assert record_of(office, record.id) == record
    record_property("refused", refused)


def _blind(role: Role, division: str) -> bool:
    return role is R.PREFECTURE_REVIEWER and division == DIRECT


def _open(tx, submission_id: int) -> None:
    open_return(tx, submission_id)


def test_the_size_of_the_matrix(record_property) -> None:
    cases = len(SCENES) * len(MOVES) * len(PEOPLE)
    print(f"{len(TRANSITIONS)} rows; {cases} combinations of move, state, return, county, role and division")
    record_property("combinations", cases)
    assert cases >= len(MOVES) * len(State) * len(Role) * 2 * 2


# --- everything the table names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "return_open"), [(t, o) for t in TRANSITIONS for o in routes(t)], ids=str)
def test_every_row_can_be_done_while_its_guards_hold(scene, row: Transition, return_open: bool) -> None:
    if {Guard.RETURN_IS_OURS, Guard.RETURN_OVERDUE} & set(row.guards) and not return_open:
        return_open = True
    at = scene(row, return_open=return_open)
    before = record_of(at.office, at.id)
    shown = [o for o in offers(at.office, at.who, at.id, at.now) if o.transition == row]
    assert [o.obstacles for o in shown] == [()]
    after = at.go()
    assert (after.state, after.version) == (row.target.value, before.version + 1)
    with at.office.store.read() as tx:
        last = tx.moves.all(at.id)[-1]
        assert (last.move, last.from_state, last.to_state, last.by, last.at) == (
            row.move, row.source.value, row.target.value, at.who.username, at.now,
        )  # fmt: skip
        assert last.reason == GIVEN.reason
        standing = {e.kind for e in tx.entries.all(at.id)}
        returned = tx.returns.open_one(at.id)
        opinions = {"opinion.county_government", "opinion.province"}
        declined = row.source is S.DECLINED
        assert (opinions & standing == set()) == (Effect.VOID_OPINIONS in row.writes)
        if Effect.OPEN_RETURN in row.writes:
            assert [(i.number, i.row_id, i.reason) for i in returned.items] == [(1, "3.3.2", "请补充分月的结算明细")]
            assert (returned.due, returned.created_by) == (GIVEN.due, at.who.username)
        elif {Effect.CLOSE_RETURN, Effect.TAKE_BACK_RETURN} & set(row.writes):
            assert returned is None
        elif Effect.EXTEND_RETURN in row.writes:
            assert returned.due == GIVEN.due
        else:
            assert (returned is not None) == (return_open and (not declined or Effect.REOPEN_RETURN in row.writes))
        assert tx.audit.verify() is None
