"""地方文件对照: each commitment against the county's figure, just below, at and above what the document prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import load_library
from indicators.model import Commitment, Shortfall
from scoring.exchange.reading import read_submission
from scoring.local.profile import LOCAL_STATES, binding, local_profile
from scoring.submission import Beside, Done, Judgement, Local, Members, Part, Period, Round
from tests.scoring.local.commitments import GRANT, STANDARD, found, policy
from tests.scoring.small import row, standard, submission

# --- answered here --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "compare", "state"),
    [
        (1999, "at_least", "short"),
        (Decimal("1999.99"), "at_least", "short"),
        (2000, "at_least", "kept"),
        (2001, "at_least", "kept"),
        (2001, "at_most", "short"),
        (2000, "at_most", "kept"),
        (1999, "equals", "short"),
        (2000, "equals", "kept"),
        (2001, "equals", "short"),
        (None, "at_least", "unfilled"),
    ],
)
def test_a_grant_is_compared_with_the_printed_sum(figure, compare, state):
    assert found(replace(GRANT, compare=compare), figure).state == state


def test_a_short_grant_says_what_was_promised_and_what_to_do():
    check = found(GRANT, 1500)
    assert check.figure == "1500元/人·年"
    assert check.promise == "不低于2000元/人·年"
    assert check.text == "一 助学金：1500元/人·年，未达到（不低于2000元/人·年）。请核对所填；属实的，请抓紧落实。"


AS_ORPHANS = Commitment("care", "基本生活费", "amount", "不低于孤儿标准", unit="元/人·月", than="孤儿标准")


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (Beside(1099, 1100), "short", "1099元/人·月（孤儿标准 1100元/人·月），未达到（不低于孤儿标准）"),
        (Beside(1100, 1100), "kept", "已达到（不低于孤儿标准）"),
        (Beside(1100, None), "unfilled", "请填写孤儿标准。"),
        (None, "unfilled", "请填写。"),
    ],
)
def test_an_amount_beside_another_is_compared_with_it(answer, state, words):
    check = found(AS_ORPHANS, answer)
    assert check.state == state
    assert words in check.text


STAFF = Commitment("staff", "专干", "count", "每个乡镇不少于2名", value=2, unit="名", per="乡镇")


@pytest.mark.parametrize(
    ("each", "state", "words"),
    [
        ({"甲乡": 1, "乙镇": 2}, "short", "2个中最少的 1名（甲乡），未达到（每个乡镇不少于2名）"),
        ({"甲乡": 2, "乙镇": 2}, "kept", "2个中最少的 2名（甲乡、乙镇），已达到"),
        ({"甲乡": 3, "乙镇": 2}, "kept", "最少的 2名（乙镇）"),
    ],
)
def test_each_township_may_be_given_and_the_least_is_compared(each, state, words):
    check = found(STAFF, Members(each))
    assert check.state == state
    assert words in check.text
    assert found(STAFF, min(each.values())).state == state


@pytest.mark.parametrize(
    ("every", "words"), [("year", "每年不少于1次"), ("quarter", "每季度不少于1次"), ("month", "每月不少于1次")]
)
def test_what_comes_back_is_compared_by_its_lowest_time(every, words):
    again = Commitment("visits", "走访", "count", "走访1次", value=1, unit="次", every=every)
    assert found(again, 0).state == "short"
    assert found(again, 1).promise == words


REVIEWED = Commitment("review", "信息核对", "duty", "每年3月底前核对", every="year", each_year_by=3)
HALF_YEAR = {"period": Period(date(2017, 4, 1), date(2018, 3, 30))}


@pytest.mark.parametrize(
    ("given", "state", "words"),
    [
        ({}, "needs_judgement", "申报期内到期：2017年3月底、2018年3月底，每次都要做到"),
        (HALF_YEAR, "not_due", "时限为2018年3月底，未到期"),
        ({"answer": Judgement(fulfilled=False, reason="2018年4月才核对")}, "short", "没有做到"),
        ({"answer": Judgement(fulfilled=True, reason="两年均于3月核对")}, "kept", "已做到"),
    ],
)
def test_what_is_due_by_a_month_of_every_year_is_judged_for_each_of_them_in_the_period(given, state, words):
    check = found(REVIEWED, **given)
    assert check.state == state
    assert words in check.text
    assert check.promise == "每年3月底前做到"


def test_a_yearly_count_says_by_when_and_is_not_due_before_the_document_was_there():
    again = Commitment("talk", "宣讲", "count", "每年1月底前宣讲1次", value=1, unit="次", every="year", each_year_by=1)
    assert found(again, 1).promise == "每年不少于1次（每年1月底前）"
    assert found(replace(again, since="2018-02"), 0).state == "not_due"
    assert found(replace(again, since="2018-01"), 0).state == "short"


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ({"date": "2018-07"}, "2018年7月发文，晚于申报期（2017-01-01至2018-06-30），不对照"),
        ({"date": "2018-06"}, None),
        ({"date": "2018-05", "valid_from": "2018-07-01"}, "2018年7月1日起施行，晚于申报期"),
        ({"date": "2012", "valid_until": "2016-12-31"}, "有效期至2016年12月31日，早于申报期"),
        ({"date": "2012", "valid_until": "2017-01-01"}, None),
        ({"date": None}, None),
    ],
)
def test_a_document_that_held_on_no_day_of_the_period_is_not_compared_and_says_why(dates, says):
    county = replace(submission(), local=Local(("act",), {"act": {"grant": 2000}}))
    profile = local_profile(county, {"act": replace(policy(GRANT), **dates)}, [standard(row())])
    assert bool(profile.documents) == (says is None)
    assert [says in note for note in profile.notes] == ([] if says is None else [True])


def test_a_document_repealed_before_the_period_is_not_compared():
    new = replace(policy(), id="new", title="新文件", date="2016-12-31", repeals=("演示文件",))
    county = replace(submission(), local=Local(("act",)))
    (note,) = local_profile(county, {"act": policy(GRANT), "new": new}, [standard(row())]).notes
    assert "已由《新文件》（2016年12月31日）废止" in note
    later = replace(new, date="2017-01-02")
    assert local_profile(county, {"act": policy(GRANT), "new": later}, [standard(row())]).documents


@pytest.mark.parametrize(("figure", "state"), [(0, "short"), (1, "kept"), (2, "kept"), (3, "kept")])
def test_a_printed_range_asks_its_lower_end(figure, state):
    staff = Commitment("staff", "工作人员", "count", "1—2名", value=1, value_to=2, unit="名")
    assert found(staff, figure).state == state
    assert found(staff, figure).promise == "1—2名"


@pytest.mark.parametrize(
    ("figure", "state"), [(Decimal("19.9"), "short"), (20, "kept"), (100, "kept"), (101, "unfilled")]
)
def test_a_share_is_compared_in_percent_and_never_above_a_hundred(figure, state):
    assert found(Commitment("share", "社区", "ratio", "20%", value=20, unit="percent"), figure).state == state


@pytest.mark.parametrize(
    ("judged", "state"),
    [
        (None, "needs_judgement"),
        (Judgement(None, "正在研究"), "needs_judgement"),
        (Judgement(fulfilled=True), "needs_judgement"),
        (Judgement(fulfilled=True, reason="　"), "needs_judgement"),
        (Judgement(fulfilled=True, reason="已发文"), "kept"),
        (Judgement(fulfilled=False), "short"),
    ],
)
def test_a_duty_is_a_persons_judgement_with_its_reason(judged, state):
    assert found(Commitment("duty", "机制", "duty", "建立机制"), judged).state == state


# The period ends 2018-06-30.
@pytest.mark.parametrize(
    ("deadline", "done", "state"),
    [
        ("2018-06", None, "unfilled"),
        ("2018-07", None, "not_due"),
        ("2018", None, "not_due"),
        ("2018-06", Done(done=False), "short"),
        ("2018-07", Done(done=False), "not_due"),
        ("2018-04", Done(done=True), "unfilled"),
        ("2018-04", Done(done=True, date="2018-04-30"), "kept"),
        ("2018-04", Done(done=True, date="2018-05-01"), "short"),
        ("2018-04", Done(done=True, date="2018-04"), "kept"),
        ("2018-04", Done(done=True, date="2018"), "unfilled"),
        ("2018", Done(done=True, date="2018"), "kept"),
        ("2020", Done(done=True, date="2018-03"), "kept"),
        ("2018-06-15", Done(done=True, date="2018-06-15"), "kept"),
        ("2018-06-15", Done(done=True, date="2018-06-16"), "short"),
    ],
)
def test_a_deadline_includes_its_whole_month_or_year(deadline, done, state):
    due = Commitment("due", "中心", "deadline", "底前", deadline=deadline)
    assert found(due, done).state == state


@pytest.mark.parametrize(
    ("deadline", "words"),
    [("2020", "时限为2020年底，"), ("2018-09", "时限为2018年9月底，"), ("2018-09-15", "时限为2018年9月15日，")],
)
def test_a_year_and_a_month_last_to_their_end_and_a_day_is_its_own(deadline, words):
    due = Commitment("due", "中心", "deadline", "底前", deadline=deadline)
    assert words in found(due).text
    assert found(due).promise == f"{words[3:-1]}前完成"


def test_a_figure_short_of_a_goal_of_later_years_is_not_due_yet():
    goal = Commitment("goal", "社区", "ratio", "50%", value=50, unit="percent", deadline="2020")
    assert found(goal, 38).state == "not_due"
    assert found(goal, 38).figure == "38%"
    assert found(goal, 50).state == "kept"


def test_what_holds_from_a_later_day_on_is_not_due_yet():
    assert found(replace(GRANT, since="2019")).state == "not_due"
    assert found(replace(GRANT, since="2017")).state == "unfilled"


@pytest.mark.parametrize("answer", [True, Done(done=True), Judgement(fulfilled=True, reason="好"), Part(1, 2)])
def test_an_answer_of_another_shape_is_as_none(answer):
    assert found(GRANT, answer).state == "unfilled"


# --- documents ------------------------------------------------------------------------------------------------------


def test_a_document_binds_by_the_divisions_code_unless_the_county_chose():
    county = submission()
    assert [(p.id, by) for p, by in binding(county, {"act": policy(GRANT)})] == [("act", "division")]
    assert binding(county, {"act": policy(GRANT, divisions=("9902", "41"))}) == ()
    assert binding(county, {"act": policy(GRANT, divisions=())}) == ()
    chosen = replace(county, local=Local(("act",)))
    assert [(p.id, by) for p, by in binding(chosen, {"act": policy(GRANT, divisions=())})] == [("act", "county")]
    assert binding(replace(county, local=Local(())), {"act": policy(GRANT)}) == ()


def test_a_code_of_five_digits_is_no_part_of_a_longer_prefix():
    assert not policy(GRANT, divisions=("990121",)).binds("99012")
    assert policy(GRANT, divisions=("99",)).binds("990121")


def test_what_the_level_above_must_do_is_not_asked_of_a_county():
    profile = local_profile(submission(), {"act": policy(replace(GRANT, held_by="above"))}, [STANDARD])
    assert profile.documents[0].checks == ()


def test_answers_to_a_document_that_does_not_apply_are_kept_and_said():
    county = replace(submission(), local=Local((), {"act": {"grant": 1}}))
    profile = local_profile(county, {"act": policy(GRANT)}, [STANDARD])
    assert profile.documents == ()
    assert profile.notes == ("《演示文件》不在所选的地方文件之列，所填1项不对照。要对照的，请选上这份文件。",)


def test_a_shortfall_names_both_texts_and_both_places():
    weak = Shortfall("1.1.1", "分管领导", "机制", "只由分管领导负责")
    act = policy(replace(GRANT, quote="分管领导"), shortfalls=(weak,))
    profile = local_profile(submission(), {"act": act}, [STANDARD])
    (warning,) = profile.shortfalls_of("1.1.1")
    assert warning.text == (
        "《演示文件》 一写“分管领导”，指标 1.1.1要求“机制”：只由分管领导负责。"
        "按地方文件办理的，仍须达到标准原文（本工具读法）。"
    )
    assert profile.shortfalls_of("1.1.2") == ()


def test_a_shortfall_against_words_no_judged_standard_prints_is_not_shown():
    weak = Shortfall("1.1.1", "分管领导", "主要领导", "弱")
    act = policy(replace(GRANT, quote="分管领导"), shortfalls=(weak,))
    assert local_profile(submission(), {"act": act}, [STANDARD]).shortfalls == ()


def test_promises_of_one_document_that_disagree_name_the_other():
    one = Commitment("first", "成立领导小组", "duty", "成立", conflicts_with=("second",))
    second = Commitment("second", "另设领导小组", "duty", "另设")
    assert found(one, more=(second,)).conflicting == ("另设领导小组",)
    assert found(second, more=(one,)).conflicting == ()


def test_the_states_are_the_closed_list():
    assert tuple(load_library().vocabulary.lists["local_states"]) == LOCAL_STATES


def test_counties_of_the_four_documents_divisions_get_them_by_their_code():
    library = load_library()
    head = 'format: 1\nround: {id: "1", standards: [national-2018], period: {from: "2017-01-01", to: "2018-06-30"}}\n'
    for code, expected in (
        ("411025", ["xuchang-2017-38"]),
        ("500242", ["youyang-2017-24"]),
        ("500241", []),
        ("510422", ["panzhihua-2017"]),
        ("530111", ["yunnan-plan-2018"]),
        ("990121", []),
    ):
        county = read_submission(f'{head}division: {{code: "{code}", name: 某县}}\n', "x", library)
        assert [p.id for p, _ in binding(county, library.policies)] == expected, code


def test_every_commitment_of_every_document_has_a_state_for_an_empty_county():
    library = load_library()
    county = replace(submission(), local=Local(tuple(library.policies)))
    county = replace(county, round=Round("1", tuple(library.standards), Period(date(2017, 1, 1), date(2018, 6, 30))))
    profile = local_profile(county, library.policies, list(library.standards.values()))
    for document in profile.documents:
        asked = [one for _, one in document.policy.commitments() if one.held_by == "county"]
        assert [check.commitment for check in document.checks] == asked
        assert {check.state for check in document.checks} <= {"unfilled", "needs_judgement", "not_due"}
