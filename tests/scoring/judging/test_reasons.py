"""The table of reason codes: every one can happen, and every one reads as a whole sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from indicators import load_library
from indicators.model import Bound, CrossCheck, FigureRef, Measure, Require
from scoring.judging.assess import assess
from scoring.judging.reason_codes import CODES
from scoring.submission import Answer, Covered, EvidenceItem, Finding, Judgement, Opinion, Part
from tests.scoring import small
from tests.scoring.case_files import judge_case, read_cases
from tests.scoring.filling import fill

_SIDES = (FigureRef(row="V2", measure="unguarded_children"),), (FigureRef(number=1),)


@pytest.fixture(scope="module")
def seen():
    """Every reason the cases produce, and those no file can bring about."""
    library = load_library()
    reasons = [reason for _, case in read_cases() for reason in judge_case(case, library).reasons]
    national = library.standards["national-2018"]
    filled = fill(national)
    odd = replace(
        filled,
        facts={**filled.facts, "villages_under_100": 49},
        evidence={
            **filled.evidence,
            **{
                f"P{n}": EvidenceItem(title="通知", document_number="甲政发〔2018〕1号", sha256=f"{n % 3}" * 64)
                for n in range(4)
            },
            "Q1": EvidenceItem(kind="document"),
        },
        answers={
            **filled.answers,
            "9.9.9": Answer(claim="met"),
            "3.4.2": replace(
                filled.answers["3.4.2"], judgements={"effectively_provided": Judgement(fulfilled=True, reason="做到")}
            ),
            "5.2.2": replace(filled.answers["5.2.2"], evidence={"training_records": ("G1",)}),
            "4.5.1": replace(
                filled.answers["4.5.1"],
                nil_return="E99",
                measures={"guardians_admonished": Part(1, 1), "elsewhere": 3},
            ),
        },
    )
    assessment = assess(odd, [national], library.schemes["equal"])
    reasons.extend(assessment.warnings)
    direct = replace(filled, facts={**filled.facts, "has_prefecture": False})
    reasons.extend(assess(direct, [national], library.schemes["equal"], "prefecture").warnings)
    for result in assessment.standards["national-2018"].indicators.values():
        reasons.extend(result.reasons)
    ill_dated = {"1.1.1": Finding("met", date=date(2018, 6, 1)), "1.1.2": Finding("met", date=date(2018, 8, 2))}
    early = {"prefecture": ill_dated}
    opinions = {
        "county_government": Opinion("同意申报", date(2018, 6, 20)),
        "prefecture": Opinion("同意", date(2018, 8, 1)),
    }
    before = replace(filled, findings=early, opinions=opinions)
    reasons.extend(assess(before, [national], library.schemes["equal"], "prefecture").warnings)
    yunnan = library.standards["yunnan-2018"]
    other = fill(yunnan, {"applies_as": "other"})
    reasons.extend(assess(other, [yunnan], library.schemes["equal"]).warnings)
    # no shipped check blocks on a veto's figure, an author's may
    on_veto = CrossCheck("on_veto", _SIDES[0], "at_least", _SIDES[1], "说明", effect="block")
    at_odds = assess(filled, [replace(national, cross_checks=(on_veto,))], library.schemes["equal"])
    reasons.extend(reason for veto in at_odds.standards["national-2018"].vetoes for reason in veto.reasons)
    lacking = replace(filled, facts={k: v for k, v in filled.facts.items() if k != "has_protection_centre"})
    unable = {"province": {"5.2.1": Finding("met", reason="逐村走访核对了儿童之家的清单和台账")}}
    for given, level in ((lacking, "county"), (replace(odd, findings=unable), "province")):
        judged = assess(given, [national], library.schemes["equal"], level)
        reasons += [*judged.warnings, *(r for one in judged.standards["national-2018"].results for r in one.reasons)]
    return reasons


def test_every_code_is_produced(seen):
    assert set(CODES) == {reason.code for reason in seen}


def test_every_reason_is_a_whole_chinese_sentence(seen):
    for reason in seen:
        # a cross-check names its places in the sentence itself
        place = (
            r"(指标 \d\.\d\.\d|一票否决 V\d（[^：]+）|申报材料)：|(\d{4}年)?(县情“|指标 \d\.\d\.\d(“|报了)|材料 [A-Z])"
        )
        assert re.match(place, reason.text), reason.text
        assert reason.text.endswith("。"), reason.text
        assert "{" not in reason.text
        assert "None" not in reason.text
        assert "。。" not in reason.text


def test_what_blocks_says_what_to_do_next(seen):
    for reason in seen:
        if reason.kind.effect == "blocks":
            assert reason.next_step, reason.code
            assert reason.text.endswith(reason.next_step)


def test_a_met_figure_carries_threshold_quote_and_clause(seen):
    for reason in seen:
        if reason.code in ("figure_holds", "answered_yes", "judgement_holds"):
            assert reason.figure
            assert reason.threshold
            assert reason.quote
            assert reason.clause


def test_our_own_rules_say_they_are_ours(seen):
    for reason in seen:
        if reason.code.startswith("evidence_") and reason.effect == "blocks":
            assert reason.basis == "tool"
            assert "本工具佐证规则" in reason.text


def test_a_row_without_policy_basis_points_to_the_statement_itself():
    library = load_library()
    national = library.standards["national-2018"]
    result = assess(fill(national), [national], library.schemes["equal"]).standards["national-2018"]
    reason = next(veto for veto in result.vetoes if veto.id == "V3").reasons[0]
    assert reason.clause is not None
    assert reason.clause.startswith("004/附件2/附件1/")


def test_what_lacks_in_one_figure_two_measures_read_is_said_once():
    national = load_library().standards["national-2018"]
    filled = fill(national)
    answer = filled.answers["3.4.1"]
    empty = replace(answer, measures={**answer.measures, "dropout_rate_within_province": Part(0, 0)})
    filled = replace(filled, answers={**filled.answers, "3.4.1": empty})
    result = assess(filled, [national], small.EQUAL).standards["national-2018"].indicators["3.4.1"]
    assert [reason.code for reason in result.reasons if reason.effect == "blocks"] == ["whole_is_zero"]


def test_of_three_statements_only_the_last_is_set_against_the_others():
    national = load_library().standards["national-2018"]
    filled = fill(national, {"has_protection_centre": False, "has_welfare_institution": False})
    answer = filled.answers["4.4.2"]
    claimed = replace(answer, measures={**answer.measures, "receiving_body": ("welfare_institution",)})
    filled = replace(filled, answers={**filled.answers, "4.4.2": claimed})
    result = assess(filled, [national], small.EQUAL).standards["national-2018"].indicators["4.4.2"]
    assert any("填“否”，县情“县内有儿童福利机构”填“否”，而指标 4.4.2" in reason.text for reason in result.reasons)


def test_what_people_typed_is_never_taken_for_a_template():
    library = load_library()
    national = library.standards["national-2018"]
    filled = fill(national)
    typed = "{where}{0.__class__}%s"
    answer = replace(filled.answers["3.3.2"], judgements={"ceiling_raised": Judgement(fulfilled=True, reason=typed)})
    filled = replace(filled, answers={**filled.answers, "3.3.2": answer})
    result = assess(filled, [national], library.schemes["equal"]).standards["national-2018"].indicators["3.3.2"]
    assert any(typed in reason.text for reason in result.reasons)


# 每一种“没有做到”的数据，以及它所在的行。
_FAILURES = {
    "answered_no": Measure("one", "yes_no", "建立制度", ("建立制度",)),
    "items_missing": Measure("one", "all_of", "职责", ("甲和乙",), items={"a": "甲", "b": "乙"}),
    "too_few_items": Measure(
        "one", "some_of", "方式", ("甲、乙等",), items={"a": "甲", "b": "乙"}, require=Require(at_least=Bound(1))
    ),
    "above_zero": Measure("one", "zero", "未解决的人数", ("没有解决",), unit="人"),
    "judgement_unfulfilled": Measure("one", "judgement", "切实落实", ("切实",)),
}


def _next_step(code, claim, consequence="required"):
    figures = {"answered_no": False, "items_missing": ("a",), "too_few_items": (), "above_zero": 3}
    judged = {"one": Judgement(fulfilled=False, reason="抽查不符")} if code == "judgement_unfulfilled" else {}
    answer = Answer(claim=claim, measures={"one": figures[code]} if code in figures else {}, judgements=judged)
    made = small.row(_FAILURES[code], row_id="V1" if consequence == "veto" else "1.1.1", consequence=consequence)
    given = small.submission(**{"vetoes" if consequence == "veto" else "answers": {made.id: answer}})
    rows = (small.row(row_id="1.1.1"),) if consequence == "veto" else (made,)
    judged_rows = assess(given, [small.standard(*rows, vetoes=(made,) if consequence == "veto" else ())], small.EQUAL)
    result = judged_rows.standards["small"]
    reasons = (result.vetoes[0] if consequence == "veto" else result.indicators[made.id]).reasons
    return next(reason for reason in reasons if reason.code == code)


@pytest.mark.parametrize("code", _FAILURES)
def test_who_claims_met_is_told_to_own_up_and_who_has_done_so_is_not(code):
    assert "自评结论改为“未达标”" in _next_step(code, "met").next_step
    assert "自评结论改为“未达标”" in _next_step(code, "unsure").next_step
    assert "“未达标”" not in _next_step(code, "not_met").next_step
    assert "请把自评结论选为“未达标”" in _next_step(code, None).next_step


@pytest.mark.parametrize("code", ["above_zero", "judgement_unfulfilled"])
def test_a_vetos_next_step_speaks_of_the_event_being_there(code):
    clear, present = _next_step(code, "clear", "veto"), _next_step(code, "present", "veto")
    assert "申明改为“存在”" in clear.next_step
    assert "“存在”" not in present.next_step
    for reason in (clear, present):
        assert "未达标" not in reason.text
        assert "做到" not in reason.text


def test_a_vetos_judgement_says_whether_the_event_is_there():
    assert "经填报人判断为“切实”" in _next_step("judgement_unfulfilled", "clear", "veto").text
    assert "经填报人判断为“没有做到”" in _next_step("judgement_unfulfilled", "met").text


def test_dates_in_messages_are_as_written():
    library = load_library()
    national = library.standards["national-2018"]
    filled = fill(national)
    evidence = {"G1": replace(filled.evidence["G1"], date=date(2018, 7, 1))}
    result = assess(replace(filled, evidence=evidence), [national], library.schemes["equal"])
    reasons = result.standards["national-2018"].indicators["3.3.2"].reasons
    assert any("日期为2018-07-01，应在2018-03-30至2018-06-30之间" in reason.text for reason in reasons)


def test_covered_without_whole_names_what_is_lacking():
    library = load_library()
    national = library.standards["national-2018"]
    filled = fill(national)
    answer = replace(filled.answers["4.5.1"], measures={"guardians_admonished": Covered(2, None)})
    filled = replace(filled, answers={**filled.answers, "4.5.1": answer})
    result = assess(filled, [national], library.schemes["equal"]).standards["national-2018"].indicators["4.5.1"]
    assert result.verdict == "unproven"
    assert any("缺少申报期内发现监护人" in reason.text for reason in result.reasons)
