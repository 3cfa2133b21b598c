"""Of what changes, a rehearsal tells apart what nobody could have answered from what was answered and fails now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.model import Bound, Condition, EvidenceRequirement, Fact, Measure, Quantity, Require
from scoring.rehearsal.rehearse import RehearsalInput, rehearse
from scoring.rehearsal.report import summary
from scoring.submission import Answer
from tests.scoring.small import EQUAL, document, met, row, standard, submission

MEETINGS = Measure("meetings", "count", "会议次数", ("会议两次",), require=Require(Bound(2), unit="次"))
STAFF = Measure("staff", "count", "人员数", ("人员一名",), require=Require(Bound(1), unit="名"))
GROUPS = Measure("groups", "all_of", "覆盖的对象", ("甲类和乙类",), items={"a": "甲类", "b": "乙类"})
TOWNSHIPS = Fact("townships", "乡镇数", "number", unit="个")
MINUTES = EvidenceRequirement("minutes", "会议纪要", "minutes", required=True, dated="in_period")
OLD = standard(row(MEETINGS, GROUPS))
GIVEN = {"meetings": 2, "groups": ("a", "b")}


def county(measures=None, **parts):
    return submission(answers={"1.1.1": met(measures={**GIVEN, **(measures or {})}, **parts)})


def change(new, given=None, old=OLD):
    (one,) = rehearse([RehearsalInput("甲县", given or county(), (old,), (new,))], EQUAL).submissions
    return one


def causes(new, given=None, old=OLD):
    return [(row.id, row.cause) for row in change(new, given, old).rows]


def test_a_new_measure_nobody_answered_is_a_new_requirement():
    assert causes(standard(row(MEETINGS, GROUPS, STAFF))) == [("1.1.1", "added")]


def test_a_new_measure_that_was_answered_and_falls_short_is_the_county_s_own_figure():
    assert causes(standard(row(MEETINGS, GROUPS, STAFF)), county({"staff": 0})) == [("1.1.1", "judged")]


def test_a_figure_that_falls_short_now_is_no_new_requirement_even_beside_one():
    stricter = replace(MEETINGS, require=Require(Bound(3), unit="次"))
    found = change(standard(row(stricter, GROUPS, STAFF)))
    assert [one.cause for one in found.rows] == ["judged"]
    assert not found.only_added


def test_a_document_newly_required_is_a_new_requirement_until_it_is_given():
    asks = standard(row(MEETINGS, GROUPS, evidence=(MINUTES,)))
    assert causes(asks) == [("1.1.1", "added")]
    outside = replace(county(evidence={"minutes": ("E01",)}), evidence={"E01": document("2015-01-01")})
    assert causes(asks, outside) == [("1.1.1", "judged")]


def test_a_document_that_was_required_before_is_none():
    before = standard(row(MEETINGS, GROUPS, evidence=(replace(MINUTES, dated="in_force"),)))
    given = replace(county(evidence={"minutes": ("E01",)}), evidence={"E01": document("2015-01-01")})
    assert causes(standard(row(MEETINGS, GROUPS, evidence=(MINUTES,))), given, before) == [("1.1.1", "judged")]


def test_one_more_thing_on_a_list_is_a_new_requirement():
    longer = replace(GROUPS, items={**GROUPS.items, "c": "丙类"})
    assert causes(standard(row(MEETINGS, longer))) == [("1.1.1", "added")]


def test_a_figure_asked_in_another_form_could_not_have_been_given():
    share = Measure(
        "meetings",
        "rate",
        "到会率",
        ("会议两次",),
        numerator=Quantity("到会", "人"),
        denominator=Quantity("应到", "人"),
        require=Require(Bound(90), unit="percent"),
    )
    assert causes(standard(row(share, GROUPS))) == [("1.1.1", "added")]


def test_a_whole_that_is_a_new_fact_could_not_have_been_known():
    share = replace(STAFF, kind="coverage", of=("townships",), require=None)
    before = standard(row(MEETINGS, GROUPS, STAFF))
    after = standard(row(MEETINGS, GROUPS, share), facts=(TOWNSHIPS,))
    assert causes(after, county({"staff": 1}), before) == [("1.1.1", "added")]
    known = replace(county({"staff": 1}), facts={"townships": 2})
    assert causes(after, known, before) == [("1.1.1", "judged")]


def test_a_condition_on_a_new_fact_leaves_the_old_condition_standing():
    small = Condition("at_most", "townships", 1)
    before = standard(row(MEETINGS, applies_when=Condition("is", "has_prefecture", value=False)))
    after = standard(row(MEETINGS, STAFF, applies_when=small), facts=(TOWNSHIPS,))
    assert causes(after, county(), before) == [("1.1.1", "added")]


CITY = Condition("is", "county_kind", value="city")
IN_CITIES = replace(STAFF, applies_when=CITY)


def a_county(answer, kind="county"):
    return replace(submission(answers={"1.1.1": answer}), facts={"county_kind": kind})


@pytest.mark.parametrize("wider", [None, Condition("in", "county_kind", value=("city", "county"))])
def test_a_measure_that_was_not_asked_of_this_county_is_a_new_requirement(wider):
    before, after = standard(row(MEETINGS, IN_CITIES)), standard(row(MEETINGS, replace(STAFF, applies_when=wider)))
    unasked = met(measures={"meetings": 2})
    assert change(after, a_county(unasked), before).only_added
    assert causes(after, a_county(met(measures={"meetings": 2, "staff": 0})), before) == [("1.1.1", "judged")]
    assert causes(after, a_county(unasked, "city"), before) == []
    assert causes(standard(row(MEETINGS, STAFF)), a_county(met(measures={"staff": 1})), before) == []


def test_a_document_for_a_measure_that_was_not_asked_of_this_county_is_a_new_requirement():
    minutes = replace(MINUTES, supports=("staff",))
    before = standard(row(MEETINGS, IN_CITIES, evidence=(minutes,)))
    after = standard(row(MEETINGS, STAFF, evidence=(minutes,)))
    assert causes(after, a_county(met(measures={"meetings": 2})), before) == [("1.1.1", "added")]


def test_a_figure_that_falls_short_is_judged_even_beside_a_measure_not_asked_before():
    before = standard(row(MEETINGS, IN_CITIES))
    after = standard(row(replace(MEETINGS, require=Require(Bound(3), unit="次")), STAFF))
    assert causes(after, a_county(met(measures={"meetings": 2})), before) == [("1.1.1", "judged")]


def test_a_row_this_county_was_spared_is_a_new_requirement_where_it_is_asked_now():
    before, after = standard(row(MEETINGS, applies_when=CITY)), standard(row(MEETINGS))
    spared = Answer(claim="not_applicable", note="本县不是县级市")
    found = change(after, a_county(spared), before)
    assert [(one.before.outcome, one.after.outcome, one.cause) for one in found.rows] == [
        ("not_applicable", "contradicted", "added")
    ]
    assert found.only_added


@pytest.mark.parametrize(("claim", "cause"), [(None, "added"), ("not_met", "judged")])
def test_a_new_row_is_a_new_requirement_unless_it_was_answered(claim, cause):
    new = standard(*OLD.indicators, row(STAFF, row_id="1.1.2"))
    given = county()
    if claim:
        given = replace(given, answers={**given.answers, "1.1.2": replace(met(), claim=claim)})
    assert causes(new, given) == [("1.1.2", cause)]


def test_a_new_veto_is_a_new_requirement():
    veto = row(Measure("events", "zero", "事件数", ("事件",)), row_id="V1", consequence="veto")
    assert causes(standard(*OLD.indicators, vetoes=(veto,))) == [("V1", "added")]


def test_a_row_that_is_gone_asks_nothing_and_hides_no_new_requirement():
    old = standard(*OLD.indicators, row(STAFF, row_id="1.1.2"))
    found = change(standard(row(MEETINGS, GROUPS, STAFF)), old=old)
    assert {one.id: one.cause for one in found.rows} == {"1.1.1": "added", "1.1.2": "removed"}
    assert found.only_added


def test_a_row_that_gets_better_is_never_called_a_new_requirement():
    lower = replace(MEETINGS, require=Require(Bound(1), unit="次"))
    assert causes(standard(row(lower, GROUPS)), county({"meetings": 1})) == [("1.1.1", "judged")]


def test_the_summary_tells_how_many_change_for_nothing_else():
    stricter = replace(MEETINGS, require=Require(Bound(3), unit="次"))
    new = standard(row(stricter, GROUPS, STAFF))
    cases = [
        RehearsalInput("甲县", county(), (OLD,), (new,)),
        RehearsalInput("乙县", county({"meetings": 3}), (OLD,), (new,)),
    ]
    counts = rehearse(cases, EQUAL).counts
    assert (counts.changed, counts.only_added, counts.lost_eligibility, counts.lost_only_added) == (2, 1, 2, 1)
    said = summary(counts)
    assert said.startswith("共 2 件申报，2 件有变化，其中 1 件只因新增要求、县里尚未填报：")
    assert "由符合变为尚不符合 2 件（其中 1 件只因新增要求、县里尚未填报）" in said
