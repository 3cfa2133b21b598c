"""The product's own rules load, hold the documents' 45 + 3 rows, and are read once."""

from __future__ import annotations

import pytest

from indicators import load_library
from indicators.checking.kinds import KINDS
from indicators.installation import OWN_RULES


@pytest.mark.parametrize("standard_id", ["national-2018", "yunnan-2018"])
def test_each_standard_has_45_indicators_and_3_vetoes(standard_id: str) -> None:
    standard = load_library().standards[standard_id]
    per_section = [sum(len(topic.indicators) for topic in section.topics) for section in standard.sections]
    assert per_section == [3, 2, 14, 14, 12]
    assert len(standard.indicators) == 45
    assert [veto.id for veto in standard.vetoes] == ["V1", "V2", "V3"]


def test_the_own_library_is_read_once_and_others_each_time() -> None:
    assert load_library() is load_library()
    other = load_library(OWN_RULES)
    assert other is not load_library()
    assert other == load_library()


def test_every_kind_of_measure_has_its_keys() -> None:
    kinds = set(load_library().vocabulary.lists["measure_kinds"])
    assert set(KINDS) == kinds


def test_every_indicator_can_be_failed_or_judged_and_shown() -> None:
    for standard in load_library().standards.values():
        for row in standard.rows():
            assert row.measures, row.id
            assert row.evidence, row.id
            assert row.statement.strip() == row.statement
