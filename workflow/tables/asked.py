"""What a table is asked for: by whom, when, and the words of its address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from scoring.days import EARLIEST_YEAR
from scoring.submission import LEVELS, REVIEW_LEVELS, Level, ReviewLevel
from storage.clock import local_date
from storage.records import RoundRecord
from templates.documents.progress import Tell, untold
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import COUNTY_ROLES, Person
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.tables.notes import Notes, round_notes

_LATEST_YEAR = 2999  # of a day asked for: the next of it and its moment in UTC are days too
_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 18  # what a database counts to
SUBMISSION, ROUND, LEVEL, PRINTED_ON = "s", "round", "level", "day"
COUNTY = "县（市、区、旗）"  # in the notes of a submission's table


@dataclass(frozen=True)
class Asked:
    """``query``: each name with its values; what is wrong in it is answered as what is not there. ``tell`` hears how
    far a long paper is."""

    office: Office
    person: Person
    now: datetime
    query: Mapping[str, Sequence[str]]
    tell: Tell = untold

    def text(self, name: str) -> str:
        """The first value of a name, empty where there is none."""
        return next(iter(self.query.get(name, ())), "")

    def level(self) -> Level:
        """Raises Refused ``not_found``."""
        for name in LEVELS:
            if name == self.text(LEVEL):
                return name
        raise Refused("not_found")

    def review_level(self) -> ReviewLevel:
        """Raises Refused ``not_found``."""
        for name in REVIEW_LEVELS:
            if name == self.text(LEVEL):
                return name
        raise Refused("not_found")

    @property
    def printed_on(self) -> date:
        """The day that stands on a paper: as asked, else today. Raises Refused ``not_found``."""
        return self.day(PRINTED_ON) or local_date(self.now)

    def day(self, name: str) -> date | None:
        """A day written 2018-06-30, of a year there is; None where there is none. Raises Refused ``not_found``."""
        text = self.text(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text) if _A_DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or not EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
            raise Refused("not_found")
        return day

    @cached_property
    def snapshot(self) -> SubmissionSnapshot:
        """The submission asked for, as this person sees it. Raises Refused ``not_found``."""
        number = self.text(SUBMISSION)
        if not number.isascii() or not number.isdecimal() or len(number) > _MOST_DIGITS:
            raise Refused("not_found")
        return open_submission(self.office, self.person, int(number))

    @property
    def own_snapshot(self) -> SubmissionSnapshot:
        """The same of the county's own people alone. Raises Refused ``not_found``."""
        if self.person.role not in COUNTY_ROLES:
            raise Refused("not_found")
        return self.snapshot

    def word(self, list_name: str, identifier: str) -> str:
        """The vocabulary's word."""
        return self.office.library.vocabulary.lists[list_name].get(identifier, identifier)

    def notes(self, *rounds: RoundRecord, level: Level | None = None) -> Notes:
        """For the sheet 说明."""
        return round_notes(self.office, rounds, self.now, level)

    def submission_notes(self, level: Level | None = None) -> Notes:
        """The same of the submission asked for."""
        record = self.snapshot.record
        place = (COUNTY, record.division_name), ("行政区划代码", record.division_code)
        return *place, *self.notes(self.snapshot.round, level=level)
