"""Local commitments given to departments: suggested from the document's words, saved by the coordinator, and then
written by that department and the coordinator alone."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.departments import departments, departments_in_charge, only_departments
from scoring.local.profile import DocumentProfile, local_profile
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    GOVERNMENT,
    LIBRARY,
    NOW,
    UNIT,
    open_return,
    opened_by,
    person,
    put_submission,
    write,
)
from workflow.errors import Refused
from workflow.log.audit_words import AuditReader
from workflow.people import Role
from workflow.states import State
from workflow.submission.assigning import assign, assigned_units, set_due
from workflow.submission.exchanging import export_submission
from workflow.submission.local_assigning import (
    accept_local_proposals,
    asked_here,
    assign_commitments,
    assigned_commitments,
    given_commitments,
    local_proposals,
    own_commitments,
)
from workflow.submission.saving import Edit, save
from workflow.targets import Target

XUCHANG = "xuchang-2017-38"
CRIMES = f"{XUCHANG}/crimes_struck"
DUTY = Target("local", CRIMES)
JUDGED = {"fulfilled": True, "reason": "已部署"}
OTHER = person(Role.COUNTY_DEPARTMENT, name="jiaoyu", unit="甲县教育局")


@pytest.fixture
def county(office, draft) -> int:
    save(office, COORDINATOR, draft, [Edit(Target.local_policies(), [XUCHANG], 0)], NOW)
    return draft


def under_xuchang(opened) -> DocumentProfile:
    return local_profile(opened.content, LIBRARY.policies, opened.standards).documents[0]


def give(office, number: int, *units: str, keys: tuple[str, ...] = (CRIMES,)) -> None:
    assign_commitments(office, opened_by(office, COORDINATOR, number), keys, units, NOW)


# --- who may write --------------------------------------------------------------------------------------------------


def test_the_department_writes_what_is_assigned_to_it_and_nothing_else(office, county) -> None:
    give(office, county, UNIT)
    write(office, DEPARTMENT, county, (DUTY, JUDGED))
    assert opened_by(office, DEPARTMENT, county).content.local.answers[XUCHANG]["crimes_struck"].fulfilled is True
    with pytest.raises(Refused) as caught:
        write(office, DEPARTMENT, county, (Target("local", f"{XUCHANG}/legal_aid"), JUDGED))
    assert caught.value.code == "not_assigned"


def test_the_choice_of_documents_stays_the_coordinators(office, county) -> None:
    give(office, county, UNIT)
    assert not opened_by(office, DEPARTMENT, county).may_edit(Target.local_policies())


def test_another_department_and_the_government_do_not_write_it_and_the_coordinator_may(office, county) -> None:
    give(office, county, UNIT)
    assert not opened_by(office, OTHER, county).may_edit(DUTY)
    assert not opened_by(office, GOVERNMENT, county).may_edit(DUTY)
    assert opened_by(office, COORDINATOR, county).may_edit(DUTY)


def test_taken_away_the_department_writes_it_no_longer(office, county) -> None:
    give(office, county, UNIT)
    give(office, county)
    assert assigned_commitments(opened_by(office, COORDINATOR, county)) == {}
    assert not opened_by(office, DEPARTMENT, county).may_edit(DUTY)


@pytest.mark.parametrize("who", [DEPARTMENT, GOVERNMENT])
def test_only_the_coordinator_assigns(office, county, who) -> None:
    with pytest.raises(Refused) as caught:
        assign_commitments(office, opened_by(office, who, county), [CRIMES], [UNIT], NOW)
    assert caught.value.code == "wrong_role"


def test_a_return_opens_no_commitment_to_a_department_either(office) -> None:
    with office.store.write("scene", EARLIER) as tx:
        content = {Target.assignment(CRIMES): {"units": [UNIT]}}
        number = put_submission(tx, COUNTY, State.RETURNED, content).id
        open_return(tx, number, "3.3.2")
    with pytest.raises(Refused) as caught:
        write(office, DEPARTMENT, number, (DUTY, JUDGED))
    assert caught.value.code == "not_opened"


@pytest.mark.parametrize(
    "key", ["xuchang-2017-38/nothing", "henan-2017/crimes_struck", "xuchang-2017-38/", "ministry-2018-4/x", "9.9.9"]
)
def test_what_no_document_asks_of_a_county_cannot_be_assigned(office, county, key) -> None:
    with pytest.raises(Refused):
        give(office, county, UNIT, keys=(key,))


def test_assignments_stay_out_of_the_exchange_file_and_apart_from_the_rows(office, county) -> None:
    give(office, county, UNIT)
    opened = opened_by(office, COORDINATOR, county)
    assert assigned_units(opened) == {}
    assert UNIT not in export_submission(office, COORDINATOR, county)


def test_a_commitment_has_a_lead_helpers_and_a_deadline_and_no_parts(office, county) -> None:
    give(office, county, UNIT, "甲县司法局")
    set_due(office, COORDINATOR, county, {CRIMES: date(2018, 7, 1)}, NOW)
    given = given_commitments(opened_by(office, COORDINATOR, county))[CRIMES]
    assert (given.lead, given.units[1:], given.due) == (UNIT, ("甲县司法局",), date(2018, 7, 1))
    part = {CRIMES: {"甲县司法局": ["fulfilled"]}}
    with pytest.raises(Refused, match="须是这项指标的数据"):
        assign(office, COORDINATOR, county, {CRIMES: given.units}, NOW, parts=part)


# --- whose they are -------------------------------------------------------------------------------------------------


def test_a_departments_own_are_those_assigned_and_the_coordinators_all_not_given_away(office, county) -> None:
    give(office, county, UNIT)
    assert own_commitments(
        opened_by(office, DEPARTMENT, county), under_xuchang(opened_by(office, DEPARTMENT, county))
    ) == {CRIMES}
    opened = opened_by(office, COORDINATOR, county)
    document = under_xuchang(opened)
    own = own_commitments(opened, document)
    assert CRIMES not in own
    assert len(own) == len(asked_here(document)) - 1
    government = opened_by(office, GOVERNMENT, county)
    assert own_commitments(government, document) == frozenset()


# --- suggestions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("commitment", "units"),
    [
        ("crimes_struck", ("甲县公安局",)),  # 对象就是“公安部门”
        ("detained_parents_asked", ("甲县公安局",)),  # “公安部门要询问…”
        ("procuratorate", ("甲县人民检察院",)),
        ("orphans_covered", ("甲县民政局", "甲县财政局")),  # 五（一）的责任单位只有两个
    ],
)
def test_a_suggestion_comes_from_the_commitments_own_words_else_from_its_clause(
    office, county, commitment, units
) -> None:
    opened = opened_by(office, COORDINATOR, county)
    assert local_proposals(opened, under_xuchang(opened))[f"{XUCHANG}/{commitment}"].units == units


@pytest.mark.parametrize("commitment", ["legal_aid", "senior_grant", "in_school"])
def test_a_clause_of_many_departments_or_of_none_suggests_nothing(office, county, commitment) -> None:
    opened = opened_by(office, COORDINATOR, county)
    assert f"{XUCHANG}/{commitment}" not in local_proposals(opened, under_xuchang(opened))


def test_suggestions_are_taken_at_one_stroke_and_overwrite_nothing(office, county) -> None:
    give(office, county, "甲县司法局")
    opened = opened_by(office, COORDINATOR, county)
    document = under_xuchang(opened)
    proposed = local_proposals(opened, document)
    accept_local_proposals(office, opened, document, NOW)
    opened = opened_by(office, COORDINATOR, county)
    given = assigned_commitments(opened)
    assert given[CRIMES] == ("甲县司法局",)
    assert set(given) == set(proposed)
    with pytest.raises(Refused) as caught:
        accept_local_proposals(office, opened, document, NOW)
    assert caught.value.code == "nothing_to_assign"


def test_only_what_a_county_answers_for_the_document_is_assigned(office, county) -> None:
    opened = opened_by(office, COORDINATOR, county)
    keys = {one.id for one in asked_here(under_xuchang(opened))}
    assert "senior_grant" in keys
    assert "dropout_prevention" not in keys  # 读自 3.4.1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("公安机关和执行机关", ()),  # 执行机关不是本表所列的部门：不全是
        ("工会、共青团、妇联等群团组织", ("工会", "共青团", "妇联")),
        ("父母不履行监护职责且经公安部门教育不改的儿童", ()),
        ("民政部门及其所属儿童福利机构", ()),
        ("各级财政部门", ("财政",)),
    ],
)
def test_words_name_departments_only_where_they_are_nothing_else(words, found) -> None:
    assert only_departments(words) == found


def test_who_shall_do_it_stands_at_the_head_of_the_sentence() -> None:
    assert departments_in_charge("公安机关和执行机关应及时将儿童送返家庭抚养") == ("公安",)
    assert departments_in_charge("对残疾儿童，要建立随班就读等支持保障体系") == ()
    assert departments_in_charge("应当及时向公安机关报案") == ()


def test_a_peoples_government_is_not_the_civil_affairs_department() -> None:
    assert departments(["乡镇人民政府", "妇儿工委成员单位", "市民政局"]) == ("民政",)


def test_the_log_names_the_commitment_that_was_given_out(office, county) -> None:
    give(office, county, UNIT)
    with office.store.read() as tx:
        reader = AuditReader(tx, office.library)
        said = [reader.line(entry).what for entry in tx.audit.entries()]
    assert any("分工：地方文件 许政办〔2017〕38号 六（二） 公安部门" in one for one in said)
