"""A reviewer's line tells how far its county is and what waits; a view narrows, finds and sorts; nobody sees more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DIRECT,
    DUE,
    EARLIER,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    ROWS,
    copied,
    move,
    office_at,
    open_return,
    put_submission,
    review_content,
    whole_content,
    write,
)
from workflow.divisions import DIRECT as NO_PREFECTURE
from workflow.overview.county_search import answers_to
from workflow.overview.pending import pending
from workflow.overview.worklist import WorkView, narrowed, worklist
from workflow.states import State
from workflow.targets import Target
from workflow.verdicts.keeping import keep_anew

AFTER = NOW.replace(year=2018, month=DUE.month, day=DUE.day) + timedelta(days=1)
DRAFT = "990102"


@pytest.fixture(scope="module")
def office(begun, tmp_path_factory):
    """甲县 recommended by its prefecture, the only one it may; 乙县 returned; 丙区 a draft; 戊县 of no prefecture."""
    made = copied(begun(with_draft=False), tmp_path_factory.mktemp("worklist") / "var")
    given = review_content("prefecture")
    given[Target.finding("prefecture", "3.3.2")] = {"finding": "not_met", "reason": "台账与系统对不上，少了两人"}
    started = {key: body for key, body in given.items() if key.key in {"3.3.2", "1.1.1", "V1"}}
    with made.store.write("scene", EARLIER) as tx:
        records = [
            put_submission(tx, COUNTY, State.PREFECTURE_RECOMMENDED, whole_content() | given),
            put_submission(tx, NEIGHBOUR, State.RETURNED, whole_content(NEIGHBOUR) | started),
            put_submission(tx, DRAFT, State.DRAFT, whole_content(DRAFT)),
            put_submission(tx, DIRECT, State.SUBMITTED, whole_content(DIRECT)),
        ]
        open_return(tx, records[1].id, "3.3.2")
        for record in records:
            keep_anew(made, tx, record, tx.rounds.get("2018"))
    yield made
    made.store.close()


def told(office, who, now=NOW):
    """By county: progress, doubtful, differing, returned, and what waits."""
    return {
        line.record.division_code: (
            line.found, line.doubtful, line.differing, line.returned, *(waiting.code for waiting in line.waiting)
        )
        for line in worklist(office, who, now)
    }  # fmt: skip


def test_each_level_is_told_its_own_progress_and_what_it_may_compare(office) -> None:
    unbegun, unseen = (None, None), (None,) * 4
    assert told(office, PREFECTURE) == {
        COUNTY: (len(ROWS), 1, 1, 0),
        NEIGHBOUR: (3, 1, 1, 1),
        DRAFT: unseen,
    }
    province = told(office, PROVINCE)
    waiting = ("to_find", "site_visit", "opinion")
    assert province[COUNTY] == (0, 0, 1, 0, *waiting)
    assert province[NEIGHBOUR] == (*unbegun, 0, 1)  # 市级的认定还没有作出，省级看不到
    assert province[DIRECT] == (0, 0, 0, 0, *waiting)
    assert told(office, OBSERVER)[COUNTY] == (*unbegun, 1, 0)
    assert set(told(office, COORDINATOR)) <= {COUNTY}


def test_a_return_past_its_day_waits_for_whoever_gave_it(office) -> None:
    assert "overdue_return" not in told(office, PREFECTURE)[NEIGHBOUR]
    assert told(office, PREFECTURE, AFTER)[NEIGHBOUR][-1] == "overdue_return"
    assert "overdue_return" not in told(office, PROVINCE, AFTER)[NEIGHBOUR]
    offices = {one.office for one in pending(office, PREFECTURE, "2018", AFTER) if one.division_code == NEIGHBOUR}
    assert offices == {"演示省演示州民政部门", "演示省演示州乙县民政部门"}


def test_a_view_narrows_finds_and_sorts(office) -> None:
    lines = worklist(office, PROVINCE, AFTER)

    def shown(**view) -> list[str]:
        return [line.record.division_code for line in narrowed(lines, WorkView(**view))]

    assert shown() == [COUNTY, DIRECT, DRAFT, NEIGHBOUR]  # 等我办理的在前，再按期限
    assert shown(only=frozenset({"waiting"})) == [COUNTY, DIRECT]
    assert shown(only=frozenset({"overdue"})) == [DRAFT, NEIGHBOUR]
    assert shown(only=frozenset({"quota_used", "overdue"})) == [DRAFT, NEIGHBOUR]
    assert shown(prefecture=NO_PREFECTURE) == [DIRECT]
    assert shown(stage="退回补正") == [NEIGHBOUR]
    assert shown(round_title="另一批次") == []
    assert shown(words="yx") == [NEIGHBOUR]
    assert shown(order="county", backwards=True) == [DIRECT, NEIGHBOUR, COUNTY, DRAFT]
    assert shown(order="returned", backwards=True) == [NEIGHBOUR, COUNTY, DIRECT, DRAFT]


def test_what_is_written_is_told_at_once_and_a_doubt_waits(begun, tmp_path) -> None:
    office = copied(begun(with_draft=False), tmp_path / "var")
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, State.SUBMITTED, whole_content() | review_content("prefecture"))
        keep_anew(office, tx, record, tx.rounds.get("2018"))
    assert told(office, PREFECTURE) == {COUNTY: (len(ROWS), 0, 0, 0, "decide")}
    doubt = {"reason": "花名册与系统相差三人", "settles": "补交走访记录并说明相差原因"}
    write(office, PREFECTURE, record.id, (Target.doubt("prefecture", "3.3.2"), doubt))
    assert told(office, PREFECTURE) == {COUNTY: (len(ROWS), 1, 0, 0, "doubts")}
    found = {"finding": "not_met", "reason": "花名册与系统相差三人，走访核实", "date": "2018-07-02"}
    write(office, PREFECTURE, record.id, (Target.finding("prefecture", "1.1.1"), found))
    assert told(office, PREFECTURE) == {COUNTY: (len(ROWS), 2, 1, 0, "doubts")}
    move(office, PREFECTURE, record.id, "prefecture_decline", reason="多项指标与实际不符，县里已确认")
    assert told(office, PREFECTURE) == {COUNTY: (len(ROWS), 2, 1, 0)}
    again = office_at(office.store.var)
    assert told(again, PREFECTURE) == told(office, PREFECTURE)
    again.store.close()
    office.store.close()


@pytest.mark.parametrize(
    ("code", "words", "found"),
    [
        ("990121", "甲县", True),
        ("990121", "99012", True),
        ("990121", "演示州 甲", True),
        ("990121", "jx", True),
        ("990121", "JiaXian", True),
        ("990121", "jiax", True),
        ("990121", "yanshizhou", True),
        ("990121", "x", True),
        ("990121", "xj", False),
        ("990121", "zhouj", False),  # 市名和县名各自查找
        ("990121", "甲 乙", False),
        ("990121", "", True),
        ("140428", "changzi", True),  # 长子县：多音字各种读音都认
        ("140428", "zhangzi", True),
        ("141100", "luliang", True),  # 吕：v 或 u
        ("141100", "lvliang", True),
    ],
)
def test_a_county_is_found_by_name_code_and_pinyin(code, words, found) -> None:
    assert answers_to(code, words) is found
