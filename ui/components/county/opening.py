"""Which submission a page of the county's side is about: from the address, the session, or the only one there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from storage.clock import now
from storage.records import SubmissionRecord
from ui import navigation
from ui.components import verbatim
from ui.components.case.file_names import download_name
from ui.components.case.head import submission_head
from ui.components.case.stored_forms import StoredForms
from ui.identity import current_person
from ui.menu import entry
from ui.office import office
from workflow.divisions import has_prefecture
from workflow.errors import Refused
from workflow.office import RULES_LOST
from workflow.permissions import may_read
from workflow.rounds.rounds import rounds, submissions_in_area
from workflow.states import State, state_label
from workflow.submission.exchanging import export_submission
from workflow.submission.snapshot import open_submission

SUBMISSION = "s"
_REMEMBERED = "submission"


def opened_forms() -> StoredForms:
    """The submission, opened for the signed-in person, under the page's head; stops the page where there is none."""
    person = current_person()
    readable = [r for r in submissions_in_area(office(), person) if may_read(person, r.division_code, State(r.state))]
    if not readable:
        st.info("还没有可以查看的申报。请从工作台开始本县的自评。")
        st.page_link(entry(navigation.WORKBENCH), label="前往工作台")
        st.stop()
    chosen = _chosen(readable)
    remember(chosen)
    try:
        forms = StoredForms(office(), person, open_submission(office(), person, int(chosen)), "county")
    except Refused as refused:
        st.error(verbatim.markdown("；".join(refused.reasons)))
        if refused.code in RULES_LOST:
            text = export_submission(office(), person, int(chosen), as_json=True)
            st.download_button("导出已填内容", text, _export_name(chosen, readable), "application/json")
        st.stop()
    submission_head(forms, now())
    return forms


def remember(submission_id: str) -> None:
    """Keep the place in the address, so that a reload finds it, and in the session, for the menu's links."""
    st.session_state[_REMEMBERED] = submission_id
    if st.query_params.get(SUBMISSION) != submission_id:
        st.query_params[SUBMISSION] = submission_id


def chosen_of(records: Sequence[SubmissionRecord]) -> int | None:
    """Of a county's submissions the one it works in: as the address says, else as last opened, else the newest."""
    ids = {str(record.id): record.id for record in records}
    for wanted in (st.query_params.get(SUBMISSION), st.session_state.get(_REMEMBERED)):
        if wanted in ids:
            return ids[wanted]
    return max(ids.values(), default=None)


def _chosen(readable: list[SubmissionRecord]) -> str:
    by_id = {str(record.id): record for record in sorted(readable, key=lambda r: (r.division_code, -r.id))}
    addressed = st.query_params.get(SUBMISSION)
    if addressed is not None and addressed not in by_id:
        st.warning("地址中的申报不存在，或不在您的辖区内。已打开您可以查看的申报。")
    wanted = addressed if addressed in by_id else st.session_state.get(_REMEMBERED)
    ids = list(by_id)
    at = ids.index(wanted) if wanted in by_id else 0
    if len(ids) == 1:
        return ids[0]
    titles = _titles()
    return st.selectbox(
        "选择申报",
        ids,
        at,
        format_func=lambda submission_id: _option(by_id[submission_id], titles),
        key=f"submission-{ids[at]}",
    )


def _option(record: SubmissionRecord, titles: Mapping[str, str]) -> str:
    label = state_label(State(record.state), has_prefecture=has_prefecture(record.division_code))
    return verbatim.plain(f"{record.division_name}　{label}　{titles.get(record.round_id, record.round_id)}")


def _export_name(chosen: str, readable: Sequence[SubmissionRecord]) -> str:
    record = next(record for record in readable if str(record.id) == chosen)
    return download_name(record.division_name, _titles().get(record.round_id, record.round_id), "填报数据.json")


def _titles() -> dict[str, str]:
    return {round_record.id: round_record.title for round_record in rounds(office())}
