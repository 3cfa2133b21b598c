"""换用现行规则 county by county: stopped anywhere it is carried on, and at every point the store is in order."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from storage.care.integrity import inspect_store
from storage.errors import SaveFailed
from storage.store import Store
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    DIRECT,
    EARLIER,
    LIBRARY,
    NEIGHBOUR,
    NOW,
    PREFECTURE,
    PROVINCE,
    copied,
    move,
    opened_by,
    person,
    review_content,
    write,
)
from tests.workflow.rounds.repin_scene import REASON, STRICTER, keep_rules, put
from tests.workflow.upgraded import repin_round, stricter, upgraded, with_standards
from ui.form_keys import FormKey
from workflow.drafting.drafts import DraftChange, drafts_of, keep
from workflow.drafting.scopes import for_submission
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.matrix import matrix
from workflow.overview.overview import workbench
from workflow.people import Role
from workflow.rounds import repinning
from workflow.rounds.repinning import begin_repin, preview_repin
from workflow.rounds.rounds import close_round, start_submission
from workflow.rounds.taking import carry_on, carry_on_all, under_way
from workflow.states import State
from workflow.submission.saving import Closing, Edit, save
from workflow.targets import Target
from workflow.verdicts.reading import REJUDGING
from workflow.verdicts.rejudging import rejudge
from workflow.verdicts.verifying import verdict_faults

OLD, NEW = (library.standards["national-2018"].fingerprint for library in (LIBRARY, STRICTER))
TRANSACTIONS = 5  # the mark, three counties, the end
TARGET = Target.answer("3.3.2")


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture(scope="module")
def template(begun, tmp_path_factory):
    """A round of three counties whose verdicts are kept: its folder, closed, and their numbers."""
    var = tmp_path_factory.mktemp("three") / "var"
    office = copied(begun(with_draft=False), var)
    keep_rules(office)
    numbers = (
        put(office, State.DRAFT),
        put(office, State.SUBMITTED, review_content("prefecture"), division=NEIGHBOUR),
        put(office, State.WITHDRAWN, division=DIRECT),
    )
    rejudge(office, lambda: EARLIER)
    office.store.close()
    return var, numbers


@pytest.fixture
def three(template, tmp_path):
    """A round of three counties, opened by a program whose rules are stricter; verdicts kept."""
    var, numbers = template
    office = copied(var, tmp_path / "var")
    yield upgraded(office, STRICTER), numbers
    office.store.close()


@contextmanager
def killed_at(monkeypatch, transaction: int, *, committing: bool):
    """At the end of that writing transaction, before it is durable or straight after."""
    original, begun = Store.write, []

    @contextmanager
    def write(store, *arguments, **named):
        begun.append(1)
        with original(store, *arguments, **named) as tx:
            yield tx
            if len(begun) == transaction and not committing:
                raise Killed
        if len(begun) == transaction:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", write)
        yield


def faults(office: Office) -> tuple[str, ...]:
    return inspect_store(office.store, [lambda _store: verdict_faults(office)]).faults


def rules(office: Office, who, number: int) -> str:
    return opened_by(office, who, number).standards[0].fingerprint


def told(office: Office) -> list[tuple[str, str]]:
    with office.store.read() as tx:
        return sorted((entry.action, entry.subject) for entry in tx.audit.entries(limit=None))


def standing(office: Office, numbers):
    """All that it leads to, the kept verdicts included."""
    with office.store.read() as tx:
        (round_record,) = tx.rounds.all()
        entries = [[(e.kind, e.key, e.body, e.version) for e in tx.entries.all(n)] for n in numbers]
        return round_record, entries, [tx.verdicts.of(n) for n in numbers], [tx.submissions.get(n) for n in numbers]


# Lost at one transaction or durable at the one before leaves the same store: one of the two each time is enough.
@pytest.mark.parametrize(
    ("transaction", "committing"),
    [pytest.param(at, False, id=f"{at}-lost") for at in range(1, TRANSACTIONS + 1)]
    + [
        pytest.param(at, True, id=f"{at}-durable", marks=[pytest.mark.soak] if at < TRANSACTIONS else [])
        for at in range(1, TRANSACTIONS + 1)
    ],
)
def test_killed_at_any_point_it_is_in_order_and_carried_on(three, monkeypatch, transaction, committing) -> None:
    office, numbers = three
    with killed_at(monkeypatch, transaction, committing=committing), pytest.raises(Killed):
        repin_round(office, ADMINISTRATOR, "2018", REASON, NOW)
    done = transaction - 1 if committing else transaction - 2  # counties that have taken them
    assert faults(office) == ()
    found = [(each.done, each.total) for each in under_way(office)]
    assert found == ([] if done < 0 or done > len(numbers) else [(done, len(numbers))])
    for place, (number, who) in enumerate(zip(numbers, (COORDINATOR, PREFECTURE), strict=False)):
        assert rules(office, who, number) == (NEW if place < done else OLD)
    rejudge(office, lambda: NOW)
    assert faults(office) == ()
    again = Office(office.store, office.library)  # the next process
    if done < 0:
        repin_round(again, ADMINISTRATOR, "2018", REASON, NOW)
    else:
        assert carry_on_all(again) == len(found)
    assert under_way(again) == ()
    assert faults(again) == ()
    assert again.follows_installed(standing(again, numbers)[0])
    assert [rules(again, who, n) for n, who in zip(numbers, (COORDINATOR, PREFECTURE), strict=False)] == [NEW, NEW]
    assert [subject for act, subject in told(again) if act == "submission.rules"] == [
        f"submission/{number}" for number in numbers[:2]
    ]
    for act in ("round.repinning", "round.rules", "round.repin"):
        assert told(again).count((act, "round/2018")) == 1
    (taken,) = opened_by(again, COORDINATOR, numbers[0]).repins
    assert (taken.by, taken.at, taken.reason, bool(taken.revised)) == (ADMINISTRATOR.username, NOW, REASON, True)
    kept = matrix(again, PROVINCE, "2018")
    assert [line.record.division_code for line in kept.told] == [NEIGHBOUR]
    assert kept.without(REJUDGING) == ()
    before = standing(again, numbers)
    assert carry_on_all(again) == 0
    carry_on(again, "2018")
    assert standing(again, numbers) == before


@pytest.fixture
def half_way(three, monkeypatch):
    """The first county has taken the rules, the others have not, and nobody is carrying on."""
    office, numbers = three
    with killed_at(monkeypatch, 2, committing=True), pytest.raises(Killed):
        repin_round(office, ADMINISTRATOR, "2018", REASON, NOW)
    return office, numbers


def test_meanwhile_everything_can_be_read_and_nothing_written(half_way) -> None:
    office, (mine, theirs, _) = half_way
    for who, number in ((COORDINATOR, mine), (PREFECTURE, theirs)):
        snapshot = opened_by(office, who, number)
        assert "正在换用新规则" in (snapshot.why_not(TARGET) or "")
    acts = (
        lambda: write(office, COORDINATOR, mine, (TARGET, {"claim": "met"})),
        lambda: write(office, PREFECTURE, theirs, (Target.finding("prefecture", "1.1.1"), None)),
        lambda: move(office, COORDINATOR, mine, "hand_over"),
        lambda: move(office, PREFECTURE, theirs, "prefecture_decline", reason="多项指标与佐证材料不符"),
        lambda: close_round(office, ADMINISTRATOR, "2018", NOW),
    )
    for act in acts:
        with pytest.raises(Refused, match=r"正在换用新规则，[^。]+。请过几分钟再试"):
            act()
    assert preview_repin(office, ADMINISTRATOR, "2018").refusals == (
        "本批次正在换用新规则，还没有换完。换完后再看要不要换。",
    )
    assert [line.record.division_code for line in matrix(office, PROVINCE, "2018").told] == [NEIGHBOUR]
    assert [card.progress is not None for card in workbench(office, COORDINATOR, NOW).cards] == [True]


def test_what_was_typed_meanwhile_waits_as_a_draft(half_way) -> None:
    office, (mine, *_) = half_way
    scope, version = for_submission(mine), opened_by(office, COORDINATOR, mine).version(TARGET)
    typed = DraftChange(FormKey(scope, *TARGET, version, 0, "note"), "写到一半")
    assert keep(office, COORDINATOR, "tab", [typed], NOW) == ()
    edit = Edit(TARGET, {"note": "写到一半"}, version)
    with pytest.raises(Refused) as refused:
        save(office, COORDINATOR, mine, [edit], NOW, drafts=Closing("tab"))
    assert refused.value.code == "repinning"
    carry_on(office, "2018")
    (draft,) = drafts_of(office, COORDINATOR, scope).drafts
    assert draft.fields == {"note": "写到一半"}
    write(office, COORDINATOR, mine, (TARGET, {"claim": "met", "note": "写到一半"}))


def test_a_county_that_began_meanwhile_begins_afterwards(half_way) -> None:
    office, _ = half_way
    with pytest.raises(Refused, match="正在换用新规则"):
        start_submission(office, person(Role.COUNTY_COORDINATOR, "990181"), "2018", NOW)


def test_it_goes_on_by_the_rules_it_began_with_whatever_is_installed_by_then(half_way) -> None:
    office, (mine, theirs, _) = half_way
    later = upgraded(office, with_standards(stricter(least=99)))
    assert [rules(later, COORDINATOR, mine), rules(later, PREFECTURE, theirs)] == [NEW, OLD]
    carry_on_all(later)
    assert [rules(later, COORDINATOR, mine), rules(later, PREFECTURE, theirs)] == [NEW, NEW]
    assert not later.follows_installed(opened_by(later, COORDINATOR, mine).round)
    assert faults(later) == ()


def test_a_save_that_came_before_the_mark_is_in_what_the_mark_was_decided_on(three, monkeypatch) -> None:
    """Planned while others write: what was written since is looked at again under the lock, and the rest is not."""
    office, (mine, *_) = three
    seen, again = preview_repin(office, ADMINISTRATOR, "2018"), []
    original = repinning.refit

    def refit(office_, tx, record, change):
        again.append(record.id)
        if len(again) == 3:  # the last of the plan
            write(office, COORDINATOR, mine, (TARGET, None))
        return original(office_, tx, record, change)

    monkeypatch.setattr(repinning, "refit", refit)
    with pytest.raises(Refused) as refused:
        begin_repin(office, ADMINISTRATOR, "2018", REASON, NOW, seen=seen)
    assert (refused.value.code, again[3:]) == ("seen_otherwise", [mine])


def test_a_store_that_is_busy_for_a_while_is_waited_for(three, monkeypatch) -> None:
    office, numbers = three
    begin_repin(office, ADMINISTRATOR, "2018", REASON, NOW)
    original, refusals = Store.write, [SaveFailed("忙", "busy"), SaveFailed("忙", "busy")]

    def write_(store, *arguments, **named):
        if refusals:
            raise refusals.pop()
        return original(store, *arguments, **named)

    monkeypatch.setattr(Store, "write", write_)
    steps = []
    carry_on(office, "2018", lambda done, of: steps.append((done, of)))
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert rules(office, COORDINATOR, numbers[0]) == NEW


def test_two_that_carry_it_on_at_once_do_it_once(half_way) -> None:
    office, _ = half_way
    here = []

    def step(*_) -> None:
        here.extend(each.here for each in under_way(office))
        carry_on(Office(office.store, office.library), "2018")

    assert [each.here for each in under_way(office)] == [False]
    carry_on(office, "2018", step)
    assert here == [True]
    assert [subject for act, subject in told(office) if act in {"submission.rules", "round.repin"}].count(
        "round/2018"
    ) == 1
    assert sum(act == "submission.rules" for act, _ in told(office)) == 2
    assert faults(office) == ()
