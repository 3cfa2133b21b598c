"""Conditions in three values: what is not known yet neither holds nor fails."""

from __future__ import annotations

import pytest

from indicators.model import Condition
from scoring.conditions import evaluate, unknown_facts
from scoring.submission import Judged

KIND = Condition("in", "county_kind", ("county", "banner"))
LARGE = Condition("at_least", "population", 500000)
MANY = Condition("is", "many", value=True)
SMALL = Condition("at_most", "population", 100)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (None, {}, True),
        (KIND, {"county_kind": "county"}, True),
        (KIND, {"county_kind": "district"}, False),
        (KIND, {}, None),
        (LARGE, {"population": 499999}, False),
        (LARGE, {"population": 500000}, True),
        (LARGE, {"population": 500001}, True),
        (LARGE, {"population": "五十万"}, None),
        (SMALL, {"population": 100}, True),
        (SMALL, {"population": 101}, False),
        (MANY, {"many": Judged(value=True, reason="最多")}, True),
        (MANY, {"many": Judged(value=False, reason="很少")}, False),
        (MANY, {"many": Judged(value=True)}, None),
        (MANY, {"many": Judged(value=True, reason=" ")}, None),
        (MANY, {"many": Judged(reason="待定")}, None),
    ],
)
def test_a_test_of_one_fact(condition, facts, expected):
    assert evaluate(condition, facts) is expected


TRUE, FALSE, UNKNOWN = (
    Condition("is", "yes", value=1),
    Condition("is", "yes", value=2),
    Condition("is", "gone", value=1),
)


@pytest.mark.parametrize(
    ("op", "parts", "expected"),
    [
        ("all", (TRUE, TRUE), True),
        ("all", (TRUE, FALSE), False),
        ("all", (TRUE, UNKNOWN), None),
        ("all", (UNKNOWN, FALSE), False),
        ("all", (), True),
        ("any", (FALSE, TRUE), True),
        ("any", (UNKNOWN, TRUE), True),
        ("any", (FALSE, FALSE), False),
        ("any", (UNKNOWN, FALSE), None),
        ("any", (), False),
    ],
)
def test_groups_follow_kleene(op, parts, expected):
    assert evaluate(Condition(op, parts=parts), {"yes": 1}) is expected


def test_only_the_facts_that_keep_it_undecided_are_named():
    tree = Condition("all", parts=(KIND, Condition("any", parts=(LARGE, MANY)), UNKNOWN))
    facts = {"county_kind": "county", "population": 600000}
    assert list(unknown_facts(tree, facts)) == ["gone"]
    assert list(unknown_facts(tree, {"county_kind": "county"})) == ["population", "many", "gone"]
    assert list(unknown_facts(tree, {"county_kind": "district"})) == []
