"""What the policy documents promise, as data: in their own words, complete in its figures, contradictions kept."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from indicators import load_library
from indicators.figures import values
from indicators.model import Clause, Commitment, Library

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
    ("yunnan-plan-2018", "二（二）", "childrens_places_stage_1_due", 20, "percent"),
    ("yunnan-plan-2018", "二（二）", "childrens_places_stage_2", 50, "percent"),
    ("yunnan-plan-2018", "二（三）", "station_supervisor", 1, "名"),
    ("yunnan-plan-2018", "二（三）", "place_director", 1, "名"),
    ("yunnan-plan-2018", "二（五）", "counties_per_prefecture", 1, "个"),
    ("yunnan-plan-2018", "三（一）", "county_meetings", 2, "次/年"),
    ("yunnan-plan-2018", "三（一）", "township_meetings", 1, "次/年"),
]
# fmt: on


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def clause_of(library: Library, policy: str, clause_id: str) -> Clause:
    return next(clause for clause in library.policies[policy].clauses if clause.id == clause_id)


def commitment_of(library: Library, policy: str, clause_id: str, commitment_id: str) -> Commitment:
    return next(one for one in clause_of(library, policy, clause_id).commitments if one.id == commitment_id)


def commitments(library: Library, policy: str) -> list[tuple[Clause, Commitment]]:
    return [(clause, one) for clause in library.policies[policy].clauses for one in clause.commitments]


@pytest.mark.parametrize("policy", POLICIES)
def test_every_commitment_quotes_its_clause_and_its_numbers_stand_in_the_quote(library: Library, policy: str) -> None:
    assert commitments(library, policy)
    for clause, one in commitments(library, policy):
        assert one.quote in clause.text, one.id
        numbers = {Decimal(n) for n in (one.value, one.value_to, *one.scope.values()) if n is not None}
        assert numbers <= values(one.quote), f"{one.id}：{numbers - values(one.quote)}"


@pytest.mark.parametrize("policy", POLICIES)
def test_dates_are_printed(library: Library, policy: str) -> None:
    for clause, one in commitments(library, policy):
        for date in filter(None, (one.since, one.deadline)):
            year, _, month = date.partition("-")
            assert year in clause.text, f"{one.id} {date}"
            assert not month or f"{int(month)}月" in one.quote, f"{one.id} {date}"


@pytest.mark.parametrize("policy", POLICIES)
def test_kinds_have_what_they_need_and_no_more(library: Library, policy: str) -> None:
    for _, one in commitments(library, policy):
        if one.kind in {"amount", "ratio", "count"}:
            assert one.value is not None, one.id
            assert one.unit in library.vocabulary.lists["units"], one.id
        else:
            assert (one.value, one.unit) == (None, None), one.id
        assert one.kind != "deadline" or one.deadline, one.id
        assert one.kind != "ratio" or one.unit == "percent", one.id
        assert one.kind != "amount" or one.unit.startswith("元"), one.id
        assert set(one.scope) <= set(library.vocabulary.lists["scope_keys"]), one.id
        if one.value_to is not None:
            assert one.value_to > one.value, one.id


@pytest.mark.parametrize("policy", POLICIES)
def test_ids_are_unique_in_the_document(library: Library, policy: str) -> None:
    ids = [one.id for _, one in commitments(library, policy)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("printed", PRINTED_FIGURES, ids=lambda printed: f"{printed[0]}-{printed[2]}")
def test_printed_figure_is_the_committed_one(library: Library, printed: tuple[str, str, str, int, str]) -> None:
    policy, clause, commitment, value, unit = printed
    one = commitment_of(library, policy, clause, commitment)
    assert (one.value, one.unit) == (value, unit)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("printed", "kind"),
    [(r"(\d+)元", "amount"), (r"(\d+)%", "ratio"), (r"([\d一两])名(?!农村)", "count"), (r"(\d+)年免费", "count")],
)
def test_no_printed_figure_is_left_out(library: Library, policy: str, printed: str, kind: str) -> None:
    """Every sum of money, percentage and head count of every clause is a commitment."""
    for clause in library.policies[policy].clauses:
        committed = {n for one in clause.commitments if one.kind == kind for n in (one.value, one.value_to)}
        for figure in re.findall(printed, clause.text):
            assert values(figure) <= committed, f"{policy}/{clause.id} {figure}"


@pytest.mark.parametrize("policy", POLICIES)
def test_no_printed_month_of_a_deadline_is_left_out(library: Library, policy: str) -> None:
    for clause in library.policies[policy].clauses:
        due = {one.deadline for one in clause.commitments}
        for year, month in re.findall(r"(20\d\d)年(\d+)月底前", clause.text):
            assert f"{year}-{int(month):02}" in due, f"{policy}/{clause.id} {year}年{month}月底前"


@pytest.mark.parametrize(
    ("policy", "clause", "commitment", "scope"),
    [
        ("youyang-2017-24", "二（五）", "free_screening", {"age_from": 0, "age_to": 6}),
        ("xuchang-2017-38", "五（三）", "preschool_fees", {"age_from": 3, "age_to": 6}),
        ("state-council-2016-36", "二（一）", "special_hardship_covered", {"age_below": 16}),
        ("panzhihua-2017", "三（一）", "not_alone_under_16", {"age_below": 16}),
    ],
)
def test_ages_are_data(library: Library, policy: str, clause: str, commitment: str, scope: dict[str, int]) -> None:
    assert commitment_of(library, policy, clause, commitment).scope == scope


def test_xuchang_wants_one_director_in_every_village_by_2020(library: Library) -> None:
    one = commitment_of(library, "xuchang-2017-38", "七（二）", "village_director")
    assert (one.value, one.per, one.deadline) == (1, "村（居）民委员会", "2020")


def test_yunnan_centre_office_has_one_to_two_staff(library: Library) -> None:
    one = commitment_of(library, "yunnan-plan-2018", "二（三）", "centre_office_staff")
    assert (one.value, one.value_to, one.unit) == (1, 2, "名")


def test_yunnan_stage_one_keeps_both_printed_dates_and_says_they_conflict(library: Library) -> None:
    clause = clause_of(library, "yunnan-plan-2018", "二（二）")
    by_id = {one.id: one for one in clause.commitments}
    pairs = {(one.id, other) for one in clause.commitments for other in one.conflicts_with}
    assert {(one, by_id[one].deadline) for one, _ in pairs} == {
        ("centres_and_stations_stage_1", "2018"),
        ("centres_and_stations_due", "2018-04"),
        ("childrens_places_stage_1", "2018"),
        ("childrens_places_stage_1_due", "2018-10"),
    }
    assert pairs == {(other, one) for one, other in pairs}
    assert all(by_id[one].deadline != by_id[other].deadline for one, other in pairs)
