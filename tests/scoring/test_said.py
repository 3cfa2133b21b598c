"""A compulsory reason is words a reader sees."""

from __future__ import annotations

import pytest

from scoring.visible_text import has_visible_text, plain_words

NOTHING = [
    "",
    " \n",
    "\u3000",
    "\u200b",
    "\u3164",
    "\u2060 \u00ad",
    "\ufeff",
    "\uffa0",
    "\u2800",
    "。",
    "——",
    "……",
    "\u0301",
    None,
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_can_read_says_nothing(text):
    assert not has_visible_text(text)


@pytest.mark.parametrize("text", ["无", "已核对。", "\u200b无", "No", "3", "Ⅱ", "𠀀"])
def test_one_visible_letter_ideograph_or_number_says_something(text):
    assert has_visible_text(text)


def test_a_text_is_the_same_with_what_nobody_sees_added():
    assert plain_words(" 已\u200b核对 \n\u3164") == plain_words("已核对")
    assert plain_words("已核对，属实") != plain_words("已核对")
