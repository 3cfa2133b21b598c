"""The vetoes in one form: the search shared, a conclusion and what was checked for each; one save, a finding each.

Those found on already are not in it: they are changed on their own pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from scoring.judging.levels import SEARCHING
from scoring.kinds.typed import EntryError
from scoring.submission import Finding, ReviewLevel
from scoring.substance import LEAST_HAN
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.row_place import finding_word
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing, shows_notice
from ui.components.forms.form import Form
from ui.components.forms.raw import or_none
from ui.components.forms.save_notice import save_notice
from ui.components.review.answer_given import answer_brief
from ui.components.review.search_record import search_record
from ui.components.rows.row import Row
from ui.rules import library
from workflow.errors import Place, Refused
from workflow.procedure.confirming import TOGETHER
from workflow.procedure.findings import finding_body, methods_of
from workflow.targets import Path, Target

_SHARED = "searched"


def veto_findings(opened: StoredForms, level: ReviewLevel, now: datetime) -> None:
    """The form for the vetoes this level has not found on; nothing where the round has none."""
    vetoes = [row for row in opened.rows.values() if row.veto]
    if not vetoes:
        return
    st.subheader("一票否决的认定", anchor=False)
    findings = opened.snapshot.content.findings.get(level, {})
    done = [f"{row.id} {finding_word(row, findings[row.id].finding)}" for row in vetoes if row.id in findings]
    if done:
        st.caption(verbatim.markdown(f"已认定：{'、'.join(done)}。要改的，在“逐项认定”里改。"))
    left = [row for row in vetoes if row.id not in findings]
    form = Form(opened.pad, ("vetoes", level))
    if left:
        _VetoForm(opened, level, left, form, now).show()
    elif shows_notice(opened, form):
        save_notice(opened)


class _VetoForm:
    """One save, a finding for each veto that is left."""

    def __init__(
        self, opened: StoredForms, level: ReviewLevel, rows: Sequence[Row], form: Form, now: datetime
    ) -> None:  # fmt: skip
        self.opened, self.level, self.rows, self.form, self.now = opened, level, rows, form, now
        self.printed = {row.id: methods_of(opened.snapshot, row.id) for row in rows}

    def show(self) -> None:
        """Draw, then act on what was pressed."""
        searched, fault = None, ""
        if any(SEARCHING in methods or not methods for methods in self.printed.values()):
            searched, fault = search_record(self.form, None, local_date(self.now))
        st.html('<p class="dc-field"><b>采用的评估方法</b></p>')
        ticks = st.columns([1, 1, 1, 2], vertical_alignment="bottom")
        used = []
        for column, method in zip(ticks, TOGETHER, strict=False):
            with column:
                if self.form.tick(f"methods/{method}", labels.word("methods", method), stored=False):
                    used.append(method)
        with ticks[2]:
            day = self.form.day("date", "认定日期", local_date(self.now))
        every = f"{len(self.rows)} 项均不存在"
        alike = self.form.choice("alike", "认定结论", or_none("逐项选", {"clear": every}), None)
        methods = (*used, *([SEARCHING] if searched is not None else []))
        given: dict[str, Finding] = {}
        open_rows = []
        for row in self.rows:
            conclusion, reason = self._asked(row, alike)
            own = tuple(method for method in methods if method in self.printed[row.id] or not self.printed[row.id])
            if conclusion is None:
                open_rows.append(row.id)
            else:
                shared = searched if SEARCHING in own else None
                given[row.id] = Finding(conclusion, own, reason.strip() or None, day, {}, shared)

        def save() -> None:
            if open_rows:
                told = f"{'、'.join(open_rows)} 还没有选认定结论。只认定其中几项的，到各项的页面认定。"
                raise EntryError([told], [(row_id, "finding") for row_id in open_rows])
            if fault:
                raise EntryError([fault], [(_SHARED, "results")])
            bodies = {Target.finding(self.level, row_id): finding_body(one) for row_id, one in given.items()}
            try:
                self.opened.save(self.form, bodies, what)
            except Refused as refused:
                raise Refused(refused.code, *refused.reasons, places=map(_place, refused.places)) from refused

        what = f"一票否决 {'、'.join(row.id for row in self.rows)} 的认定"
        button = Button("保存一票否决的认定", self.opened.place("agree", "vetoes"), save, what)
        closing(self.form, button, forms=self.opened, drop=self.opened.place("agree", "vetoes", "drop"))

    def _asked(self, row: Row, alike: str | None) -> tuple[str | None, str]:
        """The conclusion on one veto and what was checked; beside them what the county declares."""
        target = Target.finding(self.level, row.id)
        asking, reading = st.columns([10, 11])
        brief = lambda: answer_brief(self.opened, row)  # noqa: E731 - kept by the snapshot
        reading.html(f'<div class="dc-detail">{self.opened.once(("brief", row.id), brief)}</div>')
        with asking:
            st.html(f'<p class="dc-field"><b>{row.id}</b>　{verbatim.markup(row.first.statement)}</p>')
            words = library().vocabulary.lists["veto_findings"]
            if alike is None:
                conclusion = self.form.choice(
                    "finding", f"{row.id} 认定结论", or_none("未认定", words), None, entry=target
                )
            else:
                conclusion = alike
                st.html(f'<p class="dc-field"><b>{verbatim.markup(words[alike])}</b></p>')
            label = f"{row.id} 查核情况（理由：查了什么、在哪里查、何时查，不少于{LEAST_HAN}个汉字）"
            return conclusion, self.form.text("reason", label, "", entry=target, tall=68)


def _place(place: Place) -> Place:
    """In this form: what is shared stands under no veto."""
    target, path = place
    shared: Path = path if path[:1] in ((_SHARED,), ("date",), ("methods",)) else ()
    return (None, shared) if shared else (target, path)
