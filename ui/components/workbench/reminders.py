"""Advisory lines on the workbench: open cross-checks, and one's own part of 地方文件对照 that is not filled in."""

from __future__ import annotations

import streamlit as st

from ui import navigation
from ui.components.case.stored_forms import StoredForms
from ui.components.county.figure_links import row_link
from ui.components.local.check_filter import own_checks, own_checks_words, to_fill_in
from ui.components.rows.cross_checks import at_odds, cross_checks
from ui.components.workbench.line import line
from workflow.submission.local_assigning import key_of
from workflow.targets import Target


def reminders(forms: StoredForms) -> None:
    """The number of cross-checks, each with links to its places; nothing where there is none."""
    reasons = at_odds(forms.assessment)
    if not reasons:
        return
    count = f"还有 <b>{len(reasons)}</b> 条互核提醒"
    st.html(f'<p class="dc-waiting">{count}，请核对各处所填（只是提醒，不影响结论和办理）。</p>')
    cross_checks(reasons, row_link(forms), mark="open-")


def local_left(forms: StoredForms) -> None:
    """How many of one's own local commitments wait to be filled in, with a link; nothing where none does."""
    documents = forms.local.documents
    own_part = [check for document in documents for check in own_checks(forms, document)]
    wanting = [check for check in own_part if to_fill_in(check)]
    left = [
        check for check in wanting if check.place is None and forms.snapshot.may_edit(Target("local", key_of(check)))
    ]
    elsewhere = sum(check.place is not None for check in wanting)
    besides = f"，另有 {elsewhere} 项待在指标或县情中填" if elsewhere else ""
    if left:
        line(
            f'<p class="dc-waiting">地方文件对照中{own_checks_words(own_part)}，还有 <b>{len(left)}</b> 项待填{besides}'
            "（只供参考，不影响结论和办理）。</p>",
            navigation.LOCAL,
            {"s": str(forms.id)},
        )
