"""Judging a whole standard: eligibility, counts, points, several standards, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import load_library
from indicators.building.fingerprint import fingerprint
from indicators.model import Condition, Fact, Measure, Vocabulary
from scoring.assessment import VERDICTS
from scoring.judging.assess import assess, assess_standard
from scoring.judging.levels import verdict_name
from scoring.searched import Searched
from scoring.submission import Answer, Finding, Judgement, Opinion
from scoring.substance import reason_lacks
from tests.scoring.filling import fill
from tests.scoring.small import EQUAL, met, row, standard, submission

NATIONAL = load_library().standards["national-2018"]
YUNNAN = load_library().standards["yunnan-2018"]
YES = Measure("done", "yes_no", "已经做到", ("已经做到",))


def test_a_county_is_eligible_exactly_when_every_indicator_is_met_and_every_veto_clear():
    filled = fill(NATIONAL)
    assert assess(filled, [NATIONAL], EQUAL).eligible
    for indicator in NATIONAL.indicators:
        answers = {key: answer for key, answer in filled.answers.items() if key != indicator.id}
        assert not assess(replace(filled, answers=answers), [NATIONAL], EQUAL).eligible, indicator.id
    for veto in NATIONAL.vetoes:
        vetoes = {key: answer for key, answer in filled.vetoes.items() if key != veto.id}
        assert not assess(replace(filled, vetoes=vetoes), [NATIONAL], EQUAL).eligible, veto.id


@pytest.mark.parametrize("judged_by", [NATIONAL, YUNNAN], ids=lambda one: one.id)
def test_taking_any_one_figure_judgement_or_required_paper_away_undoes_met(judged_by):
    filled = fill(judged_by)
    whole = assess_standard(filled, judged_by, EQUAL)
    assert whole.counts["met"] == 45
    for indicator in judged_by.indicators:
        answer = filled.answers[indicator.id]
        for part in ("measures", "judgements", "evidence"):
            for key in getattr(answer, part):
                kept = {name: value for name, value in getattr(answer, part).items() if name != key}
                lacking = replace(filled, answers={**filled.answers, indicator.id: replace(answer, **{part: kept})})
                result = assess_standard(lacking, judged_by, EQUAL).indicators[indicator.id]
                expected = "needs_judgement" if part == "judgements" else "unproven"
                assert result.verdict == expected, (indicator.id, key)


def test_counts_hold_all_seven_verdicts_and_add_up():
    judged = assess_standard(submission(), NATIONAL, EQUAL)
    assert tuple(judged.counts) == VERDICTS
    assert sum(judged.counts.values()) == 45
    assert judged.counts["unanswered"] == 45
    assert judged.score.value == 0
    assert [veto.state for veto in judged.vetoes] == ["undeclared"] * 3


def test_an_incomplete_standard_is_refused():
    filled = fill(NATIONAL)
    with pytest.raises(ValueError, match=r"national-2018 不完整.*1\.1\.1"):
        assess(filled, [replace(NATIONAL, indicators=NATIONAL.indicators[1:])], EQUAL)
    with pytest.raises(ValueError, match="不完整"):
        assess(filled, [replace(NATIONAL, indicators=(*NATIONAL.indicators, NATIONAL.indicators[0]))], EQUAL)
    with pytest.raises(ValueError, match="不完整"):
        assess(filled, [replace(NATIONAL, indicators=(), sections=())], EQUAL)
    with pytest.raises(ValueError, match="重复"):
        assess(filled, [replace(NATIONAL, vetoes=NATIONAL.vetoes * 2)], EQUAL)


def test_one_answer_two_verdicts():
    filled = fill([NATIONAL, YUNNAN])
    answer = filled.answers["1.1.1"]
    deputy = replace(
        answer, claims={"national-2018": "not_met"}, measures={**answer.measures, "chief_leader_responsible": False}
    )
    assessment = assess(replace(filled, answers={**filled.answers, "1.1.1": deputy}), [NATIONAL, YUNNAN], EQUAL)
    assert assessment.standards["national-2018"].indicators["1.1.1"].verdict == "not_met"
    assert assessment.standards["yunnan-2018"].eligible
    assert not assessment.eligible


def test_a_veto_said_to_be_there_anywhere_is_there_under_every_standard():
    filled = fill([NATIONAL, YUNNAN])
    both = (NATIONAL.id, YUNNAN.id)
    for claim, claims in (("present", dict.fromkeys(both, "clear")), ("clear", {YUNNAN.id: "present"})):
        vetoes = {**filled.vetoes, "V2": replace(filled.vetoes["V2"], claim=claim, claims=claims)}
        judged = assess(replace(filled, vetoes=vetoes), [NATIONAL, YUNNAN], EQUAL).standards
        assert [state.state for one in both for state in judged[one].vetoes if state.id == "V2"] == ["present"] * 2


def test_not_met_above_and_met_for_every_standard_cannot_both_be_true():
    filled = fill([NATIONAL, YUNNAN])
    both = (NATIONAL.id, YUNNAN.id)
    for claims, verdicts in (
        (dict.fromkeys(both, "met"), ["contradicted"] * 2),
        ({NATIONAL.id: "met", YUNNAN.id: "not_applicable"}, ["contradicted"] * 2),
        ({NATIONAL.id: "met"}, ["met", "not_met"]),
        ({NATIONAL.id: "met", YUNNAN.id: "not_met"}, ["met", "not_met"]),
    ):
        answers = {**filled.answers, "1.1.1": replace(filled.answers["1.1.1"], claim="not_met", claims=claims)}
        judged = assess(replace(filled, answers=answers), [NATIONAL, YUNNAN], EQUAL).standards
        assert [judged[one].indicators["1.1.1"].verdict for one in both] == verdicts, claims


def test_points_follow_the_scheme_and_never_change_a_verdict():
    filled = fill(NATIONAL)
    answers = {**filled.answers, "3.3.2": Answer(claim="not_met"), "1.1.1": Answer(claim="unsure")}
    partial = replace(
        EQUAL,
        id="partial",
        weights={"3.3.2": Decimal(5)},
        credit={"met": Decimal(1), "not_met": Decimal("0.5")},
        excluded=("unanswered",),
    )
    plain = assess_standard(replace(filled, answers=answers), NATIONAL, EQUAL)
    weighted = assess_standard(replace(filled, answers=answers), NATIONAL, partial)
    assert (plain.score.value, plain.score.of) == (43, 45)
    assert (weighted.score.scheme, weighted.score.value, weighted.score.of) == ("partial", Decimal("45.5"), 48)
    assert plain.counts == weighted.counts


def test_an_assessment_of_no_standard_is_not_eligible():
    assert not assess(fill(NATIONAL), [], EQUAL).eligible


# --- facts, strays, warnings ------------------------------------------------------------------------------------------


def test_one_fact_missing_for_many_measures_is_one_reason_that_names_them_all():
    asked = Condition("is", "kind", "county")
    made = standard(
        row(replace(YES, id="a", label="甲", applies_when=asked), replace(YES, id="b", label="乙", applies_when=asked)),
        facts=(Fact("kind", "县的类型", "choice"),),
    )
    result = assess_standard(submission({"1.1.1": met()}), made, EQUAL).indicators["1.1.1"]
    assert [reason.code for reason in result.reasons] == ["fact_missing"]
    assert "县情“县的类型”没有填写，暂不能判断：“甲”、“乙”" in result.reasons[0].text


def test_a_missing_fact_comes_before_a_missing_judgement_of_a_fact():
    both = Condition("all", parts=(Condition("is", "many", value=True), Condition("at_least", "population", 5)))
    made = standard(
        row(replace(YES, applies_when=both)),
        facts=(Fact("many", "较多", "judged"), Fact("population", "人口", "number")),
    )
    result = assess_standard(submission({"1.1.1": met()}), made, EQUAL).indicators["1.1.1"]
    assert result.verdict == "unproven"
    assert {reason.code for reason in result.reasons} == {"fact_missing", "judged_fact_missing"}


def test_answers_to_rows_and_measures_of_no_judged_standard_are_warned_of():
    made = standard(row(YES))
    given = submission(
        {"1.1.1": met(measures={"done": True, "other": 3}, judgements={"word": Judgement()}), "7.7.7": met()},
        vetoes={"V9": Answer(claim="clear")},
    )
    warnings = assess(given, [made], EQUAL).warnings
    assert [reason.code for reason in warnings] == [
        "figure_of_no_measure", "figure_of_no_measure", "row_not_judged", "row_not_judged",
    ]  # fmt: skip


def test_a_figure_one_standard_asks_for_is_no_stray_of_the_other():
    filled = fill([NATIONAL, YUNNAN], facts={"population": 400000})
    assessment = assess(filled, [NATIONAL, YUNNAN], EQUAL)
    national = assessment.standards["national-2018"].indicators["3.4.4"]
    assert "figure_not_asked" in [reason.code for reason in national.reasons]
    assert "figure_not_asked" not in [reason.code for reason in assessment.warnings]
    assert "figure_not_asked" in [reason.code for reason in assess(filled, [NATIONAL], EQUAL).warnings]


def test_nothing_that_was_given_is_changed():
    filled = fill(NATIONAL)
    before = repr(filled)
    assess(filled, [NATIONAL], EQUAL, "province")
    assert repr(filled) == before


# --- levels -----------------------------------------------------------------------------------------------------------


def _found(**changes):
    clear = Finding("clear", ("document_review",), "到民政、公安两家逐户比对系统和户籍", date(2018, 8, 20))
    findings = {row.id: clear if row.consequence == "veto" else Finding("met") for row in NATIONAL.rows()}
    return {**findings, **changes}


def test_a_level_that_found_everything_met_makes_a_county_eligible_there():
    filled = replace(fill(NATIONAL), findings={"prefecture": _found()})
    assert assess(filled, [NATIONAL], EQUAL, "prefecture").eligible
    assert not assess(filled, [NATIONAL], EQUAL, "province").eligible


def test_findings_and_opinions_change_nothing_at_the_county():
    filled = fill(NATIONAL)
    found = replace(filled, findings={"prefecture": _found(V1=Finding("present"))})
    assert assess(found, [NATIONAL], EQUAL) == assess(filled, [NATIONAL], EQUAL)


def test_what_a_finding_overruled_no_longer_blocks():
    filled = fill(NATIONAL)
    filled = replace(
        filled,
        answers={**filled.answers, "5.1.2": replace(filled.answers["5.1.2"], evidence={})},
        findings={"province": _found(**{"5.1.2": Finding("met", reason="现场看过批复原件")})},
    )
    result = assess(filled, [NATIONAL], EQUAL, "province").standards["national-2018"].indicators["5.1.2"]
    assert (result.verdict, result.computed) == ("met", "unproven")
    assert not [reason for reason in result.reasons if reason.effect == "blocks"]


def test_names_come_from_the_vocabulary_of_the_rules():
    lists = NATIONAL.vocabulary.lists
    renamed = Vocabulary(
        {
            **lists,
            "levels": {**lists["levels"], "province": "省厅评估"},
            "verdicts": {**lists["verdicts"], "met": "合格"},
            "findings": {**lists["findings"], "met": "认可"},
        }
    )
    standard = replace(NATIONAL, vocabulary=renamed)
    filled = replace(fill(NATIONAL), findings={"province": {"1.1.1": Finding("met", reason="已核对")}})
    result = assess(filled, [standard], EQUAL, "province").standards[standard.id].indicators["1.1.1"]
    assert "省厅评估认定认可" in result.reasons[0].text
    assert verdict_name(result, renamed) == "合格"
    assert fingerprint(standard) == NATIONAL.fingerprint


def test_an_applicant_is_a_demonstration_county_whatever_its_file_says():
    filled = fill(YUNNAN)
    for given, warned in (("other", True), ("demonstration", False), (None, False)):
        facts = {**filled.facts, "applies_as": given}
        county = replace(filled, facts={fact: value for fact, value in facts.items() if value is not None})
        judged = assess(county, [YUNNAN], EQUAL)
        assert judged.eligible
        texts = [one.text for one in judged.warnings if one.code == "fact_judged_as"]
        assert bool(texts) == warned
        assert all("“其他县（市、区）”，不采用" in text and "示范县（市、区）" in text for text in texts)


def test_one_text_on_more_than_five_rows_is_no_reason():
    filled = fill(NATIONAL)
    bare = {row: replace(answer, evidence={}) for row, answer in filled.answers.items()}
    for rows, stands in ((5, True), (6, False)):
        ids = [row.id for row in NATIONAL.indicators if any(need.required for need in row.evidence)][:rows]
        texts = ("现场核对了有关材料，均属实", "现场核对了有关材料均属实。", "现场 核对了有关材料\u200b，均属实a三、12")
        alike = {row: Finding("met", (), texts[place % 3], date(2018, 8, 20)) for place, row in enumerate(ids)}
        found = replace(filled, answers=bare, findings={"province": _found(**alike)})
        judged = assess(found, [NATIONAL], EQUAL, "province").standards["national-2018"].indicators
        assert {judged[row].verdict for row in ids} == ({"met"} if stands else {"needs_judgement"})


@pytest.mark.parametrize(
    ("reason", "lacks"),
    [
        ("嗯嗯嗯嗯嗯嗯嗯嗯", "不同的汉字不足5个"),
        ("没有没有没有没有", "不同的汉字不足5个"),
        ("甲乙丙丁甲乙丙丁，达标，不存在", "不同的汉字不足5个"),
        ("甲乙丙丁戊甲乙", "不足8个汉字"),
        ("甲乙丙丁戊甲乙丙", ""),
        ("按要求办理了，好的，符合要求，予以通过", "不足8个汉字"),
        ("按规定办理了收养登记的三户都有档案", ""),
        ("\u200b。", "没有写"),
    ],
)
def test_a_reason_is_at_least_eight_characters_five_of_them_different(reason, lacks):
    said = reason_lacks(reason, 1, NATIONAL.vocabulary)
    assert (lacks in said) if lacks else not said


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        *(
            (empty, True)
            for empty in ("未做到", "封顶线已经适当提高，属实", "符合要求", "无", "尚未开展", "见材料", "不清楚")
        ),
        ("封顶线由3万元提高到5万元", False),
    ],
)
def test_a_judgement_whose_reason_only_repeats_it_is_told_and_stands(reason, told):
    filled = fill(NATIONAL)
    row = next(row for row in NATIONAL.indicators if row.id == "3.3.2")
    judged = {m.id: Judgement(fulfilled=True, reason=reason) for m in row.measures if m.kind == "judgement"}
    given = replace(filled, answers={**filled.answers, row.id: replace(filled.answers[row.id], judgements=judged)})
    result = assess(given, [NATIONAL], EQUAL).standards["national-2018"].indicators[row.id]
    assert result.verdict == "met"
    assert ("judgement_repeats" in {reason.code for reason in result.reasons}) is told


def test_a_finding_dated_after_its_own_levels_opinion_is_told():
    opinions = {
        "county_government": Opinion("同意申报", date(2018, 8, 1)),
        "prefecture": Opinion("同意", date(2018, 8, 20)),
    }
    for day, told in ((20, False), (21, True)):
        found = {"prefecture": {"1.1.1": Finding("met", date=date(2018, 8, day))}}
        judged = assess(replace(fill(NATIONAL), opinions=opinions, findings=found), [NATIONAL], EQUAL, "prefecture")
        texts = [one.text for one in judged.warnings if one.code == "finding_after_opinion"]
        assert bool(texts) == told
        assert all(
            "市级评审对1.1.1（2018-08-21）的认定日期，晚于市级推荐意见的日期（2018-08-20）" in text for text in texts
        )


def test_a_finding_or_a_search_dated_before_the_countys_opinion_is_told():
    opinion, before, same = {"county_government": Opinion("同意申报", date(2018, 8, 20))}, "2018-08-19", "2018-08-20"
    for found, searched, told in (
        (before, None, ["认定日期"]),
        (same, same, []),
        (same, before, ["检索日期"]),
        (None, before, ["检索日期"]),
        (before, before, ["认定日期", "检索日期"]),
    ):
        day, looked = (one and date.fromisoformat(one) for one in (found, searched))
        findings = {"prefecture": {"V1": Finding("clear", date=day, searched=Searched(date=looked))}}
        judged = assess(replace(fill(NATIONAL), opinions=opinion, findings=findings), [NATIONAL], EQUAL, "prefecture")
        texts = [one.text for one in judged.warnings if one.code == "finding_before_opinion"]
        assert len(texts) == len(told)
        for what, text in zip(told, texts, strict=True):
            assert f"市级评审对V1（{before}）的{what}，早于县级人民政府出具意见的日期（2018-08-20）" in text
