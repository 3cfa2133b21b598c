"""地方文件对照: commitments whose figure is read from the county's facts and answers, not asked a second time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.model import AnswerRef, Commitment
from scoring.local.profile import local_profile
from scoring.submission import Answer, Covered, Judged, Judgement, Local, Part
from tests.scoring.local.commitments import STANDARD, found, policy
from tests.scoring.small import submission


def read(commitment: Commitment, *, facts=None, **answer):
    answers = {"1.1.1": Answer(**answer)} if answer else {}
    return found(commitment, standards=[STANDARD], facts=facts or {}, answers=answers)


def reading(kind: str, measure: str, **more) -> Commitment:
    return Commitment("read", "对象", kind, "照录", reads=AnswerRef(row="1.1.1", measure=measure), **more)


EACH = reading("count", "directors", value=1, unit="名", per="村")


@pytest.mark.parametrize(("given", "state"), [(9, "short"), (10, "kept"), (11, "unfilled")])
def test_one_in_every_village_is_read_from_the_villages_that_have_one(given, state):
    check = read(EACH, facts={"villages": 10}, measures={"directors": given})
    assert check.state == state
    assert check.place.row == "1.1.1"


def test_a_figure_not_given_there_says_where_to_fill_it_in():
    assert read(EACH, facts={"villages": 10}).text == "一 对象：尚未填写。请到指标 1.1.1“有主任的村”填写。"


def test_a_whole_not_given_says_which_fact_is_missing():
    check = read(EACH, measures={"directors": 9})
    assert check.state == "unfilled"
    assert "县情“村数”" in check.text


@pytest.mark.parametrize(
    ("facts", "measure", "given", "words"),
    [
        ({"villages": 0}, "directors", 0, "县情“村数”为 0，但没有“无此情形”材料"),
        ({}, "paid", Covered(3, None), "缺少应发人数"),
        ({}, "paid", 3, "填法与本指标要求的形式不符"),
    ],
)
def test_what_is_filled_in_and_cannot_be_used_is_not_called_unfilled(facts, measure, given, words):
    text = read(reading("duty", measure), facts=facts, measures={measure: given}).text
    assert words in text
    assert "尚未填写" not in text


def test_a_coverage_is_read_as_a_share_of_its_whole_and_against_the_documents_own_percentage():
    half = reading("ratio", "places", value=50, unit="percent")
    assert read(half, facts={"villages": 10}, measures={"places": 5}).state == "kept"
    assert read(half, facts={"villages": 10}, measures={"places": 4}).state == "short"
    assert read(half, facts={"villages": 10}, measures={"places": 4}).figure == "4/10（40%）"


def test_yearly_figures_are_judged_by_full_years():
    twice = reading("count", "meetings", value=2, unit="次/年", per="县政府")
    assert read(twice, measures={"meetings": {"2017": 2, "2018": 0}}).state == "kept"
    assert read(twice, measures={"meetings": {"2017": 1, "2018": 5}}).state == "short"
    assert read(twice, measures={"meetings": {"2018": 5}}).state == "unfilled"


def test_a_deadline_that_reads_looks_at_what_is_there_at_the_end_of_the_period():
    built = reading("deadline", "directors", deadline="2018-04")
    assert read(built, facts={"villages": 10}, measures={"directors": 10}).state == "kept"
    assert read(built, facts={"villages": 10}, measures={"directors": 9}).state == "short"
    later = replace(built, deadline="2020")
    assert read(later, facts={"villages": 10}, measures={"directors": 9}).state == "not_due"


def test_a_duty_reads_a_yes_or_a_judgement():
    assert read(reading("duty", "mechanism"), measures={"mechanism": True}).state == "kept"
    assert read(reading("duty", "mechanism"), measures={"mechanism": False}).state == "short"
    assert read(reading("duty", "prompt")).state == "needs_judgement"
    assert (
        read(reading("duty", "prompt"), judgements={"prompt": Judgement(fulfilled=True, reason="当日")}).state == "kept"
    )


@pytest.mark.parametrize("given", [3, True, {"2017": 3}, Part(1, 2), Covered(3), Covered(3, 2), ("a",), Covered()])
def test_a_figure_of_the_wrong_form_is_unfilled_and_no_error(given):
    assert read(reading("duty", "paid"), measures={"paid": given}).state == "unfilled"


def test_a_fact_is_read_with_its_unit():
    places = Commitment("read", "儿童之家", "count", "5个", value=5, unit="个", reads=AnswerRef(fact="places"))
    assert read(places, facts={"places": 5}).state == "kept"
    assert read(places, facts={"places": 4}).state == "short"
    assert read(places).text.endswith("请填写县情“儿童之家数”。")


def test_a_judged_fact_counts_with_its_reason_only():
    many = Commitment("read", "较多", "duty", "较多", reads=AnswerRef(fact="many"))
    assert read(many, facts={"many": Judged(value=True)}).state == "needs_judgement"
    assert read(many, facts={"many": Judged(value=True, reason="多")}).state == "kept"


def test_what_no_standard_judged_asks_is_asked_here():
    unknown = replace(EACH, reads=AnswerRef(row="9.9.9", measure="directors"))
    check = found(unknown, 1, standards=[STANDARD])
    assert (check.state, check.place) == ("kept", None)


def test_a_figure_read_elsewhere_is_not_taken_from_here_and_that_is_said():
    county = replace(submission(), local=Local(("act",), {"act": {"read": 5}}))
    profile = local_profile(county, {"act": policy(EACH)}, [STANDARD])
    assert profile.documents[0].checks[0].state == "unfilled"
    assert profile.notes == ("“对象”已在指标 1.1.1“有主任的村”填报，此处另填的不采用。请在那里修改。",)


def test_one_figure_serves_two_commitments():
    goal = Commitment("goal", "社区", "ratio", "20%", value=20, unit="percent", same_figure_as="later")
    later = Commitment("later", "社区", "ratio", "50%", value=50, unit="percent")
    county = replace(submission(), local=Local(("act",), {"act": {"later": 30}}))
    first, second = local_profile(county, {"act": policy(goal, later)}, [STANDARD]).documents[0].checks
    assert (first.state, second.state) == ("kept", "short")
    assert (first.place.kind, second.place) == ("commitment", None)
