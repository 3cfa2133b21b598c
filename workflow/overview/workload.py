"""分工 of a reviewing office on one page: its people, what each has, how far that is, and what nobody has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from indicators.model import Standard
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.worklist import WorkLine, worklist
from workflow.people import Person
from workflow.reviewing.colleagues import WHOLE, Holder, reviewing_office
from workflow.submission.printed_rows import printed_rows, section_titles

_Sections = Mapping[str, Sequence[str]]  # section → ids of its rows


@dataclass(frozen=True, slots=True)
class Load:
    """How much somebody has: ``counties`` whole, ``parts`` sections of counties; of all these how many counties wait
    for the office or are overdue, and ``found`` of their ``rows``, where this level has begun.
    """

    counties: int = 0
    parts: int = 0
    waiting: int = 0
    overdue: int = 0
    rows: int = 0
    found: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Load)))


@dataclass(frozen=True, slots=True)
class Desk:
    """``holders``: the office's people, then those who are gone and still have something. ``lines``: of running rounds.

    ``loads``: by username, under "" what nobody has; ``sections``: of the rounds' standards, id → title.
    """

    holders: Mapping[str, Holder]
    lines: tuple[WorkLine, ...]
    loads: Mapping[str, Load]
    sections: Mapping[str, str]


def holders_of(office: Office, person: Person, lines: Sequence[WorkLine]) -> dict[str, Holder]:
    """By username: who may have something of a list; none where nothing of it is divided."""
    if not any(line.shares for line in lines):
        return {}
    with office.store.glance() as tx:
        ours = reviewing_office(tx, person)
        return ours.holders(tx, (line.shares for line in lines)) if ours else {}


def desk(office: Office, person: Person, now: datetime) -> Desk:
    """Raises Refused ``wrong_role``."""
    lines = tuple(line for line in worklist(office, person, now) if line.round.closed_at is None)
    with office.store.glance() as tx:
        ours = reviewing_office(tx, person)
        if ours is None:
            raise Refused("wrong_role", "评审分工由市级、省级评审人员在本单位内安排。请核对登录账号。")
        known = ours.holders(tx, (line.shares for line in lines))
    standards = {line.round.id: office.standards(line.round) for line in lines if not line.refused}
    sections = {round_id: _sections(those) for round_id, those in standards.items()}
    loads = dict.fromkeys((*known, ""), Load())
    for line in lines:
        for name, load in _loads(line, sections.get(line.round.id, {})):
            loads[name] += load
    titles = {section: title for those in standards.values() for section, title in section_titles(those).items()}
    return Desk(known, lines, loads, titles)


def _sections(standards: Sequence[Standard]) -> _Sections:
    sections: dict[str, list[str]] = {}
    for row in printed_rows(standards):
        sections.setdefault(row.section, []).append(row.id)
    return sections


def _loads(line: WorkLine, sections: _Sections) -> Iterator[tuple[str, Load]]:
    """What each has of one county."""
    whole = line.shares.get(WHOLE, "")
    rows: dict[str, set[str]] = {name: set() for name in (whole, *line.shares.values())}
    for section, ids in sections.items():
        rows[line.shares.get(section, whole)].update(ids)
    if line.shares and sections and not (whole or rows[""]):
        del rows[""]  # every part of it is somebody's
    for name, own in rows.items():
        parts = sum(one == name for section, one in line.shares.items() if section != WHOLE)
        is_whole = name == whole
        waits = any(is_whole or not own.isdisjoint(waiting.row_ids) for waiting in line.waiting)
        of_level = own if line.found is not None else set[str]()
        yield (
            name,
            Load(
                counties=is_whole,
                parts=parts,
                waiting=waits,
                overdue=waits and line.overdue,
                rows=len(of_level),
                found=len(of_level.difference(line.left)),
            ),
        )
