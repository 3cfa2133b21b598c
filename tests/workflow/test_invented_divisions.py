"""Invented divisions: names for codes, a province of any size, nothing in the way of the real ones."""

from __future__ import annotations

import pytest

from workflow.divisions import DEMO_NAMES, counties, find_places, full_name, has_prefecture, place, prefecture_of
from workflow.invented_divisions import invented_counties, invented_name

SEED = 7


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("990300", "演示省演示三市"),
        ("991200", "演示省演示十二市"),
        ("992000", "演示省演示二十市"),
        ("998900", "演示省演示八十九市"),
    ],
)
def test_a_prefecture_is_numbered_in_chinese(code, name) -> None:
    assert full_name(code) == name
    assert place(code).demo


@pytest.mark.parametrize(
    "code", ["530300", "990121", "990199", "990000", "999900", "990399", "999001", "9903", "99a301"]
)
def test_every_other_code_stays_what_it_was(code) -> None:
    assert invented_name(code) is None


@pytest.mark.parametrize("how_many", [1, 30, 122, 2_844])
def test_a_province_of_any_size_has_counties_of_every_kind_each_with_a_place(how_many) -> None:
    codes = list(invented_counties(how_many, SEED))
    assert len(set(codes)) == how_many
    assert codes == list(invented_counties(how_many, SEED))
    places = [place(code) for code in codes]
    assert all(found.level == "county" and found.demo for found in places)
    assert not {found.code for found in places} & DEMO_NAMES.keys()
    for found in places:
        kind = {"区": range(1, 21), "县": range(21, 81), "市": range(81, 99)}[found.name[-1]]
        assert int(found.code[4:]) in kind or not has_prefecture(found.code)
    if how_many > 100:
        assert {found.name[-1] for found in places} == {"区", "县", "市"}
        assert len({prefecture_of(code) for code in codes}) > 5
        assert any(not has_prefecture(code) for code in codes)
        assert len({found.name for found in places}) < how_many, "同名的县要有"


def test_lists_show_only_the_counties_with_a_story_but_a_code_finds_any() -> None:
    assert {found.code for found in counties("990000")} < DEMO_NAMES.keys()
    assert [found.code for found in find_places("990321")] == ["990321"]
    assert find_places("990399") == ()
