"""The name of an entry: its text form, its kinds, whose words it holds, what a message calls it."""

from __future__ import annotations

import pytest

from scoring.submission import OPINION_LEVELS, REVIEW_LEVELS
from workflow.targets import CONTENT_KINDS, KINDS, NEW, REVIEW_KINDS, Target, form_field

TARGETS = {
    Target.fact("population"): "fact/population",
    Target.form("narrative"): "form/narrative",
    Target.answer("3.3.2"): "answer/3.3.2",
    Target.veto("V1"): "veto/V1",
    Target.evidence("E01"): "evidence/E01",
    Target.local_policies(): "local/policies",
    Target.local_answer("xuchang-2017-38", "coordination"): "local/xuchang-2017-38/coordination",
    Target.assignment("3.3.2"): "assignment/3.3.2",
    Target.correction(1, 2): "correction/1/2",
    Target.explanation("evidence_undated/3.3.2"): "explanation/evidence_undated/3.3.2",
    **{Target.finding(level, "V2"): f"finding.{level}/V2" for level in REVIEW_LEVELS},
    **{Target.visit_plan(level): f"visit_plan.{level}/-" for level in REVIEW_LEVELS},
    **{Target.doubt(level, "3.3.2"): f"doubt.{level}/3.3.2" for level in REVIEW_LEVELS},
    **{Target.note(level, "001"): f"note.{level}/001" for level in REVIEW_LEVELS},
    **{Target.opinion(level): f"opinion.{level}/-" for level in OPINION_LEVELS},
    **{Target.scan(level): f"scan.{level}/-" for level in OPINION_LEVELS},
    Target.site_visit("province", 7): "site_visit/province/007",
    Target.sent_back("4.1.1"): "sent_back/4.1.1",
    Target.carried(): "carried/-",
    Target.given("population"): "given/population",
}


@pytest.mark.parametrize(("target", "text"), TARGETS.items(), ids=TARGETS.values())
def test_the_text_form_leads_back(target: Target, text: str) -> None:
    assert str(target) == f"{target}" == text
    assert Target.parse(text) == target


def test_every_kind_is_built_by_a_name() -> None:
    assert {target.kind for target in TARGETS} == KINDS
    assert (
        CONTENT_KINDS | REVIEW_KINDS | {"assignment", "sent_back", "carried", "given", "correction", "explanation"}
        == KINDS
    )


def test_all_of_a_kind_has_no_key() -> None:
    assert str(Target.fact("")) == "fact"
    assert Target.parse("fact") == Target.fact("")


@pytest.mark.parametrize("text", ["", "remark/1", "finding.county/3.3.2", "Answer/3.3.2", "answer 3.3.2"])
def test_a_text_of_no_kind_is_no_target(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        Target.parse(text)


@pytest.mark.parametrize(
    ("target", "level"),
    [
        (Target.finding("prefecture", "3.3.2"), "prefecture"),
        (Target.opinion("county_government"), "county"),
        (Target.opinion("province"), "province"),
        (Target.doubt("prefecture", "3.3.2"), "prefecture"),
        (Target.note("province", "001"), "province"),
        (Target.visit_plan("province"), "province"),
        (Target.site_visit("province", 1), "province"),
        (Target("site_visit", "nowhere/001"), None),
        (Target.answer("3.3.2"), None),
        (Target.assignment("3.3.2"), None),
        (Target.correction(1, 1), None),
        (Target.explanation("facts_missing/-"), None),
    ],
)
def test_whose_words_an_entry_holds(target: Target, level: str | None) -> None:
    assert target.level == level


def test_what_messages_call_an_entry() -> None:
    assert [target.label for target in TARGETS][:6] == [
        "县情的这一项", "申报表“基本情况及主要工作”", "指标 3.3.2", "一票否决 V1", "佐证材料 E01", "地方文件对照",
    ]  # fmt: skip
    assert Target.finding("province", "V2").label == "认定 V2"
    assert Target.opinion("province").label == "推荐意见"
    assert Target.doubt("province", "3.3.2").label == "存疑 3.3.2"
    assert Target.note("province", f"{NEW}3.3.2").label == "备注"


def test_an_item_of_a_return_names_a_row_or_a_field() -> None:
    assert form_field("form/narrative") == "narrative"
    assert form_field("3.3.2") is None
