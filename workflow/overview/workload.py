"""分工 of a reviewing office on one page: its people, what each has, how far that is, and what nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from indicators.model import Standard
from storage.store import Transaction
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.worklist import WorkLine, worklist
from workflow.people import Person
from workflow.reviewing.colleagues import WHOLE, reviewing_office
from workflow.submission.printed_rows import printed_rows

_Sections = Mapping[str, Sequence[str]]  # section → ids of its rows


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has something. ``here``: an open account of the office; else what they have is left lying."""

    username: str
    name: str
    here: bool


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


def holders(tx: Transaction, person: Person, lines: Iterable[WorkLine]) -> dict[str, Holder]:
    """By username: the people of the person's office, and whoever else has something of these. None of no office."""
    ours = reviewing_office(tx, person)
    if ours is None:
        return {}
    here = {name: Holder(name, account.display_name, here=True) for name, account in ours.people.items()}
    others = {name for line in lines for name in line.shares.values()} - here.keys()
    named = tx.accounts.display_names(others) if others else {}
    return here | {name: Holder(name, named.get(name, name), here=False) for name in sorted(others)}


def holders_of(office: Office, person: Person, lines: Sequence[WorkLine]) -> dict[str, Holder]:
    """The same, of a list; none where nothing of it is divided."""
    if not any(line.shares for line in lines):
        return {}
    with office.store.glance() as tx:
        return holders(tx, person, lines)


def desk(office: Office, person: Person, now: datetime) -> Desk:
    """Raises Refused ``wrong_role``."""
    lines = tuple(line for line in worklist(office, person, now) if line.round.closed_at is None)
    with office.store.glance() as tx:
        known = holders(tx, person, lines)
    if not known:
        raise Refused("wrong_role", "评审分工由市级、省级评审人员在本单位内安排。请核对登录账号。")
    standards = {line.round.id: office.standards(line.round) for line in lines if not line.refused}
    sections = {round_id: _sections(those) for round_id, those in standards.items()}
    loads = dict.fromkeys((*known, ""), Load())
    for line in lines:
        for name, load in _loads(line, sections.get(line.round.id, {})):
            loads[name] += load
    titles = {section.id: section.title for those in standards.values() for one in those for section in one.sections}
    every = dict.fromkeys(section for those in sections.values() for section in those)
    return Desk(known, lines, loads, {section: titles.get(section, "一票否决") for section in every})


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
