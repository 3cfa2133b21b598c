"""Beginning on the trial pages: an empty submission, and nothing replaced or left without a question."""

from __future__ import annotations

import pytest

from scoring.submission import Division
from tests.ui.made import county, with_answer_to
from ui.rules import SAMPLES

_FILLED = {
    "new-+-division.code": "530921",
    "new-+-division.name": "某县",
    "new-+-round.id": "2018",
    "new-+-round.period.from": "2017年1月1日",
    "new-+-round.period.to": "2018-06-30",
}
_SAMPLE = "open-01-fully-eligible"


def _begin(screen, **changed: str) -> None:
    for key, text in {**_FILLED, **changed}.items():
        screen.field("text_input", key).set_value(text)
    screen.press("new-submission-wanted")


def _change(screen) -> None:
    """Save an edit, so that something is not downloaded."""
    screen.go("screens/trial/county.py")
    screen.field("text_input", "fact-townships-").set_value("9")
    screen.run()
    screen.press("save-facts")
    screen.go("screens/trial/judge.py")


def test_a_county_begins_from_nothing(screen):
    _begin(screen)
    workspace = screen.workspace
    assert workspace.submission.division == Division("530921", "某县")
    assert set(workspace.submission.round.standards) == {"national-2018", "yunnan-2018"}
    assert str(workspace.submission.round.period.first) == "2017-01-01"
    assert workspace.submission.answers == {}
    assert not workspace.changed
    assert all(judged.counts["unanswered"] == 45 for judged in workspace.assessment.standards.values())
    assert "演示数据" not in screen.html.split("dc-masthead")[1].split("</header>")[0]


def test_an_invented_code_is_marked_here_too(screen):
    _begin(screen, **{"new-+-division.code": "990121"})
    assert "演示数据" in screen.text


def test_what_was_begun_is_filled_in_and_taken_away_like_any_other(screen):
    _begin(screen)
    _change(screen)
    assert screen.workspace.submission.facts["townships"] == 9
    assert "某县" in screen.workspace.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"new-+-division.code": "12"}, "行政区划代码（六位）：“12”不合要求"),
        ({"new-+-division.name": " "}, "县（市、区、旗）名称：没有填写"),
        ({"new-+-round.id": ""}, "批次：没有填写"),
        ({"new-+-round.period.from": "去年"}, "申报期起：“去年”不是日期"),
        ({"new-+-round.period.to": "2016-01-01"}, "申报期止：申报期止于 2016-01-01，早于起始"),
    ],
)
def test_a_slip_in_the_beginning_is_named_and_nothing_is_made(screen, changed, said):
    _begin(screen, **changed)
    assert said in screen.text
    assert "workspace" not in screen.app.session_state
    assert screen.field("text_input", "new-+-division.code").value == {**_FILLED, **changed}["new-+-division.code"]


def test_what_is_typed_in_the_beginning_is_there_after_another_page(screen):
    screen.field("text_input", "new-+-division.name").set_value("某县")
    screen.run()
    screen.go("screens/workbench.py")
    screen.go("screens/trial/judge.py")
    assert screen.field("text_input", "new-+-division.name").value == "某县"


def test_a_standard_is_needed(screen):
    screen.field("multiselect", "new-+-round.standards").set_value([])
    _begin(screen)
    assert "对照的标准：至少要有一个标准" in screen.text


def test_each_sample_is_opened_by_a_button_of_its_own_name(screen):
    named = [widget.label for widget in screen.app.button if widget.key and widget.key.startswith("open-")]
    assert len(named) == len(set(named)) == len(list(SAMPLES.glob("*.yaml")))


def test_another_sample_waits_for_the_persons_word_when_changes_would_be_lost(loaded):
    _change(loaded)
    before = loaded.workspace.submission
    loaded.press(_SAMPLE)
    assert loaded.workspace.submission == before
    assert "这些修改不再保留" in loaded.text
    loaded.press("keep-work")
    assert loaded.workspace.submission == before
    loaded.press(_SAMPLE)
    loaded.press("replace-work")
    assert loaded.workspace.source == "01-fully-eligible.yaml"
    assert not loaded.workspace.changed


def test_a_file_waits_too(loaded):
    _change(loaded)
    other = county(division=Division("990122", "乙县"))
    loaded.load(other)
    assert loaded.workspace.submission.division.name == "甲县"
    loaded.press("replace-work")
    assert loaded.workspace.submission == other


def test_what_is_typed_and_not_saved_counts_as_a_change(loaded):
    loaded.go("screens/trial/evidence.py")
    loaded.field("text_input", "evidence-+-title").set_value("会议纪要")
    loaded.run()
    loaded.go("screens/trial/judge.py")
    loaded.press(_SAMPLE)
    assert "这些修改不再保留" in loaded.text


def test_nothing_is_asked_where_nothing_would_be_lost(loaded):
    loaded.press(_SAMPLE)
    assert loaded.workspace.source == "01-fully-eligible.yaml"


def test_the_browser_is_told_while_leaving_would_lose_something(loaded):
    assert "dc-leaving" not in loaded.html
    _change(loaded)
    assert "dc-leaving" in loaded.html
    loaded.go("screens/workbench.py")
    assert "dc-leaving" in loaded.html


def test_typing_is_told_at_once_and_taken_back_when_undone(loaded):
    loaded.go("screens/trial/county.py")
    for typed, told in (("9", True), ("8", False)):
        loaded.field("text_input", "fact-townships-").set_value(typed)
        loaded.run()
        assert ("dc-leaving" in loaded.html) == told


def test_a_county_without_a_prefecture_is_not_judged_at_its_level(screen):
    facts = {**county().facts, "has_prefecture": False}
    screen.load(county(facts=facts))
    assert screen.field("selectbox", "level-").options == ["县级自评", "省级实地评估"]


def test_the_level_falls_back_when_the_prefecture_goes(loaded):
    loaded.field("selectbox", "level-").select("prefecture")
    loaded.run()
    loaded.go("screens/trial/county.py")
    loaded.field("selectbox", "fact-has_prefecture-").select_index(2)
    loaded.run()
    loaded.press("save-facts")
    assert loaded.workspace.level == loaded.workspace.assessment.level == "county"


def test_the_reasons_have_no_column_where_there_are_none(screen):
    screen.load(county())
    assert "主要原因" not in screen.app.dataframe[0].value.columns
    screen.load(with_answer_to(county(), "5.3.1", evidence={}))
    assert "主要原因" in screen.app.dataframe[0].value.columns
