"""Every state has its colours and can be read in them; the style sheet takes them from the one table."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from scoring.assessment import VERDICTS, VetoState
from scoring.local.profile import LOCAL_STATES
from ui.components.state_styles import TONES, style_rules
from ui.web.index_page import ASSETS, asset_content
from workflow.overview.matrix import MARKS

READABLE = 4.5  # WCAG 2.1, 1.4.3


def test_every_verdict_and_state_has_a_tone_and_no_other_has():
    assert set(TONES) == {*VERDICTS, *get_args(VetoState), *LOCAL_STATES}


def test_every_cell_of_the_matrix_has_a_mark():
    assert set(MARKS) == {*VERDICTS, *get_args(VetoState)}
    assert all(len(mark) == 1 for mark in MARKS.values())


@pytest.mark.parametrize("state", TONES)
def test_words_are_readable_on_the_background_and_on_white(state):
    tone = TONES[state]
    assert contrast(tone.background, "#ffffff" if tone.on_background == "#fff" else tone.on_background) >= READABLE
    assert contrast(tone.ink, "#ffffff") >= READABLE


def test_the_served_style_sheet_has_the_tables_rules_and_none_beside():
    own = (ASSETS / "official.css").read_text(encoding="utf-8")
    assert not re.findall(r"\.dc-s-[a-z_]+ *[,{]", own)
    assert asset_content("official.css").decode().endswith(style_rules())
    assert set(re.findall(r"^\.dc-s-([a-z_]+) ", style_rules(), re.MULTILINE)) == set(TONES)


def contrast(colour: str, other: str) -> float:
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
