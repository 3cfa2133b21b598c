"""What of 县情 is still open, and what of it cannot all be true, whether or not a row rests on it yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indicators.model import Fact, Standard
from scoring.conditions import evaluate
from scoring.judging.cross_checks import at_odds, places_named
from scoring.submission import FactValue, Judged, Submission


def facts_open(submission: Submission, standards: Sequence[Standard]) -> tuple[str, ...]:
    """Sentences: what `facts_missing` says; every cross-check that facts fail."""
    return (*facts_missing(submission, standards), *facts_at_odds(submission, standards))


def facts_missing(submission: Submission, standards: Sequence[Standard]) -> tuple[str, ...]:
    """Sentences: every fact that is asked and not given, or judged without a reason. A fact that only measures read
    which this county is not asked is not wanted.
    """
    facts = {fact.id: fact for standard in reversed(standards) for fact in standard.facts.values() if fact.asked}
    return tuple(sentence for fact in facts.values() for sentence in _missing(fact, submission.facts, standards))


def facts_at_odds(submission: Submission, standards: Sequence[Standard]) -> tuple[str, ...]:
    """Sentences: every cross-check that facts alone fail."""
    odds = (one.reason("cross_check", None) for standard in standards for one in at_odds(submission, standard))
    return tuple(dict.fromkeys(reason.text for reason in odds if set(places_named(reason)) == {None}))


def _missing(fact: Fact, given: Mapping[str, FactValue], standards: Sequence[Standard]) -> Iterator[str]:
    value = given.get(fact.id)
    if value is None or (isinstance(value, Judged) and value.value is None):
        if _wanted(fact, given, standards):
            yield f"县情“{fact.label}”还没有填。"
    elif isinstance(value, Judged) and not value.reason:
        yield f"县情“{fact.label}”还没有写判断理由，有关各条不能判断。"


def _wanted(fact: Fact, given: Mapping[str, FactValue], standards: Sequence[Standard]) -> bool:
    """Whether some measure that may be asked reads it; one that none reads is asked all the same."""
    conditions = [
        (row.applies_when, measure.applies_when)
        for standard in standards
        for row in standard.rows()
        for measure in row.measures
        if fact.id in set(measure.facts())
    ]
    return not conditions or any(all(evaluate(one, given) is not False for one in each) for each in conditions)


def wholes_of_several(standards: Iterable[Standard]) -> tuple[tuple[str, ...], ...]:
    """Facts whose sum is the whole of some measure: 乡镇 and 街道, 村 and 社区; each once."""
    measures = (measure for standard in standards for row in standard.rows() for measure in row.measures)
    return tuple(dict.fromkeys(measure.of for measure in measures if len(measure.of) > 1))
