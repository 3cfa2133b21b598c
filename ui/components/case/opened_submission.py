"""The submission on the screen: chosen from the area's, opened for this person, judged; the address keeps the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from indicators.model import Library, Standard
from scoring.assessment import Assessment
from scoring.local.profile import LocalProfile, local_profile
from scoring.submission import Level, ReviewLevel, Submission
from ui.components.rows.row import Row, rows
from workflow.carrying.carried import Carried, carried
from workflow.divisions import has_prefecture
from workflow.office import Office
from workflow.people import Person
from workflow.procedure.reviewing import RowAcrossLevels, compared_as_seen
from workflow.states import state_label
from workflow.submission.judging import judged_at
from workflow.submission.printing import printable_levels
from workflow.submission.snapshot import SubmissionSnapshot


@dataclass(frozen=True)
class OpenedSubmission:
    """One submission as opened in this run. ``level``: at which the person reviews (``county`` = only reads)."""

    office: Office
    person: Person
    snapshot: SubmissionSnapshot
    level: Level

    @property
    def id(self) -> int:
        """The submission's id."""
        return self.snapshot.record.id

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards the round pins, in its order."""
        return self.snapshot.standards

    @property
    def submission(self) -> Submission:
        """Its content, as this person may read it."""
        return self.snapshot.content

    @cached_property
    def rules(self) -> Library:
        """The installed rules with the round's own standards and policy documents."""
        return self.office.rules_of(self.snapshot.round)

    @cached_property
    def assessment(self) -> Assessment:
        """What is computed from the county's own answers."""
        return self.judged("county")

    @property
    def carried(self) -> Carried:
        """What an earlier round said, and what of it waits to be confirmed."""
        return carried(self.snapshot, self.rules)

    @cached_property
    def local(self) -> LocalProfile:
        """The county beside its local policy documents; advisory."""
        make = lambda: local_profile(self.snapshot.content, self.rules.policies, self.standards)  # noqa: E731 - below
        return self.snapshot.once("local", make)

    @cached_property
    def compared(self) -> Mapping[str, RowAcrossLevels]:
        """The levels side by side, by row id; a level still at work is seen by itself alone."""
        return self.snapshot.once("compared", lambda: compared_as_seen(self.office, self.snapshot))

    @cached_property
    def seen_levels(self) -> tuple[Level, ...]:
        """The levels whose words this person may see now."""
        return printable_levels(self.snapshot)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every row of all standards by id, in printed order."""
        return self.snapshot.once("rows", lambda: {row.id: row for row in rows(self)})

    @property
    def review_level(self) -> ReviewLevel | None:
        """The level this person reviews at; None for who only reads."""
        return None if self.level == "county" else self.level

    @property
    def direct(self) -> bool:
        """Whether the county has no prefecture and is reviewed by its province alone."""
        return not has_prefecture(self.snapshot.record.division_code)

    @property
    def state_words(self) -> str:
        """Where it is in the procedure."""
        return state_label(self.snapshot.state, has_prefecture=not self.direct)

    @property
    def standing(self) -> tuple[object, ...]:
        """Versions of its rules, state and entries: a paper printed from it is out of date when they differ."""
        record, entries = self.snapshot.record, self.snapshot.entries
        pinned = self.snapshot.round
        rules = (*sorted(pinned.fingerprints.items()), *sorted(pinned.policies.items()))
        return rules, record.version, *sorted((t, entry.version) for t, entry in entries.items() if not t.is_scan)

    def judged(self, level: Level) -> Assessment:
        """Scoring's answer at a level."""
        return judged_at(self.office, self.snapshot, level)

    def place(self, *parts: object) -> str:
        """A key for widgets and outcomes of this submission."""
        return "|".join(("case", str(self.id), self.level, *(str(part) for part in parts)))
