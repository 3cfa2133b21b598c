"""The demonstration: every role, every kind of state, dates that agree on whatever day it is made."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indicators import load_library
from scoring.checks.named_checks import named_checks
from scoring.exchange.reading import read_submission_file
from scoring.submission import Done, Judgement
from storage.care.integrity import inspect_store
from storage.clock import local_date
from tests.workflow.office_room import ADMINISTRATOR, NOW, add_round, office_at, opened_by
from workflow.accounts.accounts import NewAccount, add_account, person_of
from workflow.accounts.sign_in import sign_in
from workflow.demo.content import DemoPeriod, demo_period, shift_years
from workflow.demo.seed import DEMO_ACCOUNTS, DEMO_PASSWORD, SAMPLES, seed_demo, shown_accounts
from workflow.demo.stage import Stage
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.gaps import gap_list
from workflow.overview.matrix import matrix
from workflow.overview.overview import workbench
from workflow.overview.pending import by_office, pending
from workflow.overview.worklist import WorkView, narrowed, worklist
from workflow.people import Person, Role
from workflow.personal_hints import entry_hints
from workflow.procedure.doubts import open_doubts
from workflow.procedure.notes import notes
from workflow.procedure.site_sheet import plan_of
from workflow.remarks.explanations import explanations
from workflow.rounds.rounds import close_round
from workflow.submission.assigning import accept_proposals, assigned_units
from workflow.submission.judging import judged_at
from workflow.targets import Target
from workflow.verdicts.reading import kept_verdicts

PROJECT = Path(__file__).parents[3]
TODAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One seeded office for the whole module: these tests only look."""
    office = office_at(tmp_path_factory.mktemp("demo") / "var")
    seeded = seed_demo(office, PROJECT, TODAY)
    yield office, seeded
    office.store.close()


def someone(office: Office, username: str) -> Person:
    with office.store.read() as tx:
        return person_of(tx.accounts.by_username(username))


def county(office: Office, name: str):
    with office.store.read() as tx:
        return next(r for r in tx.submissions.all() if r.division_name == name)


def test_every_role_has_an_account_whose_public_password_opens_it(demo) -> None:
    office, seeded = demo
    assert {a.role for a in seeded.accounts} == set(Role)
    assert [a.username for a in shown_accounts(office)] == [new.username for new in DEMO_ACCOUNTS]
    for account in seeded.accounts:
        assert account.demo
        entered = sign_in(office, account.username, DEMO_PASSWORD, "127.0.0.1", TODAY)
        assert not entered.must_change_password
    assert shown_accounts(Office(office.store, office.library, demo_accounts=False)) == ()


def test_the_counties_stand_in_several_states_and_every_move_was_a_use_case(demo) -> None:
    office, seeded = demo
    assert seeded.skipped == ()
    assert seeded.states == {
        "甲县": "draft", "乙县": "awaiting_government", "丁市": "submitted", "丙区": "returned", "戊县": "submitted",
        "己县": "draft",
    }  # fmt: skip
    with office.store.read() as tx:
        assert tx.audit.verify() is None
        assert "scene" not in {m.by for r in tx.submissions.all() for m in tx.moves.all(r.id)}


def test_a_county_that_hands_over_says_a_field_of_the_form_that_its_sample_does_not_know(demo) -> None:
    office, seeded = demo
    name = "01-fully-eligible.yaml"
    sample = read_submission_file(PROJECT / SAMPLES / name, office.library)
    older = replace(sample, form=replace(sample.form, leader_phone=None))
    stage = Stage(office, {}, PROJECT / SAMPLES, seeded.round, TODAY, read={name: older})
    content = stage.whole({"甲": "乙"})
    assert content[Target.form("leader_phone")] == "电话号码"
    assert content[Target.form("unit_name")] == "乙县民政局"
    assert Target.form("leader_phone") not in stage.content(name, {})


def test_dates_in_the_demo_agree_with_its_period_and_nothing_lies_ahead(demo) -> None:
    office, seeded = demo
    assert (seeded.round.period_first, seeded.round.period_last) == (date(2025, 1, 1), date(2026, 6, 30))
    assert seeded.round.apply_by > local_date(TODAY)
    opened = opened_by(office, someone(office, "jiaxian_minzheng"), county(office, "甲县").id)
    dates = [item.date for item in opened.content.evidence.values() if item.date]
    assert max(dates) <= seeded.round.period_last
    figures = opened.content.answers["1.1.3"].measures["county_meetings"]
    assert set(figures) == {"2025", "2026"}
    assert "国发〔2016〕36号" in opened.content.form.narrative
    assert "2017年" not in opened.content.form.narrative
    assert opened.content.evidence["E01"].document_number == "甲办发〔2025〕11号"


@pytest.mark.parametrize(("name", "others"), [("甲县", ("丑", "13个", "269个", "58名")), ("丁市", ("辰县", "140人"))])
def test_what_a_county_says_of_its_local_document_are_its_own_figures_of_its_own_years(demo, name, others) -> None:
    office, _ = demo
    there = county(office, name)
    who = {"甲县": "jiaxian_minzheng", "丁市": "dingshi_minzheng"}[name]
    opened = opened_by(office, someone(office, who), there.id)
    answers = [one for held in opened.content.local.answers.values() for one in held.values()]
    reasons = [one.reason for one in answers if isinstance(one, Judgement) and one.reason]
    assert len(reasons) > 2
    assert not [one for one in reasons for other in (*others, "2017", "2018") if other in one]
    if name == "甲县":
        facts = opened.content.facts
        villages, townships = facts["villages"] + facts["communities"], facts["townships"] + facts["subdistricts"]
        for figure in (f"{villages}个村（社区）", f"{townships}个乡镇（街道）", f"{facts['orphans']}名孤儿"):
            assert any(figure in one for one in reasons), figure
    # 文件印的时限不动，县里当时办成的日期也不动
    assert all(one.date < "2019" for one in answers if isinstance(one, Done) and one.date)


def test_what_is_left_in_jia_county_is_a_short_list_and_the_others_qualify(demo) -> None:
    office, _ = demo
    bench = workbench(office, someone(office, "jiaxian_minzheng"), TODAY)
    card = bench.cards[0]
    waiting = {w.code: w.row_ids for w in card.waiting}
    assert waiting == {"unanswered": ("4.5.2", "5.4.2", "V3"), "unsure": ("4.5.2",), "not_met": ("3.3.2",)}
    assert (card.label, card.deadline.what, card.deadline.days_left) == ("自评填报", "申报截止", 45)
    with office.store.read() as tx:
        whole = [r for r in tx.submissions.all() if r.division_name in {"乙县", "丁市", "丙区", "戊县"}]
        kept = kept_verdicts(office, tx, whole, {r.id: r for r in tx.rounds.all()})
    assert [kept[record.id].eligible for record in whole] == [True] * 4


@pytest.mark.parametrize("day", ["2026-01-01", "2026-08-29", "2026-08-30", "2027-12-31", "2028-02-29", "2030-03-15"])
def test_the_period_is_over_holds_a_whole_year_and_begins_the_next(day: str) -> None:
    today = date.fromisoformat(day)
    period = demo_period(today)
    assert period.last <= today
    assert (period.first.month, period.first.day, period.last.month, period.last.day) == (1, 1, 6, 30)
    assert period.last.year == period.first.year + 1
    assert 60 < (today - period.last).days <= 366 + 60


def test_years_move_together_and_real_documents_keep_their_numbers() -> None:
    shift = DemoPeriod(date(2027, 1, 1), date(2028, 6, 30)).shift
    assert shift_years("2018-06-30", shift) == "2028-06-30"
    assert shift_years("2016-02-29", shift) == "2026-02-28"
    assert shift_years("2017年2月印发甲民发〔2017〕27号，依据国发〔2016〕36号、民函〔2018〕4号", shift) == (
        "2027年2月印发甲民发〔2027〕27号，依据国发〔2016〕36号、民函〔2018〕4号"
    )
    assert shift_years("受理2018件，12017年", shift) == "受理2018件，12017年"


def test_seeding_twice_or_over_real_data_changes_nothing(demo, tmp_path) -> None:
    office, _ = demo
    with pytest.raises(Refused) as caught:
        seed_demo(office, PROJECT, TODAY)
    assert caught.value.code == "already_seeded"
    real = office_at(tmp_path / "real")
    add_account(real, None, NewAccount("root1", "管理员", Role.ADMINISTRATOR, "000000"), NOW)
    with pytest.raises(Refused) as caught:
        seed_demo(real, PROJECT, TODAY)
    assert caught.value.code == "not_fresh"
    with real.store.write("system", NOW) as tx:
        add_round(tx)
        assert len(tx.rounds.all()) == 1
    real.store.close()


def test_without_its_samples_the_demo_still_has_round_and_accounts(tmp_path) -> None:
    office = office_at(tmp_path / "var")
    seeded = seed_demo(office, tmp_path, TODAY)
    assert (seeded.states, len(seeded.skipped), len(seeded.accounts)) == ({}, 6, len(DEMO_ACCOUNTS))
    office.store.close()


# --- what the pages of each role show of it ---------------------------------------------------------------------------


def test_a_department_sees_its_own_rows_waiting(demo) -> None:
    office, _ = demo
    card = workbench(office, someone(office, "jiaxian_gongan"), TODAY).cards[0]
    assert {w.code: w.row_ids for w in card.waiting} == {"unanswered": ("4.5.2", "V3"), "unsure": ("4.5.2",)}


@pytest.mark.parametrize(
    ("username", "expected"),
    [
        ("yixian_zhengfu", {"乙县": {"release"}}),
        ("bingqu_minzheng", {"丙区": {"returned_items"}}),
        ("yanshizhou", {"丁市": {"to_find", "opinion"}, "丙区": set(), "甲县": set(), "乙县": set()}),
        (
            "yanshisheng",
            {
                "戊县": {"to_find", "site_visit", "opinion"},
                "丙区": set(),
                "甲县": set(),
                "乙县": set(),
                "丁市": set(),
                "己县": set(),
            },
        ),
        ("guanchayuan", {name: set() for name in ("甲县", "乙县", "丁市", "丙区", "戊县", "己县")}),
        ("guanliyuan", {}),
    ],
)
def test_each_sees_what_waits_for_them_and_nobody_else_s(demo, username: str, expected: dict) -> None:
    office, _ = demo
    who = someone(office, username)
    cards = workbench(office, who, TODAY).cards or narrowed(worklist(office, who, TODAY), WorkView())
    assert {c.record.division_name: {w.code for w in c.waiting} for c in cards} == expected
    assert [bool(c.waiting) for c in cards] == sorted((bool(c.waiting) for c in cards), reverse=True)


def test_what_is_said_beside_the_answers_is_there_to_be_seen(demo) -> None:
    office, seeded = demo
    prefecture = someone(office, "yanshizhou")
    returned = opened_by(office, prefecture, county(office, "丙区").id)
    assert [doubt.row_id for doubt in open_doubts(returned, "prefecture")] == ["5.3.2"]
    assert [(one.to, one.row_id) for one in notes(returned, "prefecture")] == [("county", ""), ("internal", "5.2.1")]
    assert returned.open_return.reason == "各表请写明统计截止日期，前后一致。"
    ding = opened_by(office, prefecture, county(office, "丁市").id)
    checks = named_checks(ding.content, ding.standards, judged_at(office, ding, "county"))
    keys = {key for check in checks for finding in check.found for key in finding.keys}
    assert explanations(ding.entries).keys() == keys
    planned = opened_by(office, someone(office, "yanshisheng"), county(office, "戊县").id)
    plan = plan_of(planned, "province")
    assert (plan.rows, len(plan.sample.rows), plan.date > local_date(TODAY)) == (("5.2.1",), 5, True)
    assert county(office, "己县").extended_to == seeded.round.apply_by + timedelta(days=10)


def test_progress_counts_every_indicator_once(demo) -> None:
    office, _ = demo
    card = workbench(office, someone(office, "jiaxian_minzheng"), TODAY).cards[0]
    for progress in card.progress:
        assert progress.total == 45
        assert sum(progress.vetoes.values()) == 3
        assert progress.vetoes["undeclared"] == 1
        met = progress.counts
        assert (met["met"], met["unanswered"], met["unproven"]) == (42, 2, 1)
        assert not progress.eligible


def test_reviewers_see_no_figures_of_what_is_not_released(demo) -> None:
    office, _ = demo
    lines = {one.record.division_name: one for one in worklist(office, someone(office, "yanshizhou"), TODAY)}
    assert (lines["甲县"].rows, lines["甲县"].differing, lines["甲县"].returned) == (0, None, None)
    assert (lines["丁市"].rows, lines["丁市"].found) == (48, 21)
    found = matrix(office, someone(office, "yanshizhou"), "demo")
    assert {line.record.division_name for line in found.told} == {"丁市", "丙区"}
    assert {line.record.division_name for line in found.without("尚未上报")} == {"甲县", "乙县"}
    assert found.missing == ()
    at_level = matrix(office, someone(office, "yanshizhou"), "demo", "prefecture")
    ding = next(line for line in at_level.told if line.record.division_name == "丁市")
    assert ding.why == "评价中"
    states = dict(zip((r.id for r in at_level.standards[0].rows()), ding.outcomes["national-2018"].states, strict=True))
    assert Counter(states.values())["needs_judgement"] == 27 - 3
    assert states["3.3.2"] == "unproven"
    (unseen,) = matrix(office, someone(office, "yanshisheng"), "demo", "prefecture").without("评价中")
    assert unseen.record.division_name == "丁市"
    assert matrix(office, someone(office, "guanliyuan"), "demo") is None
    assert matrix(office, someone(office, "yanshizhou"), "no-such-round") is None


# --- the split among departments, and what each still owes ------------------------------------------------------------


def test_a_proposal_names_the_department_s_own_account_and_its_source(demo) -> None:
    office, _ = demo
    opened = opened_by(office, someone(office, "jiaxian_minzheng"), county(office, "甲县").id)
    units = assigned_units(opened)
    assert "甲县公安局" in units["4.2.1"]
    assert all(name.startswith("甲县") for names in units.values() for name in names)
    with pytest.raises(Refused) as caught:
        accept_proposals(office, opened.person, opened.record.id, TODAY)
    assert caught.value.code == "nothing_to_assign"


def test_gaps_are_listed_by_department_with_reasons_and_a_suggestion_says_so(demo) -> None:
    office, _ = demo
    jia = opened_by(office, someone(office, "jiaxian_minzheng"), county(office, "甲县").id)
    lists = {one.unit: one for one in gap_list(office, jia, date(2018, 7, 2))}
    assert not lists["甲县公安局"].suggested
    assert [g.row.id for g in lists["甲县公安局"].gaps] == ["4.5.2", "V3"]
    assert all(g.reasons for one in lists.values() for g in one.gaps)
    ji = opened_by(office, someone(office, "jixian_minzheng"), county(office, "己县").id)
    assert any(one.suggested and one.unit == "己县公安局" for one in gap_list(office, ji, date(2018, 7, 2)))
    yi = opened_by(office, someone(office, "yixian_minzheng"), county(office, "乙县").id)
    assert gap_list(office, yi, date(2018, 7, 2)) == ()


def test_a_closed_round_offers_nothing_to_start(tmp_path) -> None:
    office = office_at(tmp_path / "var")
    with office.store.write("system", NOW) as tx:
        add_round(tx)
    who = Person(1, "x", "x", Role.COUNTY_COORDINATOR, "990121")
    assert [r.id for r in workbench(office, who, NOW).startable] == ["2018"]
    assert workbench(office, Person(1, "x", "x", Role.COUNTY_COORDINATOR, "530125"), NOW).startable == ()
    close_round(office, ADMINISTRATOR, "2018", NOW)
    assert workbench(office, who, NOW).startable == ()
    office.store.close()


def test_the_library_is_the_one_the_rounds_pin() -> None:
    assert set(load_library().standards) >= {"national-2018", "yunnan-2018"}


def test_the_demonstration_is_what_its_audit_log_says(demo) -> None:
    assert inspect_store(demo[0].store).faults == ()


def test_what_waits_for_whom_in_an_area_is_told_by_office_and_stage(demo) -> None:
    office, _ = demo
    found = pending(office, someone(office, "yanshisheng"), "demo", TODAY)
    assert {(one.office, one.what, one.stage, one.rows) for one in found} == {
        ("演示省演示州甲县民政部门", "填报自评", "自评填报", None),
        ("演示省演示州乙县人民政府", "审核并出具推荐意见", "待县政府意见", None),
        ("演示省演示州丙区民政部门", "按退回意见补正", "退回补正", None),
        ("演示省演示州民政部门", "逐项认定", "市级基础评价", None),
        ("演示省民政部门", "逐项认定", "省级评价（无地市级）", 48),
        ("演示省演示二市己县民政部门", "填报自评", "自评填报", None),
        ("演示省演示二市庚县民政部门", "开始自评", "尚未开始", None),
    }
    left = [one.deadline.days_left for one in found if one.deadline]
    assert left == sorted(left)
    assert found[0].deadline is not None
    assert found[0].deadline.what == "补正期限"
    [unstarted] = [one for one in found if one.submission_id is None]
    assert unstarted.since is None


def test_a_countys_own_people_see_its_departments_and_only_theirs(demo) -> None:
    office, _ = demo
    of_county = by_office(pending(office, someone(office, "jiaxian_minzheng"), "demo", TODAY))
    assert sum(one.rows or 0 for one in of_county["甲县公安局"]) == 2
    assert all(name.startswith("甲县") for name in of_county)
    assert {one.account for one in of_county["甲县公安局"]} == {""}
    others = {name for name, matters in of_county.items() if any(one.account for one in matters)}
    assert others == {name for name in of_county if name != "甲县公安局" and "民政" not in name}
    assert set(by_office(pending(office, someone(office, "jiaxian_gongan"), "demo", TODAY))) == {"甲县公安局"}
    assert pending(office, someone(office, "guanliyuan"), "demo", TODAY) == ()
    assert pending(office, someone(office, "yanshisheng"), "no such round", TODAY) == ()


def test_nothing_in_the_demonstration_may_name_anybody(demo) -> None:
    office, _ = demo
    with office.store.read() as tx:
        entries = [entry for record in tx.submissions.all() for entry in tx.entries.all(record.id)]
    assert len(entries) > 500
    assert {told for entry in entries for told in entry_hints(Target.of(entry), entry.body)} == set()
