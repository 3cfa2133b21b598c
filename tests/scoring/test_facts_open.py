"""What of 县情 is open or cannot all be true, told before any row is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators import load_library
from scoring.facts_open import facts_open, wholes_of_several
from scoring.submission import Judged
from tests.scoring.filling import fill

STANDARDS = tuple(load_library().standards[name] for name in ("national-2018", "yunnan-2018"))
WHOLE = replace(fill(STANDARDS), answers={}, vetoes={})


def told(**facts):
    given = {key: value for key, value in {**WHOLE.facts, **facts}.items() if value is not None}
    return facts_open(replace(WHOLE, facts=given), STANDARDS)


def test_whole_and_consistent_facts_leave_nothing_open():
    assert told() == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"villages_under_100": 99999}, "两档合计应等于村与社区合计"),
        ({"prefecture_dropout_rate": None}, "辍学率平均比例（0.62% 填 0.62）”还没有填"),
        ({"population": None}, "县情“总人口”还没有填"),
        ({"many_disabled_children": Judged(value=False)}, "县情“残疾儿童较多”还没有写判断理由"),
        ({"many_disabled_children": Judged(value=None, reason="看情况")}, "县情“残疾儿童较多”还没有填"),
    ],
)
def test_each_fault_is_one_sentence(facts, words):
    sentences = told(**facts)
    assert [words in sentence for sentence in sentences] == [True], sentences


def test_the_prefecture_s_average_is_not_wanted_where_there_is_no_prefecture():
    assert told(has_prefecture=False, prefecture_dropout_rate=None) == ()


def test_facts_that_are_a_whole_together_are_those_the_rules_add_up():
    assert wholes_of_several(STANDARDS) == (("townships", "subdistricts"), ("villages", "communities"))
