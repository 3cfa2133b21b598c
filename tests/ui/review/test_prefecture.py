"""市级基础评价 as the prefecture's reviewer works with it."""

from __future__ import annotations

from tests.ui.seeded import Screen

SCREEN = "basic_appraisal"


def test_the_page_opens_on_the_submission_that_waits_with_its_progress(office):
    screen = Screen(office, "yanshizhou", SCREEN)
    assert "丁市" in screen.text
    assert "市级基础评价" in screen.text
    assert "已认定 21/48" in screen.text
