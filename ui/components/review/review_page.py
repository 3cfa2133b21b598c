"""A reviewer's page put together: the head, the choice of view, and the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import streamlit as st

from ui.components.case.form_print import form_print
from ui.components.case.head import submission_head
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.row_place import arrived_from_other_view, chosen_row, filtered, row_link
from ui.components.case.rules_taken import rules_at_row, rules_history
from ui.components.local.page import local_view
from ui.components.local.picture import shortfalls_at_row
from ui.components.review.agreeing import agreeing
from ui.components.review.answer_given import answer_given
from ui.components.review.changes import Answered, changed_words, changes, county_changes, returned_row
from ui.components.review.decisions import decisions
from ui.components.review.finding_form import finding_form, findings_given
from ui.components.review.opinion import opinions
from ui.components.review.side_by_side import side_by_side
from ui.components.review.site_visits import site_visits, visits_made
from ui.components.rows.cross_checks import at_odds_with_row
from ui.components.rows.indicator_detail import indicator_detail, row_title
from ui.components.rows.verdict_header import reminders
from workflow.procedure.reviewing import Change, corrections_made

_PARAMETER = "view"
_TITLES = {
    "row": "逐项认定",
    "table": "各级对照",
    "agree": "一并确认",
    "changes": "退回与改动",
    "visits": "实地评估",
    "opinion": "推荐意见",
    "decide": "办理",
    "local": "地方文件",
    "print": "申报表",
}


class ReviewPage:
    """What one run shows. Changes since the last return are read once."""

    def __init__(self, case: OpenedSubmission, now: datetime) -> None:
        self.case, self.now = case, now
        self.returned: Answered = corrections_made(case.office, case.person, case.id)
        self.changed: tuple[Change, ...] = county_changes(case) if self.returned else ()

    def show(self, *views: str) -> None:
        """The head, the choice among ``views`` (kept in the address) and the chosen one."""
        submission_head(self.case, self.now)
        if words := changed_words(self.changed, self.returned):
            st.info(f"{words}，见“退回与改动”。")
        reminders(self.case.assessment, row_link(self.case, "row"))
        _VIEWS[self._chosen(views)](self)

    def _chosen(self, views: tuple[str, ...]) -> str:
        key = self.case.place("view")
        wanted = st.query_params.get(_PARAMETER)
        if arrived_from_other_view(self.case):
            st.session_state[key] = views[0]
        if st.session_state.get(key) not in views:
            st.session_state[key] = wanted if wanted in views else views[0]
        chosen = st.segmented_control(
            "查看", views, format_func=_TITLES.__getitem__, key=key, required=True, label_visibility="collapsed",
            persist_state="session",
        )  # fmt: skip
        chosen = chosen or views[0]
        if st.query_params.get(_PARAMETER) != chosen:
            st.query_params[_PARAMETER] = chosen
        return chosen

    def _filtered(self) -> list[str]:
        return filtered(self.case, frozenset(row_id for change in self.changed for row_id in change.row_ids))

    def row(self) -> None:
        """One row: read on the left, find on the right."""
        narrowing, choosing = st.columns([1, 3], vertical_alignment="bottom")
        with narrowing:
            ids = self._filtered()
        with choosing:
            row = chosen_row(self.case, ids)
        if row is None:
            return
        row_title(row)
        reading, finding = st.columns([11, 9], gap="large")
        with reading:
            rules_at_row(self.case, row)
            if self.returned:
                returned_row(row.id, *self.returned[-1])
            at_odds_with_row(self.case.assessment, row.id, row_link(self.case, "row"))
            shortfalls_at_row(self.case.local, row.id, self.case.submission)
            indicator_detail(row)
            answer_given(self.case, row)
        with finding:
            if self.case.level == "county":
                findings_given(self.case, row)
            else:
                finding_form(self.case, row, self.now)

    def table(self) -> None:
        """All rows, the levels side by side."""
        side_by_side(self.case, self._filtered())

    def agree(self) -> None:
        """Confirming at once."""
        agreeing(self.case, self.now)

    def changes(self) -> None:
        """Returns, and what changed since."""
        rules_history(self.case)
        changes(self.case, self.changed, self.returned)

    def visits(self) -> None:
        """Site visits."""
        if self.case.level == "county":
            visits_made(self.case)
        else:
            site_visits(self.case, self.now)

    def opinion(self) -> None:
        """Opinions."""
        opinions(self.case, self.now)

    def decide(self) -> None:
        """Moves."""
        decisions(self.case, self.now)

    def local(self) -> None:
        """The county beside its local documents."""
        local_view(self.case)

    def print(self) -> None:
        """The printed form."""
        form_print(self.case, self.now)


_VIEWS: Mapping[str, Callable[[ReviewPage], None]] = {name: getattr(ReviewPage, name) for name in _TITLES}
