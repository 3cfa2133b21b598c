"""How the policy documents are read: whom they bind, who must do what, what is asked already, what falls short.

The words expected of both sides stand in ``local_documents.yaml``, typed from the documents apart from the rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from indicators import load_library
from indicators.model import Commitment, Library

BINDS = {
    "xuchang-2017-38": ("4110",),  # 许昌市
    "youyang-2017-24": ("500242",),  # 酉阳土家族苗族自治县
    "panzhihua-2017": ("5104",),  # 攀枝花市
    "yunnan-plan-2018": ("53",),  # 云南省
    "state-council-2016-36": (),  # binds everyone and founds the standards themselves
    "ministry-2018-4": (),
}
# Whose words charge a province, a prefecture or a ministry, and so are not asked of a county.
ABOVE = {
    "xuchang-2017-38": {"city_policies"},
    "youyang-2017-24": set(),
    "panzhihua-2017": {"deputy_mayor_convenes"},
    "yunnan-plan-2018": {
        "system_2020", "prefecture_trains_supervisors", "real_name_register", "monthly_bulletin",
        "prefecture_reports_up", "counties_per_prefecture", "province_supports", "recommendation_due",
        "prefecture_opinions_due", "joint_inspection", "guidance_given", "rectification", "leaders_informed",
        "appraisal_veto",
    },
    "state-council-2016-36": {"laws_promoted", "national_supervision", "national_inspection"},
    "ministry-2018-4": {
        "all_counties_met", "rounds", "basic_appraisal", "field_assessment", "recommendation_due",
        "acceptance_evaluation", "acceptance_due", "public_notice", "revocation", "central_funds_favour",
    },
}  # fmt: skip
CASES = yaml.safe_load(Path(__file__).with_name("local_documents.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def commitment_of(library: Library, policy: str, commitment_id: str) -> Commitment:
    commitment = library.policies[policy].commitment(commitment_id)
    assert commitment is not None
    return commitment


def test_each_document_binds_the_counties_of_its_own_area(library: Library) -> None:
    assert {policy.id: policy.divisions for policy in library.policies.values()} == BINDS


@pytest.mark.parametrize(
    ("county", "documents"),
    [
        ("411081", ["xuchang-2017-38"]),  # 许昌市的禹州市
        ("410102", []),  # 郑州市：同省不同市
        ("500242", ["youyang-2017-24"]),
        ("500241", []),  # 秀山：酉阳的文件不管
        ("510422", ["panzhihua-2017"]),  # 盐边县
        ("530111", ["yunnan-plan-2018"]),  # 昆明市官渡区
        ("990121", []),
    ],
)
def test_a_county_falls_under_the_document_of_its_area_only(
    library: Library, county: str, documents: list[str]
) -> None:
    assert sorted(policy.id for policy in library.policies.values() if policy.binds(county)) == documents


@pytest.mark.parametrize("policy", BINDS)
def test_what_others_must_do_is_not_asked_of_a_county(library: Library, policy: str) -> None:
    held_above = {
        commitment.id for _, commitment in library.policies[policy].commitments() if commitment.held_by == "above"
    }
    assert held_above == ABOVE[policy]


@pytest.mark.parametrize("case", CASES["reads"], ids=lambda case: f"{case['policy']}-{case['commitment']}")
def test_what_a_standard_asks_of_the_same_object_is_not_asked_again(library: Library, case: dict[str, str]) -> None:
    commitment = commitment_of(library, case["policy"], case["commitment"])
    assert case["printed"] in commitment.quote
    assert str(commitment.reads) == case["place"]
    row_id, measure_id = case["place"].split("/")
    asking = [row for s in library.standards.values() if (row := s.row(row_id)) and row.measure(measure_id)]
    assert any(case["stated"] in row.statement for row in asking)


def test_a_village_post_that_others_may_hold_is_not_read_as_a_director(library: Library) -> None:
    """These allow 村委会委员 and 大学生村官 beside their office, the standards only 专职 or 民政协理员: it is asked."""
    for policy, post in (
        ("state-council-2016-36", "village_supervisor"),
        ("xuchang-2017-38", "village_post"),
        ("xuchang-2017-38", "village_director"),
        ("youyang-2017-24", "village_supervisor"),
        ("panzhihua-2017", "village_supervisor"),
    ):
        assert commitment_of(library, policy, post).reads is None


def test_a_township_worker_is_not_read_as_a_child_supervisor(library: Library) -> None:
    """攀枝花 prints 专兼职人员, the standards 儿童督导员: not the same post, so it is asked."""
    assert commitment_of(library, "panzhihua-2017", "township_staff").reads is None


def test_a_director_for_every_place_is_not_read_as_one_for_every_village(library: Library) -> None:
    assert commitment_of(library, "yunnan-plan-2018", "place_director").reads is None


def test_townships_meet_without_the_streets_in_the_standard_only(library: Library) -> None:
    """The plan prints 乡镇政府（街道）, the standards 乡镇: another whole, so it is asked."""
    assert commitment_of(library, "yunnan-plan-2018", "township_meetings").reads is None


def test_the_share_of_communities_with_a_place_is_asked_once_for_all_stages(library: Library) -> None:
    policy = library.policies["yunnan-plan-2018"]
    assert {
        commitment.id
        for _, commitment in policy.commitments()
        if commitment.same_figure_as == "childrens_places_stage_2"
    } == {
        "childrens_places_goal",
        "childrens_places_stage_1",
        "childrens_places_stage_1_due",
    }


def test_the_day_the_network_stood_is_asked_once_for_all_its_deadlines(library: Library) -> None:
    policy = library.policies["yunnan-plan-2018"]
    serving = {
        commitment.id: commitment.deadline
        for _, commitment in policy.commitments()
        if commitment.same_figure_as == "centres_and_stations_due"
    }
    assert serving == {
        "centres_and_stations_2020": "2020",
        "centres_and_stations_stage_1": "2018",
        "network_due": "2018-04",
    }


def test_only_one_county_per_prefecture_and_the_round_are_exact(library: Library) -> None:
    """No document prints 不超过: whatever else has a figure is kept by that much or more."""
    compared = {
        (policy.id, commitment.id, commitment.compare)
        for policy in library.policies.values()
        for _, commitment in policy.commitments()
        if commitment.compare != "at_least"
    }
    assert compared == {
        ("yunnan-plan-2018", "counties_per_prefecture", "equals"),
        ("ministry-2018-4", "rounds", "equals"),
    }
    assert not any("不超过" in c.text or "不高于" in c.text for p in library.policies.values() for c in p.clauses)


@pytest.mark.parametrize("case", CASES["short"], ids=lambda case: "-".join(case.values()))
def test_local_practice_that_falls_short_of_the_standard_is_known(library: Library, case: dict[str, str]) -> None:
    clause = next(clause for clause in library.policies[case["policy"]].clauses if clause.id == case["clause"])
    of_row = [short for short in clause.shortfalls if short.indicator == case["indicator"]]
    (shortfall,) = [short for short in of_row if case["local"] in short.local]
    assert case["standard"] in shortfall.standard


def test_the_foundation_of_the_standards_does_not_fall_short_of_them(library: Library) -> None:
    for policy in ("state-council-2016-36", "ministry-2018-4"):
        assert [clause.id for clause in library.policies[policy].clauses if clause.shortfalls] == []


def test_a_clause_falls_short_only_of_an_indicator_that_cites_it(library: Library) -> None:
    for policy in library.policies.values():
        for clause in policy.clauses:
            for shortfall in clause.shortfalls:
                rows = [row for s in library.standards.values() if (row := s.row(shortfall.indicator))]
                cited = {basis.clause for row in rows for basis in row.policy_basis}
                assert f"{policy.id}/{clause.id}" in cited, f"{policy.id}/{clause.id} {shortfall.indicator}"


def test_a_document_says_once_where_it_falls_short(library: Library) -> None:
    for policy in library.policies.values():
        listed = [(short.indicator, short.local) for clause in policy.clauses for short in clause.shortfalls]
        assert len(listed) == len(set(listed))
        for _, local in listed:
            assert len(local) >= 4, f"{policy.id}：{local} 太短，看不出说的是什么"
