"""The first page: choose, read the verdict, and lose nothing to a bad file."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators import Problem, ProblemsError
from scoring.exchange.reading import read_submission_file
from scoring.exchange.writing import write_submission
from scoring.submission import Answer
from tests.ui.made import LIBRARY, county, with_answer_to
from tests.ui.seeded import MAIN
from ui.rules import SAMPLES

_SAMPLES = sorted(SAMPLES.glob("*.yaml"))


def test_there_are_samples_to_open():
    assert len(_SAMPLES) >= 8


def test_nothing_loaded_offers_every_sample_by_what_it_shows(screen):
    for path in _SAMPLES:
        assert read_submission_file(path, LIBRARY).shows in screen.text.replace("&#x27;", "'")


@pytest.mark.parametrize("path", _SAMPLES, ids=lambda path: path.stem)
def test_each_sample_opens_with_its_county_and_a_verdict(screen, path: Path):
    screen.press(f"open-{path.stem}")
    submission = read_submission_file(path, LIBRARY)
    assert submission.division.name in screen.text
    assert "演示数据" in screen.text
    eligible = screen.workspace.assessment.eligible
    assert ("尚不符合申报条件" in screen.text) != eligible
    assert all(
        len(judged.indicators) == 45 and len(judged.vetoes) == 3
        for judged in screen.workspace.assessment.standards.values()
    )


def test_each_level_can_be_looked_at(screen):
    screen.press(f"open-{_SAMPLES[0].stem}")
    for level in ("prefecture", "province"):
        screen.field("selectbox", "level-").select(level)
        screen.run()
        assert screen.workspace.assessment.level == level


def test_eligible_county_is_told_so_under_each_standard(loaded):
    assert loaded.text.count("符合申报条件") >= 3
    assert "尚不符合申报条件" not in loaded.text


def test_progress_figure_says_that_it_is_ours(loaded):
    assert "本工具进度数，非文件规定" in loaded.text


def test_counts_show_all_seven_verdicts(loaded):
    for word in LIBRARY.vocabulary.lists["verdicts"].values():
        assert word in loaded.text


def test_a_row_not_met_is_listed_with_its_reason_and_whose_rule_it_is(screen):
    screen.load(with_answer_to(county(), "5.3.1", evidence={}))
    assert "指标 5.3.1：缺少佐证材料" in screen.text
    assert "依据：本工具" in screen.text


def test_filters_narrow_the_reasons(screen):
    submission = with_answer_to(with_answer_to(county(), "1.1.1", claim="not_met"), "5.3.1", evidence={})
    screen.load(submission)
    screen.field("selectbox", "filter-结论").select("未达标")
    screen.run()
    assert [widget.key for widget in screen.app.button if widget.key.startswith("why-")] == ["why-1.1.1"]


def test_a_reason_opens_its_indicator(screen):
    screen.load(with_answer_to(county(), "5.3.1", evidence={}))
    screen.press("why-5.3.1")
    assert screen.workspace.row == "5.3.1"


def test_bad_file_shows_every_located_line_and_keeps_what_was_loaded(loaded):
    before = loaded.workspace.submission
    bad = (
        write_submission(county())
        .replace('claim: "met"', 'claim: "很好"', 1)
        .replace("townships: 8", "townships: -8", 1)
    )
    loaded.load(bad, "坏文件.yaml")
    assert "共 2 处问题" in loaded.text
    assert "原来载入的材料没有改动" in loaded.text
    assert loaded.html.count("<td>坏文件.yaml</td>") == 2
    assert loaded.workspace.submission == before


@pytest.mark.parametrize("content", ["", "format: 1", "[" * 5000, "a: &a [x]\nb: *a\n", "\tx"], ids=range(5))
def test_hostile_files_are_refused_with_lines(screen, content):
    screen.load(content)
    assert "文件不能载入" in screen.text
    assert "workspace" not in screen.app.session_state


def test_bytes_that_are_no_text_are_refused(screen):
    screen.app.get("file_uploader")[0].upload("a.yaml", b"\xff\xfe\x00\x01" * 10, "application/yaml")
    screen.run()
    assert "文件不能载入" in screen.text


@pytest.mark.parametrize("script", ["indicator", "county", "evidence", "form"])
def test_other_pages_lead_to_the_first_while_nothing_is_loaded(screen, script):
    screen.go(f"screens/trial/{script}.py")
    assert "还没有载入申报材料" in screen.text


def test_a_county_with_no_answer_is_judged_and_shown(screen):
    screen.load(county(answers={}, vetoes={}, facts={}, evidence={}))
    assert "全部指标" in screen.text
    assert screen.workspace.assessment.standards["national-2018"].counts["unanswered"] == 45


def test_claims_by_standard_are_shown_side_by_side(screen):
    submission = county()
    answers = {**submission.answers, "1.1.1": Answer(claim="met", claims={"national-2018": "not_met"})}
    screen.load(county(answers=answers))
    judged = screen.workspace.assessment.standards
    assert judged["national-2018"].indicators["1.1.1"].verdict == "not_met"
    assert judged["yunnan-2018"].indicators["1.1.1"].verdict != "not_met"


def test_broken_rules_are_shown_with_their_lines_on_every_page(monkeypatch):
    def broken():
        raise ProblemsError([Problem("a.yaml", 3, 7, "3.3.2 measures", "坏了；请改")])

    monkeypatch.setattr("ui.rules.library", broken)
    app = AppTest.from_file(str(MAIN), default_timeout=300).run()
    assert "规则文件有误" in app.error[0].value
    assert "坏了；请改" in app.get("html")[0].proto.body
    assert len(app.get("file_uploader")) == 0
