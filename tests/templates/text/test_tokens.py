"""What a line break never divides."""

import pytest

from templates.text.tokens import tokenize


def words(text):
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    "whole",
    ["70%", "3.5万", "14.05%", "0877-4015678", "2017", "12345", "〔2017〕8号", "〔2018〕第4号", "——", "……", "GB2312",
     "abc.def", "1,247", "37℃", "Wi-Fi", "１２３"],
)  # fmt: skip
def test_numbers_with_units_words_and_pairs_are_one_piece(whole):
    assert whole in words(f"依据{whole}办理")


def test_four_dashes_are_two_pairs_never_one_and_three():
    assert words("甲————乙") == ["甲", "——", "——", "乙"]


def test_an_address_breaks_after_its_separators_only():
    pieces = words("见https://www.example.cn/a/b?x=1&y=2。")
    assert pieces == ["见", "https://", "www.", "example.", "cn/", "a/", "b?", "x=1&", "y=2", "。"]


def test_a_full_stop_after_an_address_is_not_part_of_it():
    assert words("http://a.cn/x.")[-1] == "."


def test_a_combining_mark_stays_with_its_letter():
    assert words("ⅹ̂甲")[0] == "ⅹ̂"


@pytest.mark.parametrize("text", ["", "一、二 三  四", "（“《甲》”）……——70%http://x.y/z?a.", "😀𬱖\u3000ab c"])
def test_tokens_joined_give_the_paragraph_back(text):
    assert "".join(words(text)) == text
