"""Standards side by side: what differs is marked in runs that can be read, and nothing of either text is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from indicators import load_library
from indicators.comparing.row_difference import standard_difference
from indicators.comparing.text_diff import Piece, side_of, text_diff
from indicators.comparing.told import difference_lines
from indicators.model import Standard
from indicators.model.rule_changes import texts

LIBRARY = load_library()
NATIONAL, YUNNAN = (LIBRARY.standards[name] for name in ("national-2018", "yunnan-2018"))


def marked(first: str, second: str) -> str:
    signs = {"both": "{}", "first": "-{}-", "second": "+{}+"}
    return "".join(signs[piece.side].format(piece.text) for piece in text_diff(first, second))


def rows(first: Standard = NATIONAL, second: Standard = YUNNAN):
    return {row.id: row for row in standard_difference(first, second, LIBRARY.vocabulary).side_by_side()}


@pytest.mark.parametrize("row_id", [row.id for row in NATIONAL.rows()])
def test_both_statements_can_be_read_whole_off_the_pieces(row_id):
    old, new = NATIONAL.row(row_id).statement, YUNNAN.row(row_id).statement
    pieces = text_diff(old, new)
    assert "".join(piece.text for piece in side_of(pieces, "first")) == old
    assert "".join(piece.text for piece in side_of(pieces, "second")) == new


def test_yunnan_leaves_out_the_chief():
    old, new = NATIONAL.row("1.1.2").statement, YUNNAN.row("1.1.2").statement
    assert marked(old, new) == "乡镇建立党委或政府-主要-领导负责的儿童工作机制。"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("统筹推进开展工作", "统筹推动开展工作", "统筹-推进-+推动+开展工作"),
        ("工作流程和操作规程。", "工作流程和操作规范。", "工作流程和操作-规程-+规范+。"),
        ("由民政协理员兼职", "由民政助理员兼职", "由-民政协理员-+民政助理员+兼职"),
        ("家庭经济困难、自身残疾", "家庭经济贫困、自身残疾", "家庭经济-困难-+贫困+、自身残疾"),
    ],
)
def test_a_change_of_a_character_or_two_is_marked_as_the_words_it_changes(first, second, words):
    assert marked(first, second) == words


def test_a_word_put_in_or_left_out_is_marked_alone():
    assert marked("政府主要领导负责", "政府领导负责") == "政府-主要-领导负责"


@pytest.mark.parametrize(
    ("first", "second"), [("甲子", "甲丑"), ("推进", "推动"), ("进", "动"), ("甲进乙动", "甲丁乙丙")]
)
def test_short_texts_are_given_back_whole(first, second):
    pieces = text_diff(first, second)
    assert "".join(piece.text for piece in side_of(pieces, "first")) == first
    assert "".join(piece.text for piece in side_of(pieces, "second")) == second
    assert all(one.side != other.side for one, other in pairwise(pieces))


def test_a_number_is_never_divided():
    assert marked("50万人口以上", "30万人口以上") == "-50-+30+万人口以上"
    assert marked("不低于70%", "不低于7%") == "不低于-70-+7+%"


def test_a_sign_or_two_between_two_changes_do_not_part_them():
    assert marked("市（地、州、盟）完成", "州、市完成") == "-市（地、州、盟）-+州、市+完成"


def test_a_mark_alone_parts_two_phrases():
    assert marked("甲乙丙，丁戊己", "子丑寅，卯辰巳") == "-甲乙丙-+子丑寅+，-丁戊己-+卯辰巳+"


@pytest.mark.parametrize("row_id", ["1.1.1", "3.4.4", "5.2.1"])
def test_no_two_runs_of_one_kind_stand_side_by_side(row_id):
    pieces = text_diff(NATIONAL.row(row_id).statement, YUNNAN.row(row_id).statement)
    assert all(one.side != other.side for one, other in pairwise(pieces))


def test_the_same_text_is_one_piece_and_nothing_is_none():
    assert text_diff("甲", "甲") == (Piece("甲", "both"),)
    assert text_diff("", "") == ()


def test_very_long_texts_are_compared_by_their_lines():
    same = "的" * 5000
    assert text_diff(f"{same}\n甲", f"{same}\n乙") == (
        Piece(f"{same}\n", "both"),
        Piece("甲", "first"),
        Piece("乙", "second"),
    )


def test_exactly_these_rows_differ_between_the_nation_and_yunnan():
    assert [row.id for row in rows().values() if not row.alike] == [
        "1.1.1", "1.1.2", "2.1.1", "2.1.2", "3.3.2", "3.4.4", "4.2.1", "4.4.3", "5.1.1", "5.1.2", "5.2.1", "5.3.2",
        "5.4.1",
    ]  # fmt: skip


def test_a_last_column_that_one_document_does_not_print_is_no_difference():
    assert not any({"methods", "units"} & row.differing for row in rows().values())


def test_a_condition_or_measure_of_its_own_is_a_difference_too():
    assert "statement" not in rows(NATIONAL, NATIONAL)["3.3.4"].differing
    assert rows()["5.2.1"].differing == {"statement", "measure"}


def test_a_row_only_one_standard_has_stands_in_its_place_and_is_not_alike():
    fewer = _without(NATIONAL, "3.3.2")
    found = rows(fewer, YUNNAN)
    assert found["3.3.2"].old is None
    assert not found["3.3.2"].alike
    ids = list(found)
    assert ids.index("3.3.2") == ids.index("3.3.1") + 1
    assert rows(YUNNAN, fewer)["3.3.2"].new is None


def _without(standard, row_id):
    return replace(standard, indicators=tuple(row for row in standard.indicators if row.id != row_id))


def test_standards_without_a_row_in_common_stand_one_after_the_other():
    left = replace(NATIONAL, indicators=NATIONAL.indicators[:2], vetoes=())
    right = replace(NATIONAL, indicators=NATIONAL.indicators[5:8], vetoes=())
    assert list(rows(left, right)) == [row.id for row in (*left.indicators, *right.indicators)]


def test_the_order_of_the_measures_is_seen_side_by_side() -> None:
    row = NATIONAL.row("3.3.2")
    turned = replace(row, measures=row.measures[::-1])
    indicators = tuple(turned if one.id == row.id else one for one in NATIONAL.indicators)
    assert rows(NATIONAL, replace(NATIONAL, indicators=indicators))[row.id].differing == {"measure"}


def test_differences_are_told_in_both_wordings() -> None:
    lines = list(difference_lines(standard_difference(NATIONAL, YUNNAN, LIBRARY.vocabulary)))
    first = next(line for line in lines if line.name == "原文")
    old, new = NATIONAL.row("1.1.1").statement, YUNNAN.row("1.1.1").statement
    assert (first.old, first.new) == (old, new)
    assert texts([first]) == [f"  原文　原：{old}", f"  原文　新：{new}"]
    assert texts([first], ("甲", "乙")) == [f"  原文　甲：{old}", f"  原文　乙：{new}"]
    assert len(texts(lines)) == len(lines) + sum(line.old is not None and line.new is not None for line in lines)


def test_what_only_one_edition_has_is_told_as_come_or_gone() -> None:
    lines = list(difference_lines(standard_difference(NATIONAL, _without(NATIONAL, "3.3.2"), LIBRARY.vocabulary)))
    statement = NATIONAL.row("3.3.2").statement
    assert texts(lines) == ["3.3.2 ②", f"  指标　取消：{statement}"]
    assert texts(lines, ("甲", "乙"))[1] == f"  指标　甲有乙无：{statement}"
