"""The submission on the screen: chosen from the area's, opened for this person, judged; the address keeps the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from indicators.model import Library, Standard
from scoring.assessment import Assessment
from scoring.local.profile import LocalProfile, local_profile
from scoring.submission import Level, ReviewLevel, Submission
from storage.records import RoundRecord, SubmissionRecord
from ui.components import verbatim
from ui.components.rows.row import Row, rows
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import may_read
from workflow.procedure.reviewing import RowAcrossLevels, compare_levels
from workflow.rounds.rounds import rounds, submissions_in_area
from workflow.states import State, state_label
from workflow.submission.printing import printable_levels
from workflow.submission.snapshot import SubmissionSnapshot, open_submission

_PARAMETER = "s"
_REMEMBERED = "submission"


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

    @cached_property
    def local(self) -> LocalProfile:
        """The county beside its local policy documents; advisory."""
        return local_profile(self.snapshot.content, self.rules.policies, self.standards)

    @cached_property
    def compared(self) -> Mapping[str, RowAcrossLevels]:
        """The levels side by side, by row id; a level still at work is seen by itself alone."""
        content = self.snapshot.content
        visible = {level: findings for level, findings in content.findings.items() if level in self.seen_levels}
        shown = replace(self.snapshot, content=replace(content, findings=visible))
        return {compared.row.id: compared for compared in compare_levels(self.office, shown)}

    @cached_property
    def seen_levels(self) -> tuple[Level, ...]:
        """The levels whose words this person may see now."""
        return printable_levels(self.snapshot)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every row of all standards by id, in printed order."""
        return {row.id: row for row in rows(self)}

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
        return rules, record.version, *sorted((target, entry.version) for target, entry in entries.items())

    def judged(self, level: Level) -> Assessment:
        """Scoring's answer at a level."""
        return self.office.judge(self.snapshot.content, self.snapshot.round, level)

    def place(self, *parts: object) -> str:
        """A key for widgets and outcomes of this submission."""
        return "|".join(("case", str(self.id), self.level, *(str(part) for part in parts)))


def chosen_submission(office: Office, person: Person, level: Level, *, first: Sequence[State] = ()) -> OpenedSubmission:
    """The chooser and the submission it leads to; stops the page where there is none to read.

    ``first``: states listed before the others, because they wait for this level.
    """
    records = [r for r in submissions_in_area(office, person) if may_read(person, r.division_code, State(r.state))]
    if not records:
        st.info("您的辖区内还没有可以查看的申报。县级人民政府上报后会出现在这里。")
        st.stop()
    titles = {round_record.id: round_record for round_record in rounds(office)}
    records.sort(key=lambda r: (State(r.state) not in first, r.round_id, r.division_code))
    by_id = {str(record.id): record for record in records}
    wanted = st.query_params.get(_PARAMETER) or st.session_state.get(_REMEMBERED)
    if wanted is not None and wanted not in by_id:
        st.warning("地址中的申报不存在，或不在您的辖区内。请在下面选择。")
    ids = list(by_id)
    at = ids.index(wanted) if wanted in by_id else 0
    chosen = st.selectbox(
        "选择申报",
        ids,
        at,
        format_func=lambda submission_id: _option(by_id[submission_id], titles),
        key=f"submission-{ids[at]}",
    )
    _remember(chosen)
    if chosen != ids[at]:
        st.rerun()
    try:
        return OpenedSubmission(office, person, open_submission(office, person, int(chosen)), level)
    except Refused as error:
        st.error(verbatim.markdown("；".join(error.reasons)))
        st.stop()


def _option(record: SubmissionRecord, rounds_by_id: Mapping[str, RoundRecord]) -> str:
    label = state_label(State(record.state), has_prefecture=has_prefecture(record.division_code))
    title = rounds_by_id[record.round_id].title if record.round_id in rounds_by_id else record.round_id
    return verbatim.plain(f"{record.division_name}　{label}　{title}")


def _remember(submission_id: str) -> None:
    st.session_state[_REMEMBERED] = submission_id
    if st.query_params.get(_PARAMETER) != submission_id:
        st.query_params[_PARAMETER] = submission_id
