"""One row's finding: the findings so far, the form of this level's own, and the verdict it would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

import streamlit as st

from scoring.judging.levels import SEARCHING
from scoring.judging.one_row import judge_row
from scoring.kinds.typed import EntryError
from scoring.submission import REVIEW_LEVELS, Finding, ReviewLevel
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.news import news
from ui.components.case.row_place import finding_word, open_row
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.left_over import left_over
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.raw import or_none
from ui.components.review.finding_fields import further_fields, measures_html, methods_field
from ui.components.review.search_record import search_html, search_record
from ui.components.rows.reasons import reasons_html
from ui.components.rows.row import Row
from ui.rules import library
from workflow.procedure.findings import content_with, finding_body
from workflow.procedure.reviewing import rows_to_find
from workflow.targets import Target

_UNFOUND = "未认定"


def finding_form(opened: StoredForms, level: ReviewLevel, row: Row, now: datetime) -> None:
    """The form where the person may write it, else the finding as it stands and why it cannot be changed."""
    st.subheader(labels.word("levels", level), anchor=False)
    target = Target.finding(level, row.id)
    _others(opened, row)
    news(opened, target)
    stored = opened.snapshot.content.findings.get(level, {}).get(row.id)
    why_not = opened.snapshot.why_not(target)
    if why_not is not None:
        _standing(row, stored)
        st.caption(verbatim.markdown(why_not))
        left_over(opened.pad, target)
        opened.history(target)
        return
    own_fragment(opened, lambda: _FindingForm(opened, level, row, now).show())


def _others(opened: StoredForms, row: Row) -> None:
    """The prefecture's finding, for the province; marked where the two differ."""
    compared = opened.compared[row.id]
    prefecture = compared.findings.get("prefecture")
    if opened.level != "province" or prefecture is None:
        return
    province = compared.findings.get("province")
    mark = labels.tag("与省级认定不同", "notice") if province and province.finding != prefecture.finding else ""
    st.html(f'<article class="dc-detail"><h3>市级认定 {mark}</h3>{finding_html(row, prefecture)}</article>')
    opened.history(Target.finding("prefecture", row.id))


def _standing(row: Row, stored: Finding | None) -> None:
    st.html(f'<article class="dc-detail">{finding_html(row, stored) if stored else "<p>没有认定。</p>"}</article>')


def finding_html(row: Row, finding: Finding) -> str:
    """HTML of a finding: word, methods, date, reason."""
    methods = "、".join(labels.word("methods", method) for method in finding.methods)
    known = "　".join(part for part in (methods, finding.date.isoformat() if finding.date else "") if part)
    reason = f'<p class="dc-verbatim">理由：{verbatim.markup(finding.reason)}</p>' if finding.reason else ""
    word = f"<p><b>{verbatim.markup(finding_word(row, finding.finding))}</b>　{verbatim.markup(known)}</p>"
    papers = "、".join(dict.fromkeys(item_id for ids in finding.evidence.values() for item_id in ids))
    seen = f"<p>看过的材料：{verbatim.markup(papers)}</p>" if papers else ""
    return f"{word}{reason}{seen}{measures_html(row, finding)}{search_html(finding)}"


def findings_given(opened: StoredForms, row: Row) -> None:
    """Both levels' findings, to be read."""
    for level in REVIEW_LEVELS:
        finding = opened.compared[row.id].findings.get(level)
        if level == "prefecture" and opened.direct:
            continue
        words = finding_html(row, finding) if finding else "<p>没有认定。</p>"
        st.html(f'<article class="dc-detail"><h3>{labels.word("levels", level)}</h3>{words}</article>')
        opened.history(Target.finding(level, row.id))


class _FindingForm:
    """One finding: its fields, the verdict it would give, and what its buttons write."""

    def __init__(self, opened: StoredForms, level: ReviewLevel, row: Row, now: datetime) -> None:
        self.opened, self.level, self.row, self.now = opened, level, row, now
        self.target = Target.finding(level, row.id)
        self.stored = opened.base(self.target).findings.get(level, {}).get(row.id)
        self.form = Form(opened.pad, self.target)
        self.fault = ""

    def show(self) -> None:
        """Draw, then act on what was pressed."""
        typed = self._typed(self.stored)
        name = labels.row_name(self.row.first)
        what, undone = f"{name}的认定", f"{name}的认定已撤销"
        save = lambda: self._save(typed, what)  # noqa: E731 - two buttons do the same
        undo = lambda: self.opened.save(self.form, {self.target: None}, undone)  # noqa: E731 - beside it
        place = partial(self.opened.place, "find", self.row.id)
        closing(
            self.form,
            Button("保存认定", place("save"), save, what),
            Button("保存，转到下一未认定项", place("next"), save, what, then=self._onward),
            Button(
                "撤销认定",
                place("undo"),
                undo,
                undone,
                main=False,
                shut=self.stored is None,
            ),
            forms=self.opened,
            drop=place("drop"),
        )
        if typed is not None:
            self._preview(typed)

    def _typed(self, stored: Finding | None) -> Finding | None:
        """What stands in the form; None while no conclusion is chosen."""
        words = library().vocabulary.lists["veto_findings" if self.row.veto else "findings"]
        chosen = self.form.choice("finding", "认定结论", or_none(_UNFOUND, words), stored.finding if stored else None)
        methods = methods_field(self.form, self.opened, self.row, stored)
        # 日期在前：焦点离开理由时不打开日历，挡住保存按钮
        day = self.form.day("date", "认定日期", stored.date if stored and stored.date else local_date(self.now))
        label = "理由（除与计算结论一致的“达标”外都要写明，不少于8个汉字）"
        reason = self.form.text("reason", label, (stored.reason or "") if stored else "", tall=68)
        searched = None
        further = further_fields(self.form, self.opened, self.row, stored)
        methods += further.methods
        if SEARCHING in methods:
            searched, self.fault = search_record(self.form, stored)
        if chosen is None:
            return None
        return Finding(chosen, methods, reason.strip() or None, day, further.evidence, searched, further.measures)

    def _preview(self, typed: Finding) -> None:
        """The level's verdict of the row with this finding, in scoring's words."""
        content = content_with(self.opened.snapshot, self.level, self.row.id, typed)
        results = (
            replace(each, result=judge_row(content, each.standard, each.row, self.level)) for each in self.row.judged
        )
        judged = replace(self.row, judged=tuple(results))
        several = len(judged.judged) > 1
        chips = " ".join(
            (labels.tag(labels.short_name(verdict.standard)) if several else "")
            + labels.result_chip(verdict.row, verdict.result)
            for verdict in judged.judged
        )
        reasons = reasons_html(judged, "blocks", several=several) if judged.reasons("blocks") else ""
        st.html(f'<article class="dc-detail"><h3>按此认定，本级结论</h3><p>{chips}</p>{reasons}</article>')

    def _save(self, typed: Finding | None, what: str) -> None:
        if typed is None:
            raise EntryError(["请先选择认定结论。"], [("finding",)])
        if self.fault:
            raise EntryError([self.fault], [("searched", "results")])
        self.opened.save(self.form, {self.target: finding_body(typed)}, what)

    def _onward(self) -> None:
        left = [row_id for row_id in rows_to_find(self.opened.snapshot, self.level) if row_id != self.row.id]
        if not left:
            return
        next_id = _after(list(self.opened.rows), self.row.id, left)
        if self.opened.saved is not None:  # 刚保存了什么，在下一项下面说
            self.opened.saved = replace(self.opened.saved, form=Target.finding(self.level, next_id))
        open_row(next_id)


def _after(order: list[str], row_id: str, left: list[str]) -> str:
    """The next row left to find after this one, else the first."""
    at = order.index(row_id)
    return next((candidate for candidate in order[at + 1 :] if candidate in left), left[0])
