"""Statements that cannot all be true (``never`` of a standard's cross-checks): which of them a submission makes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indicators.model import FigureRef, Indicator, Measure, NeverTogether, Standard, Statement
from scoring.assessment import where
from scoring.conditions import evaluate, fact_value, is_number
from scoring.judging.figures_given import Figures
from scoring.submission import Answer, Number, Submission
from scoring.wording import TRUTHS, Amount, exact, plain


class Told(NamedTuple):
    """One statement as the submission makes it; ``row`` None where it is about the county's facts or a review."""

    statement: Statement
    row: Indicator | None
    words: str


class Together(tuple[Told, ...]):
    """Statements that are all made though they exclude each other; empty where they are not."""

    __slots__ = ()

    def __str__(self) -> str:
        *others, last = dict.fromkeys(told.words for told in self)
        return f"{'，'.join(others)}，而{last}" if others else last


def made_together(check: NeverTogether, figures: Figures, submission: Submission, standard: Standard) -> Together:
    """What the submission says of every statement; empty unless it makes them all."""
    making, made = _Making(figures, submission, standard), []
    for statement in check.statements:
        told = list(making.told(statement))
        if not told:
            return Together()
        made += told
    return Together(made)


class _Making:
    """One submission under one standard, asked what it states."""

    def __init__(self, figures: Figures, submission: Submission, standard: Standard) -> None:
        self._figures = figures
        self._submission = submission
        self._standard = standard

    def told(self, statement: Statement) -> Iterator[Told]:
        """The statement, or those of its alternatives, that the submission makes."""
        if statement.subject == "any":
            for part in statement.parts:
                yield from self.told(part)
            return
        row = None if statement.row is None else self._standard.row(statement.row)
        place = "" if row is None else where(row)
        for words in self._words(statement, row):
            yield Told(statement, row, f"{place}{words}")

    def _words(self, statement: Statement, row: Indicator | None) -> Iterator[str]:
        if statement.subject == "fact":
            yield from self._fact(statement)
        elif statement.subject == "review":
            yield from self._review(statement)
        elif row is not None and (answer := self._figures.answer(row.id)) is not None:
            yield from self._answer(statement, row, answer)

    def _fact(self, statement: Statement) -> Iterator[str]:
        condition, facts = statement.condition, self._submission.facts
        if condition is None or not evaluate(condition, facts):
            return
        fact, value = self._standard.facts[condition.fact or ""], fact_value(facts, condition.fact or "")
        if isinstance(value, bool):
            yield f"县情“{fact.label}”填“{TRUTHS[value]}”"
        elif is_number(value):
            yield f"县情“{fact.label}” {Amount(value, fact.unit)}"
        else:
            yield f"县情“{fact.label}”填“{self._label(fact.options or '', str(value))}”"

    def _review(self, statement: Statement) -> Iterator[str]:
        given: tuple[Mapping[str, object], ...] = (
            {level: found for level, found in self._submission.findings.items() if found},
            {level: opinion for level, opinion in self._submission.opinions.items() if opinion.text or opinion.date},
        )
        if any(statement.word in levels for levels in given):
            yield f"{self._label('levels', statement.word or '')}已有认定或者意见"

    def _answer(self, statement: Statement, row: Indicator, answer: Answer) -> Iterator[str]:
        if statement.subject == "nil_return":
            if answer.nil_return is not None:
                yield "报了“无此情形”"
        elif statement.subject == "claim":
            claim = answer.claim_for(self._standard.id)
            if claim is not None and claim == statement.word:
                names = "veto_claims" if row.consequence == "veto" else "claims"
                yield f"自评“{self._label(names, claim)}”"
        else:
            measure = self._figures.asked(row.id, statement.measure)
            if measure is not None:
                yield from self._figure(statement, row, measure)

    def _figure(self, statement: Statement, row: Indicator, measure: Measure) -> Iterator[str]:
        figure = self._figures.given(row.id, measure)
        if statement.test == "is":
            if isinstance(figure, bool) and figure is statement.yes:
                yield f"“{measure.label}”填“{TRUTHS[figure]}”"
        elif statement.test == "includes":
            if isinstance(figure, tuple) and statement.word in figure and statement.word in measure.items:
                yield f"“{measure.label}”选了“{measure.items[statement.word]}”"
        elif isinstance(figure, tuple) and statement.number is not None:
            ticked = len(set(figure).intersection(measure.items))
            if _at(statement, ticked):
                yield f"“{measure.label}”选了{ticked}项"
        elif statement.number is not None:
            ref = FigureRef(row=row.id, measure=measure.id, part=statement.part)
            numbers = sorted(self._figures.by_year(ref).items())
            unit = self._figures.stated(ref, 0).unit
            label = measure.quantity(statement.part).label
            compare = _leaps if statement.test == "times_last_year" else _reached
            yield from (f"“{label}”{words}" for words in compare(statement, numbers, unit))

    def _label(self, names: str, identifier: str) -> str:
        return self._standard.vocabulary.lists.get(names, {}).get(identifier, identifier)


def _at(statement: Statement, number: Number) -> bool:
    limit = exact(statement.number or 0)
    return exact(number) >= limit if statement.test == "at_least" else exact(number) <= limit


def _reached(statement: Statement, numbers: Sequence[tuple[str, Number]], unit: str | None) -> Iterator[str]:
    for year, number in numbers:
        if _at(statement, number):
            yield f"{f'{year}年' if year else ''} {Amount(number, unit)}"


def _leaps(statement: Statement, numbers: Sequence[tuple[str, Number]], unit: str | None) -> Iterator[str]:
    times = statement.number or 0
    for (earlier, before), (year, number) in itertools.pairwise(numbers):
        if int(year) == int(earlier) + 1 and before > 0 and exact(number) >= exact(times) * exact(before):
            yield f"{year}年 {Amount(number, unit)}，达到{earlier}年 {Amount(before, unit)}的{plain(times)}倍以上"
