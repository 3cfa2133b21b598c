"""Which submission a page of the county's side is about: from the address, the session, or the only one there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from storage.clock import now
from storage.records import ListedSubmission, SubmissionRecord
from ui import navigation
from ui.components import verbatim
from ui.components.case.chosen_submission import option_words
from ui.components.case.head import submission_head
from ui.components.case.stored_forms import StoredForms
from ui.identity import current_person
from ui.menu import entry
from ui.office import office
from workflow.errors import Refused
from workflow.office import RULES_LOST
from workflow.papers.file_names import file_name
from workflow.rounds.rounds import readable_in_area
from workflow.submission.exchanging import export_submission
from workflow.submission.snapshot import open_submission

SUBMISSION = "s"
_REMEMBERED = "submission"


def opened_forms() -> StoredForms:
    """The submission, opened for the signed-in person, under the page's head; stops the page where there is none."""
    person = current_person()
    readable = {str(one.record.id): one for one in readable_in_area(office(), person)}
    if not readable:
        st.info("还没有可以查看的申报。请从工作台开始本县的自评。")
        st.page_link(entry(navigation.WORKBENCH), label="前往工作台")
        st.stop()
    chosen = _chosen(readable)
    remember(chosen)
    one = readable[chosen]
    try:
        forms = StoredForms(office(), person, open_submission(office(), person, one.record.id, one.stamp), "county")
    except Refused as refused:
        st.error(verbatim.markdown("；".join(refused.reasons)))
        if refused.code in RULES_LOST:
            text = export_submission(office(), person, one.record.id, as_json=True)
            name = file_name(one.record.division_name, one.round_title, "填报数据.json")
            st.download_button("导出已填内容", text, name, "application/json")
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


def _chosen(readable: Mapping[str, ListedSubmission]) -> str:
    ids = sorted(readable, key=lambda one: (readable[one].record.division_code, -readable[one].record.id))
    addressed = st.query_params.get(SUBMISSION)
    if addressed is not None and addressed not in readable:
        st.warning("地址中的申报不存在，或不在您的辖区内。已打开您可以查看的申报。")
    wanted = addressed if addressed in ids else st.session_state.get(_REMEMBERED)
    at = ids.index(wanted) if wanted in ids else 0
    if len(ids) == 1:
        return ids[0]
    return st.selectbox(
        "选择申报",
        ids,
        at,
        format_func=lambda submission_id: option_words(readable[submission_id]),
        key=f"submission-{ids[at]}",
    )
