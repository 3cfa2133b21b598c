"""Every case file under ``tests/scoring/cases``: the domain's own tests, in the domain's own words."""

from __future__ import annotations

import pytest

from indicators import load_library
from tests.scoring.case_files import EXPECTATIONS, KEYS, judge_case, read_cases

_CASES = read_cases()


@pytest.mark.parametrize("case", [case for _, case in _CASES], ids=[name for name, _ in _CASES])
def test_case(case):
    assert set(case) <= KEYS
    expect = case["expect"]
    assert set(expect) <= EXPECTATIONS
    assert set(expect) & {"verdict", "state"}
    result = judge_case(case, load_library())
    shown = [reason.text for reason in result.reasons]
    assert getattr(result, "verdict" if "verdict" in expect else "state") == expect.get(
        "verdict", expect.get("state")
    ), shown
    codes = [reason.code for reason in result.reasons]
    assert set(expect.get("reason_codes_include", ())) <= set(codes), shown
    assert not set(expect.get("reason_codes_exclude", ())) & set(codes), shown
    for words in expect.get("text_includes", ()):
        assert any(words in text for text in shown), shown


def test_case_names_are_unique():
    names = [name for name, _ in _CASES]
    assert len(names) == len(set(names))
