"""The whole path at the service level: county, government, prefecture, province, each in their own right; both ways."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from templates.application_form.layout import application_form
from templates.application_form.plan import opinion_capacity, opinion_lines
from templates.text.setting import Setter
from templates.text.typefaces import typefaces
from tests.workflow.office_room import (
    COORDINATOR,
    DIRECT,
    GOVERNMENT,
    NOW,
    PREFECTURE,
    PROVINCE,
    ROWS,
    head,
    move,
    opened_by,
    person,
    review_content,
    write,
)
from tests.workflow.story_steps import fill_in, find_all, give_opinion
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Role
from workflow.procedure.moving import offers
from workflow.procedure.opinions import draft_opinion
from workflow.procedure.reviewing import changed_since, compare_levels, rows_to_find
from workflow.procedure.situation import RequestedItem
from workflow.targets import Target

DAY = timedelta(days=1)
FEWEST_LINES = 4


def test_from_the_first_answer_to_the_ministry(office: Office) -> None:
    number = fill_in(office, COORDINATOR)
    assert move(office, COORDINATOR, number, "hand_over").state == "awaiting_government"
    assert "同意推荐甲县" in give_opinion(office, GOVERNMENT, number, "county_government")
    assert move(office, GOVERNMENT, number, "release").state == "submitted"

    assert rows_to_find(opened_by(office, PREFECTURE, number), "prefecture") == ROWS
    find_all(office, PREFECTURE, number, "prefecture")
    assert give_opinion(office, PREFECTURE, number, "prefecture").endswith(
        "同意推荐甲县为全国农村留守儿童关爱保护和困境儿童保障示范县，报演示省民政厅。"
    )
    assert move(office, PREFECTURE, number, "prefecture_recommend").state == "prefecture_recommended"

    visit = {"level": "province", "date": "2018-07-02", "places": ["城关镇儿童之家"], "methods": ["site_visit"]}
    write(office, PROVINCE, number, (Target("site_visit", "province/001"), visit))
    find_all(office, PROVINCE, number, "province")
    assert "实地查看城关镇儿童之家1处" in give_opinion(office, PROVINCE, number, "province")
    assert move(office, PROVINCE, number, "province_recommend").state == "province_recommended"

    content = opened_by(office, PROVINCE, number).content
    assert set(content.opinions) == {"county_government", "prefecture", "province"}
    assert [content.opinions[o].by for o in ("county_government", "prefecture", "province")] == [
        "甲县人民政府",
        "演示州民政局",
        "演示省民政厅",
    ]
    with office.store.read() as tx:
        assert [m.move for m in tx.moves.all(number)] == [
            "hand_over", "release", "prefecture_recommend", "province_recommend",
        ]  # fmt: skip
        assert tx.audit.verify() is None
    assert offers(office, COORDINATOR, number, NOW) == offers(office, PREFECTURE, number, NOW) == ()
    assert [o.transition.label for o in offers(office, PROVINCE, number, NOW)] == ["收回推荐"]


def test_and_the_other_way_handed_back_returned_mended_and_sent_again(office: Office) -> None:
    number = fill_in(office, COORDINATOR)
    move(office, COORDINATOR, number, "hand_over")
    assert move(office, GOVERNMENT, number, "hand_back", reason="儿童之家数量请再核实").state == "draft"
    write(office, COORDINATOR, number, (Target.form("narrative"), "核实后的情况。"))
    move(office, COORDINATOR, number, "hand_over")
    give_opinion(office, GOVERNMENT, number, "county_government")
    move(office, GOVERNMENT, number, "release")

    find_all(office, PREFECTURE, number, "prefecture")
    wanting = {"finding": "needs_correction", "reason": "结算汇总缺医保部门公章", "date": "2018-07-02"}
    write(office, PREFECTURE, number, (Target.finding("prefecture", "3.3.2"), wanting))
    assert "指标3.3.2需补正（结算汇总缺医保部门公章）" in give_opinion(office, PREFECTURE, number, "prefecture")
    with pytest.raises(Refused, match=r"3\.3\.2"):
        move(office, PREFECTURE, number, "prefecture_recommend")
    returned_at = NOW + DAY
    items = (RequestedItem("3.3.2", "结算汇总缺医保部门公章"),)
    after = move(office, PREFECTURE, number, "prefecture_return", now=returned_at, items=items, due=date(2018, 7, 20))
    assert after.state == "returned"
    assert opened_by(office, PREFECTURE, number).content.opinions == {}

    mended = dict(opened_by(office, COORDINATOR, number).entries[Target.answer("3.3.2")].body) | {"note": "已补公章"}
    saved = write(office, COORDINATOR, number, (Target.answer("3.3.2"), mended), now=returned_at + DAY)
    assert saved.voided == (("prefecture", "3.3.2"),)
    move(office, COORDINATOR, number, "hand_over", now=returned_at + 2 * DAY)
    with pytest.raises(Refused, match="尚未填写县级人民政府推荐意见"):
        move(office, GOVERNMENT, number, "release", now=returned_at + 2 * DAY)
    give_opinion(office, GOVERNMENT, number, "county_government", now=returned_at + 2 * DAY)
    move(office, GOVERNMENT, number, "release", now=returned_at + 2 * DAY)

    changes = changed_since(office, PREFECTURE, number)
    assert [(c.target, c.row_ids, c.by) for c in changes] == [
        (Target.answer("3.3.2"), ("3.3.2",), COORDINATOR.username)
    ]
    assert (changes[0].before.get("note"), changes[0].after["note"]) == (None, "已补公章")
    assert rows_to_find(opened_by(office, PREFECTURE, number), "prefecture") == ("3.3.2",)
    with office.store.read() as tx:
        assert tx.returns.open_one(number) is None
    find_all(office, PREFECTURE, number, "prefecture", now=returned_at + 3 * DAY)
    give_opinion(office, PREFECTURE, number, "prefecture", now=returned_at + 3 * DAY)
    done = move(office, PREFECTURE, number, "prefecture_recommend", now=returned_at + 3 * DAY)
    assert done.state == "prefecture_recommended"


def test_a_county_without_prefecture_goes_straight_to_the_province(office: Office) -> None:
    county = person(Role.COUNTY_COORDINATOR, DIRECT)
    government = person(Role.COUNTY_GOVERNMENT, DIRECT)
    number = fill_in(office, county)
    assert opened_by(office, county, number).content.facts["has_prefecture"] is False
    move(office, county, number, "hand_over")
    give_opinion(office, government, number, "county_government")
    move(office, government, number, "release")
    with pytest.raises(Refused) as caught:
        opened_by(office, PREFECTURE, number)
    assert caught.value.code == "not_found"
    write(office, PROVINCE, number, *review_content("province", DIRECT).items())
    assert {o.transition.move for o in offers(office, PROVINCE, number, NOW)} == {
        "province_recommend", "province_return", "province_decline",
    }  # fmt: skip
    text = draft_opinion(office, opened_by(office, PROVINCE, number), "province")
    assert text.startswith("经对戊县进行基础评价和实地评估")
    assert move(office, PROVINCE, number, "province_recommend").state == "province_recommended"
    assert "prefecture" not in opened_by(office, PROVINCE, number).content.opinions


def test_a_return_that_runs_out_is_extended_or_declined_by_the_level_that_made_it(office: Office) -> None:
    number = fill_in(office, COORDINATOR)
    move(office, COORDINATOR, number, "hand_over")
    give_opinion(office, GOVERNMENT, number, "county_government")
    move(office, GOVERNMENT, number, "release")
    move(
        office,
        PREFECTURE,
        number,
        "prefecture_return",
        items=(RequestedItem("V2", "缺公安机关的比对证明"),),
        due=date(2018, 7, 10),
    )
    late = NOW + 10 * DAY
    with pytest.raises(Refused, match="补正期限 2018-07-10 已过"):
        move(office, COORDINATOR, number, "hand_over", now=late)
    assert offers(office, PROVINCE, number, late) == ()
    assert {(o.transition.move, o.asks_due) for o in offers(office, PREFECTURE, number, late)} == {
        ("prefecture_extend", True),
        ("prefecture_decline", False),
        ("prefecture_take_back", False),
    }
    before = head(office)
    move(office, PREFECTURE, number, "prefecture_extend", due=date(2018, 7, 31), now=late)
    assert head(office) == before + 2  # the new day, and the move
    with pytest.raises(Refused, match="没有改动，也没有说明"):
        move(office, COORDINATOR, number, "hand_over", now=late)
    said = (Target("correction", "1/1"), {"explanation": "证明已在材料中，无须改动。"})
    write(office, COORDINATOR, number, said, now=late)
    assert move(office, COORDINATOR, number, "hand_over", now=late).state == "awaiting_government"
    move(office, COORDINATOR, number, "recall", reason="数字还要再核对一遍再送", now=late)
    later = NOW + 40 * DAY
    done = move(office, PREFECTURE, number, "prefecture_decline", reason="逾期没有补正所列各项", now=later)
    assert done.state == "declined"


def test_the_levels_stand_side_by_side_and_a_difference_is_marked(office: Office) -> None:
    number = fill_in(office, COORDINATOR)
    move(office, COORDINATOR, number, "hand_over")
    give_opinion(office, GOVERNMENT, number, "county_government")
    move(office, GOVERNMENT, number, "release")
    find_all(office, PREFECTURE, number, "prefecture")
    rows = compare_levels(office, opened_by(office, PREFECTURE, number))
    assert tuple(r.row.id for r in rows) == ROWS
    assert not [r for r in rows if r.differs]
    not_met = {"finding": "not_met", "reason": "抽查与所报数据不相符合", "date": "2018-07-02"}
    write(office, PREFECTURE, number, (Target.finding("prefecture", "4.2.1"), not_met))
    differing = [r for r in compare_levels(office, opened_by(office, PREFECTURE, number)) if r.differs]
    assert [r.row.id for r in differing] == ["4.2.1"]
    assert set(differing[0].computed.values()) == {"met"}
    assert set(differing[0].verdicts["prefecture"].values()) == {"not_met"}


def test_a_clean_countys_opinions_fit_four_lines_and_say_what_is_recommended_to_whom(office: Office) -> None:
    number = fill_in(office, COORDINATOR)
    move(office, COORDINATOR, number, "hand_over")
    layout, setter = application_form(), Setter(typefaces())
    endings = {
        "county_government": (GOVERNMENT, "报演示州民政局。"),
        "prefecture": (PREFECTURE, "报演示省民政厅。"),
        "province": (PROVINCE, "报民政部。"),
    }
    for level, (who, to) in endings.items():
        if level == "prefecture":
            move(office, GOVERNMENT, number, "release")
        if level == "province":
            move(office, PREFECTURE, number, "prefecture_recommend")
            visit = {"level": "province", "date": "2018-07-02", "places": ["城关镇儿童之家"], "methods": ["site_visit"]}
            write(office, PROVINCE, number, (Target("site_visit", "province/001"), visit))
        if level != "county_government":
            find_all(office, who, number, level)
        text = give_opinion(office, who, number, level)
        assert text.endswith(f"示范县，{to}")
        assert opinion_lines(text, layout, setter) <= FEWEST_LINES
        assert opinion_lines(text * 9, layout, setter) > opinion_capacity(layout)
