"""What each of the demo's counties needs to come to where it stands: people, samples, and a clock set back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scoring.exchange.reading import read_submission_file
from scoring.submission import OpinionLevel, Submission
from storage.clock import local_date
from storage.records import RoundRecord, SubmissionRecord
from workflow.demo.content import DemoPeriod, sample_content, with_whole_form
from workflow.office import Office
from workflow.people import Person
from workflow.procedure.moving import perform
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.procedure.situation import MoveRequest
from workflow.rounds.rounds import start_submission
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

Content = dict[Target, Any]
WHOLE = "01-fully-eligible.yaml"


@dataclass(frozen=True, slots=True)
class Stage:
    """What each county's story needs: the office, its people, the samples' folder, the round and the time."""

    office: Office
    people: Mapping[str, Person]
    samples: Path
    round: RoundRecord
    now: datetime
    read: dict[str, Submission] = field(default_factory=dict)  # 几个县用同一份样例，只读一次

    def at(self, days_ago: float) -> datetime:
        """A moment before now."""
        return self.now - timedelta(days=days_ago)

    def content(self, sample: str, names: Mapping[str, str]) -> Content:
        """A sample's content for a county of another name."""
        period = DemoPeriod(self.round.period_first, self.round.period_last)
        if sample not in self.read:
            self.read[sample] = read_submission_file(self.samples / sample, self.office.library)
        return sample_content(self.read[sample], period, names)

    def whole(self, names: Mapping[str, str]) -> Content:
        """The eligible county's content; a field of the form that is newer than the sample says its own name."""
        return with_whole_form(self.content(WHOLE, names))

    def local(self, sample: str, names: Mapping[str, str]) -> Content:
        """A sample's answers to its local document alone; nothing where that sample is not there."""
        if not (self.samples / sample).is_file():
            return {}
        return {target: body for target, body in self.content(sample, names).items() if target.kind == "local"}

    def begin(self, who: str, content: Content, days_ago: float) -> SubmissionRecord:
        """The coordinator opens the self-assessment and saves this content, without what is given from above."""
        person = self.people[who]
        record = start_submission(self.office, person, self.round.id, self.at(days_ago))
        opened = open_submission(self.office, person, record.id)
        given = {target.stated for target in opened.entries if target.kind == "given"}
        edits = [Edit(target, body, opened.version(target)) for target, body in content.items() if target not in given]
        save(self.office, person, record.id, edits, self.at(days_ago - 1))
        return record

    def move(
        self, who: str, record: SubmissionRecord, move: str, days_ago: float, request: MoveRequest | None = None
    ) -> SubmissionRecord:
        """One move of the table."""
        return perform(
            self.office,
            self.people[who],
            record.id,
            move,
            request or MoveRequest(),
            expected_version=record.version,
            now=self.at(days_ago),
        )

    def give_opinion(self, who: str, record: SubmissionRecord, level: OpinionLevel, days_ago: float) -> None:
        """The drafted opinion, signed and dated."""
        opened = open_submission(self.office, self.people[who], record.id)
        body = {
            "text": draft_opinion(self.office, opened, level),
            "date": local_date(self.at(days_ago)).isoformat(),
            "by": opinion_author(opened, level),
        }
        target = Target.opinion(level)
        edit = Edit(target, body, opened.version(target))
        save(self.office, self.people[who], record.id, [edit], self.at(days_ago))

    def write(self, who: str, record: SubmissionRecord, bodies: Content, days_ago: float) -> None:
        """Entries saved by somebody, on what stands."""
        person = self.people[who]
        opened = open_submission(self.office, person, record.id)
        edits = [Edit(target, body, opened.version(target)) for target, body in bodies.items()]
        save(self.office, person, record.id, edits, self.at(days_ago))

    def release(self, county: str, record: SubmissionRecord, days_ago: float) -> SubmissionRecord:
        """County to government, opinion, and on to the reviewers."""
        record = self.move(f"{county}_minzheng", record, "hand_over", days_ago)
        self.give_opinion(f"{county}_zhengfu", record, "county_government", days_ago - 1)
        return self.move(f"{county}_zhengfu", record, "release", days_ago - 1)
