"""Who is told what when a round takes other rules: operator, administrator, county, reviewer, audit log."""

from __future__ import annotations

from datetime import timedelta

from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    STANDARDS,
    opened_by,
    review_content,
    write,
)
from tests.workflow.rounds.repin_scene import REASON, STRICTER, put
from tests.workflow.upgraded import (
    REIMBURSEMENT,
    asked_yes_or_no,
    of_covered_costs,
    repin_round,
    upgraded,
    with_fact,
    with_standards,
)
from workflow.log.audit_log import AuditQuery, audit_page
from workflow.overview.overview import workbench
from workflow.overview.worklist import worklist
from workflow.permissions import rows_reading
from workflow.rounds.repinning import preview_repin
from workflow.states import State
from workflow.submission.repins import meaning_words
from workflow.targets import Target


def test_the_operator_is_told_each_county_with_its_total_its_rows_and_the_findings_that_fall(kept) -> None:
    put(kept, State.SUBMITTED, review_content("prefecture"))
    put(kept, State.DRAFT, {Target.answer("3.3.2"): None}, division=NEIGHBOUR)
    found = preview_repin(upgraded(kept, STRICTER), None, "2018")
    by_name = {one.record.division_name: one.effect for one in found.counties}
    assert by_name["甲县"].eligible == (True, False)
    assert by_name["甲县"].rows == ("3.3.2",)
    assert by_name["甲县"].fallen == (("prefecture", "3.3.2"),)
    assert by_name["乙县"].fallen == ()
    assert by_name["乙县"].eligible == (False, False)


def test_an_administrator_learns_how_many_counties_are_hit_and_never_which(kept) -> None:
    put(kept, State.SUBMITTED, review_content("prefecture"))
    put(kept, State.DRAFT, division=NEIGHBOUR)
    found = preview_repin(upgraded(kept, STRICTER), ADMINISTRATOR, "2018")
    assert found.counties == ()
    said = ("县数", "由符合变为尚不符合", "有认定作废")
    hit = {released: [counts[name] for name in said] for released, counts in found.groups.items()}
    assert hit == {True: [1, 1, 1], False: [1, 1, 0]}
    assert "甲县" not in repr(found)
    assert "乙县" not in repr(found)


def test_the_audit_log_an_administrator_reads_leaves_out_how_a_county_comes_out(kept) -> None:
    county = put(kept, State.DRAFT)
    later = upgraded(kept, STRICTER)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    page = audit_page(later, ADMINISTRATOR, AuditQuery(submission_id=county, action="submission.rules"))
    (entry,), (line,) = page.entries, page.lines
    assert not {"eligible", "rows"} & entry.detail.keys()
    assert "3.3.2" not in repr(entry.detail)
    assert "尚不符合" not in line.more


def test_a_figure_whose_meaning_changed_stays_and_the_county_is_told_what_changed(kept) -> None:
    county = put(kept, State.SUBMITTED, review_content("prefecture"))
    put(kept, State.DRAFT, {Target.answer("3.3.2"): {"claim": "unsure"}}, division=NEIGHBOUR)
    later = upgraded(kept, with_standards(*(of_covered_costs(one) for one in STANDARDS)))
    found = preview_repin(later, None, "2018")
    (meaning,) = found.redefined
    assert (meaning.row, meaning.id) == ("3.3.2", REIMBURSEMENT)
    assert meaning.changes == (("分母", "自负费用总额（元）", "目录内自负费用总额（元）"),)
    # 乙县没有填这个数，不必核对。
    assert [len(one.effect.redefined) for one in found.counties] == [1, 0]
    assert [counts["须核对口径"] for counts in found.groups.values()] == [1, 0]
    assert (found.taken_out, found.voided) == (0, 1)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    opened = opened_by(later, COORDINATOR, county)
    assert REIMBURSEMENT in opened.entries[Target.answer("3.3.2")].body["measures"]
    (taken,) = opened.repins
    assert taken.effect.redefined == (meaning,)
    told = meaning_words(meaning)
    assert "口径已变：分母由“自负费用总额（元）”改为“目录内自负费用总额（元）”" in told
    assert told.endswith("请核对所填数。")


def test_a_fact_that_counts_something_else_voids_the_findings_on_the_rows_that_read_it(kept) -> None:
    put(kept, State.SUBMITTED, review_content("prefecture"))
    later = upgraded(kept, with_standards(*(with_fact(one, "townships", "乡镇数（不含街道）") for one in STANDARDS)))
    found = preview_repin(later, None, "2018")
    (county,) = found.counties
    assert [(one.what, one.id) for one in county.effect.redefined] == [("fact", "townships")]
    reading = rows_reading("townships", later.library.standards.values())
    assert {row for _, row in county.effect.fallen} == reading
    assert reading


def test_the_preview_judges_without_what_would_be_taken_out(kept) -> None:
    """A figure asked in another form is taken out; the preview must not count it as if it stayed."""
    put(kept, State.DRAFT)
    later = upgraded(kept, with_standards(*(asked_yes_or_no(one) for one in STANDARDS)))
    found = preview_repin(later, None, "2018")
    assert found.taken_out == 1
    assert set(found.counts.verdicts) == {("达标", "佐证不足")}
    assert found.counts.only_added == 1
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    (card,) = workbench(later, COORDINATOR, NOW).cards
    assert "rules_changed" in {one.code for one in card.waiting}


def test_a_county_that_is_hit_is_told_when_why_and_what_on_its_workbench(kept) -> None:
    put(kept, State.DRAFT)
    later = upgraded(kept, STRICTER)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    (card,) = workbench(later, COORDINATOR, NOW).cards
    (told,) = card.notices
    assert "2018-07-02换用现行规则" in told
    assert REASON in told
    assert "结论改变 1 项：3.3.2" in told
    assert "由符合申报条件变为尚不符合申报条件" in told
    waiting = {one.code: one.row_ids for one in card.waiting}
    assert waiting["rules_changed"] == ("3.3.2",)


def test_the_reviewer_whose_finding_fell_is_told_to_find_again_and_what_it_was(kept) -> None:
    county = put(kept, State.SUBMITTED, review_content("prefecture"))
    later = upgraded(kept, STRICTER)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    (line,) = worklist(later, PREFECTURE, NOW)
    assert "市级原认定 1 项（3.3.2）因规则改动作废，请重新认定" in line.notices[0]
    assert next(one.row_ids for one in line.waiting if one.code == "rules_changed") == ("3.3.2",)
    (taken,) = opened_by(later, PREFECTURE, county).repins
    assert taken.former["prefecture", "3.3.2"]["finding"] == "met"
    # 认定过了，就不再等它。
    write(
        later,
        PREFECTURE,
        county,
        (
            Target.finding("prefecture", "3.3.2"),
            {"finding": "met", "reason": "已按新规则查阅台账，核实无误", "date": "2018-07-02"},
        ),
    )
    (line,) = worklist(later, PREFECTURE, NOW)
    assert "rules_changed" not in {one.code for one in line.waiting}


def test_nobody_is_told_of_findings_that_were_not_given_yet(kept) -> None:
    county = put(kept, State.SUBMITTED, review_content("prefecture"))
    later = upgraded(kept, STRICTER)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    for person in (COORDINATOR, PROVINCE, OBSERVER):
        (taken,) = opened_by(later, person, county).repins
        assert (taken.effect.fallen, taken.former) == ((), {})
        (told,) = workbench(later, person, NOW).cards or worklist(later, person, NOW)
        assert "市级原认定" not in told.notices[0]


def test_once_the_submission_is_handed_on_the_news_is_history(kept) -> None:
    county = put(kept, State.DRAFT)
    later = upgraded(kept, STRICTER)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    with later.store.write("scene", NOW + timedelta(hours=1)) as tx:
        tx.moves.add(county, move="scene", to_state="awaiting_government", expected_version=1)
    (card,) = workbench(later, COORDINATOR, NOW).cards
    assert card.notices == ()
    assert "rules_changed" not in {one.code for one in card.waiting}
    assert len(opened_by(later, COORDINATOR, county).repins) == 1


def test_the_audit_line_names_rows_and_levels_and_none_of_what_a_county_wrote(kept) -> None:
    county = put(kept, State.SUBMITTED, review_content("prefecture"))
    later = upgraded(kept, STRICTER)
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    with later.store.read() as tx:
        (told,) = tx.audit.entries(action="submission.rules")
    assert told.submission_id == county
    assert told.detail == {
        "reason": REASON,
        "eligible": [True, False],
        "rows": ["3.3.2"],
        "new": [],
        "added": [],
        "gone": [],
        "fallen": [["prefecture", "3.3.2"]],
        "taken_out": 0,
        "redefined": [],
    }


def test_taking_the_old_rules_again_does_not_bring_back_what_fell(kept) -> None:
    county = put(kept, State.SUBMITTED, review_content("prefecture"))
    repin_round(upgraded(kept, STRICTER), ADMINISTRATOR, "2018", REASON, NOW)
    repin_round(kept, ADMINISTRATOR, "2018", "换回", NOW + timedelta(hours=1))
    opened = opened_by(kept, PREFECTURE, county)
    assert "3.3.2" not in opened.content.findings["prefecture"]
    assert [bool(one.former) for one in opened.repins] == [True, False]
