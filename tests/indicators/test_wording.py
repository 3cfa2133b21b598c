"""Scopes and places as people read them, the same in the terminal and on the pages."""

from __future__ import annotations

import pytest

from indicators import load_library
from indicators.model import Library
from indicators.wording import scope_words, source_words


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({}, ""),
        ({"within_years": 2}, "近2年内"),
        ({"by_year": 2020}, "到2020年"),
        ({"age_at_least": 18}, "年满18周岁"),
        ({"age_below": 16}, "不满16周岁"),
        ({"age_from": 0, "age_to": 6}, "0—6岁"),
        ({"age_from": 3}, "3岁以上"),
        ({"children_at_least": 100}, "儿童数量在100个以上"),
        ({"children_at_most": 100}, "儿童数量在100个以下"),
        ({"age_from": 0, "age_to": 6, "within_years": 2}, "0—6岁、近2年内"),
    ],
)
def test_a_scope_reads_as_the_documents_print_it(library: Library, scope: dict[str, int], words: str) -> None:
    assert scope_words(scope, library.vocabulary.lists["scope_keys"]) == words


def test_every_scope_of_the_rules_has_words_that_hold_its_figures(library: Library) -> None:
    phrases = library.vocabulary.lists["scope_keys"]
    rows = [row for standard in library.standards.values() for row in standard.rows()]
    scopes = [measure.scope for row in rows for measure in row.measures if measure.scope]
    assert scopes
    for scope in scopes:
        words = scope_words(scope, phrases)
        assert all(str(number) in words for number in scope.values())
        assert "{" not in words


@pytest.mark.parametrize(
    ("standard", "place"),
    [
        ("national-2018", "（2018—2020年）（其附件2为民函〔2018〕4号）　附件2 · 附件1 · 基本权益保障 · 医疗康复 · ②"),
        ("yunnan-2018", "（2018—2020年）　附件1 · 基本权益保障 · 医疗康复 · ②"),
    ],
)
def test_the_place_of_a_row_leads_through_the_document_that_is_named(
    library: Library, standard: str, place: str
) -> None:
    # 民函〔2018〕4号的指导标准是该通知的附件1；该通知本身是云南方案的附件2。
    one = library.standards[standard]
    row = one.row("3.3.2")
    assert row is not None
    words = source_words(row, one.documents)
    assert words.startswith("云南省农村留守儿童关爱保护和困境儿童福利服务保障体系建设实施方案")
    assert words.endswith(place)
