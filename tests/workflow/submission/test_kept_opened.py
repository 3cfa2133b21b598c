"""What is kept of an opened submission in memory is what the store would say, also while others save."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scoring.entry.editing import changes
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    NOW,
    PREFECTURE,
    PROVINCE,
    STANDARDS,
    move,
    opened_by,
    put_assigned,
    put_everywhere,
    put_returned,
    put_submission,
    review_content,
    whole_content,
    write,
)
from workflow.content import bodies_of, read_content
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.states import State
from workflow.submission import saving
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import kept_opened, open_submission, read_opened
from workflow.targets import Target

ANSWER = Target.answer("3.3.2")


def a_return(office: Office, number: int) -> None:
    put_everywhere(office, number, review_content("prefecture"))
    put_assigned(office, number, "3.3.2")
    put_returned(office, number, "3.3.2", "1.1.1")


def a_review(office: Office, number: int) -> None:
    put_everywhere(office, number, {**review_content("prefecture"), **review_content("province")})
    with office.store.write("scene", EARLIER) as tx:
        tx.moves.add(number, move="scene", to_state="submitted", expected_version=1)


DAY = {"date": "2018-07-02"}
FOUND = Target.finding("prefecture", "3.3.2")
EXPLAINED = {"explanation": "证明已在材料中，无须改动"}
SAVES: dict[str, tuple[Any, Person, tuple[tuple[Target, Any], ...]]] = {
    "an answer": (None, COORDINATOR, ((ANSWER, {"claim": "not_met", "note": "改"}),)),
    "a new document": (None, DEPARTMENT, ((Target.evidence("E90"), {"title": "新", "pages": 3}),)),
    "an answer taken out": (None, COORDINATOR, ((ANSWER, None), (Target.fact("population"), None))),
    "an assignment": (None, COORDINATOR, ((Target.assignment("1.1.1"), {"units": ("甲县公安局",)}),)),
    "after a return, voiding": (a_return, DEPARTMENT, ((ANSWER, {"claim": "not_met", "note": "改"}),)),
    "after a return, explained": (a_return, COORDINATOR, ((Target.correction(1, 2), EXPLAINED),)),
    "a finding": (a_review, PREFECTURE, ((FOUND, {"finding": "not_met", "reason": "抽查的报销比例低于七成"} | DAY),)),
    "an opinion": (a_review, PREFECTURE, ((Target.opinion("prefecture"), {"text": "同意推荐上报。", "by": "市局"}),)),
}  # fmt: skip


@pytest.mark.parametrize("case", SAVES)
def test_what_is_kept_after_a_save_is_what_reading_anew_gives(office, draft, case: str) -> None:
    prepare, who, edits = SAVES[case]
    if prepare is not None:
        prepare(office, draft)
    open_submission(office, who, draft)
    saved = write(office, who, draft, *edits, now=NOW + timedelta(minutes=3))
    kept = kept_opened(office, who, draft)
    anew = replace(office, snapshots=type(office.snapshots)(1))
    with anew.store.read() as tx:
        read = read_opened(anew, tx, who, draft)
    assert kept is not None
    assert kept == read
    assert kept.rows.stamp == read.rows.stamp
    assert [list(kept.seen.entries), list(kept.seen.content.answers)] == [
        list(read.seen.entries), list(read.seen.content.answers),
    ]  # fmt: skip
    for level, judged in kept.seen.judged.items():
        assert changes(judged, office.judge(read.seen.content, read.seen.round, level)) == ()
    assert saved.versions == {target: read.whole.version(target) for target, _ in edits}


def test_the_verdicts_told_are_the_difference_a_county_sees(office, draft) -> None:
    before = opened_by(office, COORDINATOR, draft)
    saved = write(office, COORDINATOR, draft, (ANSWER, {"claim": "not_met"}))
    after = opened_by(office, COORDINATOR, draft)
    judged = [office.judge(one.content, one.round) for one in (before, after)]
    assert saved.changes == changes(*judged)
    assert {(c.standard, c.row) for c in saved.changes} == {(s, row) for s in STANDARDS for row in (None, "3.3.2")}


def test_a_finding_tells_the_changes_at_its_own_level(office) -> None:
    with office.store.write("scene", EARLIER) as tx:
        content = {**whole_content(), **review_content("prefecture")}
        number = put_submission(tx, COUNTY, State.SUBMITTED, content).id
    finding = {"finding": "not_met", "reason": "抽查的报销比例低于七成"} | DAY
    saved = write(office, PREFECTURE, number, (Target.finding("prefecture", "3.3.2"), finding))
    assert {(c.row, c.after) for c in saved.changes} == {(None, "no"), ("3.3.2", "not_met")}
    assert write(office, PREFECTURE, number, (Target.opinion("prefecture"), {"text": "同意推荐上报。"})).changes == ()


def test_nobody_is_given_what_another_opened(office, draft) -> None:
    a_review(office, draft)
    whole = open_submission(office, PREFECTURE, draft)
    county = open_submission(office, COORDINATOR, draft)
    assert any(target.is_finding for target in whole.entries)
    assert not any(target.level == "province" for target in whole.entries)
    assert any(target.level == "province" for target in open_submission(office, PROVINCE, draft).entries)
    assert open_submission(office, COORDINATOR, draft) is county
    elsewhere = replace(COORDINATOR, division_code="990122")
    with pytest.raises(Refused, match="辖区"):
        open_submission(office, elsewhere, draft)
    as_department = replace(COORDINATOR, role=Role.COUNTY_DEPARTMENT, unit="甲县公安局")
    assert open_submission(office, as_department, draft).person == as_department
    assert office.snapshots.latest((elsewhere, draft)) is None


@pytest.mark.parametrize("who", [COORDINATOR, PREFECTURE, PROVINCE], ids=lambda who: who.role.value)
def test_what_is_hidden_is_left_out_as_if_it_had_not_been_written(office, draft, who) -> None:
    a_review(office, draft)
    opened = open_submission(office, who, draft)
    shown = bodies_of(opened.entries.values())
    assert len(shown) < len(whole_content()) + 2 * len(review_content("prefecture"))
    assert opened.content == read_content(opened.record, opened.round, shown, office.rules_of(opened.round))


def test_a_move_is_seen_at_once_by_who_had_it_open(office, draft) -> None:
    assert open_submission(office, COORDINATOR, draft).state is State.DRAFT
    move(office, COORDINATOR, draft, "hand_over")
    assert open_submission(office, COORDINATOR, draft).state is State.AWAITING_GOVERNMENT
    with office.store.write("system", NOW) as tx:
        tx.rounds.close("2018")
    assert open_submission(office, COORDINATOR, draft).context.round_closed


def test_what_a_transaction_that_failed_had_read_is_not_kept(office, draft) -> None:
    def given_up() -> None:
        with office.store.write("scene", NOW) as tx:
            tx.entries.put(draft, "form", "narrative", "没有保存", 1)
            read_opened(office, tx, COORDINATOR, draft)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        given_up()
    put_everywhere(office, draft, {Target.form("narrative"): "保存了"})
    assert open_submission(office, COORDINATOR, draft).content.form.narrative == "保存了"


@pytest.mark.parametrize("times", [1, 3, 9])
def test_who_saves_while_others_do_starts_anew_and_nothing_is_lost(office, draft, monkeypatch, times: int) -> None:
    planned = saving._plan
    left = [times]

    def meanwhile(*given: Any) -> Any:
        plan = planned(*given)
        if left[0]:
            left[0] -= 1
            with office.store.write("colleague", NOW) as tx:
                standing = tx.entries.get(draft, "form", "unit_name")
                tx.entries.put(draft, "form", "unit_name", f"第{left[0]}次", standing.version)
        return plan

    open_submission(office, COORDINATOR, draft)
    monkeypatch.setattr(saving, "_plan", meanwhile)
    monkeypatch.setattr(saving, "_TRIES", 4) if times < 9 else monkeypatch.setattr(saving, "_TRIES", 99)
    saved = save(office, COORDINATOR, draft, [Edit(ANSWER, {"claim": "not_met"}, 1)], NOW)
    assert saved.versions == {ANSWER: 2}
    opened = open_submission(office, COORDINATOR, draft)
    assert (opened.content.answers["3.3.2"].claim, opened.content.form.unit_name) == ("not_met", "第0次")


def test_after_many_tries_it_is_done_while_the_others_wait(office, draft, monkeypatch) -> None:
    monkeypatch.setattr(saving, "_TRIES", 0)
    write(office, COORDINATOR, draft, (ANSWER, {"claim": "not_met"}))
    assert opened_by(office, COORDINATOR, draft).content.answers["3.3.2"].claim == "not_met"


def test_a_refusal_on_what_is_out_of_date_is_looked_at_again(office, draft) -> None:
    move(office, COORDINATOR, draft, "hand_over")
    assert open_submission(office, COORDINATOR, draft).state is State.AWAITING_GOVERNMENT
    with office.store.write("scene", NOW) as tx:
        tx.moves.add(draft, move="scene", to_state="draft", expected_version=2)
    saved = save(office, COORDINATOR, draft, [Edit(ANSWER, {"claim": "not_met"}, 1)], NOW)
    assert saved.versions == {ANSWER: 2}
