"""What reviewers, the county and administrators may not write though each field alone would pass."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.clock import local_date
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    GOVERNMENT,
    NOW,
    PREFECTURE,
    RECOMMEND_BY,
    move,
    opened_by,
    person,
    put_submission,
    whole_content,
    write,
)
from tests.workflow.story_steps import give_opinion
from workflow.errors import Refused
from workflow.log.audit_log import AuditQuery, act_label, audit_page
from workflow.people import Role
from workflow.procedure import confirming
from workflow.procedure.confirming import TOGETHER, Confirmation, confirm
from workflow.procedure.situation import RequestedItem
from workflow.rounds.extending import extend
from workflow.rounds.rounds import change_round
from workflow.states import State
from workflow.targets import NEW, Target

ROW = "5.2.1"
WHY = "所列材料经核对没有问题，收回重新办理"
SEEN = "到城关镇儿童之家查看了开放台账和活动记录"
FOUND, DOUBT, PLAN = Target.finding("prefecture", ROW), Target.doubt("prefecture", ROW), Target.visit_plan("prefecture")
VISIT = Target.site_visit("prefecture", 1)
WENT = {
    "level": "prefecture",
    "date": "2018-07-04",
    "places": ["城关镇"],
    "methods": ["site_visit"],
    "rows": {ROW: SEEN},
}
ON_THE_SPOT = {"finding": "met", "methods": ["site_visit"], "reason": SEEN}
DOUBTED = {"reason": "结算汇总与分月明细相差较大", "settles": "补齐分月的结算明细并逐月核对"}
RESOLVED = {"resolved": {"reason": "县里已经补来分月明细，逐月核对相符"}}
ITEMS = (RequestedItem("V2", "缺公安机关的比对证明材料"),)


@pytest.fixture
def released(office, draft: int) -> int:
    move(office, COORDINATOR, draft, "hand_over")
    give_opinion(office, GOVERNMENT, draft, "county_government", NOW - timedelta(minutes=1))
    move(office, GOVERNMENT, draft, "release")
    return draft


def told(act, *given: object, **more: object) -> str:
    with pytest.raises(Refused) as caught:
        act(*given, **more)
    return "；".join(caught.value.reasons)


def test_what_passes_field_by_field_and_not_as_a_whole(office, released) -> None:
    later = NOW.replace(day=5)
    write(office, PREFECTURE, released, (VISIT, WENT), now=later)
    refused = (
        ({FOUND: {"finding": "met"}}, "认定没有写日期"),
        ({FOUND: ON_THE_SPOT | {"date": "2018-07-03"}}, "认定的日期早于所凭的实地评估"),
        ({DOUBT: DOUBTED | RESOLVED}, "只解除还没有解除的存疑"),
        (
            {Target.opinion("prefecture"): {"text": "好", "date": "2018-07-02", "by": "演示州民政局"}},
            "推荐意见过于简单",
        ),
        ({PLAN: {"date": "2099-01-01", "places": ["城关镇"]}}, "在一年以后"),
        ({PLAN: {"date": "2001-01-01", "places": ["城关镇"]}}, "早于县级人民政府首次上报"),
    )
    for edits, said in refused:
        assert said in told(write, office, PREFECTURE, released, *edits.items(), now=later)
    write(office, PREFECTURE, released, (FOUND, ON_THE_SPOT | {"date": "2018-07-04"}), now=later)
    moved = WENT | {"date": "2018-07-05"}
    assert "凭的是这次实地评估的记录" in told(write, office, PREFECTURE, released, (VISIT, moved), now=later)
    write(office, PREFECTURE, released, (DOUBT, DOUBTED), now=later)
    weaker = DOUBTED | RESOLVED | {"reason": "换成完全不同的另一个疑点内容"}
    assert "解除时不改写疑点" in told(write, office, PREFECTURE, released, (DOUBT, weaker), now=later)
    write(office, PREFECTURE, released, (DOUBT, DOUBTED | RESOLVED), now=later)


def test_a_return_says_something_is_extended_forwards_and_names_the_notes_that_run_over(office, released) -> None:
    due = local_date(NOW).replace(day=20)
    returned = {"items": ITEMS, "due": due}
    assert "总的说明过于简单" in told(move, office, PREFECTURE, released, "prefecture_return", reason="好", **returned)
    texts = ("请补齐" + "分月结算明细和逐笔核对记录" * 30 + f"第{n}部分" for n in range(6))
    notes = [
        (Target.note("prefecture", f"{NEW}{n}"), {"to": "county", "text": t, "row_id": ROW})
        for n, t in enumerate(texts)
    ]
    write(office, PREFECTURE, released, *notes)
    said = told(move, office, PREFECTURE, released, "prefecture_return", **returned)
    assert f"加上指标 {ROW} 的告知县里的备注 001、002、003、004、005、006" in said
    resolved = [
        (Target.note("prefecture", f"00{n + 1}"), body | {"resolved": True}) for n, (_, body) in enumerate(notes)
    ]
    write(office, PREFECTURE, released, *resolved)
    move(office, PREFECTURE, released, "prefecture_return", **returned)
    for day in (due, due.replace(day=19)):
        assert "只能延长" in told(move, office, PREFECTURE, released, "prefecture_extend", due=day)
    move(office, PREFECTURE, released, "prefecture_extend", due=due.replace(day=21))
    before = NOW.replace(day=1)  # the clock was set back
    write(
        office,
        COORDINATOR,
        released,
        (Target.correction(1, 1), {"explanation": "证明已在材料中，无须改动。"}),
        now=before,
    )
    assert "县级已经开始补正" in told(move, office, PREFECTURE, released, "prefecture_take_back", reason=WHY)


def test_opinions_that_come_back_are_told_as_such_in_the_log(office, released) -> None:
    hour = timedelta(hours=1)
    move(office, PREFECTURE, released, "prefecture_return", items=ITEMS, due=local_date(NOW), now=NOW + hour)
    move(office, PREFECTURE, released, "prefecture_take_back", reason=WHY, now=NOW + 2 * hour)
    lines = audit_page(office, ADMINISTRATOR, AuditQuery(submission_id=released)).lines
    acts = [act_label(line) for line in lines if line.entry.subject.startswith("opinion.")]
    assert acts == ["恢复意见", "作废意见", "保存内容"]


def test_a_doubt_saved_while_rows_are_confirmed_together_keeps_its_row_out(office, released, monkeypatch) -> None:
    other, looked = person(Role.PREFECTURE_REVIEWER, name="other"), confirming.read_past

    def interrupted(*given: object):
        past = looked(*given)
        monkeypatch.setattr(confirming, "read_past", looked)
        write(office, other, released, (Target.doubt("prefecture", "1.1.1"), DOUBTED))
        return past

    monkeypatch.setattr(confirming, "read_past", interrupted)
    seen = opened_by(office, PREFECTURE, released).record.version
    asked = Confirmation("prefecture", ("1.1.1", "1.1.2"), TOGETHER, local_date(NOW), seen)
    assert "指标 1.1.1 不能一并确认" in told(confirm, office, PREFECTURE, released, asked, NOW)
    assert not opened_by(office, PREFECTURE, released).content.findings


def test_what_no_check_found_is_not_explained(office, draft) -> None:
    body = {"explanation": "材料上的日期是印章的日期，凭原件"}
    for key in ("evidence_undated/3.3.2", "evidence_undated/-"):
        assert "没有这一提醒" in told(write, office, COORDINATOR, draft, (Target.explanation(key), body))


def test_a_county_given_longer_can_still_be_recommended(office) -> None:
    with office.store.write("scene", NOW) as tx:
        number = put_submission(tx, COUNTY, State.DRAFT, whole_content()).id
    extend(office, ADMINISTRATOR, number, NOW, to=RECOMMEND_BY, why="县里遭遇洪灾，道路中断，申报推迟")
    earlier = {"recommend_by": RECOMMEND_BY.replace(day=29)}
    why = "省里提前召开评审会，推荐相应提前"
    assert "甲县的申报截止（已延至 2018-09-30）" in told(
        change_round, office, ADMINISTRATOR, "2018", NOW, why, **earlier
    )
