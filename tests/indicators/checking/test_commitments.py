"""What the policy documents promise, as data: in their own words, complete in its figures, contradictions kept."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from indicators import load_library
from indicators.model import Clause, Commitment, Library
from indicators.reading.figures import values

POLICIES = [
    "ministry-2018-4",
    "panzhihua-2017",
    "state-council-2016-36",
    "xuchang-2017-38",
    "youyang-2017-24",
    "yunnan-plan-2018",
]
# fmt: off
PRINTED_FIGURES = [
    # policy, clause, commitment, value, unit
    ("panzhihua-2017", "二（二）1", "severe_disability_minimum_living", 200, "元/人·月"),
    ("panzhihua-2017", "二（二）1", "severe_disability_low_income", 100, "元/人·月"),
    ("panzhihua-2017", "二（二）1", "severe_disability_ordinary", 50, "元/人·月"),
    ("panzhihua-2017", "二（二）3", "boarder_primary", 1000, "元/人·年"),
    ("panzhihua-2017", "二（二）3", "boarder_junior", 1250, "元/人·年"),
    ("panzhihua-2017", "二（二）3", "disabled_pupil", 1000, "元/人·年"),
    ("panzhihua-2017", "四（一）", "township_staff", 1, "名"),
    ("panzhihua-2017", "四（一）", "village_supervisor", 1, "名"),
    ("xuchang-2017-38", "五（三）", "free_schooling", 12, "年"),
    ("xuchang-2017-38", "五（三）", "preschool_fees", 600, "元/人·年"),
    ("xuchang-2017-38", "五（三）", "preschool_living", 400, "元/人·年"),
    ("xuchang-2017-38", "五（三）", "primary_living", 1000, "元/人·年"),
    ("xuchang-2017-38", "五（三）", "junior_living", 1250, "元/人·年"),
    ("xuchang-2017-38", "五（三）", "senior_grant", 2000, "元/人·年"),
    ("xuchang-2017-38", "五（三）", "vocational_grant", 2000, "元/人·年"),
    ("xuchang-2017-38", "五（三）", "vocational_yulu", 2000, "元/人·年"),
    ("xuchang-2017-38", "七（二）", "village_director", 1, "名"),
    ("youyang-2017-24", "二（三）", "free_schooling", 12, "年"),
    ("state-council-2016-36", "二（三）", "free_schooling", 12, "年"),
    ("yunnan-plan-2018", "一", "childrens_places_goal", 50, "percent"),
    ("yunnan-plan-2018", "二（二）", "childrens_places_stage_1", 20, "percent"),
    ("yunnan-plan-2018", "二（二）", "childrens_places_stage_1_due", 20, "percent"),
    ("yunnan-plan-2018", "二（二）", "childrens_places_stage_2", 50, "percent"),
    ("yunnan-plan-2018", "二（三）", "station_supervisor", 1, "名"),
    ("yunnan-plan-2018", "二（三）", "place_director", 1, "名"),
    ("yunnan-plan-2018", "二（三）", "centre_office_staff", 1, "名"),
    ("yunnan-plan-2018", "二（三）", "directors_stage_1_due", 20, "percent"),
    ("yunnan-plan-2018", "二（五）", "counties_per_prefecture", 1, "个"),
    ("yunnan-plan-2018", "三（一）", "county_meetings", 2, "次/年"),
    ("yunnan-plan-2018", "三（一）", "township_meetings", 1, "次/年"),
    ("ministry-2018-4", "二", "rounds", 1, "次"),
]
PRINTED_DATES = [
    # policy, clause, commitment, from, until (whole year or month)
    ("xuchang-2017-38", "三", "classified_protection", None, "2020"),
    ("xuchang-2017-38", "五（三）", "free_schooling", "2017", None),
    ("xuchang-2017-38", "七（二）", "village_director", None, "2020"),
    ("panzhihua-2017", "一", "classified_protection", None, "2020"),
    ("yunnan-plan-2018", "一", "centres_and_stations_2020", None, "2020"),
    ("yunnan-plan-2018", "一", "childrens_places_goal", None, "2020"),
    ("yunnan-plan-2018", "二（一）", "coordination", None, "2018-04"),
    ("yunnan-plan-2018", "二（二）", "childrens_places_stage_2", None, "2020"),
    ("yunnan-plan-2018", "二（二）", "remaining_childrens_places", "2019", "2020"),
    ("yunnan-plan-2018", "二（三）", "staff_due", None, "2018-04"),
    ("yunnan-plan-2018", "二（三）", "directors_stage_1_due", None, "2018-10"),
    ("yunnan-plan-2018", "二（三）", "remaining_directors", "2019", "2020"),
    ("yunnan-plan-2018", "二（四）", "left_behind_updated", None, "2018-03"),
    ("yunnan-plan-2018", "二（四）", "other_children_entered", None, "2018-06"),
    ("yunnan-plan-2018", "二（五）", "application_due", None, "2018-06"),
    ("yunnan-plan-2018", "二（五）", "recommendation_due", None, "2018-09"),
    ("yunnan-plan-2018", "三（一）", "leadership_due", None, "2018-04"),
    ("yunnan-plan-2018", "三（二）", "detailed_measures_due", None, "2018-04"),
    ("yunnan-plan-2018", "三（三）", "network_due", None, "2018-04"),
    ("yunnan-plan-2018", "三（四）", "prefecture_opinions_due", None, "2018-06"),
    ("yunnan-plan-2018", "三（五）", "funding_stage_1_due", None, "2018-06"),
    ("ministry-2018-4", "三（一）", "application_due", None, "2018-06"),
    ("ministry-2018-4", "三（二）", "recommendation_due", None, "2018-09"),
    ("ministry-2018-4", "三（三）", "acceptance_due", None, "2018-12"),
]
# What each clause charges somebody with, entered from the documents apart from the rules: policy, clause, words.
DUTIES = [
    ("xuchang-2017-38", "五（一）", "规范审批程序"),
    ("xuchang-2017-38", "五（四）", "签署委托代养协议"),
    ("xuchang-2017-38", "六（一）", "指导监督家庭依法履行抚养义务和监护职责"),
    ("xuchang-2017-38", "六（二）", "查处有关职能部门的渎职行为"),
    ("xuchang-2017-38", "六（二）", "学校活动场所整合"),
    ("xuchang-2017-38", "六（二）", "引导法律服务人员"),
    ("xuchang-2017-38", "六（四）", "法律工作者等专业人员和志愿者"),
    ("xuchang-2017-38", "六（四）", "税费优惠政策"),
    ("xuchang-2017-38", "六（四）", "家庭寄养、委托代养、爱心助养"),
    ("xuchang-2017-38", "七（二）", "系列职称评审"),
    ("xuchang-2017-38", "七（四）", "定期通报工作情况"),
    ("panzhihua-2017", "二（一）", "指无劳动能力，无生活来源，法定抚养人无抚养能力的儿童"),
    ("panzhihua-2017", "二（二）3", "优化简化入学流程和证明要求"),
    ("panzhihua-2017", "三（二）", "督促其履行监护责任，提高监护能力"),
    ("panzhihua-2017", "三（三）", "公安机关要配合开展摸底排查"),
    ("panzhihua-2017", "三（三）", "督促强化家庭监护主体责任"),
    ("panzhihua-2017", "三（三）", "法制宣传和安全教育"),
    ("panzhihua-2017", "三（三）", "宣传未成年人保护法律法规"),
    ("panzhihua-2017", "四（一）", "协调跨行政区域"),
    ("panzhihua-2017", "四（一）", "定期通过村（居）民委员会向乡镇（街道）报告情况"),
    ("panzhihua-2017", "四（三）", "鼓励政府购买有关儿童医疗康复"),
    ("panzhihua-2017", "四（三）", "税费优惠政策"),
    ("youyang-2017-24", "三（一）", "指导监督其监护人履行抚养义务和监护职责"),
    ("youyang-2017-24", "三（四）", "税费优惠政策"),
    ("youyang-2017-24", "三（四）", "家庭寄养、委托代养、爱心助养"),
    ("youyang-2017-24", "四（一）", "定期通报工作情况"),
    ("state-council-2016-36", "二（四）", "协助其联系有关人员或民政部门予以安排"),
    ("state-council-2016-36", "三（一）", "指导监督家庭依法履行抚养义务和监护职责"),
    ("state-council-2016-36", "三（四）", "税费优惠政策"),
    ("state-council-2016-36", "三（四）", "家庭寄养、委托代养、爱心助养"),
    ("state-council-2016-36", "四（一）", "定期通报工作情况"),
    ("yunnan-plan-2018", "三（二）", "按岗定人，搞好培训"),
    ("yunnan-plan-2018", "三（二）", "边制定细化措施边组织开展工作"),
    ("yunnan-plan-2018", "三（五）", "第二阶段任务按计划要求组织实施"),
]
# fmt: on


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def clause_of(library: Library, policy: str, clause_id: str) -> Clause:
    return next(clause for clause in library.policies[policy].clauses if clause.id == clause_id)


def commitment_of(library: Library, policy: str, clause_id: str, commitment_id: str) -> Commitment:
    return next(
        commitment for commitment in clause_of(library, policy, clause_id).commitments if commitment.id == commitment_id
    )


def commitments(library: Library, policy: str) -> list[tuple[Clause, Commitment]]:
    return [(clause, commitment) for clause in library.policies[policy].clauses for commitment in clause.commitments]


@pytest.mark.parametrize("policy", POLICIES)
def test_every_commitment_quotes_its_clause_and_its_numbers_stand_in_the_quote(library: Library, policy: str) -> None:
    assert commitments(library, policy)
    for clause, commitment in commitments(library, policy):
        assert commitment.quote in clause.text, commitment.id
        numbers = {
            Decimal(n) for n in (commitment.value, commitment.value_to, *commitment.scope.values()) if n is not None
        }
        assert numbers <= values(commitment.quote), f"{commitment.id}：{numbers - values(commitment.quote)}"


@pytest.mark.parametrize(("policy", "clause", "words"), DUTIES)
def test_what_a_clause_charges_somebody_with_is_a_commitment(
    library: Library, policy: str, clause: str, words: str
) -> None:
    assert [one.id for one in clause_of(library, policy, clause).commitments if words in one.quote]


@pytest.mark.parametrize("policy", POLICIES)
def test_dates_are_printed(library: Library, policy: str) -> None:
    for clause, commitment in commitments(library, policy):
        for date in filter(None, (commitment.since, commitment.deadline)):
            year, _, month = date.partition("-")
            assert year in clause.text, f"{commitment.id} {date}"
            assert not month or f"{int(month)}月" in commitment.quote, f"{commitment.id} {date}"


@pytest.mark.parametrize("policy", POLICIES)
def test_kinds_have_what_they_need_and_no_more(library: Library, policy: str) -> None:
    for _, commitment in commitments(library, policy):
        if commitment.kind in {"amount", "ratio", "count"}:
            assert commitment.value is not None, commitment.id
            assert commitment.unit in library.vocabulary.lists["units"], commitment.id
        else:
            assert (commitment.value, commitment.unit) == (None, None), commitment.id
        assert commitment.kind != "deadline" or commitment.deadline, commitment.id
        assert commitment.kind != "ratio" or commitment.unit == "percent", commitment.id
        assert commitment.kind != "amount" or commitment.unit.startswith("元"), commitment.id
        assert set(commitment.scope) <= set(library.vocabulary.lists["scope_keys"]), commitment.id
        if commitment.value_to is not None:
            assert commitment.value_to > commitment.value, commitment.id


@pytest.mark.parametrize("policy", POLICIES)
def test_ids_are_unique_in_the_document(library: Library, policy: str) -> None:
    ids = [commitment.id for _, commitment in commitments(library, policy)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("policy", POLICIES)
def test_commitments_of_a_clause_stand_in_its_order_and_are_told_apart(library: Library, policy: str) -> None:
    for clause in library.policies[policy].clauses:
        places = [clause.text.index(commitment.quote) for commitment in clause.commitments]
        assert places == sorted(places), clause.id
        objects = [commitment.object for commitment in clause.commitments]
        assert len(objects) == len(set(objects)), f"{policy}/{clause.id} {objects}"


@pytest.mark.parametrize("printed", PRINTED_FIGURES, ids=lambda printed: f"{printed[0]}-{printed[2]}")
def test_printed_figure_is_the_committed_one(library: Library, printed: tuple[str, str, str, int, str]) -> None:
    policy, clause, commitment_id, value, unit = printed
    commitment = commitment_of(library, policy, clause, commitment_id)
    assert (commitment.value, commitment.unit) == (value, unit)


@pytest.mark.parametrize("printed", PRINTED_DATES, ids=lambda printed: f"{printed[0]}-{printed[2]}")
def test_printed_date_is_the_committed_one(library: Library, printed: tuple[str, str, str, str | None, str]) -> None:
    policy, clause, commitment_id, since, deadline = printed
    commitment = commitment_of(library, policy, clause, commitment_id)
    assert (commitment.since, commitment.deadline) == (since, deadline)


def test_no_date_is_committed_that_is_not_in_the_table(library: Library) -> None:
    """Yunnan's stage one, whose dates contradict each other, has a test of its own below."""
    dated = {
        (policy, clause.id, commitment.id)
        for policy in POLICIES
        for clause, commitment in commitments(library, policy)
        if (commitment.since or commitment.deadline) and not commitment.conflicts_with
    }
    assert dated == {row[:3] for row in PRINTED_DATES}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("printed", "kind"),
    [(r"(\d+)元", "amount"), (r"(\d+)%", "ratio"), (r"([\d一两])名(?!农村)", "count"), (r"(\d+)年免费", "count")],
)
def test_no_printed_figure_is_left_out(library: Library, policy: str, printed: str, kind: str) -> None:
    """Every sum of money, percentage and head count of every clause is a commitment."""
    for clause in library.policies[policy].clauses:
        committed = {
            n
            for commitment in clause.commitments
            if commitment.kind == kind
            for n in (commitment.value, commitment.value_to)
        }
        for figure in re.findall(printed, clause.text):
            assert values(figure) <= committed, f"{policy}/{clause.id} {figure}"


@pytest.mark.parametrize("policy", POLICIES)
def test_no_printed_age_or_grade_is_left_out(library: Library, policy: str) -> None:
    """未满18周岁, 不满十六周岁, 0—6岁, 一级、二级残疾 wherever a clause prints them."""
    for clause in library.policies[policy].clauses:
        scopes = [commitment.scope for commitment in clause.commitments]
        for age in re.findall(r"[未不]满([0-9十六]+)周岁", clause.text):
            assert any({Decimal(scope.get("age_below", 0))} == values(age) for scope in scopes), clause.id
        for start, end in re.findall(r"(\d)[—－～](\d)岁", clause.text):
            assert any((scope.get("age_from"), scope.get("age_to")) == (int(start), int(end)) for scope in scopes)
        if re.search(r"二级(及以上|残疾|）儿童)", clause.text):
            assert any(scope.get("disability_grade") == 2 for scope in scopes), clause.id


@pytest.mark.parametrize("policy", POLICIES)
def test_every_clause_that_charges_somebody_promises_something(library: Library, policy: str) -> None:
    """Openings, guiding thoughts and principles aside; a part's own words before its （一） may be a mere heading."""
    aside = {"引言", "指导思想", "基本原则", "总体目标", "总体要求"}
    headings_only = {"state-council-2016-36": {"二", "三"}, "xuchang-2017-38": {"六"}, "panzhihua-2017": {"四"}}
    for clause in library.policies[policy].clauses:
        if clause.id not in aside | headings_only.get(policy, set()) and clause.heading not in aside:
            assert clause.commitments, f"{policy}/{clause.id}"


@pytest.mark.parametrize("policy", POLICIES)
def test_no_printed_month_of_a_deadline_is_left_out(library: Library, policy: str) -> None:
    for clause in library.policies[policy].clauses:
        due = {commitment.deadline for commitment in clause.commitments}
        for year, month in re.findall(r"(20\d\d)年(\d+)月底前", clause.text):
            assert f"{year}-{int(month):02}" in due, f"{policy}/{clause.id} {year}年{month}月底前"


@pytest.mark.parametrize(
    ("policy", "clause", "commitment", "scope"),
    [
        ("youyang-2017-24", "二（五）", "free_screening", {"age_from": 0, "age_to": 6}),
        ("xuchang-2017-38", "五（三）", "preschool_fees", {"age_from": 3, "age_to": 6}),
        ("state-council-2016-36", "二（一）", "special_hardship_covered", {"age_below": 16}),
        ("panzhihua-2017", "三（一）", "not_alone_under_16", {"age_below": 16}),
        ("panzhihua-2017", "三", "left_behind_defined", {"age_below": 16}),
        ("panzhihua-2017", "二（一）", "severe_illness_disability_defined", {"disability_grade": 2}),
        ("xuchang-2017-38", "四（一）", "orphans_defined", {"age_below": 18}),
        ("xuchang-2017-38", "四（二）", "special_hardship_defined", {"age_below": 16}),
        ("xuchang-2017-38", "四（三）", "severe_illness_disability_defined", {"age_below": 18, "disability_grade": 2}),
        ("youyang-2017-24", "二（二）", "aid_after_insurance", {"disability_grade": 2}),
    ],
)
def test_ages_and_grades_are_data(
    library: Library, policy: str, clause: str, commitment: str, scope: dict[str, int]
) -> None:
    assert commitment_of(library, policy, clause, commitment).scope == scope


def test_xuchang_wants_one_director_in_every_village_by_2020(library: Library) -> None:
    commitment = commitment_of(library, "xuchang-2017-38", "七（二）", "village_director")
    assert (commitment.value, commitment.per, commitment.deadline) == (1, "村（居）民委员会", "2020")


def test_yunnan_centre_office_has_one_to_two_staff(library: Library) -> None:
    commitment = commitment_of(library, "yunnan-plan-2018", "二（三）", "centre_office_staff")
    assert (commitment.value, commitment.value_to, commitment.unit) == (1, 2, "名")


def test_yunnan_stage_one_keeps_both_printed_dates_and_says_they_conflict(library: Library) -> None:
    clause = clause_of(library, "yunnan-plan-2018", "二（二）")
    by_id = {commitment.id: commitment for commitment in clause.commitments}
    pairs = {(commitment.id, other) for commitment in clause.commitments for other in commitment.conflicts_with}
    assert {(commitment, by_id[commitment].deadline) for commitment, _ in pairs} == {
        ("centres_and_stations_stage_1", "2018"),
        ("centres_and_stations_due", "2018-04"),
        ("childrens_places_stage_1", "2018"),
        ("childrens_places_stage_1_due", "2018-10"),
    }
    assert pairs == {(other, commitment) for commitment, other in pairs}
    assert all(by_id[commitment].deadline != by_id[other].deadline for commitment, other in pairs)
