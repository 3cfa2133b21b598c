"""Every row of both standards reads through and fills in; an edit changes the verdict and says so."""

from __future__ import annotations

import html

import pytest

from scoring.exchange import read_submission
from scoring.submission import Part
from tests.ui.made import LIBRARY, county, rows, with_answer_to
from ui.components import verbatim

_ROWS = [(standard, row) for standard, row in rows()]


@pytest.fixture(scope="module")
def reader(request):
    """One session for all rows: opening a row must not depend on which was open before."""
    from tests.ui.conftest import Screen  # noqa: PLC0415 - AppTest must not start while tests are collected

    screen = Screen()
    screen.load(county())
    return screen


@pytest.mark.parametrize(("standard", "row"), _ROWS, ids=[f"{s.id}-{r.id}" for s, r in _ROWS])
def test_every_row_shows_its_words_and_asks_for_its_figures(reader, standard, row):
    reader.open_row(row.id)
    said = html.unescape(reader.html)
    assert row.statement in said
    for measure in row.measures:
        assert measure.label in said
        assert all(quote in said for quote in measure.quotes)
    for evidence in row.evidence:
        assert evidence.label in said
        assert verbatim.markdown(evidence.label) in [one.label for one in reader.app.multiselect]
    for method in row.methods:
        assert LIBRARY.vocabulary.label("methods", method) in said
    for unit in row.responsible_units:
        assert unit in said
    assert reader.field("radio", f"answer|{row.id}|{reader.work.generation}|claim").value in {"met", "clear"}


@pytest.mark.parametrize("row_id", [row.id for _, row in _ROWS if _.id == "national-2018"])
def test_saving_an_untouched_form_changes_nothing(reader, row_id):
    before = reader.work.submission
    reader.open_row(row_id)
    assert row_id not in reader.work.drafts
    reader.press(f"save-{row_id}")
    assert reader.work.submission == before
    assert "各项结论没有变化" in reader.text


def _open_reimbursement(screen):
    answer = {"numerator": 700, "denominator": 1000}
    submission = county()
    given = dict(submission.answers["3.3.2"].measures) | {"out_of_pocket_reimbursement": Part(**answer)}
    screen.load(with_answer_to(submission, "3.3.2", measures=given))
    assert screen.work.assessment.standards["national-2018"].indicators["3.3.2"].verdict == "met"
    screen.open_row("3.3.2")
    return screen.field("text_input", f"answer|3.3.2|{screen.work.generation}|out_of_pocket_reimbursement|numerator")


def test_69_9_percent_turns_met_into_contradicted_and_says_what_changed(screen):
    _open_reimbursement(screen).set_value("699")
    screen.run()
    assert "有尚未保存的修改" in screen.text
    screen.press("save-3.3.2")
    assert "结论有变化" in screen.text
    assert "全国标准：可以申报 → " in screen.text
    assert "数据与自评不符" in screen.text
    assert "69.9%" in screen.text
    assert "报销比例不低于70%”" in screen.text
    assert not screen.work.kept_elsewhere


@pytest.mark.parametrize(
    ("typed", "said"),
    [("六百九十九", "不是数字"), ("69.9%", "不是数字"), ("1e3", "不是数字"), ("-5", "不能"), ("9" * 31, "数字过长")],
)
def test_a_slip_is_named_and_what_was_typed_stays(screen, typed, said):
    _open_reimbursement(screen).set_value(typed)
    screen.run()
    before = screen.work.submission
    screen.press("save-3.3.2")
    assert "没有保存，已填的内容都在" in screen.text
    assert said in screen.html
    assert screen.work.submission == before
    key = f"answer|3.3.2|{screen.work.generation}|out_of_pocket_reimbursement|numerator"
    assert screen.field("text_input", key).value == typed


def test_what_was_typed_waits_while_another_row_is_open(screen):
    _open_reimbursement(screen).set_value("699")
    screen.run()
    screen.open_row("3.3.3")
    assert "有 1 项填报尚未保存" in screen.text
    screen.open_row("3.3.2")
    key = f"answer|3.3.2|{screen.work.generation}|out_of_pocket_reimbursement|numerator"
    assert screen.field("text_input", key).value == "699"
    screen.press("drop-3.3.2")
    assert screen.work.drafts == {}


def test_not_sure_keeps_the_figures(screen):
    screen.load(county())
    screen.open_row("3.3.2")
    before = screen.work.submission.answers["3.3.2"].measures
    screen.field("radio", f"answer|3.3.2|{screen.work.generation}|claim").set_value("unsure")
    screen.run()
    screen.press("save-3.3.2")
    assert screen.work.submission.answers["3.3.2"].claim == "unsure"
    assert screen.work.submission.answers["3.3.2"].measures == before
    assert screen.work.assessment.standards["national-2018"].indicators["3.3.2"].verdict == "unanswered"


def test_a_veto_declared_present_stops_the_county(screen):
    screen.load(county())
    screen.open_row("V1")
    screen.field("radio", f"answer|V1|{screen.work.generation}|claim").set_value("present")
    screen.run()
    screen.press("save-V1")
    assert "触发" in screen.text
    assert not screen.work.assessment.eligible


def test_a_claim_for_one_standard_only(screen):
    screen.load(county())
    screen.open_row("1.1.1")
    screen.field("selectbox", f"answer|1.1.1|{screen.work.generation}|claims|national-2018").set_value("not_met")
    screen.run()
    screen.press("save-1.1.1")
    assert screen.work.submission.answers["1.1.1"].claims == {"national-2018": "not_met"}
    assert screen.work.assessment.standards["yunnan-2018"].indicators["1.1.1"].verdict == "met"


def test_steps_lead_through_the_rows(screen):
    screen.load(county())
    screen.open_row("1.1.1")
    assert next(one for one in screen.app.button if one.label == "上一项").disabled
    next(one for one in screen.app.button if one.label == "下一项").click()
    screen.run()
    assert screen.work.row == "1.1.2"


def test_what_is_saved_is_an_exchange_file(screen):
    _open_reimbursement(screen).set_value("699")
    screen.run()
    screen.press("save-3.3.2")
    assert read_submission(screen.work.text, "x", LIBRARY) == screen.work.submission
