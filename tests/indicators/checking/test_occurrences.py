"""Where words stand in a text: every occurrence counts, also inside and across one another."""

from __future__ import annotations

from itertools import product

import pytest

from indicators.checking.occurrences import covering_start


def inside(text: str, words: list[str], part: str) -> bool:
    start = text.index(part)
    return covering_start(text, words)[start + len(part)] <= start


@pytest.mark.parametrize(
    ("text", "words", "part", "covered"),
    [
        ("第一时间通报", ["第一时间"], "一", True),
        ("第一时间通报", ["一时"], "一时间", False),
        ("二〇一八年一月", ["二〇一八年", "年一月"], "一八", True),
        ("二十一", ["二十", "十一"], "二十一", False),  # touched by two, within neither
        ("第二十一条", ["二十", "第二十一条"], "二十一", True),
        ("第一", ["第一", "一"], "第一", True),
        ("第一", [], "一", False),
    ],
)
def test_a_part_counts_where_it_lies_inside_one_occurrence(text, words, part, covered):
    assert inside(text, words, part) is covered


def test_it_finds_what_looking_at_every_place_finds():
    words = ["一", "二一", "一二一", "二二一二", "一一一"]
    for letters in product("一二", repeat=9):
        text = "".join(letters)
        spans = [(at, at + len(one)) for one in words for at in range(len(text)) if text.startswith(one, at)]
        slow = [min([start for start, end in spans if end >= reached], default=len(text)) for reached in range(10)]
        assert covering_start(text, words) == slow
