"""Every row of both standards reads through and fills in; an edit changes the verdict and says so."""

from __future__ import annotations

import html
import re

import pytest

from scoring.exchange.reading import read_submission
from scoring.submission import Part
from scoring.windows import days_asked
from tests.ui.made import LIBRARY, county, rows, with_answer_to
from ui.components import labels, verbatim

# Each row's page is that of every standard that has it.
_ROWS = {row.id: [pair for pair in rows() if pair[1].id == row.id] for _, row in rows()}


@pytest.fixture(scope="module")
def reader(request):
    """One session for all rows: opening a row must not depend on which was open before."""
    from tests.ui.conftest import Screen  # noqa: PLC0415 - AppTest must not start while tests are collected

    screen = Screen()
    screen.load(county())
    return screen


@pytest.mark.parametrize("row_id", _ROWS)
def test_every_row_shows_its_words_asks_for_its_figures_and_saved_untouched_changes_nothing(reader, row_id):
    before = reader.workspace.submission
    reader.open_row(row_id)
    said = html.unescape(reader.html)
    for standard, row in _ROWS[row_id]:
        _shows_its_words(reader, said, standard, row)
    assert "（本工具读法）" not in said  # whose reading it is is said once
    assert "<li>◇" not in said
    assert "尚未保存" not in reader.text
    reader.press(f"save-{row_id}")
    assert reader.workspace.submission == before
    assert "没有改动，未另存" in reader.text


def _shows_its_words(reader, said, standard, row):
    assert row.statement in said
    for measure in row.measures:
        assert measure.label in said
        assert all(quote in said for quote in measure.quotes)
        assert (measure.note or "").replace("（本工具读法）", "") in said
    for evidence in row.evidence:
        assert evidence.label in said
        assert days_asked(standard, row, evidence, county().round) in said
        assert verbatim.markdown(evidence.label) in [widget.label for widget in reader.app.multiselect]
    for method in row.methods:
        assert LIBRARY.vocabulary.label("methods", method) in said
    for unit in row.responsible_units:
        assert unit in said
    assert reader.field("radio", f"{'veto' if row.consequence == 'veto' else 'answer'}|{row.id}|claim").value in {
        "met",
        "clear",
    }


def test_a_figure_two_standards_ask_in_different_words_shows_whose_words_they_are(reader):
    reader.open_row("5.3.2")
    blocks = re.findall(r'<p class="dc-field">.*?</p>', html.unescape(reader.html), flags=re.DOTALL)
    (differing,) = (block for block in blocks if "民政协理员兼职" in block)
    nation, yunnan = re.findall(r"<small>(.*?)</small>", differing)
    assert "全国标准" in nation and "民政协理员兼职" in nation  # noqa: PT018 - one thing: whose words
    assert "云南标准" in yunnan and "民政助理员兼职" in yunnan  # noqa: PT018 - as above
    alike = [re.findall(r"<small>(.*?)</small>", block) for block in blocks if block is not differing]
    assert all(len(words) == 1 and "全国标准" not in words[0] for words in alike)


def _open_reimbursement(screen):
    answer = {"numerator": 700, "denominator": 1000}
    submission = county()
    figures = dict(submission.answers["3.3.2"].measures) | {"out_of_pocket_reimbursement": Part(**answer)}
    screen.load(with_answer_to(submission, "3.3.2", measures=figures))
    assert screen.workspace.assessment.standards["national-2018"].indicators["3.3.2"].verdict == "met"
    screen.open_row("3.3.2")
    return screen.field("text_input", "answer|3.3.2|m|out_of_pocket_reimbursement|numerator")


def test_69_9_percent_turns_met_into_contradicted_and_says_what_changed(screen):
    field = _open_reimbursement(screen)
    assert "此项已齐备" in screen.text
    field.set_value("699")
    screen.run()
    assert "有尚未保存的修改" in screen.text
    screen.press("save-3.3.2")
    assert "结论有变化" in screen.text
    assert "全国标准：符合申报条件 → " in screen.text
    assert "数据与自评不符" in screen.text
    assert "此项已齐备" not in screen.text
    assert "69.9%" in screen.text
    assert "属实的，请把自评结论改为“未达标”" in screen.text
    assert "报销比例不低于70%”" in screen.text
    assert not screen.workspace.is_delivered


@pytest.mark.parametrize(
    ("typed", "said"),
    [("六百九十九", "不是数字"), ("69.9%", "按“元”填"), ("1e3", "不是数字"), ("-5", "不能"), ("9" * 31, "数字过长")],
)
def test_a_slip_is_named_and_what_was_typed_stays(screen, typed, said):
    _open_reimbursement(screen).set_value(typed)
    screen.run()
    before = screen.workspace.submission
    screen.press("save-3.3.2")
    assert "没有保存，已填的内容都在" in screen.text
    assert said in screen.html
    assert screen.workspace.submission == before
    key = "answer|3.3.2|m|out_of_pocket_reimbursement|numerator"
    assert screen.field("text_input", key).value == typed


def test_what_was_typed_waits_while_another_row_is_open(screen):
    _open_reimbursement(screen).set_value("699")
    screen.run()
    screen.open_row("3.3.3")
    assert "有 1 项填报尚未保存" in screen.text
    screen.open_row("3.3.2")
    key = "answer|3.3.2|m|out_of_pocket_reimbursement|numerator"
    assert screen.field("text_input", key).value == "699"
    screen.press("drop-3.3.2")
    assert "尚未保存" not in screen.text


def test_not_sure_keeps_the_figures(screen):
    screen.load(county())
    screen.open_row("3.3.2")
    before = screen.workspace.submission.answers["3.3.2"].measures
    screen.field("radio", "answer|3.3.2|claim").set_value("unsure")
    screen.run()
    screen.press("save-3.3.2")
    assert screen.workspace.submission.answers["3.3.2"].claim == "unsure"
    assert screen.workspace.submission.answers["3.3.2"].measures == before
    assert screen.workspace.assessment.standards["national-2018"].indicators["3.3.2"].verdict == "unanswered"


def test_a_veto_declared_present_stops_the_county(screen):
    screen.load(county())
    screen.open_row("V1")
    screen.field("radio", "veto|V1|claim").set_value("present")
    screen.run()
    screen.press("save-V1")
    assert "触发" in screen.text
    assert not screen.workspace.assessment.eligible


def test_a_claim_for_one_standard_only(screen):
    screen.load(county())
    screen.open_row("1.1.1")
    screen.field("selectbox", "answer|1.1.1|claims|national-2018").set_value("not_met")
    screen.run()
    screen.press("save-1.1.1")
    assert screen.workspace.submission.answers["1.1.1"].claims == {"national-2018": "not_met"}
    assert screen.workspace.assessment.standards["yunnan-2018"].indicators["1.1.1"].verdict == "met"


def test_steps_lead_through_the_rows(screen):
    screen.load(county())
    screen.open_row("1.1.1")
    assert next(widget for widget in screen.app.button if widget.label == "上一项").disabled
    next(widget for widget in screen.app.button if widget.label == "下一项").click()
    screen.run()
    assert screen.workspace.row == "1.1.2"


def test_what_is_saved_is_an_exchange_file(screen):
    _open_reimbursement(screen).set_value("699")
    screen.run()
    screen.press("save-3.3.2")
    assert read_submission(screen.workspace.text, "x", LIBRARY) == screen.workspace.submission


@pytest.mark.parametrize("row_id", ["V1", "V2", "V3"])
def test_a_veto_is_declared_in_the_words_of_vetoes(reader, row_id):
    reader.open_row(row_id)
    title = re.search(r'<h2 class="dc-row-title">.*?</h2>', reader.html).group()
    assert title.count("一票否决") == 1
    form = [widget.label for kind in ("radio", "text_area", "selectbox", "expander") for widget in reader.app.get(kind)]
    assert "申明：是否存在该情形" in form
    assert "情况说明" in form
    assert not any("自评" in label for label in form)


def test_what_is_judged_of_a_veto_is_chosen_in_the_documents_words(reader):
    reader.open_row("V1")
    judged = reader.field("radio", "veto|V1|j|no_grave_impact")
    assert judged.options == ["未判断", "未造成恶劣影响", "造成恶劣影响"]
    assert judged.value is True


def test_the_judgement_that_grave_impact_was_caused_triggers_the_veto(screen):
    screen.load(county())
    screen.open_row("V1")
    judged = screen.field("radio", "veto|V1|j|no_grave_impact")
    judged.set_value(False)
    screen.run()
    screen.press("save-V1")
    assert screen.workspace.assessment.standards["national-2018"].vetoes[0].state == "present"


def test_our_mark_goes_from_a_reason_and_the_countys_words_stay(screen):
    note = "无此类机构（本工具读法）。见说明"
    submission = with_answer_to(county(), "1.1.1", claim="not_applicable", note=note)
    screen.load(submission)
    screen.open_row("1.1.1")
    assert "（本工具读法）。 依据" not in screen.text
    assert note in screen.field("text_area", "answer|1.1.1|note").value


def test_where_two_standards_share_their_words_each_source_says_whose_it_is(screen):
    screen.load(county())
    standards = [LIBRARY.standards[standard] for standard in screen.workspace.submission.round.standards]
    shared = next(row.id for row in standards[0].indicators if standards[1].row(row.id).statement == row.statement)
    screen.open_row(shared)
    facts = screen.html.split('<dl class="dc-facts">')[1].split("</dl>")[0]
    for part, standard in zip(facts.split("<dt>标准</dt>")[1:], standards, strict=True):
        assert labels.short_name(standard) in part.split("</dd>")[0]
        assert part.count("<dt>出处</dt>") == 1


def test_a_reading_of_one_standard_alone_names_it_and_both_standards(screen):
    screen.load(county())
    screen.open_row("3.3.2")
    note = screen.html.split("国家标准写“重大疾病”，云南标准写“重特大疾病”")[0].rpartition("<li>")[2]
    assert labels.short_name(LIBRARY.standards["yunnan-2018"]) in note
    assert labels.short_name(LIBRARY.standards["national-2018"]) not in note
