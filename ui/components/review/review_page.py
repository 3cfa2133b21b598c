"""A reviewer's page put together: the head, the choice of view, and the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import streamlit as st

from scoring.submission import ReviewLevel
from ui.components.case.change_record import change_record
from ui.components.case.head import submission_head
from ui.components.case.jumps import jumps_at_row
from ui.components.case.move_history import move_history
from ui.components.case.package_download import package_download
from ui.components.case.repins import repin_history, repins_at_row
from ui.components.case.row_place import (
    arrived_from_other_view,
    chosen_row,
    filtered,
    row_link,
    row_steps,
    with_open_row,
)
from ui.components.case.stored_forms import StoredForms
from ui.components.checks.checks_list import checks_list
from ui.components.checks.explaining import explanations_at_row
from ui.components.consistency.notice import out_of_line
from ui.components.forms.answer_form import form_name
from ui.components.local.page import local_view
from ui.components.local.picture import shortfalls_at_row
from ui.components.printing.submission_printing import submission_printing
from ui.components.remarks.doubts import doubt_at_row
from ui.components.remarks.notes import level_notes
from ui.components.remarks.page import remarks
from ui.components.review.answer_given import answer_given
from ui.components.review.changes import (
    Answered,
    changed_words,
    changes,
    county_changes,
    returned_row,
    unrequested_at_row,
    unseen,
    unseen_words,
)
from ui.components.review.confirming import confirm_many
from ui.components.review.decisions import decisions
from ui.components.review.finding_form import finding_form, findings_given
from ui.components.review.opinion import opinions
from ui.components.review.row_past import doubtful, row_past
from ui.components.review.side_by_side import side_by_side
from ui.components.review.site_visits import seen_on_the_spot, site_visits, visits_made
from ui.components.review.who_reviews import who_reviews
from ui.components.rows.cross_checks import at_odds_with_row
from ui.components.rows.indicator_detail import explanation, row_title, verdicts
from ui.components.rows.row_page import finding_and_reading
from workflow.procedure.reviewing import EntryChange, corrections_made
from workflow.states import State
from workflow.targets import Target

_PARAMETER = "view"
_TITLES = {
    "row": "逐项认定",
    "table": "各级对照",
    "agree": "一并确认",
    "changes": "退回与改动",
    "remarks": "存疑、备注",
    "visits": "实地评估",
    "opinion": "推荐意见",
    "decide": "办理",
    "local": "地方文件",
    "print": "打印",
}


_SHUT_ON_RETURN = frozenset({"agree", "opinion"})  # there is nothing to write there while the county corrects


class ReviewPage:
    """One run of a reviewer's or reader's page of one submission. What changed since the last return is read when
    something was written."""

    def __init__(self, opened: StoredForms, now: datetime) -> None:
        self.opened, self.level, self.now = opened, opened.review_level, now
        made = lambda: corrections_made(opened.office, opened.person, opened.id)  # noqa: E731 - kept by the snapshot
        self.returned: Answered = opened.once("returned", made)
        since = lambda: county_changes(opened) if self.returned else ()  # noqa: E731 - as above
        self.changed: tuple[EntryChange, ...] = opened.once("changed", since)

    def show(self, *views: str) -> None:
        """The head, the choice among ``views`` (kept in the address) and the chosen one."""
        submission_head(self.opened, self.now)
        if words := changed_words(self.changed, self.returned):
            told, way = st.columns([5, 1], vertical_alignment="center")
            told.info(f"{words}{unseen_words(self.opened, self.changed)}。")
            way.button(
                "看退回与改动",
                key=self.opened.place("to-changes"),
                on_click=self._turn_to,
                args=("changes",),
                width="stretch",
            )
        if self.level is not None and self.opened.snapshot.state is State.RETURNED:
            views = tuple(view for view in views if view not in _SHUT_ON_RETURN)
            st.info(self._while_returned(self.level))
        if self.level is not None:
            who_reviews(self.opened, self.level)
        checks_list(self.opened, row_link(self.opened, "row"))
        _VIEWS[self._chosen(views)](self)

    def _while_returned(self, level: ReviewLevel) -> str:
        """What may be done while the county corrects."""
        notice = self.opened.snapshot.open_return
        if notice is None or notice.level != level:
            return "已退回补正，县里正在补正，本级暂不认定。"
        due = f"（期限 {notice.due.isoformat()}）" if notice.due else ""
        return f"本级已退回补正，县里正在补正{due}。这期间不认定、不出具意见；可以办理的列在“办理”。"

    def _turn_to(self, view: str) -> None:
        st.session_state[self.opened.place("view")] = view

    def _chosen(self, views: tuple[str, ...]) -> str:
        key = self.opened.place("view")
        wanted = st.query_params.get(_PARAMETER)
        if arrived_from_other_view(self.opened):
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
        changed, unrequested = (
            frozenset(row_id for change in those for row_id in change.row_ids)
            for those in (self.changed, unseen(self.opened, self.changed))
        )
        return filtered(self.opened, changed, unrequested)

    def row(self) -> None:
        """One row: its finding; beside it the county's answer, figures and material, then the standard's words."""
        filtering, choosing = st.columns([1, 3], vertical_alignment="bottom")
        with filtering:
            ids = with_open_row(self.opened, self._filtered())
        with choosing:
            row = chosen_row(self.opened, ids)
        if row is None:
            return
        may_write = self.level is not None and self.opened.why_not(Target.finding(self.level, row.id)) is None
        row_title(row, _KEYS if may_write else "")
        finding, reading = finding_and_reading()
        with reading:
            repins_at_row(self.opened, row)
            if self.returned:
                returned_row(row.id, *self.returned[-1])
                unrequested_at_row(self.opened, row.id, self.changed)
            seen_on_the_spot(self.opened, row.id)
            at_odds_with_row(self.opened.assessment, row.id, row_link(self.opened, "row"))
            explanations_at_row(self.opened, row.id)
            jumps_at_row(self.opened, row)
            verdicts(row)
            answer_given(self.opened, row)
            row_past(self.opened, row)
            self.opened.history(form_name(row))
        with finding:
            if self.level is None:
                findings_given(self.opened, row)
            else:
                finding_form(self.opened, self.level, row, self.now)
                doubt_at_row(self.opened, self.level, row)
                level_notes(self.opened, self.level, row.id)
            with st.container(key="row-explained"):
                shortfalls_at_row(self.opened, row.id)
                explained = lambda: explanation(row, self.opened.submission.round)  # noqa: E731 - kept by the snapshot
                st.html(self.opened.snapshot.once(("explanation", row.id), explained))
        row_steps(self.opened, ids, row.id, doubtful(self.opened, self.level) if self.level and may_write else None)

    def table(self) -> None:
        """All rows, the levels side by side."""
        side_by_side(self.opened, self._filtered())

    def agree(self) -> None:
        """Confirming many rows at once."""
        if self.level is not None:
            confirm_many(self.opened, self.level, self.now)

    def changes(self) -> None:
        """Returns, and what changed since."""
        move_history(self.opened)
        change_record(self.opened)
        repin_history(self.opened)
        changes(self.opened, self.changed, self.returned)

    def remarks(self) -> None:
        """What the level doubts, and its notes."""
        if self.level is not None:
            remarks(self.opened, self.level)

    def visits(self) -> None:
        """Site visits."""
        if self.level is None:
            visits_made(self.opened)
        else:
            site_visits(self.opened, self.level, self.now)

    def opinion(self) -> None:
        """The opinions, and the form of this level's own."""
        opinions(self.opened)

    def decide(self) -> None:
        """The moves this person may make."""
        if self.level is not None:
            out_of_line(self.opened, self.level)
            decisions(self.opened, self.level, self.now)

    def local(self) -> None:
        """The county beside its local documents."""
        local_view(self.opened)

    def print(self) -> None:
        """The printed form, and the whole as a package."""
        submission_printing(self.opened, self.now)
        package_download(self.opened)


# The keys of `web/assets/desk.js`.
_KEYS = '<span class="dc-keys">键盘：<kbd>N</kbd> 下一疑点项　<kbd>Y</kbd> 达标，再按回车保存　<kbd>D</kbd> 存疑</span>'
_VIEWS: Mapping[str, Callable[[ReviewPage], None]] = {name: getattr(ReviewPage, name) for name in _TITLES}
