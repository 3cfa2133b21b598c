"""What must agree though it is asked in different places: ``cross_checks`` of the standards.

Figures here, statements that exclude each other in `scoring.judging.never_together`, documents in
`scoring.judging.duplicate_citations`. A check warns: a county is told where two things it says cannot both be true. One
that blocks makes the rows contradicted whose asked measures rest on what is at odds; where none does, it warns too. A
figure that is missing, not asked or of another shape is no ground for either. A fact of the county that is missing must
not disarm a check: the rows a blocking one is about are 佐证不足 without it; what warns says that it could not look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from indicators.model import CrossCheck, CrossTest, FigureRef, Indicator, NeverTogether, Standard
from scoring.assessment import Reason
from scoring.conditions import evaluate
from scoring.judging.duplicate_citations import duplicate_citations, places_of_document
from scoring.judging.figures_given import Figures, Stated
from scoring.judging.never_together import Together, made_together
from scoring.judging.reasons import because
from scoring.judging.resting_rows import facts_named, rows_resting_on
from scoring.submission import Number, Submission
from scoring.wording import Amount, exact, plain, quoted

_AGREES: Mapping[CrossTest, Callable[[Fraction | int, Fraction | int], bool]] = {
    "equal": lambda left, right: left == right,
    "at_most": lambda left, right: left <= right,
    "at_least": lambda left, right: left >= right,
}
AT_ODDS_CODES = ("cross_check_blocks", "cross_check_veto")  # of a row that is contradicted: an indicator, a veto
_ODDS: Mapping[CrossTest, str] = {"equal": "不等于", "at_most": "多于", "at_least": "少于"}


class CheckSide(NamedTuple):
    """One side of a cross-check: its figures, and their sum where there are several or a number is set beside them."""

    figures: tuple[Stated, ...]
    unit: str | None
    total: Fraction | int
    numbers: tuple[Number, ...] = ()

    def __str__(self) -> str:
        words = "＋".join([*(str(figure) for figure in self.figures), *(plain(number) for number in self.numbers)])
        if len(self.figures) == 1 and not self.numbers and self.figures[0].ref.times is None:
            return words
        total = self.total
        number = total if isinstance(total, int) else Decimal(total.numerator) / Decimal(total.denominator)
        return f"{words}＝{Amount(number, self.unit)}" if self.figures else str(Amount(number, self.unit))


class Figured(NamedTuple):
    """Figures of which one side does not stand to the other as it must."""

    year: str
    left: CheckSide
    right: CheckSide
    odds: str

    def __str__(self) -> str:
        return f"{self.year}{self.left}，{self.odds}{self.right}"


class AtOdds(NamedTuple):
    """What a submission says against a check; ``rows``: whose asked measures rest on it, where the check blocks."""

    check: CrossCheck | NeverTogether
    said: Figured | Together
    rows: tuple[Indicator, ...]

    def reason(self, code: str, row: Indicator | None) -> Reason:
        """The same as a reason of that code."""
        wrong = "数" if isinstance(self.said, Figured) else "一处"
        return because(code, row, check=self.check.id, said=self.said, says=self.check.says.rstrip("。"), wrong=wrong)


def at_odds(
    submission: Submission, standard: Standard, *, only_blocking: bool = False, row: Indicator | None = None
) -> tuple[AtOdds, ...]:
    """Everything the submission says against the checks of one standard, in the standard's order; or against those
    that block a row, or may block ``row``."""
    if not standard.cross_checks and not standard.never_together:
        return ()
    figures = Figures(submission, standard)
    named = () if row is None else facts_named(row)
    found: list[tuple[CrossCheck | NeverTogether, Figured | Together]] = []
    for check in standard.cross_checks:
        asked = row is None or any(ref.row == row.id or ref.fact in named for ref in check.refs())
        if asked and (check.effect == "block" or not only_blocking) and _applies(check, submission):
            found += [(check, said) for said in _figured(check, figures)]
    for never in standard.never_together:
        if only_blocking and never.effect != "block":
            continue
        if _applies(never, submission) and (made := made_together(never, figures, submission, standard)):
            found.append((never, made))
    return tuple(
        AtOdds(check, said, _rows_resting_on(said, submission, standard) if check.effect == "block" else ())
        for check, said in found
    )


def blocking(found: Sequence[AtOdds], submission: Submission, standard: Standard) -> Mapping[str, tuple[Reason, ...]]:
    """Row id → why what the county says of the row cannot be true beside what it says elsewhere, or cannot be checked
    for want of a fact."""
    by_row: dict[str, tuple[Reason, ...]] = {}
    for one in found:
        for row in one.rows:
            code = AT_ODDS_CODES[row.consequence == "veto"]
            by_row[row.id] = (*by_row.get(row.id, ()), one.reason(code, row))
    for fact, rows in missing_facts(submission, standard).items():
        label = standard.facts[fact].label
        for row in rows:
            reason = because("fact_of_check_missing", row, fact=label, fact_id=fact)
            by_row[row.id] = (*by_row.get(row.id, ()), reason)
    return by_row


def missing_facts(submission: Submission, standard: Standard) -> Mapping[str, tuple[Indicator, ...]]:
    """The facts not given that a check reads which may apply, in the standard's order → the rows that blocking checks
    would have looked at. What a person judges (较多) is asked for by the rows themselves."""
    given = submission.facts
    missing = {fact.id for fact in standard.facts.values() if fact.kind != "judged" and given.get(fact.id) is None}
    if not missing:
        return {}
    figures, rows = Figures(submission, standard), dict[str, set[str]]()
    checks: tuple[CrossCheck | NeverTogether, ...] = (*standard.cross_checks, *standard.never_together)
    for check in checks:
        lacking = missing.intersection(_facts_of(check))
        if not lacking or evaluate(check.applies_when, given) is False:
            continue
        named, asked = _rows_of(check, figures)
        for fact in lacking:
            concerned = rows.setdefault(fact, set())
            if check.effect == "block" and (asked or not named):
                concerned.update(row.id for row in rows_resting_on(asked, {fact}, given, standard))
    every = tuple(standard.rows())
    return {fact: tuple(row for row in every if row.id in rows[fact]) for fact in standard.facts if fact in rows}


def _facts_of(check: CrossCheck | NeverTogether) -> Iterator[str]:
    if check.applies_when is not None:
        yield from check.applies_when.facts()
    if isinstance(check, CrossCheck):
        yield from (ref.fact for ref in check.refs() if ref.fact is not None)
        return
    for one in (one for statement in check.statements for one in statement.all()):
        yield from () if one.condition is None else one.condition.facts()


def _rows_of(check: CrossCheck | NeverTogether, figures: Figures) -> tuple[frozenset[str], frozenset[str]]:
    """The rows a check names, and those of them of which it reads something that is asked."""
    if isinstance(check, CrossCheck):
        places = [(ref.row, ref.measure) for ref in check.refs()]
    else:
        places = [(one.row, one.measure) for statement in check.statements for one in statement.all()]
    named = frozenset(row for row, _ in places if row is not None)
    asked = {row for row, measure in places if measure is None or figures.asked(row, measure) is not None}
    return named, frozenset(named & asked)


def cross_check(
    submission: Submission, standards: Sequence[Standard], found: Mapping[str, Sequence[AtOdds]] | None = None
) -> Iterator[Reason]:
    """A warning for all that is at odds and blocks no row, and for documents cited twice; once however many standards
    have the check. ``found``: what `at_odds` gives for each of them, by id.
    """
    by_standard = [at_odds(submission, s) if found is None else found[s.id] for s in standards]
    told = {one.check.id for every in by_standard for one in every if one.rows}
    warned: list[tuple[CrossCheck | NeverTogether, str]] = []
    for one in (one for every in by_standard for one in every):
        if one.check.id not in told and (one.check, str(one.said)) not in warned:
            warned.append((one.check, str(one.said)))
            yield one.reason("cross_check", None)
    missing = {fact: standard for standard in standards for fact in missing_facts(submission, standard)}
    if missing:
        yield because("facts_missing", None, facts=quoted(s.facts[fact].label for fact, s in missing.items()))
    yield from duplicate_citations(submission, standards)


def figures_at_odds(reason: Reason) -> tuple[Stated, ...]:
    """The figures a reason of a cross-check is about, in the order it names them; empty for any other."""
    said = reason.given.get("said")
    return said.left.figures + said.right.figures if isinstance(said, Figured) else ()


def places_named(reason: Reason) -> Mapping[str | None, Indicator | None]:
    """Row id → row (None → None: the county's facts) in the order of the sentence; empty for any other reason."""
    if documents := places_of_document(reason):
        return {place.row.id: place.row for place in documents}
    said = reason.given.get("said")
    if isinstance(said, Together):
        return {told.statement.row: told.row for told in said if told.statement.subject != "review"}
    return {place.ref.row: place.row for place in figures_at_odds(reason)}


def concerns_row(reason: Reason, row_id: str) -> bool:
    """Whether the warning names a figure or document of that indicator or veto."""
    return row_id in places_named(reason)


def concerns_facts(reason: Reason) -> bool:
    """Whether the warning names a fact of the county."""
    return None in places_named(reason)


def _rows_resting_on(said: Figured | Together, submission: Submission, standard: Standard) -> tuple[Indicator, ...]:
    """The rows whose asked measures use what is at odds."""
    if isinstance(said, Together):
        rows = {told.statement.row for told in said}
        facts = {fact for told in said if told.statement.condition for fact in told.statement.condition.facts()}
    else:
        stated = said.left.figures + said.right.figures
        rows, facts = {one.ref.row for one in stated}, {one.ref.fact for one in stated if one.ref.fact is not None}
    return rows_resting_on({row for row in rows if row is not None}, facts, submission.facts, standard)


def _applies(check: CrossCheck | NeverTogether, submission: Submission) -> bool:
    return bool(evaluate(check.applies_when, submission.facts))


def _figured(check: CrossCheck, figures: Figures) -> Iterator[Figured]:
    """A year counts where every figure of the check has a number for it."""
    given = {ref: figures.by_year(ref) for ref in check.refs() if ref.number is None}
    for year in sorted(set.intersection(*(set(by_year) for by_year in given.values()))):
        if not _AGREES[check.test](*(_total(side, given, year) for side in (check.left, check.right))):
            left, right = (_side(side, given, year, figures) for side in (check.left, check.right))
            unit = next((one.unit for one in left.figures + right.figures if one.ref.times is None), None)
            sides = (left._replace(unit=unit), right._replace(unit=unit))
            yield Figured(f"{year}年" if year else "", *sides, _ODDS[check.test])


def _total(refs: Sequence[FigureRef], given: Mapping[FigureRef, Mapping[str, Number]], year: str) -> Fraction | int:
    """Exact: a sum of decimals would be rounded to the context's digits."""
    total: Fraction | int = 0
    for ref in refs:
        number = given[ref][year] if ref.number is None else ref.number
        total += exact(number) * (1 if ref.times is None else ref.times)
    return total


def _side(
    refs: Sequence[FigureRef], given: Mapping[FigureRef, Mapping[str, Number]], year: str, figures: Figures
) -> CheckSide:
    numbers = tuple(ref.number for ref in refs if ref.number is not None)
    stated = tuple(figures.stated(ref, given[ref][year]) for ref in refs if ref.number is None)
    return CheckSide(stated, None, _total(refs, given, year), numbers)
