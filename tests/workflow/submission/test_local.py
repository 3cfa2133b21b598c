"""地方文件对照 in the store: saved, diffed, exchanged and locked like the rest; written by the coordinator and by the
department a commitment is assigned to."""

from __future__ import annotations

import dataclasses

import pytest

from scoring.exchange.reading import read_submission
from scoring.submission import Done, Judgement, Local
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NOW,
    PREFECTURE,
    head,
    open_return,
    opened_by,
    put_everywhere,
    put_submission,
    write,
)
from workflow.content import bodies_from
from workflow.errors import Conflict, Refused
from workflow.procedure.reviewing import changed_since
from workflow.states import State
from workflow.submission.exchanging import export_submission, import_submission, plan_import
from workflow.submission.saving import Edit, save
from workflow.targets import Target

CHOICE = Target.local_policies()
GRANT = Target("local", "xuchang-2017-38/senior_grant")
DUTY = Target("local", "xuchang-2017-38/coordination")
DUE = Target("local", "xuchang-2017-38/classified_protection")
JUDGED = {"fulfilled": True, "reason": "已发文"}


@pytest.fixture
def filled(office, draft) -> int:
    edits = [Edit(CHOICE, ["xuchang-2017-38"], 0), Edit(GRANT, 1500, 0), Edit(DUTY, JUDGED, 0)]
    save(office, COORDINATOR, draft, [*edits, Edit(DUE, {"done": True, "date": "2018-05"}, 0)], NOW)
    return draft


def test_what_is_saved_stands_in_the_content(office, filled) -> None:
    assert opened_by(office, COORDINATOR, filled).content.local == Local(
        ("xuchang-2017-38",),
        {
            "xuchang-2017-38": {
                "senior_grant": 1500,
                "coordination": Judgement(fulfilled=True, reason="已发文"),
                "classified_protection": Done(done=True, date="2018-05"),
            }
        },
    )


@pytest.mark.parametrize("as_json", [False, True])
def test_it_goes_out_and_comes_back_without_loss(office, filled, as_json) -> None:
    text = export_submission(office, COORDINATOR, filled, as_json=as_json)
    opened = opened_by(office, COORDINATOR, filled)
    assert read_submission(text, "甲县", LIBRARY).local == opened.content.local
    plan = plan_import(office, COORDINATOR, filled, text, "甲县")
    assert [edit.target for edit in plan.edits if edit.target.kind == "local"] == []


def test_an_import_changes_what_the_file_says_otherwise_and_deletes_nothing(office, filled) -> None:
    text = export_submission(office, COORDINATOR, filled).replace("1500", "2000").replace("coordination", "county_plan")
    plan = plan_import(office, COORDINATOR, filled, text, "甲县")
    assert {edit.target: edit.body for edit in plan.edits} == {
        GRANT: 2000,
        Target("local", "xuchang-2017-38/county_plan"): JUDGED,
    }
    assert DUTY in plan.standing
    import_submission(office, COORDINATOR, filled, plan, NOW)
    answers = opened_by(office, COORDINATOR, filled).content.local.answers["xuchang-2017-38"]
    assert set(answers) == {"senior_grant", "coordination", "county_plan", "classified_protection"}


def test_the_second_of_two_writers_sees_both_figures(office, filled) -> None:
    seen = opened_by(office, COORDINATOR, filled).version(GRANT)
    save(office, COORDINATOR, filled, [Edit(GRANT, 1800, seen)], NOW)
    with pytest.raises(Conflict) as caught:
        save(office, COORDINATOR, filled, [Edit(GRANT, 2000, seen)], NOW)
    assert (caught.value.clashes[0].yours, caught.value.clashes[0].current) == (2000, 1800)


@pytest.mark.parametrize("who", [DEPARTMENT, GOVERNMENT, PREFECTURE])
def test_nobody_but_the_coordinator_writes_what_is_not_assigned(office, filled, who) -> None:
    opened = opened_by(office, COORDINATOR, filled)
    context = dataclasses.replace(opened, person=who)
    assert context.why_not(GRANT) is not None
    with pytest.raises(Refused):
        save(office, who, filled, [Edit(GRANT, 2000, opened.version(GRANT))], NOW)


@pytest.mark.parametrize(
    ("target", "body"),
    [
        (Target("local", "xuchang-2017-38/nothing"), 1),
        (Target("local", "henan-2017/senior_grant"), 1),
        (Target("local", "policy"), ["xuchang-2017-38"]),
        (CHOICE, ["henan-2017"]),
        (CHOICE, "xuchang-2017-38"),
        (GRANT, "2000"),
        (GRANT, {"numerator": 1}),
        (DUTY, True),
        (DUTY, {"fulfilled": True, "reason": "联系 13912345678"}),
        (DUTY, {"fulfilled": True, "reason": "字" * 20_001}),
    ],
)
def test_what_no_document_asks_or_no_field_may_hold_is_refused(office, draft, target, body) -> None:
    with pytest.raises(Refused):
        save(office, COORDINATOR, draft, [Edit(target, body, 0)], NOW)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.AWAITING_GOVERNMENT, State.PREFECTURE_RECOMMENDED])
def test_it_is_locked_when_the_submission_is(office, state) -> None:
    with office.store.write("scene", EARLIER) as tx:
        number = put_submission(tx, COUNTY, state).id
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, number, (GRANT, 2000))
    assert caught.value.code == "wrong_state"


def test_a_return_does_not_open_it(office) -> None:
    with office.store.write("scene", EARLIER) as tx:
        number = put_submission(tx, COUNTY, State.RETURNED).id
        open_return(tx, number, "3.3.2")
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, number, (GRANT, 2000))
    assert caught.value.code == "not_opened"
    assert "地方文件对照" in caught.value.reasons[0]


def test_an_edit_of_it_voids_no_finding_and_bears_on_no_row(office, filled) -> None:
    before, opened = head(office), opened_by(office, COORDINATOR, filled)
    saved = save(office, COORDINATOR, filled, [Edit(GRANT, 2000, opened.version(GRANT))], NOW)
    assert saved.voided == ()
    found = changed_since(office, COORDINATOR, filled, since=before)
    assert {change.target: change.row_ids for change in found if change.target == GRANT} == {GRANT: ()}


def test_a_document_taken_away_shuts_no_submission(office, filled) -> None:
    """What a document asked that is installed no longer stays in the store and is not read; the rest works on."""
    less = {policy_id: one for policy_id, one in LIBRARY.policies.items() if policy_id != "xuchang-2017-38"}
    later = dataclasses.replace(office, library=dataclasses.replace(LIBRARY, policies=less))
    opened = opened_by(later, COORDINATOR, filled)
    assert opened.content.local == Local()
    assert opened.entries[GRANT].body == 1500
    save(
        later,
        COORDINATOR,
        filled,
        [Edit(Target.form("leader_name"), "新", opened.version(Target.form("leader_name")))],
        NOW,
    )
    assert opened_by(office, COORDINATOR, filled).content.local.answers["xuchang-2017-38"]["senior_grant"] == 1500


def test_the_entries_are_the_content_taken_apart(office, filled) -> None:
    opened = opened_by(office, COORDINATOR, filled)
    held = {target: entry.body for target, entry in opened.entries.items() if target.kind == "local"}
    assert {target: body for target, body in bodies_from(opened.content).items() if target.kind == "local"} == held


def test_someone_elses_document_put_in_the_store_is_not_read(office, draft) -> None:
    put_everywhere(office, draft, {Target("local", "henan-2017/senior_grant"): 1, CHOICE: ["henan-2017"]})
    assert opened_by(office, COORDINATOR, draft).content.local == Local()
