"""The transition table, every move × state × role × own and foreign division × return open or not.

Two things hold it: `PROCEDURE`, the procedure written down here by hand (a move added to the table without a line here
fails), and cases generated from the table itself: whatever it does not name is refused and changes nothing, whatever it
names can be done while its guards hold, and is refused by each guard in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from tests.workflow.office_room import (
    APPLY_BY,
    COUNTY,
    DIRECT,
    DUE,
    EARLIER,
    GOVERNMENT_OPINION,
    NEIGHBOUR,
    NOW,
    RECOMMEND_BY,
    add_round,
    copied,
    head,
    office_at,
    open_return,
    person,
    put_everywhere,
    put_submission,
    record_of,
    review_content,
    whole_content,
)
from workflow.errors import Refused
from workflow.guards import GUARDS, MoveRequest, ReturnItem
from workflow.moving import _EFFECTS, offers, perform
from workflow.office import Office
from workflow.people import Person, Role
from workflow.states import State
from workflow.transitions import TRANSITIONS, Effect, Guard, Route, Transition

S, R = State, Role
# DESIGN §6 by hand: (move, from, to, who, only while a return is open?)
PROCEDURE = {
    ("hand_over", S.DRAFT, S.AWAITING_GOVERNMENT, R.COUNTY_COORDINATOR, None),
    ("hand_over", S.RETURNED, S.AWAITING_GOVERNMENT, R.COUNTY_COORDINATOR, None),
    ("hand_back", S.AWAITING_GOVERNMENT, S.DRAFT, R.COUNTY_GOVERNMENT, False),
    ("hand_back", S.AWAITING_GOVERNMENT, S.RETURNED, R.COUNTY_GOVERNMENT, True),
    ("recall", S.AWAITING_GOVERNMENT, S.DRAFT, R.COUNTY_COORDINATOR, False),
    ("recall", S.AWAITING_GOVERNMENT, S.RETURNED, R.COUNTY_COORDINATOR, True),
    ("release", S.AWAITING_GOVERNMENT, S.SUBMITTED, R.COUNTY_GOVERNMENT, None),
    ("prefecture_recommend", S.SUBMITTED, S.PREFECTURE_RECOMMENDED, R.PREFECTURE_REVIEWER, None),
    ("prefecture_return", S.SUBMITTED, S.RETURNED, R.PREFECTURE_REVIEWER, None),
    ("prefecture_decline", S.SUBMITTED, S.DECLINED, R.PREFECTURE_REVIEWER, None),
    ("province_recommend", S.PREFECTURE_RECOMMENDED, S.PROVINCE_RECOMMENDED, R.PROVINCE_REVIEWER, None),
    ("province_return", S.PREFECTURE_RECOMMENDED, S.RETURNED, R.PROVINCE_REVIEWER, None),
    ("province_decline", S.PREFECTURE_RECOMMENDED, S.DECLINED, R.PROVINCE_REVIEWER, None),
    ("province_recommend", S.SUBMITTED, S.PROVINCE_RECOMMENDED, R.PROVINCE_REVIEWER, None),
    ("province_return", S.SUBMITTED, S.RETURNED, R.PROVINCE_REVIEWER, None),
    ("province_decline", S.SUBMITTED, S.DECLINED, R.PROVINCE_REVIEWER, None),
    ("prefecture_extend", S.RETURNED, S.RETURNED, R.PREFECTURE_REVIEWER, None),
    ("prefecture_decline", S.RETURNED, S.DECLINED, R.PREFECTURE_REVIEWER, None),
    ("province_extend", S.RETURNED, S.RETURNED, R.PROVINCE_REVIEWER, None),
    ("province_decline", S.RETURNED, S.DECLINED, R.PROVINCE_REVIEWER, None),
    ("withdraw", S.DRAFT, S.WITHDRAWN, R.COUNTY_COORDINATOR, None),
    ("withdraw", S.AWAITING_GOVERNMENT, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("withdraw", S.SUBMITTED, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("withdraw", S.PREFECTURE_RECOMMENDED, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("withdraw", S.RETURNED, S.WITHDRAWN, R.COUNTY_GOVERNMENT, None),
    ("reopen", S.WITHDRAWN, S.DRAFT, R.COUNTY_COORDINATOR, None),
}
# What each move must ask, and what it writes (after ›), by hand too: a guard taken out of the table fails here.
_READY = "before_apply_deadline form_complete eligible_at_county"
_FOUND = "before_recommend_deadline not_own_work all_found_by_{0} eligible_at_{0} {0}_opinion"
_RETURN, _DECLINE = "not_own_work items_numbered › open_return void_opinions", "not_own_work reason_given"
_EXTEND = "return_is_ours not_own_work due_given › extend_return"
_OVERDUE = "return_is_ours not_own_work return_overdue reason_given › close_return"
ASKS = {
    ("hand_over", S.DRAFT): _READY,
    ("hand_over", S.RETURNED): _READY,
    ("hand_back", S.AWAITING_GOVERNMENT): "reason_given › void_opinions",
    ("recall", S.AWAITING_GOVERNMENT): "reason_given › void_opinions",
    ("release", S.AWAITING_GOVERNMENT): f"{_READY} county_opinion › close_return",
    ("prefecture_recommend", S.SUBMITTED): f"has_prefecture quota_free {_FOUND.format('prefecture')}",
    ("prefecture_return", S.SUBMITTED): f"has_prefecture {_RETURN}",
    ("prefecture_decline", S.SUBMITTED): f"has_prefecture {_DECLINE}",
    ("province_recommend", S.PREFECTURE_RECOMMENDED): f"has_prefecture site_visit {_FOUND.format('province')}",
    ("province_return", S.PREFECTURE_RECOMMENDED): f"has_prefecture {_RETURN}",
    ("province_decline", S.PREFECTURE_RECOMMENDED): f"has_prefecture {_DECLINE}",
    ("province_recommend", S.SUBMITTED): f"no_prefecture site_visit {_FOUND.format('province')}",
    ("province_return", S.SUBMITTED): f"no_prefecture {_RETURN}",
    ("province_decline", S.SUBMITTED): f"no_prefecture {_DECLINE}",
    ("prefecture_extend", S.RETURNED): _EXTEND,
    ("prefecture_decline", S.RETURNED): _OVERDUE,
    ("province_extend", S.RETURNED): _EXTEND,
    ("province_decline", S.RETURNED): _OVERDUE,
    ("withdraw", S.DRAFT): "reason_given",
    ("withdraw", S.AWAITING_GOVERNMENT): "reason_given › close_return",
    ("withdraw", S.SUBMITTED): "reason_given › close_return",
    ("withdraw", S.PREFECTURE_RECOMMENDED): "reason_given › close_return",
    ("withdraw", S.RETURNED): "reason_given › close_return",
    ("reopen", S.WITHDRAWN): "before_apply_deadline reason_given › void_opinions",
}
MOVES = sorted({row.move for row in TRANSITIONS} | {"no_such_thing"})
FOREIGN = {
    R.PREFECTURE_REVIEWER: "990200",
    R.PROVINCE_REVIEWER: "530000",
    R.OBSERVER: "530000",
    R.ADMINISTRATOR: "000000",
}
SCENES = tuple(product(State, (False, True), (COUNTY, DIRECT)))
PEOPLE = tuple(product(Role, (True, False)))
GIVEN = MoveRequest("理由充分", (ReturnItem("3.3.2", "请补充分月明细"),), DUE)


def here(role: Role, division: str) -> Person:
    """Whoever of that role the county belongs to; a prefecture's reviewer has no county without a prefecture."""
    county_side = role in {R.COUNTY_COORDINATOR, R.COUNTY_DEPARTMENT, R.COUNTY_GOVERNMENT}
    return person(role, division if county_side else None)


def elsewhere(role: Role) -> Person:
    return person(role, FOREIGN.get(role, NEIGHBOUR))


def test_the_table_is_the_procedure_written_here_and_nothing_else() -> None:
    route = {None: None, Route.RETURN_OPEN: True, Route.NO_RETURN_OPEN: False}
    assert {(t.move, t.source, t.target, t.actor, route[t.route]) for t in TRANSITIONS} == PROCEDURE
    assert len(TRANSITIONS) == len(PROCEDURE)


@pytest.mark.parametrize("row", TRANSITIONS, ids=str)
def test_every_row_asks_and_writes_what_is_written_here(row: Transition) -> None:
    asks, _, writes = ASKS[row.move, row.source].partition("›")
    assert set(row.guards) == {"round_open", *asks.split()}
    assert set(row.writes) == set(writes.split())


def test_no_two_rows_compete_for_the_same_move() -> None:
    rows = [(t.move, t.source, open_) for t in TRANSITIONS for open_ in routes(t)]
    assert len(rows) == len(set(rows))


def test_every_guard_and_effect_of_the_table_is_carried_out_and_every_one_is_used() -> None:
    assert set(GUARDS) == set(Guard) == {g for t in TRANSITIONS for g in t.guards}
    assert set(_EFFECTS) == set(Effect) == {e for t in TRANSITIONS for e in t.writes}


def test_nothing_moves_in_a_closed_round() -> None:
    assert all(t.guards[0] is Guard.ROUND_OPEN for t in TRANSITIONS)


def test_what_is_decided_upon_is_never_left_by_a_move() -> None:
    assert not [t for t in TRANSITIONS if t.source in {S.PROVINCE_RECOMMENDED, S.DECLINED}]


def routes(row: Transition) -> tuple[bool, ...]:
    return (True, False) if row.route is None else (row.route is Route.RETURN_OPEN,)


# --- everything the table does not name -----------------------------------------------------------------------------


def in_table(move: str, source: State, actor: Role, *, return_open: bool) -> bool:
    return any(
        t.move == move and t.source is source and t.actor is actor and return_open in routes(t) for t in TRANSITIONS
    )


def expected_refusal(move: str, state: State, who: Person, division: str, *, own: bool, return_open: bool) -> str:
    """By hand: first whether the person may know of it at all, then whether there is such a move, then whose it is."""
    unreleased = state in {S.DRAFT, S.AWAITING_GOVERNMENT, S.WITHDRAWN}
    blind = who.role is R.ADMINISTRATOR or not own or (division == DIRECT and who.role is R.PREFECTURE_REVIEWER)
    above = who.role in {R.PREFECTURE_REVIEWER, R.PROVINCE_REVIEWER, R.OBSERVER}
    if blind or (above and unreleased):
        return "not_found"
    exists = any(t.move == move and t.source is state and return_open in routes(t) for t in TRANSITIONS)
    return "wrong_role" if exists else "no_such_move"


@pytest.mark.parametrize(("state", "return_open", "division"), SCENES)
def test_what_the_table_does_not_name_is_refused_and_changes_nothing(
    office: Office, state: State, return_open: bool, division: str, record_property
) -> None:
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, division, state)
        if return_open:
            _open(tx, record.id)
    before, refused = head(office), 0
    for move, (role, own) in product(MOVES, PEOPLE):
        who = here(role, division) if own else elsewhere(role)
        if own and in_table(move, state, role, return_open=return_open) and not _blind(role, division):
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


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each kind of county a store with a submission that wants nothing, made once."""
    made = {}
    for division in (COUNTY, DIRECT):
        var = tmp_path_factory.mktemp("template") / division
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


@pytest.fixture
def scene(templates: dict[str, Path], tmp_path: Path):
    """Makes the scene of a row; closes its store."""
    made: list[Scene] = []

    def make(row: Transition, *, return_open: bool | None = None) -> Scene:
        division = division_of(row)
        office = copied(templates[division], tmp_path / f"scene{len(made)}")
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
        made.append(Scene(office, row, division, record.id, here(row.actor, division)))
        return made[-1]

    yield make
    for one in made:
        one.office.store.close()


def named(row: Transition) -> str:
    return f"{row.move}:{row.source}:{row.target}"


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
        assert (opinions & standing == set()) == (Effect.VOID_OPINIONS in row.writes)
        if Effect.OPEN_RETURN in row.writes:
            assert [(i.number, i.row_id, i.reason) for i in returned.items] == [(1, "3.3.2", "请补充分月明细")]
            assert (returned.due, returned.created_by) == (DUE, at.who.username)
        elif Effect.CLOSE_RETURN in row.writes:
            assert returned is None
        elif Effect.EXTEND_RETURN in row.writes:
            assert returned.due == DUE
        else:
            assert (returned is not None) == return_open
        assert tx.audit.verify() is None


def _put(**bodies) -> Callable[[Scene], None]:
    def change(at: Scene) -> None:
        put_everywhere(at.office, at.id, bodies["bodies"])

    return change


def _give(**given) -> Callable[[Scene], None]:
    return lambda at: at.given.update(given)


def _later(day: date) -> Callable[[Scene], None]:
    """One minute after the day ends in Beijing."""

    def change(at: Scene) -> None:
        at.now = datetime(day.year, day.month, day.day, 16, 1, tzinfo=UTC)

    return change


def _after_the_apply_deadline(at: Scene) -> None:
    with at.office.store.read() as tx:
        returned = tx.returns.open_one(at.id)
    _later(returned.due if returned else APPLY_BY)(at)


def _close_round(at: Scene) -> None:
    with at.office.store.write("system", EARLIER) as tx:
        tx.rounds.close("2018")


def _worked_on_it(at: Scene) -> None:
    put_everywhere(at.office, at.id, {("evidence", "EX"): {"title": "补充材料"}}, by=at.who.username)


def _take_the_quota(at: Scene) -> None:
    with at.office.store.write("scene", EARLIER) as tx:
        put_submission(tx, NEIGHBOUR, State.PREFECTURE_RECOMMENDED)


def _other_level_returned(at: Scene) -> None:
    with at.office.store.write("scene", EARLIER) as tx:
        standing = tx.returns.open_one(at.id)
        tx.returns.close(standing.id)
        level = "prefecture" if standing.level == "province" else "province"
        open_return(tx, at.id, level=level, due=standing.due)


def _extend(at: Scene) -> None:
    with at.office.store.write("scene", EARLIER) as tx:
        tx.returns.extend(tx.returns.open_one(at.id).id, DUE)


def _other_kind_of_county(at: Scene) -> None:
    """The same state for a county of the other kind, of the same province."""
    other = DIRECT if at.division == COUNTY else COUNTY
    with at.office.store.write("scene", EARLIER) as tx:
        bodies = whole_content(other) | review_content("province", other)
        at.id = put_submission(tx, other, at.row.source, bodies).id
    if at.row.actor is R.PREFECTURE_REVIEWER:
        at.expected = "not_found"  # no prefecture's reviewer has such a county at all


def _one_not_met(level: str) -> Callable[[Scene], None]:
    return _put(bodies={(f"finding.{level}", "3.3.2"): {"finding": "not_met", "reason": "低于70%"}})


BREAKERS: dict[Guard, Callable[[Scene], None]] = {
    Guard.ROUND_OPEN: _close_round,
    Guard.BEFORE_APPLY_DEADLINE: _after_the_apply_deadline,
    Guard.BEFORE_RECOMMEND_DEADLINE: _later(RECOMMEND_BY),
    Guard.FORM_COMPLETE: _put(bodies={("form", "narrative"): "  "}),
    Guard.ELIGIBLE_AT_COUNTY: _put(bodies={("answer", "3.3.2"): {"claim": "not_met"}}),
    Guard.ELIGIBLE_AT_PREFECTURE: _one_not_met("prefecture"),
    Guard.ELIGIBLE_AT_PROVINCE: _one_not_met("province"),
    Guard.ALL_FOUND_BY_PREFECTURE: _put(bodies={("finding.prefecture", "V2"): None}),
    Guard.ALL_FOUND_BY_PROVINCE: _put(bodies={("finding.province", "4.5.3"): None}),
    Guard.COUNTY_OPINION: _put(bodies={("opinion.county_government", "-"): {"text": "同意推荐。"}}),
    Guard.PREFECTURE_OPINION: _put(bodies={("opinion.prefecture", "-"): {"text": " ", "date": "2018-07-01"}}),
    Guard.PROVINCE_OPINION: _put(bodies={("opinion.province", "-"): None}),
    Guard.SITE_VISIT: _put(bodies={("site_visit", "province/001"): {"level": "province", "places": ["城关镇"]}}),
    Guard.QUOTA_FREE: _take_the_quota,
    Guard.HAS_PREFECTURE: _other_kind_of_county,
    Guard.NO_PREFECTURE: _other_kind_of_county,
    Guard.REASON_GIVEN: _give(reason=" \n"),
    Guard.ITEMS_NUMBERED: _give(items=()),
    Guard.DUE_GIVEN: _give(due=None),
    Guard.RETURN_IS_OURS: _other_level_returned,
    Guard.RETURN_OVERDUE: _extend,
    Guard.NOT_OWN_WORK: _worked_on_it,
}
GUARDED = [(row, guard) for row in TRANSITIONS for guard in row.guards]


def test_every_guard_has_a_way_to_fail_it() -> None:
    assert set(BREAKERS) == set(Guard)


@pytest.mark.parametrize(("row", "guard"), GUARDED, ids=str)
def test_every_row_is_refused_by_each_guard_that_does_not_hold(scene, row: Transition, guard: Guard) -> None:
    at = scene(row)
    BREAKERS[guard](at)
    before, standing = head(at.office), record_of(at.office, at.id)
    with pytest.raises(Refused) as caught:
        at.go()
    assert caught.value.code == (at.expected or guard.value)
    assert all(reason.endswith(("。", "：", "）")) for reason in caught.value.reasons)
    assert (head(at.office), record_of(at.office, at.id)) == (before, standing)


# --- at the edge of the deadlines, and twice at once ----------------------------------------------------------------


def row_of(move: str, source: State) -> Transition:
    return next(t for t in TRANSITIONS if t.move == move and t.source is source)


@pytest.mark.parametrize(
    ("move", "source", "day"),
    [
        ("hand_over", S.DRAFT, APPLY_BY),
        ("hand_over", S.RETURNED, DUE),
        ("release", S.AWAITING_GOVERNMENT, APPLY_BY),
        ("prefecture_recommend", S.SUBMITTED, RECOMMEND_BY),
        ("province_recommend", S.PREFECTURE_RECOMMENDED, RECOMMEND_BY),
    ],
)
def test_a_deadline_ends_at_midnight_in_beijing(scene, move: str, source: State, day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, 16, 0, tzinfo=UTC)
    late = scene(row_of(move, source))
    late.now = midnight
    with pytest.raises(Refused, match="已过"):
        late.go()
    in_time = scene(row_of(move, source))
    in_time.now = midnight - timedelta(seconds=1)
    assert in_time.go().state == row_of(move, source).target.value


def test_the_day_of_a_return_counts_and_no_longer_the_round_s(scene) -> None:
    at = scene(row_of("hand_over", S.RETURNED))
    at.now = datetime(2018, 7, 20, 4, 0, tzinfo=UTC)  # after APPLY_BY, before DUE
    assert at.go().state == S.AWAITING_GOVERNMENT.value


def test_withdrawing_ends_the_return_so_that_reopening_is_held_to_the_round_s_deadline(scene) -> None:
    at = scene(row_of("withdraw", S.RETURNED))
    at.go()
    coordinator = person(R.COUNTY_COORDINATOR)
    late = datetime(2018, 7, 20, 4, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="申报截止日期"):
        perform(at.office, coordinator, at.id, "reopen", GIVEN, expected_version=3, now=late)


def test_the_second_of_two_moves_made_on_the_same_page_is_refused_and_done_once(scene) -> None:
    at = scene(row_of("hand_over", S.DRAFT))
    version = record_of(at.office, at.id).version
    after = perform(at.office, at.who, at.id, "hand_over", GIVEN, expected_version=version, now=NOW)
    before = head(at.office)
    with pytest.raises(Refused, match="刷新") as caught:
        perform(at.office, at.who, at.id, "hand_over", GIVEN, expected_version=version, now=NOW)
    assert caught.value.code == "stale"
    assert (head(at.office), record_of(at.office, at.id)) == (before, after)


def test_a_naive_moment_is_a_fault_of_the_caller(scene) -> None:
    at = scene(row_of("hand_over", S.DRAFT))
    at.now = datetime(2018, 7, 1)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="time zone"):
        at.go()


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ((ReturnItem("9.9.9", "缺"),), "没有编号为“9.9.9”的指标"),
        ((ReturnItem("3.3.2", " "),), "请写明需补正的内容"),
        ((ReturnItem("3.3.2", "缺"), ReturnItem("3.3.2", "又缺")), "列了多次"),
        ((ReturnItem("form/unknown", "缺"),), "form/unknown"),
    ],
)
def test_a_return_names_known_rows_once_with_a_reason_each(scene, items, words: str) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given["items"] = items
    with pytest.raises(Refused, match=words) as caught:
        at.go()
    assert caught.value.code == "items_numbered"


def test_a_return_s_day_lies_ahead(scene) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given["due"] = date(2018, 7, 1)
    with pytest.raises(Refused, match="早于今天"):
        at.go()


@pytest.mark.parametrize(
    "given", [{"reason": "监护人身份证11010519491231002X"}, {"items": (ReturnItem("3.3.2", "电话13812345678"),)}]
)
def test_no_personal_identifier_enters_a_reason(scene, given: dict) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given.update(given)
    before = head(at.office)
    with pytest.raises(Refused) as caught:
        at.go()
    assert caught.value.code == "personal_identifier"
    assert "11010519491231002X" not in str(caught.value)
    assert head(at.office) == before


def test_a_county_that_does_not_qualify_is_told_every_reason(scene) -> None:
    at = scene(row_of("hand_over", S.DRAFT))
    put_everywhere(
        at.office,
        at.id,
        {("answer", "3.3.2"): {"claim": "not_met"}, ("veto", "V3"): {"claim": "present"}, ("answer", "5.4.2"): None},
    )
    with pytest.raises(Refused) as caught:
        at.go()
    said = str(caught.value)
    assert all(row in said for row in ("指标 3.3.2", "一票否决 V3", "指标 5.4.2"))
    assert "请逐项处理" in said


def test_the_quota_is_the_prefecture_s_and_is_free_again_when_the_other_county_is_declined(scene) -> None:
    at = scene(row_of("prefecture_recommend", S.SUBMITTED))
    _take_the_quota(at)
    with pytest.raises(Refused, match="限推荐 1 个"):
        at.go()
    with at.office.store.write("scene", EARLIER) as tx:
        other = tx.submissions.find("2018", NEIGHBOUR)
        tx.moves.add(other.id, move="scene", to_state="declined", expected_version=other.version)
        put_submission(tx, "990221", State.PREFECTURE_RECOMMENDED)  # another prefecture's
    assert at.go().state == S.PREFECTURE_RECOMMENDED.value


def test_a_return_s_day_lies_within_two_years(scene) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given["due"] = date(2020, 7, 3)
    with pytest.raises(Refused, match="核对年份"):
        at.go()
    at.given["due"] = date(2020, 7, 2)
    assert at.go().state == S.RETURNED.value


@pytest.mark.parametrize("given", [{"reason": "因" * 2001}, {"items": (ReturnItem("3.3.2", "缺" * 2001),)}])
def test_a_reason_has_its_length(scene, given: dict) -> None:
    at = scene(row_of("prefecture_return", S.SUBMITTED))
    at.given.update(given)
    with pytest.raises(Refused, match="超过2000字") as caught:
        at.go()
    assert caught.value.code == "too_long"
