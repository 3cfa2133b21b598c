"""The matrix of an area's counties by indicators, from the verdicts kept with the data; nothing is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.model import Standard
from scoring.rollup import MatrixRow, RollUp, roll_up
from scoring.submission import Division, Level
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import Place, counties, place, within
from workflow.office import Office
from workflow.overview.overview import listed_for
from workflow.people import Person, Role
from workflow.permissions import may_read
from workflow.states import State
from workflow.verdicts.reading import SubmissionVerdicts, kept_verdicts
from workflow.visibility import sees


@dataclass(frozen=True, slots=True)
class AreaMatrix:
    """County × indicator. ``shown`` and ``verdicts`` are by division code; ``rejudging``: content that is being judged
    anew; ``unreleased``: begun, but not for this person to read; ``missing``: nothing begun.
    """

    round: RoundRecord
    level: Level
    standards: tuple[Standard, ...]
    shown: Mapping[str, SubmissionRecord]
    verdicts: Mapping[str, SubmissionVerdicts]
    roll_up: RollUp
    rejudging: tuple[SubmissionRecord, ...]
    unreleased: tuple[SubmissionRecord, ...]
    missing: tuple[Place, ...]


def matrix(office: Office, person: Person, round_id: str, level: Level = "county") -> AreaMatrix | None:
    """The area's counties against the indicators, at a level; None: no such round, or not for this person."""
    if person.role is Role.ADMINISTRATOR:
        return None
    with office.store.read() as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None:
            return None
        standards = office.standards(round_record)
        records = listed_for(tx, person, round_id)
        shown = {
            r.division_code: r
            for r in records
            if may_read(person, r.division_code, State(r.state))
            # 别级尚未作出的认定不进矩阵；县级自评自上报起人人可见。
            and (level == "county" or sees(person.role, State(r.state), level))
        }
        kept = kept_verdicts(office, tx, list(shown.values()), {round_id: round_record}, level)
        expected = expected_counties(tx, person.division_code, round_record)
    verdicts = {code: kept[record.id] for code, record in shown.items() if record.id in kept}
    begun = {r.division_code for r in records}
    rows = [row for code, found in verdicts.items() for row in _matrix_rows(shown[code], found, standards)]
    return AreaMatrix(
        round_record,
        level,
        standards,
        shown,
        verdicts,
        roll_up(rows, [p.code for p in expected]),
        rejudging=tuple(record for code, record in shown.items() if code not in verdicts),
        unreleased=tuple(r for r in records if r.division_code not in shown),
        missing=tuple(p for p in expected if p.code not in begun),
    )


def _matrix_rows(
    record: SubmissionRecord, verdicts: SubmissionVerdicts, standards: Sequence[Standard]
) -> Iterator[MatrixRow]:
    division = Division(record.division_code, record.division_name)
    for standard in standards:
        under = verdicts.standards[standard.id]
        states = {veto.id: under.verdicts[veto.id] for veto in standard.vetoes}
        rows = {row.id: under.verdicts[row.id] for row in standard.indicators}
        yield MatrixRow(division, standard.id, under.eligible, rows, states)


def expected_counties(tx: Transaction, area: str, round_record: RoundRecord) -> tuple[Place, ...]:
    """The counties an area has; of the invented ones, which no list holds, those somebody has an account of."""
    listed = [found for found in counties(area) if found.demo == round_record.demo]
    if not round_record.demo:
        return tuple(listed)
    known = {found.code for found in listed}
    codes = tx.accounts.divisions(Role.COUNTY_COORDINATOR.value, area.rstrip("0"))
    more = (place(code) for code in codes if code not in known and within(area, code))
    return tuple(sorted([*listed, *filter(None, more)], key=lambda found: found.code))
