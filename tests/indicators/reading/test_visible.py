"""What steers a reader without being seen is spelled out, in a terminal as on a page."""

from __future__ import annotations

import pytest

from indicators.reading.problems import Problem
from indicators.reading.visible import one_line, visible


@pytest.mark.parametrize("code", [0x202E, 0x2066, 0x200B, 0xFEFF, 0x00, 0x1B, 0x7F, 0x86, 0xE000])
def test_steering_characters_are_named(code: int) -> None:
    assert visible(f"甲{chr(code)}乙") == f"甲⟦U+{code:04X}⟧乙"


@pytest.mark.parametrize("text", ["𬭩𬱖㑇", "👨\u200d👩\u200d👧", "甲县", "e\u0301", "①②〔2018〕", "　缩进"])
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == one_line(text) == text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0b", "\t"])
def test_nothing_on_one_line_begins_another(line_break: str) -> None:
    assert one_line(f"甲{line_break}结论：符合申报条件") == "甲 结论：符合申报条件"


def test_a_problem_quotes_a_file_without_obeying_it() -> None:
    said = str(Problem("a.yaml", 1, 1, "form.\x1b[2J", "“\u202e甲\n乙”不在可选范围内"))
    assert said == "a.yaml:1:1 form.⟦U+001B⟧[2J: “⟦U+202E⟧甲 乙”不在可选范围内"
