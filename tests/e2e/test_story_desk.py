"""Three counties of one prefecture and one without, by the reviewers' hands in a real browser; their acts are counted.

甲县 is returned twice, then named; 乙县 is recommended and declined, and both are taken back; 丁市 has a veto standing;
戊县 has no prefecture, so that the province appraises it alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from storage.clock import now
from storage.records import SubmissionRecord
from tests.e2e.conftest import visiting
from tests.e2e.desk import Desk
from tests.ui.review.acts import give_opinion, move
from tests.ui.review.test_desk import CLEAN, DOUBTFUL, FIVE_DOUBTFUL
from tests.ui.seeded import office_at, person, submission
from workflow.office import Office
from workflow.states import State
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

pytestmark = [pytest.mark.browser, pytest.mark.soak]
LEFT_IN_JIA = (Target.answer("3.3.2"), Target.answer("4.5.2"), Target.answer("5.4.2"), Target.veto("V3"))
SEEN, PLANNED = "5.2.1", "戊县"


def test_returned_twice_and_named_declined_and_taken_back_a_veto_and_no_prefecture(browser, own, record_property):
    office = office_at(own.var)
    _fill_in_jia(office)
    for county in ("jiaxian", "yixian"):
        _release(office, county)
    with visiting(browser, own.address) as visit:
        visit.pass_the_form(own.address, "yanshizhou")
        desk = Desk(visit, own.address)
        record_property("clean county, actions", _recommended_at_once(desk))
        assert _state(office, "乙县") is State.PREFECTURE_RECOMMENDED
        _taken_back_declined_and_taken_back(desk)
        assert _state(office, "乙县") is State.SUBMITTED
        record_property("five doubtful rows, actions", _returned_for_five(desk))
        assert [item.row_id for item in _opened(office, "甲县").open_return.items] == list(DOUBTFUL)
        _mend(office, "jiaxian")
        _found_again(desk, DOUBTFUL)
        assert _state(office, "甲县") is State.PREFECTURE_RECOMMENDED
        _a_veto_stands(desk)
    with visiting(browser, own.address) as visit:
        visit.pass_the_form(own.address, "yanshisheng")
        _returned_by_the_province(Desk(visit, own.address))
        _mend(office, "jiaxian")
    with visiting(browser, own.address) as visit:
        visit.pass_the_form(own.address, "yanshizhou")
        _found_again(Desk(visit, own.address), (SEEN,))
        _matrix_tells(visit, own.address, "丁市", "V2")
    with visiting(browser, own.address) as visit:
        visit.pass_the_form(own.address, "yanshisheng")
        desk = Desk(visit, own.address)
        _visited_and_named(desk, "甲县", dict.fromkeys(DOUBTFUL, ("达标", "")))
        _visited_and_named(desk, "戊县", {"5.1.1": ("不适用", "本县由省直接管辖，没有上级市")})
    stands = {county: _state(office, county) for county in ("甲县", "乙县", "丁市", "戊县")}
    assert stands == {
        "甲县": State.PROVINCE_RECOMMENDED,
        "乙县": State.SUBMITTED,
        "丁市": State.SUBMITTED,
        "戊县": State.PROVINCE_RECOMMENDED,
    }
    with office.store.read() as tx:
        assert len(tx.returns.all(submission(office, "甲县").id)) == 2
    office.store.close()


def _recommended_at_once(desk: Desk) -> int:
    desk.open("乙县")
    desk.confirm_together()
    desk.find_vetoes()
    desk.give_opinion()
    desk.decide("推荐报省")
    assert desk.actions <= CLEAN
    return desk.actions


def _taken_back_declined_and_taken_back(desk: Desk) -> None:
    why = "所报材料经核对没有问题，收回重新办理"
    desk.decide("收回推荐", why)
    desk.decide("不予推荐", "实地了解的情况与所报材料不符")
    desk.decide("收回不予推荐", why)


def _returned_for_five(desk: Desk) -> int:
    desk.open("甲县")
    desk.confirm_together(*DOUBTFUL)
    desk.find_vetoes()
    desk.view("逐项认定")
    for row_id in DOUBTFUL:
        desk.find(row_id, "需补正", f"{row_id}：所附汇总未列分月明细，请补充后核对")
    desk.decide("退回补正")
    assert desk.actions <= FIVE_DOUBTFUL
    return desk.actions


def _found_again(desk: Desk, rows: tuple[str, ...]) -> None:
    """What was returned is looked at row by row; then the county is recommended."""
    desk.open("甲县")
    expect(desk.page.get_by_text(f"退回补正后县里改动了 {len(rows)} 处")).to_be_visible()
    desk.row(rows[0])
    for row_id in rows:
        desk.find(row_id, "达标")
    desk.give_opinion()
    desk.decide("推荐报省")


def _a_veto_stands(desk: Desk) -> None:
    page = desk.page
    desk.open("丁市")
    desk.row("V2")
    desk.choose("存在")
    desk.write(re.compile("^理由（除与计算结论一致的"), "公安机关通报本县一起漏报的情形，县里至今没有处置")
    desk.press("保存认定")
    desk.told("已保存")
    desk.view("办理")
    expect(page.get_by_text(re.compile("V2"))).not_to_have_count(0)
    expect(page.get_by_role("button", name="推荐报省", exact=True)).to_be_disabled()


def _returned_by_the_province(desk: Desk) -> None:
    desk.open("甲县")
    desk.row(SEEN)
    desk.find(SEEN, "需补正", "现场没有见到儿童之家的活动记录，请补充")
    desk.decide("退回补正")


def _visited_and_named(desk: Desk, county: str, singly: Mapping[str, tuple[str, str]]) -> None:
    """Planned, seen on the spot, found, recommended. ``singly``: what is not confirmed together."""
    page = desk.page
    desk.open(county)
    desk.view("实地评估")
    if county != PLANNED:
        desk.write("拟去的地点（一行一处）", "城关镇\n河东村儿童之家")
        desk.press("保存计划")
        desk.told("实地评估计划")
    desk.press("照计划填地点和人员")
    page.get_by_label("采用的评估方法").click()
    page.get_by_role("option", name="现场查看", exact=True).click()
    page.keyboard.press("Escape")
    desk.visit.settle()
    desk.write("情况记录", "查看活动记录，走访三户。")
    desk.press("保存记录")
    desk.told("实地评估记录")
    desk.confirm_together()
    desk.find_vetoes()
    desk.row(next(iter(singly)))
    for row_id, (finding, reason) in singly.items():
        desk.find(row_id, finding, reason)
    desk.give_opinion()
    desk.decide("推荐上报")


def _matrix_tells(visit, server: str, county: str, veto: str) -> None:
    visit.page.goto(f"{server}/matrix")
    visit.settle()
    line = visit.page.get_by_role("row").filter(has_text=county)
    expect(line.get_by_role("link", name=re.compile(veto)).or_(line.get_by_title(re.compile(veto)))).not_to_have_count(
        0
    )


def _fill_in_jia(office: Office) -> None:
    """What 甲县 left for whoever tries it out, as its neighbour answered it."""
    whole, opened = _opened(office, "乙县", "yixian_minzheng"), _opened(office, "甲县", "jiaxian_minzheng")
    edits = [Edit(target, whole.entries[target].body, opened.version(target)) for target in LEFT_IN_JIA]
    save(office, opened.person, opened.record.id, edits, now())
    move(office, "jiaxian_minzheng", submission(office, "甲县"), "hand_over")


def _release(office: Office, county: str) -> SubmissionRecord:
    record = submission(office, {"jiaxian": "甲县", "yixian": "乙县"}[county])
    give_opinion(office, f"{county}_zhengfu", record.id, "county_government")
    return move(office, f"{county}_zhengfu", record, "release")


def _mend(office: Office, county: str) -> None:
    """Every item of the open return, and up again."""
    opened = _opened(office, "甲县", f"{county}_minzheng")
    targets = [Target.answer(item.row_id) for item in opened.open_return.items]
    body = {
        target: dict(opened.entries[target].body) | {"note": f"已补充分月明细：{now():%m%d%H%M%S}"}
        for target in targets
    }
    save(office, opened.person, opened.record.id, [Edit(t, b, opened.version(t)) for t, b in body.items()], now())
    move(office, f"{county}_minzheng", opened.record, "hand_over")
    _release(office, county)


def _opened(office: Office, county: str, username: str = "yanshizhou"):
    return open_submission(office, person(office, username), submission(office, county).id)


def _state(office: Office, county: str) -> State:
    return State(submission(office, county).state)
