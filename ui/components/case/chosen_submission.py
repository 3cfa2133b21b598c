"""Which submission a reviewer's or reader's page is about: chosen from the area's; the address keeps the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.submission import Level
from storage.records import RoundRecord, SubmissionRecord
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import may_read
from workflow.rounds.rounds import rounds, submissions_in_area
from workflow.states import State, state_label
from workflow.submission.snapshot import open_submission

_PARAMETER = "s"
_REMEMBERED = "submission"


def chosen_submission(office: Office, person: Person, level: Level, *, first: Sequence[State] = ()) -> StoredForms:
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
        return StoredForms(office, person, open_submission(office, person, int(chosen)), level)
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
