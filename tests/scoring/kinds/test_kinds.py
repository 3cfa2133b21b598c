"""Every kind of measure the rules may name has its behaviour, its keys and its label."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from indicators import load_library
from indicators.checking.kinds import KINDS as KEYS
from indicators.model import Measure, MeasureKind
from scoring.kinds.registry import KINDS, kind_of
from scoring.submission import Covered, Part

LIBRARY = load_library()
MEASURES = [measure for standard in LIBRARY.standards.values() for row in standard.rows() for measure in row.measures]
FIGURES = (3, Decimal("2.5"), True, ("a",), Part(1, 2), Covered(1, 2), {"2017": 3}, {"2017": Covered(1, 2)})


def test_every_kind_is_in_every_table():
    named = set(get_args(MeasureKind))
    assert set(KINDS) == named
    assert set(KEYS) == named
    assert set(LIBRARY.vocabulary.lists["measure_kinds"]) == named


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_a_kind_takes_back_the_figure_that_its_own_fields_make(measure: Measure):
    kind = kind_of(measure)
    typed = {
        field.path: {"number": "4", "yes_no": True, "items": tuple(measure.items)}[field.form]
        for field in kind.fields(measure, ("2017",))
    }
    figure = kind.figure_typed(measure, typed, None)
    if kind.by_person:
        assert (typed, figure) == ({}, None)
    else:
        assert figure is not None
        assert kind.fits(figure, measure)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_a_figure_of_another_shape_does_not_fit(measure: Measure):
    fitting = [figure for figure in FIGURES if kind_of(measure).fits(figure, measure)]
    assert len(fitting) <= 2  # a whole number and a broken one
