"""User text is cleaned once; what is left can be drawn, copied and compared."""

import pytest

from templates.text.cleaning import clean, one_line, paragraphs


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_starts_a_paragraph(line_end):
    assert paragraphs(f"甲{line_end}乙") == ("甲", "乙")


@pytest.mark.parametrize(
    "invisible",
    ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\u200b", "\u200d", "\u200f", "\u202e", "\u2066", "\u2069", "\u00ad",
     "\ufeff", "\ufe0f", "\U000e0101", "\U000e0041", "\ud83d"],
)  # fmt: skip
def test_controls_bidi_zero_width_selectors_and_surrogates_are_dropped(invisible):
    assert clean(f"甲{invisible}乙") == "甲乙"


@pytest.mark.parametrize("space", ["\t", "\u00a0", "\u2003", "\u202f"])
def test_tabs_and_exotic_spaces_are_spaces(space):
    assert clean(f"甲{space}乙") == "甲 乙"


def test_letters_and_marks_are_composed_even_across_an_invisible_character():
    assert clean("e\u200b\u0301") == "é"


def test_outer_spaces_go_because_the_indent_is_the_forms():
    assert paragraphs("\u3000\u3000甲 乙  \n\n \n丙") == ("甲 乙", "丙")


def test_a_cell_is_one_line():
    assert one_line("甲\n 乙\r\n丙") == "甲 乙 丙"


@pytest.mark.parametrize("text", ["<img src='/etc/passwd'>", "$x$", "{}", "&amp;", "**b**", "𬭩𬱖𫖮㛃"])
def test_visible_text_stays_as_it_is(text):
    assert clean(text) == text


@pytest.mark.parametrize("nothing", [None, "", "\u200b"])
def test_nothing_stays_nothing(nothing):
    assert paragraphs(nothing) == ()
