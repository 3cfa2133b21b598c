"""Test support: the installed rules after an upgrade of the product, made from the ones of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from indicators.building.fingerprint import fingerprint
from indicators.model import Bound, Indicator, Library, Quantity, Standard
from storage.records import RoundRecord
from tests.workflow.office_room import LIBRARY
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.repinning import RepinPreview, begin_repin
from workflow.rounds.taking import carry_on

REIMBURSEMENT = "out_of_pocket_reimbursement"


def upgraded(office: Office, library: Library) -> Office:
    """The same store, opened by a program that has other rules."""
    return Office(office.store, library)


def repin_round(
    office: Office, by: Person | None, round_id: str, reason: str, now: datetime, *, seen: RepinPreview | None = None
) -> RoundRecord:
    """Begun, and every county at once."""
    begin_repin(office, by, round_id, reason, now, seen=seen)
    return carry_on(office, round_id)


def with_standards(*standards: Standard) -> Library:
    """Today's library with these in the place of those of the same id."""
    return replace(LIBRARY, standards={**LIBRARY.standards, **{one.id: one for one in standards}})


def stricter(standard_id: str = "national-2018", least: int = 95) -> Standard:
    """3.3.2 asks for a higher share of reimbursement."""
    return _reimbursing(standard_id, lambda one: replace(one, require=replace(one.require, at_least=Bound(least))))


def of_covered_costs(standard_id: str) -> Standard:
    """The share of 3.3.2 is taken of other costs, under the same id."""
    return _reimbursing(standard_id, lambda one: replace(one, denominator=Quantity("目录内自负费用总额", "元")))


def asked_yes_or_no(standard_id: str) -> Standard:
    """3.3.2 asks whether the share is reached, under the same id."""
    return _reimbursing(
        standard_id, lambda one: replace(one, kind="yes_no", require=None, numerator=None, denominator=None)
    )


def of_other_costs(standard_id: str) -> Standard:
    """The share of 3.3.2 is taken of other costs, under an id of its own that replaces the former."""
    other = Quantity("目录内自负费用总额", "元")
    return _reimbursing(
        standard_id, lambda one: replace(one, id="other_share", denominator=other, replaces=(REIMBURSEMENT,))
    )


def with_fact(standard_id: str, fact_id: str, label: str) -> Standard:
    """A fact that counts something else under the same id."""
    standard = LIBRARY.standards[standard_id]
    fact = replace(standard.facts[fact_id], label=label)
    return _printed(replace(standard, facts={**standard.facts, fact_id: fact}))


def _reimbursing(standard_id: str, change) -> Standard:
    def changed(row: Indicator) -> Indicator:
        measures = (change(one) if one.id == REIMBURSEMENT else one for one in row.measures)
        return replace(row, measures=tuple(measures))

    return _with_row(LIBRARY.standards[standard_id], "3.3.2", changed)


def without_reimbursement(standard_id: str) -> Standard:
    """3.3.2 no longer asks for that share, nor for what proves it alone."""

    def change(row: Indicator) -> Indicator:
        measures = tuple(one for one in row.measures if one.id != REIMBURSEMENT)
        evidence = tuple(
            replace(one, supports=tuple(name for name in one.supports if name != REIMBURSEMENT)) for one in row.evidence
        )
        return replace(row, measures=measures, evidence=evidence)

    return _with_row(LIBRARY.standards[standard_id], "3.3.2", change)


def without_row(standard_id: str, row_id: str) -> Standard:
    """A standard that dropped one of its indicators."""
    standard = LIBRARY.standards[standard_id]
    sections = tuple(
        replace(
            section,
            topics=tuple(
                replace(topic, indicators=tuple(one for one in topic.indicators if one != row_id))
                for topic in section.topics
            ),
        )
        for section in standard.sections
    )
    rows = tuple(row for row in standard.indicators if row.id != row_id)
    return _printed(replace(standard, sections=sections, indicators=rows))


def _with_row(standard: Standard, row_id: str, change) -> Standard:
    return _printed(
        replace(standard, indicators=tuple(change(row) if row.id == row_id else row for row in standard.indicators))
    )


def _printed(standard: Standard) -> Standard:
    return replace(standard, fingerprint=fingerprint(standard))
