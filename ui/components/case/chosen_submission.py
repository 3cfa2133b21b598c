"""Which submission a reviewer's or reader's page is about: chosen from the area's; the address keeps the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

import streamlit as st

from scoring.submission import Level
from storage.records import ListedSubmission
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from workflow.divisions import prefecture_of
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.rounds import readable_in_area
from workflow.states import State, state_label
from workflow.submission.snapshot import open_submission

_PARAMETER = "s"
_REMEMBERED = "submission"


def chosen_submission(office: Office, person: Person, level: Level, *, first: Sequence[State] = ()) -> StoredForms:
    """The chooser and the submission it leads to; stops the page where there is none to read.

    ``first``: states listed before the others, because they wait for this level.
    """
    listed = list(readable_in_area(office, person))
    if not listed:
        st.info("您的辖区内还没有可以查看的申报。县级人民政府上报后会出现在这里。")
        st.stop()
    listed.sort(key=lambda one: (State(one.record.state) not in first, one.record.round_id, one.record.division_code))
    by_id, shared = {str(one.record.id): one for one in listed}, names_shared(listed)
    wanted = st.query_params.get(_PARAMETER) or st.session_state.get(_REMEMBERED)
    if wanted is not None and wanted not in by_id:
        st.warning("地址中的申报不存在，或不在您的辖区内。请在下面选择。")
    ids = list(by_id)
    at = ids.index(wanted) if wanted in by_id else 0
    chosen = st.selectbox(
        "选择申报",
        ids,
        at,
        format_func=lambda submission_id: option_words(by_id[submission_id], shared),
        key=f"submission-{ids[at]}",
    )
    _remember(chosen)
    if chosen != ids[at]:
        st.rerun()
    one = by_id[chosen]
    try:
        return StoredForms(office, person, open_submission(office, person, one.record.id, one.stamp), level)
    except Refused as error:
        st.error(verbatim.markdown("；".join(error.reasons)))
        st.stop()


def names_shared(listed: Iterable[ListedSubmission]) -> frozenset[str]:
    """The names by which several of the counties are called."""
    called = Counter(name for name, _ in {(one.record.division_name, one.record.division_code) for one in listed})
    return frozenset(name for name, count in called.items() if count > 1)


def option_words(one: ListedSubmission, shared: Set[str] = frozenset()) -> str:
    """A submission in a list of them: county, with its prefecture where others are called so too, state, round."""
    record, above = one.record, prefecture_of(one.record.division_code)
    label = state_label(State(record.state), has_prefecture=above is not None)
    prefecture = above.name if above is not None and record.division_name in shared else ""
    return verbatim.plain(f"{prefecture}{record.division_name}　{label}　{one.round_title}")


def _remember(submission_id: str) -> None:
    st.session_state[_REMEMBERED] = submission_id
    if st.query_params.get(_PARAMETER) != submission_id:
        st.query_params[_PARAMETER] = submission_id
