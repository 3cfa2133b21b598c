"""试算: a file under a local document shows how it stands beside it; one under none says nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.conftest import Screen

SAMPLES = Path(__file__).parents[3] / "sample_submissions"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*-local-*.yaml")), ids=lambda path: path.stem)
def test_a_file_under_a_local_document_shows_the_comparison_after_the_result(path: Path):
    screen = Screen()
    screen.load(path.read_text(encoding="utf-8"), path.name)
    assert "地方文件对照" in screen.text
    assert "本工具对照，不影响评估结论" in screen.text
    assert "未达到" in screen.html


def test_a_file_under_none_says_nothing_of_it():
    screen = Screen()
    path = SAMPLES / "08-city-district.yaml"
    screen.load(path.read_text(encoding="utf-8"), path.name)
    assert "本工具对照，不影响评估结论" not in screen.text
