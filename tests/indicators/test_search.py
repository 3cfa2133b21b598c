"""Searching the rules: what is typed is words, however wide, and every find says where it stands and whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators import load_library
from indicators.search import LONGEST, found_in, search

LIBRARY = load_library()


def places(query: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.place) for hit in search(LIBRARY, query)]


def found(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in found_in(text, query)]


@pytest.mark.parametrize(
    "query",
    [
        "国发〔2016〕36号",
        "国发[2016]36号",
        "国发［２０１６］３６号",
        " 国发 〔2016〕 36 号 ",
        "国发【2016】36号",
        "国发(2016)36号",
        "国发（2016）36号",
    ],
)
def test_width_brackets_and_spaces_do_not_matter(query):
    assert ("clause", "引言") in places(query)
    assert found("（国发〔2016〕36号）", query) == ["国发〔2016〕36号"]


def test_capitals_do_not_matter():
    assert found("Ａb12345热线", "aB12345") == ["Ａb12345"]


def test_words_apart_are_all_wanted_but_may_stand_anywhere():
    assert found("县级党委主要领导负责、民政部门牵头", "民政 主要领导") == ["主要领导", "民政"]
    assert found("县级党委主要领导负责", "民政 主要领导") == []


def test_words_that_stand_together_are_found_together_first():
    assert found("主要领导，领导主要", "主要 领导") == ["主要领导"]


@pytest.mark.parametrize("query", [".*", "儿童|机制", "(?=儿)", "[一-龥]", "\\w", "^乡镇", "%", "_"])
def test_nothing_typed_is_a_pattern(query):
    assert all(query in hit.text for hit in search(LIBRARY, query))


@pytest.mark.parametrize("query", ["", "  ", "\u3000", "没有这样的词", "儿" * (LONGEST + 1)])
def test_nothing_to_look_for_or_nothing_there_is_no_hit(query):
    assert search(LIBRARY, query) == ()


def test_a_statement_two_standards_share_is_one_hit_of_both():
    (hit,) = (hit for hit in search(LIBRARY, "1.1.3") if hit.kind == "statement")
    assert hit.standards == ("national-2018", "yunnan-2018")


def test_a_row_that_asks_for_two_documents_of_one_name_is_one_hit():
    national = LIBRARY.standards["national-2018"]
    first, *others = national.indicators
    asked = first.evidence[0]
    twice = replace(first, evidence=(asked, replace(asked, id="another")))
    library = replace(LIBRARY, standards={national.id: replace(national, indicators=(twice, *others))})
    hits = [hit for hit in search(library, asked.label) if (hit.kind, hit.place) == ("evidence", first.id)]
    assert [hit.standards for hit in hits] == [("national-2018",)]


def test_rows_and_clauses_are_found_by_their_numbers():
    assert places("3.3.2") == [("statement", "3.3.2")] * 2, "the nation's words and Yunnan's"
    assert ("clause", "五（三）") in places("五(三)")
    assert ("clause", "五（三）") in places("五〔三〕")
    assert ("clause", "二（二）1") in places("二（二）1")


def test_the_documents_come_before_what_is_ours_and_each_says_whose_it_is():
    ours = [hit.ours for hit in search(LIBRARY, "会议纪要")]
    assert ours == sorted(ours)
    assert {hit.kind for hit in search(LIBRARY, "会议纪要")} >= {"statement", "clause", "evidence", "guidance"}
    assert all(hit.ours for hit in search(LIBRARY, "会议纪要") if hit.kind in {"evidence", "guidance", "note"})


def test_every_find_is_marked_and_the_text_about_it_is_the_texts_own():
    for hit in search(LIBRARY, "儿童之家"):
        pieces = hit.pieces(20)
        assert all(piece.text in hit.text for piece in pieces if piece.matched)
        if hit.spans:
            assert [piece.text for piece in pieces if piece.matched] == [hit.text[a:b] for a, b in hit.spans]
        assert "".join(piece.text for piece in hit.pieces(10_000)) == hit.text


def test_an_excerpt_is_short_and_says_what_it_leaves_out():
    hit = next(hit for hit in search(LIBRARY, "雨露计划") if hit.kind == "clause")
    shown = "".join(piece.text for piece in hit.pieces(20))
    assert len(shown) < 100
    assert shown.startswith("……")
    assert shown.endswith("……")


def test_headings_and_documents_are_found_by_their_names():
    hits = [hit for hit in search(LIBRARY, "强制报告") if hit.kind == "heading"]
    assert [(hit.place, hit.standards) for hit in hits] == [("4.2.1", ("national-2018", "yunnan-2018"))]
    (document,) = (hit for hit in search(LIBRARY, "许昌市") if hit.kind == "heading")
    assert (document.policy, document.place) == ("xuchang-2017-38", "")
    assert any(hit.place == "五（一）" for hit in search(LIBRARY, "保障任务") if hit.kind == "heading")
    assert any(hit.policy == "xuchang-2017-38" for hit in search(LIBRARY, "许政办[2017]38号") if hit.kind == "heading")


def test_the_wordings_of_one_row_stand_together():
    ids = [hit.place for hit in search(LIBRARY, "儿童之家") if hit.kind == "statement"]
    assert ids == sorted(ids)
    assert ids.count("5.2.1") == 2
