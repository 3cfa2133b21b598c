"""How much of a row is still to be filled in: counted as its form asks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators import load_library
from scoring.entry.effort import Effort, effort
from scoring.submission import Answer, Judgement

ROW = load_library().standards["national-2018"].row("5.3.1")
FILLED = Answer(
    claim="met",
    measures={"townships_with_supervisor": 10},
    judgements={"fulfilment": Judgement(fulfilled=True, reason="任命文件写明专门负责。")},
    evidence={"supervisor_roster": ("E01",)},
)


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        (None, Effort(4, 1)),
        (FILLED, Effort(0, 0)),
        (replace(FILLED, claim="unsure"), Effort(1, 0)),
        (replace(FILLED, measures={}), Effort(1, 0)),
        (replace(FILLED, judgements={"fulfilment": Judgement(fulfilled=True)}), Effort(1, 0)),
        (replace(FILLED, evidence={}), Effort(0, 1)),
        (replace(FILLED, measures={}, nil_return="E02"), Effort(0, 0)),
        (Answer(claim="not_met"), Effort(0, 0)),
    ],
)
def test_what_is_missing_is_counted(answer, left):
    assert effort(ROW.measures, ROW.evidence, answer, ("2017",)) == left


def test_a_helper_is_not_counted_the_claim_nor_others_figures():
    own = [measure for measure in ROW.measures if measure.id == "townships_with_supervisor"]
    assert effort(own, ROW.evidence, None, ("2017",), whole=False) == Effort(1, 1)
