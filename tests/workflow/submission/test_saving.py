"""Saving: all or nothing, nobody overwritten unseen, and nothing kept that the exchange format or this room forbids."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from storage.clock import local_date
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    DIRECT,
    EARLIER,
    GOVERNMENT,
    NOW,
    PREFECTURE,
    head,
    move,
    opened_by,
    person,
    put_assigned,
    put_everywhere,
    put_returned,
    put_submission,
    review_content,
    write,
)
from workflow.errors import Conflict, Refused
from workflow.people import Role
from workflow.states import State
from workflow.submission.saving import Edit, save
from workflow.targets import Target

ANSWER = Target.answer("3.3.2")


def test_the_second_of_two_writers_sees_both_texts_and_neither_is_lost(office, draft) -> None:
    seen = opened_by(office, COORDINATOR, draft).version(ANSWER)
    first = {"claim": "met", "note": "公安局的说明"}
    second = {"claim": "met", "note": "民政局的说明"}
    put_assigned(office, draft, "3.3.2")
    save(office, DEPARTMENT, draft, [Edit(ANSWER, first, seen)], NOW)
    with pytest.raises(Conflict) as caught:
        save(office, COORDINATOR, draft, [Edit(ANSWER, second, seen), Edit(Target.form("narrative"), "新", 1)], NOW)
    clash = caught.value.clashes[0]
    assert caught.value.first == "他人"
    assert (clash.yours, clash.current, clash.updated_by) == (second, first, DEPARTMENT.username)
    opened = opened_by(office, COORDINATOR, draft)
    assert opened.entries[ANSWER].body == first
    assert opened.content.form.narrative != "新"  # the refused save wrote nothing else either
    save(office, COORDINATOR, draft, [Edit(ANSWER, second, clash.current_version)], NOW)
    with office.store.read() as tx:
        assert [v.body for v in tx.entries.history(draft, *ANSWER)][-2:] == [first, second]


def test_of_two_saves_at_once_one_is_kept_and_one_is_told(office, draft) -> None:
    seen = opened_by(office, COORDINATOR, draft).version(ANSWER)
    start, told = threading.Barrier(2), []

    def one(note: str) -> None:
        start.wait()
        try:
            save(office, COORDINATOR, draft, [Edit(ANSWER, {"claim": "met", "note": note}, seen)], NOW)
            told.append(("saved", note))
        except Conflict as conflict:
            told.append(("conflict", conflict.clashes[0].yours["note"]))

    threads = [threading.Thread(target=one, args=(note,)) for note in ("一", "二")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome for outcome, _ in told) == ["conflict", "saved"]
    saved = next(note for outcome, note in told if outcome == "saved")
    assert opened_by(office, COORDINATOR, draft).content.answers["3.3.2"].note == saved


def test_saving_what_stands_already_writes_nothing_and_says_its_version(office, draft) -> None:
    opened, before = opened_by(office, COORDINATOR, draft), head(office)
    saved = save(office, COORDINATOR, draft, [Edit(ANSWER, opened.entries[ANSWER].body, 1)], NOW)
    assert saved.versions == {ANSWER: opened.version(ANSWER)}
    assert saved.unchanged
    assert head(office) == before


def test_a_save_and_a_move_at_the_same_time_do_not_pass_each_other(office, draft) -> None:
    opened = opened_by(office, COORDINATOR, draft)
    move(office, COORDINATOR, draft, "hand_over")
    with pytest.raises(Refused) as caught:
        save(office, COORDINATOR, draft, [Edit(ANSWER, {"claim": "not_met"}, opened.version(ANSWER))], NOW)
    assert caught.value.code == "wrong_state"


FORGED = [
    (Target("site_visit", "prefecture/001"), {"level": "province", "date": "2018-06-20", "places": ["某村"]}),
    (Target("site_visit", "prefecture/../x"), {"level": "prefecture"}),
    (Target("opinion.prefecture", "second"), {"text": "同意"}),
    (Target.finding("prefecture", "9.9.9"), {"finding": "met"}),
    (Target.finding("prefecture", "V1"), {"finding": "met"}),
    (Target.finding("prefecture", "1.1.1"), {"finding": "met", "by": "某人"}),
]


@pytest.mark.parametrize(("target", "body"), FORGED)
def test_a_reviewer_cannot_write_for_another_level_or_beside_the_format(office, target: Target, body: Any) -> None:
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, State.SUBMITTED)
    before = head(office)
    with pytest.raises(Refused) as caught:
        write(office, PREFECTURE, record.id, (target, body))
    assert caught.value.code == "malformed"
    assert head(office) == before


MALFORMED = [
    (Target.answer("9.9.9"), {"claim": "met"}),
    (Target.answer("3.3.2"), {"claim": "sure"}),
    (Target.answer("3.3.2"), {"claim": "met", "evidence": {"aid_rules": ["E404"]}}),
    (Target.answer("3.3.2"), {"measures": {"out_of_pocket_reimbursement": {"numerator": 0.7, "denominator": 1}}}),
    (Target.answer("3.3.2"), {"note": "\ud800"}),
    (Target.answer("3.3.2"), {"note": "零\x00字"}),
    (Target.fact("population"), -1),
    (Target.fact("population"), "十万"),
    (Target.fact("no_such_fact"), 1),
    (Target.fact("has_prefecture"), False),
    (Target.form("no_such_field"), "x"),
    (Target.evidence("E 01"), {"title": "x"}),
    (Target.evidence("E01"), {"date": "2018-13-01"}),
    (Target.evidence("G1"), None),
    (Target.assignment("9.9.9"), {"units": ["甲县公安局"]}),
    (Target.assignment("3.3.2"), {"units": []}),
    (Target.assignment("3.3.2"), {"units": "甲县公安局"}),
    (Target.assignment("3.3.2"), {"units": ["甲县公安局", "甲县公安局"]}),
    (Target.assignment("3.3.2"), {"units": ["甲县\u200b公安局"]}),
    (Target.assignment("3.3.2"), {"units": ["甲县\n公安局"]}),
    (Target.assignment("3.3.2"), {"units": ["甲县公安局"], "by": "x"}),
]


@pytest.mark.parametrize(("target", "body"), MALFORMED)
def test_what_the_format_forbids_is_refused_in_words_and_nothing_is_written(office, draft, target, body) -> None:
    before = head(office)
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (target, body))
    assert caught.value.code == "malformed"
    assert head(office) == before


def test_the_same_entry_twice_in_one_save_is_refused(office, draft) -> None:
    edits = [Edit(ANSWER, {"claim": "met", "note": note}, 1) for note in ("一", "二")]
    with pytest.raises(Refused, match="写了两遍"):
        save(office, COORDINATOR, draft, edits, NOW)


def test_every_fault_of_a_save_is_said_at_once(office, draft) -> None:
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (Target.answer("9.9.9"), {}), (Target.fact("population"), -1))
    assert len(caught.value.reasons) == 2


def test_figures_come_back_digit_by_digit(office, draft) -> None:
    write(office, COORDINATOR, draft, (Target.fact("province_dropout_rate"), Decimal("0.620")))
    assert str(opened_by(office, COORDINATOR, draft).content.facts["province_dropout_rate"]) == "0.620"


def test_a_county_without_prefecture_may_not_say_it_has_one(office) -> None:
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, DIRECT, State.DRAFT)
    who = person(Role.COUNTY_COORDINATOR, DIRECT)
    with pytest.raises(Refused, match="没有上级市"):
        write(office, who, record.id, (Target.fact("has_prefecture"), True))
    write(office, who, record.id, (Target.fact("has_prefecture"), False))


# --- what has been given stays ---------------------------------------------------------------------------------------


def test_a_return_voids_the_opinions_on_paper_and_keeps_them_in_the_history(office, draft) -> None:
    put_everywhere(office, draft, review_content("prefecture"))
    put_returned(office, draft)
    with office.store.write("scene", EARLIER) as tx:
        tx.moves.add(draft, move="scene", to_state="submitted", expected_version=2)
        tx.returns.close(tx.returns.open_one(draft).id)
    from workflow.procedure.situation import RequestedItem  # noqa: PLC0415 - only here

    items, due = (RequestedItem("3.3.2", "请补充分月的结算明细"),), local_date(NOW) + timedelta(days=9)
    move(office, PREFECTURE, draft, "prefecture_return", items=items, due=due)
    assert opened_by(office, COORDINATOR, draft).content.opinions == {}
    with office.store.read() as tx:
        kept = tx.entries.history(draft, "opinion.prefecture", "-")
    assert [(v.removed, v.body["text"]) for v in kept] == [(False, "同意推荐。"), (True, "同意推荐。")]


@pytest.mark.parametrize("state", [s for s in State if s not in {State.DRAFT, State.RETURNED}])
def test_what_is_released_is_frozen_for_the_county(office, state: State) -> None:
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, state, {Target.form("narrative"): "原文"})
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, record.id, (Target.form("narrative"), "改"))
    assert caught.value.code == "wrong_state"


def test_in_a_closed_round_everything_is_readable_and_nothing_is_written(office, draft) -> None:
    with office.store.write("system", EARLIER) as tx:
        tx.rounds.close("2018")
    assert opened_by(office, COORDINATOR, draft).content.form.unit_name == "甲县民政局"
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (Target.form("narrative"), "改"))
    assert caught.value.code == "round_closed"


def test_rules_that_changed_under_a_round_judge_nothing_any_more(office) -> None:
    from tests.workflow.office_room import add_round  # noqa: PLC0415 - only here

    with office.store.write("scene", EARLIER) as tx:
        add_round(tx, id="2019", fingerprints={"national-2018": "0" * 64, "yunnan-2018": "0" * 64})
        found = tx.submissions.add(round_id="2019", division_code=COUNTY, division_name="甲县", state="draft")
    with pytest.raises(Refused, match="指纹不符") as caught:
        write(office, COORDINATOR, found.id, (Target.form("narrative"), "改"))
    assert caught.value.code == "rules_changed"


def test_no_opinion_is_dated_later_than_today_in_beijing(office, draft) -> None:
    move(office, COORDINATOR, draft, "hand_over")
    target = Target.opinion("county_government")
    opinion = {"text": "同意推荐。", "by": "甲县人民政府"}
    with pytest.raises(Refused, match="晚于今天"):
        write(office, GOVERNMENT, draft, (target, opinion | {"date": "2018-07-03"}))
    write(office, GOVERNMENT, draft, (target, opinion | {"date": "2018-07-02"}))
    just_past_midnight = NOW + timedelta(hours=12, minutes=1)
    write(office, GOVERNMENT, draft, (target, opinion | {"date": "2018-07-03"}), now=just_past_midnight)


PAPER = {"title": "情况说明", "kind": "statement"}


@pytest.mark.parametrize("dated", ["2018-07-03", "2018-08", "2099-01-01"])
def test_no_paper_is_dated_later_than_today_in_beijing(office, draft, dated: str) -> None:
    new, standing = (
        Target.evidence("+a"),
        Target.evidence(next(iter(opened_by(office, COORDINATOR, draft).content.evidence))),
    )
    for target in (new, standing):
        with pytest.raises(Refused, match=f"“情况说明”的日期 {dated} 晚于今天（2018-07-02）") as caught:
            write(office, COORDINATOR, draft, (target, PAPER | {"date": dated}))
        assert caught.value.places == ((target, ("date",)),)


@pytest.mark.parametrize("dated", ["2018-07-02", "2018-07", "2018-06-30", None])
def test_a_paper_of_today_or_of_this_month_is_kept_whatever_it_is_valid_until(office, draft, dated: str | None) -> None:
    saved = write(
        office, COORDINATOR, draft, (Target.evidence("+a"), PAPER | {"date": dated, "valid_until": "2099-12-31"})
    )
    assert not saved.unchanged


def test_nobody_takes_out_whether_there_is_a_prefecture(office, draft) -> None:
    target, before = Target.fact("has_prefecture"), head(office)
    with pytest.raises(Refused, match="不能删去"):
        write(office, COORDINATOR, draft, (target, None))
    assert head(office) == before


@pytest.mark.parametrize(
    ("target", "limit", "body"),
    [
        (ANSWER, 20_000, lambda text: {"claim": "met", "note": text}),
        (Target.form("narrative"), 100_000, lambda text: text),
    ],
)
def test_a_text_has_its_length(office, draft, target: Target, limit: int, body: Any) -> None:
    with pytest.raises(Refused, match=f"超过{limit}字") as caught:
        write(office, COORDINATOR, draft, (target, body("文" * (limit + 1))))
    assert caught.value.code == "too_long"
    assert caught.value.reasons[0].startswith((f"指标 {ANSWER[1]}：", "申报表“基本情况及主要工作”："))
    write(office, COORDINATOR, draft, (target, body("文" * limit)))
