"""The papers of a submission in the store: who may have each, what a command makes of them, what is asked wrongly."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from storage.records import ReturnItem
from templates.cli import main
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    GOVERNMENT,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    UNIT,
    copied,
    person,
    put_submission,
    review_content,
    whole_content,
)
from workflow.errors import Refused
from workflow.office import Office
from workflow.papers.documents import STORE_DOCUMENTS
from workflow.papers.offered import OFFERED, offered_paper, papers_of
from workflow.people import Person, Role
from workflow.states import State
from workflow.submission.snapshot import open_submission
from workflow.tables.asked import Asked
from workflow.targets import Target

STRANGER = person(Role.COUNTY_COORDINATOR, NEIGHBOUR)
OF_COUNTY = {COORDINATOR, GOVERNMENT, DEPARTMENT}
READERS = OF_COUNTY | {PREFECTURE, PROVINCE, OBSERVER}
# At its prefecture for the second time: its findings, visits and plan are in the making.
RIGHTS = {
    "evidence": ({}, READERS),
    "gaps": ({}, OF_COUNTY),
    "notice": ({}, READERS),
    "record": ({"level": "prefecture"}, {PREFECTURE}),
    "visit": ({"level": "prefecture"}, {PREFECTURE}),
}


@pytest.fixture(scope="module")
def made(begun: Callable[[bool], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Path]]:
    var = tmp_path_factory.mktemp("papers") / "var"
    office = copied(begun(with_draft=False), var)
    content = whole_content()
    answer = Target.answer("1.1.1")
    given = review_content("prefecture") | {
        Target.assignment("3.3.2"): {"units": [UNIT], "due": "2018-06-30"},
        Target.doubt("prefecture", "3.3.2"): {
            "reason": "结算汇总没有分月",
            "settles": "分月明细",
            "resolved": {"reason": "补来了分月明细"},
        },
        Target.visit_plan("prefecture"): {"date": "2018-07-03", "places": ["城关镇儿童之家"], "rows": ["3.3.2"]},
        answer: {key: value for key, value in content[answer].items() if key != "evidence"},
        Target.assignment("1.1.1"): {"units": [UNIT], "due": "2018-06-30"},
    }
    with office.store.write("shi", EARLIER) as tx:
        record = put_submission(tx, COUNTY, State.RETURNED, content | given)
        items = [
            ReturnItem(1, "3.3.2", "花名册与系统相差三人，请核对"),
            ReturnItem(2, "form/narrative", "请补写工作成效"),
        ]
        notice = tx.returns.add(record.id, level="prefecture", items=items, due=date(2018, 7, 25))
        tx.returns.close(notice.id)
        tx.moves.add(record.id, move="scene", to_state=State.SUBMITTED.value, expected_version=2)
    yield office, var
    office.store.close()


def paper(office: Office, who: Person, name: str, ending: str = "pdf", **more: str) -> bytes:
    query = {"s": "1", **RIGHTS[name][0], **more}
    asked = Asked(office, who, NOW, {key: (value,) for key, value in query.items()})
    return offered_paper(name, asked, ending).document.content


def words(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("name", RIGHTS)
def test_whoever_may_have_a_paper_gets_it_and_is_offered_it_and_others_learn_nothing(made, name):
    office, _ = made
    for who in (COORDINATOR, GOVERNMENT, DEPARTMENT, PREFECTURE, PROVINCE, OBSERVER, ADMINISTRATOR, STRANGER):
        if who not in RIGHTS[name][1]:
            with pytest.raises(Refused) as refusal:
                paper(office, who, name, OFFERED[name].endings[-1])
            assert refusal.value.code in {"not_found", "not_given"}, who.role
        else:
            assert paper(office, who, name, OFFERED[name].endings[-1])
        if who in READERS:
            level = RIGHTS[name][0].get("level")
            choices = papers_of(office, open_submission(office, who, 1))
            offered = {one.name for one in choices if level is None or level in one.levels}
            assert (name in offered) == (who in RIGHTS[name][1]), who.role


def test_a_department_s_gaps_are_its_own_and_one_page_can_be_asked_for(made):
    office, _ = made
    for content in (
        paper(office, DEPARTMENT, "gaps", "xlsx"),
        paper(office, COORDINATOR, "gaps", "xlsx", department=UNIT),
    ):
        head, *lines = load_workbook(io.BytesIO(content))["缺项"].values
        told = [dict(zip(head, line, strict=True)) for line in lines]
        assert {(line["部门"], line["编号"], line["逾期"]) for line in told} == {(UNIT, "1.1.1", "已过")}
        assert f"{told[0]['内部期限']:%Y-%m-%d}" == "2018-06-30"
    with pytest.raises(Refused, match=f"有缺项的：{UNIT}"):
        paper(office, COORDINATOR, "gaps", department="没有的局")


def test_a_notice_says_what_to_mend_until_when_and_an_unknown_one_is_not_there(made):
    told = words(paper(made[0], COORDINATOR, "notice"))
    assert "1．指标3.3.2：花名册与系统相差三人，请核对" in told
    assert "2．申报表“基本情况及主要工作”：请补写工作成效" in told
    assert "补正期限：2018年7月25日" in told
    with pytest.raises(Refused):
        paper(made[0], COORDINATOR, "notice", number="2")


def test_the_record_tells_what_was_doubted_and_why_it_is_no_more(made):
    assert "3.3.2结算汇总没有分月分月明细补来了分月明细" in words(paper(made[0], PREFECTURE, "record"))


def test_the_sheet_of_a_visit_is_for_those_who_may_see_the_plan(made):
    told = words(paper(made[0], PREFECTURE, "visit"))
    assert "附现场核查表" in told
    assert "计划列入" in told
    assert "计划日期2018年7月3日计划地点城关镇儿童之家" in told


@pytest.mark.day
def test_the_commands_make_the_same_and_refuse_in_a_line(made, tmp_path):
    _, var = made
    out = tmp_path / "out.pdf"
    store = ("--var", str(var), "--submission", "1", "-o", str(out))
    for arguments in (("gaps", "--department", UNIT), ("notice",)):
        err = io.StringIO()
        assert (main([*arguments, *store], err, STORE_DOCUMENTS), err.getvalue()) == (0, "")
        assert out.read_bytes().startswith(b"%PDF")
        out.unlink()
    for arguments, said in (
        (("gaps", "-o", str(out)), "请写申报数据文件"),
        (("notice", "--var", str(var), "--submission", "7", "-o", str(out)), "没有编号为“7”的申报"),
        (("notice", "--number", "3", *store), "没有这一次退回补正"),
        (("gaps", "--department", "没有的局", *store), "没有缺项，或者没有这个部门"),
        (("gaps", "file.yaml", "--department", "局", "-o", str(out)), "申报数据文件里没有分工"),
    ):
        err = io.StringIO()
        assert main([*arguments], err, STORE_DOCUMENTS) == 2
        assert said in err.getvalue()
        assert not out.exists()
