"""5.2.1 parts the counties into tiers: every kind of county meets exactly one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indicators import load_library
from indicators.model import NEVER, Condition

# standard -> the choice its 5.2.1 parts the counties by, and how many tiers it prints for them
TIERS = {"national-2018": ("county_kind", 3)}


def _values(condition: Condition | None, fact: str) -> Iterator[frozenset[str]]:
    for part in condition.parts if condition else ():
        yield from _values(part, fact)
    if condition and condition.fact == fact:
        yield frozenset(condition.value if isinstance(condition.value, tuple) else (condition.value,))


@pytest.mark.parametrize("standard_id", TIERS)
def test_every_kind_of_county_meets_exactly_one_tier_of_5_2_1(standard_id):
    library = load_library()
    standard = library.standards[standard_id]
    fact, number = TIERS[standard_id]
    measures = standard.row("5.2.1").measures
    tiers = {values for measure in measures for values in _values(measure.applies_when, fact)}
    assert len(tiers) == number
    for option in library.vocabulary.lists[standard.facts[fact].options]:
        assert sum(option in tier for tier in tiers) == 1, option


@pytest.mark.parametrize("standard_id", TIERS)
def test_no_other_choice_parts_the_counties_in_5_2_1(standard_id):
    standard = load_library().standards[standard_id]
    facts_asked = {f for m in standard.row("5.2.1").measures if m.applies_when for f in m.applies_when.facts()}
    assert {f for f in facts_asked if standard.facts[f].kind == "choice"} == {TIERS[standard_id][0]}


def test_yunnan_asks_every_applicant_of_the_demonstration_tier_alone():
    """Who applies is a 示范县; the 50 % of the others stays in the rules and is asked of nobody."""
    standard = load_library().standards["yunnan-2018"]
    assert not standard.facts["applies_as"].asked
    tiers = {m.id.partition("_")[0]: m.applies_when for m in standard.row("5.2.1").measures}
    assert (tiers["other"], tiers["demonstration"]) == (NEVER, None)
