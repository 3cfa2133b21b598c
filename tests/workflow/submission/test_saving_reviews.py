"""Saving what reviewers write: reasons with substance, visits that are whole, days from the first release to today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    EARLIER,
    GOVERNMENT,
    NOW,
    PREFECTURE,
    move,
    opened_by,
    put_everywhere,
    put_submission,
    whole_content,
    write,
)
from workflow.errors import Refused
from workflow.states import State
from workflow.submission.saving import Edit, save
from workflow.targets import Target
from workflow.visiting.record import visits_naming

ANSWER = Target.answer("3.3.2")
FOUND = Target.finding("prefecture", "3.3.2")
PAPER = {"title": "情况说明", "kind": "statement"}
DAY = {"date": "2018-07-02"}
SAME = "抽查的六个村都没有台账"
THIN = [
    ({"finding": "not_met"}, "reason", "没有写"),
    ({"finding": "needs_correction", "reason": "请补正材料需补正"}, "reason", "过于简单"),
    ({"finding": "not_applicable", "reason": "不适用、不适用、不适用"}, "reason", "过于简单"),
    ({"finding": "not_met", "reason": "没有没有没有没有"}, "reason", "不同的汉字不足5个"),
    ({"finding": "not_met", "reason": SAME + "。"}, "reason", "与另外5项的相同"),
]


def released(office, draft: int) -> None:
    move(office, COORDINATOR, draft, "hand_over")
    opinion = {"text": "同意推荐。", "by": "甲县人民政府", "date": "2018-07-02"}
    write(office, GOVERNMENT, draft, (Target.opinion("county_government"), opinion))
    move(office, GOVERNMENT, draft, "release")


def test_a_finding_has_a_reason_the_county_can_act_on(office, draft) -> None:
    released(office, draft)
    five = ("1.1.1", "1.1.2", "1.1.3", "3.3.1", "3.2.1")
    alike = {"finding": "not_met", "reason": SAME, "date": "2018-07-02"}
    write(office, PREFECTURE, draft, *((Target.finding("prefecture", row), alike) for row in five))
    for body, field, said in THIN:
        with pytest.raises(Refused, match=said) as caught:
            write(office, PREFECTURE, draft, (FOUND, DAY | body))
        assert caught.value.places == ((FOUND, (field,)),)
    seven, eight = "抽查六村没有", "抽查六村没有台账"
    with pytest.raises(Refused, match="不足8个汉字"):
        write(office, PREFECTURE, draft, (FOUND, DAY | {"finding": "not_met", "reason": seven}))
    write(office, PREFECTURE, draft, (FOUND, {"finding": "not_met", "reason": eight, "date": "2018-07-02"}))


VISIT = Target.site_visit("prefecture", 1)
PLACES = {"level": "prefecture", "places": ["甲镇"], "methods": ["on_site_check"]}
GONE = PLACES | {"date": "2018-07-02", "people": ["演示州民政局儿童福利科科长"]}
DATED = [
    (FOUND, ("date",), {"finding": "met"}, "认定 3.3.2 的日期", "作出认定"),
    (FOUND, ("searched", "date"), {"finding": "met", "date": "2018-07-02"}, "认定 3.3.2 的检索日期", "检索"),
    (VISIT, ("date",), PLACES, "实地评估记录的日期", "实地评估"),
    (Target.opinion("prefecture"), ("date",), {"text": "同意推荐。"}, "推荐意见的日期", "出具意见"),
]


UNFIT_VISITS = [
    (GONE | {"date": None}, "实地评估记录没有写日期", ("date",)),
    (GONE | {"places": []}, "没有写地点。请至少写明一处", ("places",)),
    (GONE | {"places": [" \u200b"]}, "没有写地点", ("places",)),
    (GONE | {"methods": []}, "没有选评估方法", ("methods",)),
    (GONE | {"photos": [{"file": "a.jpg", "sha256": "0" * 64}]}, "写明了没有上传的照片", ("photos",)),
    (GONE | {"photos": [{"file": f"{n}.jpg", "sha256": f"{n:064d}"} for n in range(31)]}, "最多 30 张", ("photos",)),
    (GONE | {"rows": {"3.3.2": "好"}}, "指标 3.3.2 的现场情况过于简单", ("rows", "3.3.2")),
    (GONE | {"rows": {"3.3.2": " "}}, "指标 3.3.2 的现场情况没有写", ("rows", "3.3.2")),
]


@pytest.mark.parametrize(("body", "said", "field"), UNFIT_VISITS)
def test_a_visit_is_kept_only_with_day_place_method_and_words_on_each_row(office, draft, body, said, field) -> None:
    released(office, draft)
    with pytest.raises(Refused, match=said) as caught:
        write(office, PREFECTURE, draft, (VISIT, body))
    assert caught.value.places == ((VISIT, field),)


def test_of_a_visit_two_people_write_on_different_rows_at_once(office, draft) -> None:
    released(office, draft)
    write(office, PREFECTURE, draft, (VISIT, GONE))
    seen = opened_by(office, PREFECTURE, draft).version(VISIT)
    for row in ("3.3.2", "5.2.1"):
        body = GONE | {"rows": {row: "查看了台账原件和活动记录"}}
        save(office, PREFECTURE, draft, [Edit(VISIT, body, seen)], NOW)
    content = opened_by(office, PREFECTURE, draft).content
    assert set(content.site_visits[0].rows) == {"3.3.2", "5.2.1"}
    assert [len(visits_naming(content, "prefecture", row)) for row in ("3.3.2", "5.2.1", "1.1.1")] == [1, 1, 0]


def with_date(body: dict[str, Any], field: tuple[str, ...], day: str) -> dict[str, Any]:
    return body | {field[0]: day if len(field) == 1 else {field[1]: day}}


def test_what_reviewers_do_is_dated_from_the_countys_first_release_to_today(office, draft) -> None:
    released(office, draft)
    next_day = NOW + timedelta(days=1)
    for target, field, body, what, done in DATED:
        for day, said in (
            ("2018-07-01", "早于县级人民政府首次上报的日期（2018-07-02），那时还没有可以评价的材料"),
            ("2018-07-04", "晚于今天（2018-07-03）"),
        ):
            with pytest.raises(Refused) as caught:
                write(office, PREFECTURE, draft, (target, with_date(body, field, day)), now=next_day)
            assert caught.value.reasons == (f"{what} {day} {said}。请改为{done}的日期。",)
            assert caught.value.places == ((target, field),)
        for day in ("2018-07-02", "2018-07-03"):
            assert not write(office, PREFECTURE, draft, (target, with_date(body, field, day)), now=next_day).unchanged


def test_what_is_no_date_is_told_so_and_not_that_it_lies_ahead(office, draft) -> None:
    paper = Target.evidence("+a")
    for day, said in (("2018-13", "月份“2018-13”无效"), ("2018-02-30", "日期“2018-02-30”无效")):
        with pytest.raises(Refused, match=said) as caught:
            write(office, COORDINATOR, draft, (paper, PAPER | {"date": day}))
        assert "今天" not in str(caught.value)
    released(office, draft)
    for target, field, body, *_ in DATED:
        for day in ("2018-13-01", "2018-13", "2099-1-1", "20990101"):
            with pytest.raises(Refused, match=f"日期“{day}”无效") as caught:
                write(office, PREFECTURE, draft, (target, with_date(body, field, day)))
            assert "今天" not in str(caught.value)


LOOKED = {"reason": "到县公安局查了两年的警情和通报", "date": "2018-07-02"}
UNFOUNDED = [
    ("3.3.2", {"finding": "met", "date": "2018-07-02"}, {"reason"}),
    ("3.3.2", DAY | {"finding": "met", "reason": "经核实已经达标"}, {"reason"}),
    ("V3", {"finding": "clear", "reason": "经查不存在"}, {"methods", "date", "reason"}),
    ("V1", LOOKED | {"finding": "clear", "methods": ["public_opinion_monitoring"]}, {"searched"}),
    ("V2", LOOKED | {"finding": "clear", "methods": ["document_review"]}, {"finding"}),
]


@pytest.mark.parametrize(("row_id", "body", "fields"), UNFOUNDED)
def test_a_finding_for_the_county_that_scoring_would_not_take_is_not_kept(
    office, row_id: str, body: dict[str, Any], fields: set[str]
) -> None:
    unproved = whole_content()
    del unproved[ANSWER]["evidence"]
    unproved[Target.veto("V2")]["claim"] = "present"
    with office.store.write("scene", EARLIER) as tx:
        number = put_submission(tx, COUNTY, State.SUBMITTED, unproved).id
    target = Target.finding("prefecture", row_id)
    with pytest.raises(Refused) as caught:
        write(office, PREFECTURE, number, (target, body))
    assert {(where, path[0]) for where, path in caught.value.places} == {(target, field) for field in fields}
    put_everywhere(office, number, {target: body})  # as a file may bring it
    judged = office.judge(
        opened_by(office, PREFECTURE, number).content, opened_by(office, PREFECTURE, number).round, "prefecture"
    )
    said = {
        r.text for s in judged.standards.values() for result in s.results for r in result.reasons if result.id == row_id
    }
    assert set(caught.value.reasons) <= said
    founded = LOOKED | {"finding": "present" if row_id == "V2" else body["finding"], "methods": ["document_review"]}
    write(office, PREFECTURE, number, (target, founded))
