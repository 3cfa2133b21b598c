"""A county is told what changed in the rules, row by row, and reads it until it has handed over again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indicators.building.pinned import kept_text
from indicators.model.rule_changes import PartChange
from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NOW,
    PREFECTURE,
    STANDARDS,
    open_return,
    opened_by,
    put_submission,
    whole_content,
)
from tests.workflow.upgraded import repin_round, stricter, upgraded, with_standards, without_row
from workflow.overview.overview import workbench
from workflow.overview.worklist import worklist
from workflow.procedure.moving import offers, perform
from workflow.procedure.situation import MoveRequest
from workflow.states import State
from workflow.targets import Target

REASON = "部里更正了医疗救助的比例"
STRICTER = with_standards(*(stricter(one, least=80) for one in STANDARDS))
LATER = NOW + timedelta(hours=1)
WITHOUT = with_standards(*(without_row(one, "2.1.2") for one in STANDARDS))


def put(office, state: State, bodies=None, library=LIBRARY) -> int:
    with office.store.write("scene", EARLIER) as tx:
        for one in STANDARDS:
            standard = library.standards[one]
            tx.pinned_standards.keep(one, standard.fingerprint, kept_text(standard))
        return put_submission(tx, COUNTY, state, whole_content() | (bodies or {})).id


def handed_back(office, county: int, reason: str) -> None:
    with office.store.read() as tx:
        version = tx.submissions.get(county).version
    perform(office, GOVERNMENT, county, "hand_back", MoveRequest(reason=reason), expected_version=version, now=LATER)


def card_of(office, person):
    (card,) = workbench(office, person, LATER).cards or worklist(office, person, LATER)
    return card


def test_a_threshold_that_moved_is_told_where_the_verdict_did_not_turn(office):
    county = put(office, State.DRAFT, {Target.answer("3.3.2"): {"claim": "unsure"}})
    later = upgraded(office, STRICTER)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    card = card_of(later, COORDINATOR)
    (told,) = card.notices
    assert "本县各项结论不变" in told
    assert "规则有改动的指标 1 项：3.3.2" in told
    assert ("rules_changed", ("3.3.2",)) in [(one.code, one.row_ids) for one in card.waiting]
    (taken,) = opened_by(later, COORDINATOR, county).repins
    (row,) = taken.revised
    assert (row.row, [(one.old, one.new) for one in row.revisions]) == ("3.3.2", [("不低于70%", "不低于80%")] * 2)
    assert inspect_store(later.store).faults == ()


def test_a_new_indicator_is_to_be_filled_in_and_is_no_conclusion_that_turned(office):
    with office.store.write("scene", EARLIER) as tx:
        pins = {one: WITHOUT.standards[one].fingerprint for one in STANDARDS}
        tx.rounds.repin("2018", pins, "布置")
    put(office, State.DRAFT, {Target.answer("2.1.2"): None}, library=WITHOUT)
    repin_round(office, ADMINISTRATOR, "2018", REASON, NOW)
    card = card_of(office, COORDINATOR)
    (told,) = card.notices
    assert "新增指标 2.1.2，请填报" in told
    assert "结论改变" not in told
    words = [one.text for one in card.waiting if one.code == "rules_changed"]
    assert words == ["新规则增加的指标或填报要求 1 项，请填报。"]


@pytest.mark.parametrize("open_", [False, True])
def test_sent_back_by_its_government_the_county_reads_the_reason_and_the_change_until_it_hands_over_again(
    office, open_
):
    county = put(office, State.AWAITING_GOVERNMENT)
    if open_:
        with office.store.write("scene", EARLIER) as tx:
            open_return(tx, county, "3.3.3")
    later = upgraded(office, with_standards(stricter()))
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    handed_back(later, county, "3.3.2 须按新规则补报分月明细")
    opened = opened_by(later, COORDINATOR, county)
    assert opened.state is (State.RETURNED if open_ else State.DRAFT)
    assert opened.repins[0].current
    back, told = card_of(later, COORDINATOR).notices
    assert "3.3.2 须按新规则补报分月明细" in back
    assert back.endswith("再送县级人民政府。")
    assert REASON in told
    assert any("3.3.2 须按新规则补报分月明细" in one for one in card_of(later, DEPARTMENT).notices)
    with later.store.write("scene", LATER + timedelta(hours=1)) as tx:
        version = tx.submissions.get(county).version
        tx.moves.add(county, move="hand_over", to_state="awaiting_government", expected_version=version)
    assert card_of(later, COORDINATOR).notices == ()


def test_nobody_outside_the_county_reads_why_its_government_sent_it_back(office):
    county = put(office, State.AWAITING_GOVERNMENT)
    with office.store.write("scene", EARLIER) as tx:
        open_return(tx, county, "3.3.3")
    handed_back(office, county, "请按新规则补报分月明细")
    (line,) = worklist(office, PREFECTURE, LATER)
    assert (line.notices, line.waiting) == ((), ())


def test_a_government_is_told_what_is_open_and_to_send_it_back_not_how_to_fill_in_the_form(office):
    county = put(office, State.AWAITING_GOVERNMENT, {Target.answer("3.3.2"): None})
    (release,) = [one for one in offers(office, GOVERNMENT, county, LATER) if one.transition.move == "release"]
    said = "".join(release.obstacles)
    assert "请退回县级民政部门补报下列" in said
    assert "指标 3.3.2：尚未填写自评结论。" in said
    assert "请选择自评结论" not in said


@pytest.mark.parametrize(
    ("one", "figure", "words"),
    [
        (
            PartChange("threshold", "r", "报销比例", "不低于70%", "不低于80%"),
            "73.8%",
            "“报销比例”门槛由“不低于70%”改为“不低于80%”，所填 73.8%",
        ),
        (
            PartChange("statement", old="两次", new="四次", standards=("云南标准",)),
            None,
            "云南标准：原文由“两次”改为“四次”",
        ),
        (PartChange("measure", "m", "走访次数", "", "不少于2次"), None, "新增填报项“走访次数”（要求不少于2次）"),
        (PartChange("evidence", "e", "走访记录", "", "走访记录"), None, "新增必需材料“走访记录”"),
        (PartChange("condition", old="", new="乡镇数不少于1"), None, "适用条件由“无”改为“乡镇数不少于1”"),
    ],
)
def test_each_change_reads_as_a_line(one, figure, words):
    assert one.words(figure) == words
