"""Every kind of measure by its name in the rules files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from indicators.model import Measure, MeasureKind
from scoring.context import Question
from scoring.kinds import choices, counts, coverages, rates
from scoring.kinds.disagreements import disagreement
from scoring.kinds.kind import KindBehaviour
from scoring.kinds.outcomes import Outcome
from scoring.submission import FactValue

KINDS: Mapping[MeasureKind, KindBehaviour] = {**counts.KINDS, **rates.KINDS, **coverages.KINDS, **choices.KINDS}


def kind_of(measure: Measure) -> KindBehaviour:
    """The measure's kind."""
    return KINDS[measure.kind]


def judge_measure(question: Question) -> Outcome:
    """Judge one measure that is asked of the county."""
    return disagreement(question) or KINDS[question.measure.kind].judge(question)


class Threshold(NamedTuple):
    """What a measure asks for; put into words only when shown."""

    measure: Measure
    facts: Mapping[str, FactValue]

    def __str__(self) -> str:
        return KINDS[self.measure.kind].threshold(self.measure, self.facts)
