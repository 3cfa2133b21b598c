"""What is typed becomes exactly what is stored, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import load_library
from indicators.model import Bound, Fact, Measure, Quantity, Require
from scoring.days import Month
from scoring.entry.answer import TypedAnswer, answer_from, asked_once, fields, typed_from
from scoring.entry.register import (
    TypedEvidence,
    TypedFact,
    evidence_from,
    facts_from,
    names_a_month,
    read_date,
    typed_evidence,
    typed_fact,
)
from scoring.kinds.typed import EntryError
from scoring.submission import Answer, Covered, EvidenceItem, Judged, Judgement, Part

YEARS = ("2017", "2018")
RATE = Measure("r", "rate", "比例", (), numerator=Quantity("支付", "元"), denominator=Quantity("总额", "元"))
YEARLY = Measure("y", "count", "会议", (), per="year", unit="次")
COVERED = Measure("c", "coverage", "收养评估", (), whole=Quantity("收养数", "件"))
YEARLY_COVERED = Measure("yc", "coverage", "培训", (), per="year", whole=Quantity("应训数", "人"))
YES_NO = Measure("b", "yes_no", "有机制", ())
ITEMS = Measure("i", "all_of", "用途", (), items={"a": "甲", "b": "乙"})
JUDGED = Measure("j", "judgement", "适当", ())
EVERY = (RATE, YEARLY, COVERED, YEARLY_COVERED, YES_NO, ITEMS, JUDGED)
ANSWER = Answer(
    claim="met",
    claims={"national-2018": "not_met"},
    note="说明",
    measures={
        "r": Part(Decimal("69.90"), 100),
        "y": {"2017": 2, "2018": 1},
        "c": Covered(3, 3),
        "yc": {"2017": Covered(1, None)},
        "b": False,
        "i": ("b",),
    },
    judgements={"j": Judgement(fulfilled=True, reason="有文件")},
    nil_return="E07",
    evidence={"rules": ("E01", "E02"), "other": ("E09",)},
)


def test_an_answer_survives_its_form():
    assert answer_from(ANSWER, EVERY, typed_from(ANSWER, EVERY, YEARS)) == ANSWER


def test_every_answer_survives_the_form_of_every_row():
    from tests.ui.made import county, rows  # noqa: PLC0415 - loads the whole library

    submission = county()
    for _, row in rows():
        answer = (submission.vetoes if row.consequence == "veto" else submission.answers)[row.id]
        assert answer_from(answer, row.measures, typed_from(answer, row.measures, YEARS)) == answer, row.id


def test_an_empty_form_makes_an_empty_answer():
    assert answer_from(None, EVERY, typed_from(None, EVERY, YEARS)) == Answer()


def test_what_the_form_does_not_show_is_kept():
    before = Answer(measures={"elsewhere": 5, "y": {"2016": 1, "2017": 2}}, judgements={"other": Judgement(reason="x")})
    after = answer_from(before, (YEARLY,), typed_from(before, (YEARLY,), YEARS))
    assert after == before


def test_emptied_fields_take_the_figure_out():
    typed = TypedAnswer(figures={"r": {("numerator",): "", ("denominator",): ""}, "b": {(): None}})
    assert answer_from(ANSWER, (RATE, YES_NO), typed).measures.keys() == {"y", "c", "yc", "i"}


def test_half_a_rate_is_kept_half():
    typed = TypedAnswer(figures={"r": {("numerator",): "5", ("denominator",): ""}})
    assert answer_from(None, (RATE,), typed).measures == {"r": Part(5, None)}


def test_nothing_ticked_differs_from_none_of_them():
    assert answer_from(None, (ITEMS,), TypedAnswer(figures={"i": {(): None}})).measures == {}
    assert answer_from(None, (ITEMS,), TypedAnswer(figures={"i": {(): ()}})).measures == {"i": ()}


def test_every_slip_is_named_at_once_with_its_field():
    typed = TypedAnswer(
        figures={
            "r": {("numerator",): "多", ("denominator",): "少"},
            "y": {("2017",): "两次", ("2018",): "1"},
        }
    )
    with pytest.raises(EntryError) as refused:
        answer_from(None, (RATE, YEARLY), typed)
    assert [problem.split("：")[0] for problem in refused.value.problems] == ["支付", "总额", "2017年会议"]


def test_what_the_file_would_refuse_is_named_by_its_label_and_all_at_once():
    facts = [Fact("orphans", "孤儿数", "number", unit="人"), Fact("streets", "街道数", "number", unit="个")]
    with pytest.raises(EntryError) as refused:
        facts_from(facts, {"orphans": TypedFact("-3"), "streets": TypedFact("2.5")})
    assert refused.value.problems == (
        "县情“孤儿数”：不能为负数（-3），请核对。",
        "县情“街道数”：应为整数，而不是“2.5”，请核对。",
    )
    with pytest.raises(EntryError) as refused:
        answer_from(None, (YEARLY,), TypedAnswer(figures={"y": {("2017",): "1.5"}}))
    assert refused.value.problems == ("2017年会议：应为整数，而不是“1.5”，请核对。",)


def test_years_come_each_with_each_part():
    assert [one.path for one in fields(YEARLY_COVERED, YEARS)] == [
        ("2017", "covered"),
        ("2017", "whole"),
        ("2018", "covered"),
        ("2018", "whole"),
    ]
    assert fields(JUDGED, YEARS) == ()


def test_a_total_is_typed_in_the_place_of_the_years_and_never_beside_them():
    total = Answer(measures={"y": {"total": 3}, "yc": {"total": Covered(3, 8)}})
    typed = typed_from(total, (YEARLY, YEARLY_COVERED), YEARS)
    assert typed.figures["y"] == {("2017",): "", ("2018",): "", ("total",): "3"}
    assert answer_from(None, (YEARLY, YEARLY_COVERED), typed) == total
    with pytest.raises(EntryError) as refused:
        answer_from(total, (YEARLY,), replace(typed, figures={"y": {("2017",): "2", ("total",): "3"}}))
    assert refused.value.problems == ("“会议”各年度的数和合计只填一样；已经分出年度的，请删去合计。",)


def test_what_several_standards_list_is_asked_once_with_all_that_any_of_them_lists():
    local = replace(ITEMS, label="地方的说法", items={"c": "丙", "a": "地方的甲"})
    (once,) = asked_once([ITEMS, local])
    assert (once.label, dict(once.items)) == ("用途", {"a": "甲", "b": "乙", "c": "丙"})
    assert [one.id for one in asked_once([RATE, ITEMS, JUDGED, local])] == ["r", "i", "j"]
    both = TypedAnswer(figures={"i": {(): ("a", "b", "c")}})
    assert answer_from(None, (once,), both).measures == {"i": ("a", "b", "c")}


def test_a_coverage_counts_and_is_not_asked_in_percent():
    places = Measure(
        "p", "coverage", "有儿童之家的社区数", (), of=("communities",), require=Require(Bound(90), unit="percent")
    )
    assert [one.unit for one in fields(places, YEARS)] == [None]
    for standard in load_library().standards.values():
        asked = {(row.id, one.label) for row in standard.rows() for m in row.measures for one in fields(m, YEARS)
                 if one.unit == "percent"}  # fmt: skip
        assert asked == set()


def test_every_measure_of_the_standards_can_be_filled_in():
    for standard in load_library().standards.values():
        for row in standard.rows():
            for measure in row.measures:
                filled = measure.kind != "judgement" and measure.same_figures_as is None
                assert bool(fields(measure, YEARS)) == filled, (row.id, measure.id)


@pytest.mark.parametrize("text", ["2017-09-01", "2017/9/1", "2017.9.1", "2017年9月1日", "２０１７－０９－０１"])
def test_a_day_may_be_written_in_the_usual_ways(text):
    assert read_date(text) == date(2017, 9, 1)


@pytest.mark.parametrize("text", ["2017-02-30", "2017-13-01", "17-9-1", "去年", "20170901", "2017-09"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match="不是日期"):
        read_date(text)


def test_a_document_survives_its_form_with_file_and_digest():
    texts = {"title": "题", "kind": "document", "document_number": "文号", "issuer": "单位", "holder": "科"}
    kept = {"file": "a.pdf", "sha256": "0" * 64}
    for dated, until in ((date(2017, 9, 1), date(2019, 8, 31)), (Month(2017, 9), Month(2019, 8)), (None, None)):
        item = EvidenceItem(date=dated, valid_until=until, pages=3, **texts, **kept)
        assert evidence_from(item, typed_evidence(item)) == item


@pytest.mark.parametrize(
    ("typed", "month"),
    [("2017-09", Month(2017, 9)), ("2017年9月", Month(2017, 9)), ("２０１７．９", Month(2017, 9)), ("2017-13", None)],
)
def test_a_document_may_be_dated_to_the_month(typed, month):
    cells = TypedEvidence({"title": "通知", "kind": "document", "date": typed})
    assert names_a_month(typed) is (month is not None)
    if month is not None:
        assert evidence_from(None, cells).date == month
        return
    with pytest.raises(EntryError, match="不是月份"):
        evidence_from(None, cells)


def test_a_document_does_not_end_before_it_begins():
    contract = {"title": "合同", "kind": "contract", "date": "2018-06-02"}
    with pytest.raises(EntryError, match="有效期至：早于成文日期"):
        evidence_from(None, TypedEvidence(contract | {"valid_until": "2018-06-01"}))
    assert evidence_from(None, TypedEvidence(contract | {"valid_until": "2018-06"}))


def test_a_documents_slips_are_named_at_once():
    with pytest.raises(EntryError) as refused:
        evidence_from(None, TypedEvidence({"date": "x", "pages": "y"}))
    assert [problem.split("：")[0] for problem in refused.value.problems] == ["日期", "页数", "种类", "题名"]


def test_a_document_of_no_pages_is_refused_in_the_form_as_in_the_file():
    with pytest.raises(EntryError) as refused:
        evidence_from(None, TypedEvidence({"title": "通知", "kind": "document", "pages": "0"}))
    assert refused.value.problems == ("页数：不能为 0；不清楚的可不填。",)
    assert evidence_from(None, TypedEvidence({"title": "通知", "kind": "document", "pages": "1"})).pages == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("number", 8),
        ("number", Decimal("1.80")),  # a percentage
        ("yes_no", False),
        ("choice", "county"),
        ("judged", Judged(value=False, reason="少")),
    ],
)
def test_a_fact_survives_its_form(kind, value):
    fact = Fact("f", "事项", kind, unit="percent" if isinstance(value, Decimal) else None)
    assert facts_from([fact], {"f": typed_fact(value)}) == {"f": value}


def test_emptied_facts_are_taken_out():
    facts = [Fact("n", "数", "number"), Fact("j", "判断", "judged")]
    assert facts_from(facts, {"n": TypedFact(""), "j": TypedFact(None, " ")}) == {"n": None, "j": None}


def test_a_figure_for_the_present_question_takes_the_former_ones_place():
    measure = Measure("fewest", "count", "最少", ("最少",), unit="次", replaces=("together",))
    stored = Answer(claim="met", measures={"together": 400})
    assert answer_from(stored, [measure], TypedAnswer(claim="met", figures={"fewest": {(): ""}})) == stored
    given = answer_from(stored, [measure], TypedAnswer(claim="met", figures={"fewest": {(): "4"}}))
    assert given.measures == {"fewest": 4}
