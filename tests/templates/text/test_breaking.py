"""Lines of real official text and of random mixtures keep every rule of Chinese line composition."""

import itertools
import random
from functools import lru_cache

import pytest

from indicators import load_library
from templates.application_form.layout import application_form
from templates.text.breaking import break_paragraph
from templates.text.characters import NO_LINE_END, NO_LINE_START
from templates.text.cleaning import clean, paragraphs
from templates.text.measuring import TextMeasure
from templates.text.placing import MAX_STRETCH, place
from templates.text.typefaces import typefaces

SIZES = (10.5, 12, 14, 16)
# A rule book of its own: what GB/T 15834 forbids, not what the code happens to list.
BAD_START = set("，。、；：？！）】》〉」』”’〕〗％%…,.;:?!)]}·～")
BAD_END = set("（【《〈「『“‘〔〖([{￥¥①②③④⑤⑥⑦⑧⑨⑩")
EM = 1e-3


@lru_cache(maxsize=1)
def official_paragraphs():
    library = load_library()
    texts = [row.statement for standard in library.standards.values() for row in standard.rows()]
    texts += [clause.text for policy in library.policies.values() for clause in policy.clauses]
    found = [part for text in texts for part in paragraphs(text)]
    return (*found, "".join(found))


def measure() -> TextMeasure:
    return typefaces().serif.measure


def right_edge(line):
    """The ink's right edge: where the last character's box ends, without the blank half of a mark."""
    last = place(line, measure())[-1]
    advance = typefaces().serif.advance
    if last.dash:
        return last.x + 2
    return last.x + sum(map(advance, last.text)) + last.spacing * (len(last.text) - 1)


def broken(width):
    for paragraph in official_paragraphs():
        yield paragraph, break_paragraph(paragraph, measure(), width)


def test_there_is_enough_official_text_to_judge_by():
    assert sum(map(len, official_paragraphs())) > 40_000


@pytest.mark.parametrize("size", SIZES)
def test_official_text_has_no_bad_start_no_bad_end_and_nothing_past_the_margin(size):
    width = application_form().inner_width / size
    starts, ends, past = [], [], []
    for _, lines in broken(width):
        starts += [line.text for line in lines[1:] if line.text[0] in BAD_START]
        ends += [line.text for line in lines if line.text[-1] in BAD_END]
        past += [line.text for line in lines if right_edge(line) > width + EM]
    assert (starts, ends, past) == ([], [], [])


@pytest.mark.parametrize("size", SIZES)
def test_no_character_is_lost_or_added(size):
    for paragraph, lines in broken(application_form().inner_width / size):
        assert "".join(line.text for line in lines).replace(" ", "") == paragraph.replace(" ", "")


def test_full_lines_end_flush_at_the_margin():
    width = application_form().inner_width / 14
    lines = [line for _, found in broken(width) for line in found if not line.last]
    flush = [line for line in lines if abs(right_edge(line) - width) < EM]
    assert len(flush) / len(lines) > 0.99


def test_pairs_and_numbers_of_official_text_stay_whole():
    for _, lines in broken(application_form().inner_width / 16):
        for before, after in itertools.pairwise(lines):
            left, right = before.text[-1], after.text[0]
            assert not (left.isascii() and left.isdigit() and right.isascii() and right.isdigit())
            assert not (left == right == "…")
            assert not (left == right == "—" and before.text[-2] != "—")


def lines_of(text, width=10.0, indent=0.0):
    return [line.text for line in break_paragraph(text, measure(), width, indent)]


def test_a_stop_that_would_begin_a_line_is_squeezed_in_or_takes_a_character_with_it():
    text = "一二三四五六七八九十。甲乙丙"
    first, second = lines_of(text)
    assert first == "一二三四五六七八九"
    assert second[0] == "十"


def test_a_stop_fits_when_half_its_square_is_enough():
    assert lines_of("一二三四五六七八九。甲乙", 9.5)[0] == "一二三四五六七八九。"


def test_two_marks_in_a_row_take_one_and_a_half_squares():
    assert lines_of("一二三四五六七”，九", 9.5) == ["一二三四五六七”，九"]


def test_punctuation_gives_way_to_one_more_sign_rather_than_a_torn_line():
    lines = lines_of("一，二，三，四，五六123456，七八九十", 13.0)
    assert lines[0] == "一，二，三，四，五六123456，"


def test_the_first_line_is_indented_by_two_characters():
    assert [line.indent for line in break_paragraph("字" * 30, measure(), 10.0)] == [2.0, 0.0, 0.0, 0.0]


def test_ten_thousand_letters_without_a_break_are_broken_at_the_margin():
    lines = break_paragraph("x" * 10_000, measure(), 30.0)
    assert sum(len(line.text) for line in lines) == 10_000
    assert all(right_edge(line) <= 30 + EM for line in lines)
    assert all(line.natural > 29 - line.indent for line in lines[:-1])


def test_a_long_word_begins_on_the_line_it_follows():
    assert lines_of("一二三" + "x" * 100, 10.0)[0].startswith("一二三xxx")


def test_a_row_of_marks_longer_than_a_line_still_ends_at_the_margin():
    for mark in "。（…—,":
        lines = break_paragraph(mark * 100, measure(), 10.0)
        assert "".join(line.text for line in lines) == mark * 100
        assert all(right_edge(line) <= 10 + EM for line in lines)


def test_a_line_that_would_be_torn_apart_stays_ragged():
    line = break_paragraph("联系电话是：" + "1" * 28, measure(), 16.0, 0.0)[0]
    assert line.text == "联系电话是："
    assert all(run.spacing == 0 for run in place(line, measure()))


ALPHABET = "一二三四五县儿童，。、；：？！（）【】《》“”‘’〔〕…—·～％%0123456789abcXYZ .,;:?!-/()[]¥￥①② "


@pytest.mark.parametrize("seed", range(60))
def test_random_mixtures_keep_every_rule(seed):
    source = random.Random(seed)  # noqa: S311 - test data
    text = clean("".join(source.choices(ALPHABET, k=source.randint(1, 400)))).strip()
    width = source.uniform(8, 40)
    lines = break_paragraph(text, measure(), width)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    for before, after in itertools.pairwise(lines):
        assert right_edge(before) <= width + EM
        if before.natural > width * 0.4:  # a shorter line was forced: marks without a place to break between them
            assert after.text[0] not in NO_LINE_START or after.text.startswith("——")
            assert before.text[-1] not in NO_LINE_END
    for line in lines:
        assert all(run.spacing <= MAX_STRETCH + EM for run in place(line, measure()))
        placed = "".join(run.text for run in place(line, measure()))
        assert len(placed) == len(line.text)


def test_placing_never_moves_backwards():
    for _, lines in broken(application_form().inner_width / 14):
        for line in lines:
            starts = [run.x for run in place(line, measure())]
            assert starts == sorted(starts)
