"""A rehearsal says whose result would change, in which row, from what to what and why — and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators import load_library
from indicators.model import Bound, Measure, Require
from scoring.rehearsal.rehearse import RehearsalInput, in_place, rehearse
from scoring.rehearsal.report import cause_words, reasons, summary
from scoring.submission import Finding
from tests.scoring.small import EQUAL, met, row, standard, submission

MEETINGS = Measure("meetings", "count", "会议次数", ("会议两次",), require=Require(Bound(2), unit="次"))
STAFF = Measure("staff", "count", "人员数", ("人员一名",), require=Require(Bound(1), unit="名"))
OLD = standard(row(MEETINGS), row(STAFF, row_id="1.1.2"))
COUNTY = submission(answers={"1.1.1": met(measures={"meetings": 2}), "1.1.2": met(measures={"staff": 1})})


def requiring(least: int):
    measure = replace(MEETINGS, require=Require(Bound(least), unit="次"))
    return standard(row(measure), row(STAFF, row_id="1.1.2"))


def rehearsed(new, county=COUNTY, level="county"):
    return rehearse([RehearsalInput("甲县", county, (OLD,), in_place((OLD,), {OLD.id: new}))], EQUAL, level)


def test_the_same_rules_change_nothing():
    (one,) = rehearsed(OLD).submissions
    assert one.rows == ()
    assert one.eligible == (True, True)


@pytest.mark.parametrize(("least", "changes"), [(1, 0), (2, 0), (3, 1)])
def test_a_county_below_the_new_threshold_loses_the_row_at_and_above_it_keeps_it(least, changes):
    found = rehearsed(requiring(least))
    assert len(found.submissions[0].rows) == changes
    assert found.counts.lost_eligibility == changes


def test_a_change_is_told_with_both_verdicts_and_the_reason_for_the_new_one():
    (change,) = rehearsed(requiring(3)).submissions[0].rows
    assert (change.standard.id, change.id) == ("small", "1.1.1")
    assert (change.before.outcome, change.after.outcome) == ("met", "contradicted")
    assert reasons(change.before) == ()
    assert "低于 3次" in reasons(change.after)[0].text


def test_a_row_that_a_raised_threshold_fails_says_from_what_to_what_beside_the_figure_and_what_held_before():
    (change,) = rehearsed(requiring(3)).submissions[0].rows
    assert cause_words(change) == "“会议次数”门槛由“不低于2次”改为“不低于3次”，所填 2次"
    assert "符合要求" in reasons(change.before, "holds")[0].text


def test_a_row_whose_words_alone_changed_says_which_words():
    county = submission(answers={**COUNTY.answers, "1.1.1": met(measures={"meetings": 1})})
    lower = requiring(1).indicators[0]
    (change,) = rehearsed(standard(lower, row(STAFF, row_id="1.1.2")), county).submissions[0].rows
    assert cause_words(change).startswith("“会议次数”门槛由“不低于2次”改为“不低于1次”")
    yes_no = replace(MEETINGS, kind="yes_no", require=None)
    reworded = replace(row(yes_no), statement="召开会议。")
    given = submission(answers={**COUNTY.answers, "1.1.1": met(measures={"meetings": True})})
    (change,) = rehearsed(standard(reworded, row(STAFF, row_id="1.1.2")), given).submissions[0].rows
    assert cause_words(change).startswith("原文由“")


def test_a_lower_threshold_wins_a_county():
    county = submission(answers={**COUNTY.answers, "1.1.1": met(measures={"meetings": 1})})
    found = rehearsed(requiring(1), county)
    assert found.counts.became_eligible == 1
    assert found.submissions[0].rows[0].names[1] == "达标"


def test_new_rows_and_rows_that_are_gone_are_told_as_such():
    new = standard(row(MEETINGS), row(STAFF, row_id="1.1.3"))
    changes = {change.id: change for change in rehearsed(new).submissions[0].rows}
    assert set(changes) == {"1.1.2", "1.1.3"}
    assert changes["1.1.2"].after is None
    assert changes["1.1.3"].before is None
    assert changes["1.1.3"].after.outcome == "unanswered"
    assert rehearsed(new).counts.verdicts == {("", "未填"): 1, ("达标", ""): 1}


def test_a_veto_that_comes_in_is_told_by_its_own_states():
    veto = row(replace(MEETINGS, id="events", kind="zero", require=None), row_id="V1", consequence="veto")
    (change,) = rehearsed(standard(*OLD.indicators, vetoes=(veto,))).submissions[0].rows
    assert (change.after.outcome, change.names) == ("undeclared", ("", "未申明"))


def test_a_figure_asked_in_another_form_is_no_answer_and_no_fault():
    yes_no = replace(MEETINGS, kind="yes_no", require=None)
    (change,) = rehearsed(standard(row(yes_no), row(STAFF, row_id="1.1.2"))).submissions[0].rows
    assert change.before.outcome == "met"
    assert change.after.outcome != "met"


def test_a_claim_made_for_the_old_standard_alone_is_taken_over():
    county = submission(answers={**COUNTY.answers, "1.1.1": met(measures={"meetings": 2}, claims={"small": "not_met"})})
    successor = replace(OLD, id="small-2")
    (one,) = rehearsed(successor, county).submissions
    assert one.rows == ()
    assert one.standards == {"small": (False, False)}


def test_a_claim_made_for_one_standard_is_not_handed_to_another_that_stays():
    stays = replace(OLD, id="stays")
    for told, eligible in ({"small": "not_met"}, True), ({"stays": "not_met"}, False):
        county = submission(answers={**COUNTY.answers, "1.1.1": met(measures={"meetings": 2}, claims=told)})
        case = RehearsalInput("甲县", county, (OLD, stays), in_place((OLD, stays), {"small": stays}))
        (one,) = rehearse([case], EQUAL).submissions
        assert one.standards == {"small": (not eligible, eligible), "stays": (eligible, eligible)}


def test_at_a_review_level_the_findings_count():
    county = replace(COUNTY, findings={"prefecture": {one: Finding("met") for one in ("1.1.1", "1.1.2")}})
    assert rehearsed(OLD, county, "prefecture").submissions[0].eligible[0]
    (change,) = rehearsed(requiring(3), county, "prefecture").submissions[0].rows
    assert change.after.outcome == "needs_judgement"


def test_standards_that_stay_stand_in_the_total_and_not_in_the_changes():
    library = load_library().standards
    both = (library["national-2018"], library["yunnan-2018"])
    after = in_place(both, {"national-2018": OLD})
    assert [one.id for one in after] == ["small", "yunnan-2018"]
    (one,) = rehearse([RehearsalInput("甲县", COUNTY, both, after)], EQUAL).submissions
    assert {change.standard.id for change in one.rows} == {"small"}


def test_the_summary_counts_submissions_and_rows():
    words = summary(rehearsed(requiring(3)).counts)
    assert words.startswith("共 1 件申报，1 件有变化：")
    assert "由达标变为数据与自评不符 1 项" in words
    assert summary(rehearsed(OLD).counts).endswith("结论改变 0 项。")
