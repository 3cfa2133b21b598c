"""Looking a division up by code or name, as an administrator does when adding an account."""

from __future__ import annotations

import pytest

from workflow.divisions import county_kind, find_places


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("990121", ["990121"]),
        ("9901", ["990100", "990102", "990121", "990122", "990181"]),
        ("演示州 甲", ["990121"]),
        ("酉阳", ["500242"]),
        ("", []),
        ("没有这个地方", []),
    ],
)
def test_a_division_is_found_by_code_or_by_words_of_its_full_name(words, codes):
    assert [place.code for place in find_places(words)] == codes


def test_a_search_that_fits_too_many_gives_the_first_of_them():
    found = find_places("县", most=7)
    assert len(found) == 7
    assert [place.code for place in found] == sorted(place.code for place in found)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("990121", "county"), ("990181", "county_level_city"), ("990102", "prefecture_district"),
        ("110101", None), ("500101", None), ("310151", None), ("520203", "special_district"),
        ("429021", "forest_district"), ("150722", "autonomous_banner"), ("150121", "banner"),
        ("500240", "autonomous_county"), ("500235", "county"), ("990100", None), ("000000", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_county_as_far_as_its_code_and_name_say(code, kind) -> None:
    assert county_kind(code) == kind
