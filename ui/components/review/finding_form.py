"""One row's finding: the findings so far, the form of this level's own, and the verdict it would give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from scoring.submission import REVIEW_LEVELS, Finding, ReviewLevel
from storage.canonical import Json
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.row_place import finding_word, open_row
from ui.components.forms import outcome
from ui.components.rows.reasons import reasons_html
from ui.components.rows.row import JudgedStandards, Row, rows
from ui.rules import library
from workflow.procedure.findings import finding_body, judged_with, methods_of
from workflow.procedure.reviewing import rows_to_find
from workflow.submission.saving import Edit, save
from workflow.targets import Target

_UNFOUND = "未认定"


@dataclass(frozen=True, slots=True)
class _ShownFinding:
    """The stored finding the form was drawn from; a save names its version, so that another's is not overwritten."""

    version: int
    finding: Finding | None


def finding_form(opened: OpenedSubmission, level: ReviewLevel, row: Row, now: datetime) -> None:
    """The form where the person may write it, else the finding as it stands and why it cannot be changed."""
    st.subheader(labels.word("levels", level), anchor=False)
    target = Target.finding(level, row.id)
    _others(opened, row)
    stored = opened.snapshot.content.findings.get(level, {}).get(row.id)
    why_not = opened.snapshot.why_not(target)
    if why_not is not None:
        _standing(row, stored)
        st.caption(verbatim.markdown(why_not))
        return
    _FindingForm(opened, level, row, now).show()


def _others(opened: OpenedSubmission, row: Row) -> None:
    """The prefecture's finding, for the province; marked where the two differ."""
    compared = opened.compared[row.id]
    prefecture = compared.findings.get("prefecture")
    if opened.level != "province" or prefecture is None:
        return
    province = compared.findings.get("province")
    mark = labels.tag("与省级认定不同", "notice") if province and province.finding != prefecture.finding else ""
    st.html(f'<article class="dc-detail"><h3>市级认定 {mark}</h3>{finding_html(row, prefecture)}</article>')


def _standing(row: Row, stored: Finding | None) -> None:
    st.html(f'<article class="dc-detail">{finding_html(row, stored) if stored else "<p>没有认定。</p>"}</article>')


def finding_html(row: Row, finding: Finding) -> str:
    """HTML of a finding: word, methods, date, reason."""
    methods = "、".join(labels.word("methods", method) for method in finding.methods)
    known = "　".join(part for part in (methods, finding.date.isoformat() if finding.date else "") if part)
    reason = f'<p class="dc-verbatim">理由：{verbatim.markup(finding.reason)}</p>' if finding.reason else ""
    return f"<p><b>{verbatim.markup(finding_word(row, finding.finding))}</b>　{verbatim.markup(known)}</p>{reason}"


def findings_given(opened: OpenedSubmission, row: Row) -> None:
    """Both levels' findings, to be read."""
    for level in REVIEW_LEVELS:
        finding = opened.compared[row.id].findings.get(level)
        if level == "prefecture" and opened.direct:
            continue
        words = finding_html(row, finding) if finding else "<p>没有认定。</p>"
        st.html(f'<article class="dc-detail"><h3>{labels.word("levels", level)}</h3>{words}</article>')


class _FindingForm:
    """The widgets of one finding and what pressing its buttons does."""

    def __init__(self, opened: OpenedSubmission, level: ReviewLevel, row: Row, now: datetime) -> None:
        self.opened, self.level, self.row, self.now = opened, level, row, now
        self.target = Target.finding(level, row.id)
        self.notice = opened.place("find")
        self.base = opened.place("find", row.id)
        self.stored = opened.snapshot.content.findings.get(level, {}).get(row.id)

    def show(self) -> None:
        """Draw, then act on what was pressed."""
        shown = self._shown()
        typed = self._typed(shown.finding)
        if shown.version != self.opened.snapshot.version(self.target) and typed == shown.finding:
            self._reset()
            st.rerun()
        if typed is not None:
            self._preview(typed)
        saving, going, undoing = st.columns([3, 4, 3])
        wanted = saving.button("保存认定", type="primary", key=f"{self.base}|save", width="stretch")
        onward = going.button("保存，转到下一未认定项", key=f"{self.base}|next", width="stretch")
        undone = undoing.button("撤销认定", key=f"{self.base}|undo", disabled=self.stored is None, width="stretch")
        outcome.outcome(self.notice)
        self._resolve()
        if undone:
            self._write(None, shown.version, onward=False)
        if wanted or onward:
            if typed is None:
                st.warning("请先选择认定结论。")
            else:
                self._write(finding_body(typed), shown.version, onward=onward)

    def _shown(self) -> _ShownFinding:
        key = f"{self.base}|seen"
        if key not in st.session_state:
            st.session_state[key] = _ShownFinding(self.opened.snapshot.version(self.target), self.stored)
        shown: _ShownFinding = st.session_state[key]
        return shown

    def _reset(self) -> None:
        st.session_state.pop(f"{self.base}|seen", None)
        st.session_state[f"{self.base}|drawn"] = self._drawn() + 1

    def _drawn(self) -> int:
        return int(st.session_state.get(f"{self.base}|drawn", 0))

    def _key(self, part: str) -> str:
        return f"{self.base}|{self._drawn()}|{part}"

    def _typed(self, stored: Finding | None) -> Finding | None:
        """What stands in the form; None while no conclusion is chosen."""
        words = library().vocabulary.lists["veto_findings" if self.row.veto else "findings"]
        options = [None, *words]
        chosen = st.radio(
            "认定结论",
            options,
            options.index(stored.finding) if stored else 0,
            format_func=lambda word: _UNFOUND if word is None else words[word],
            horizontal=True,
            key=self._key("finding"),
            persist_state="session",
        )
        methods = self._methods(stored)
        reason = st.text_area(
            "理由（与计算结论不一致、不适用或需补正时写明）",
            (stored.reason or "") if stored else "",
            key=self._key("reason"),
            height=110,
            persist_state="session",
        )
        day = st.date_input(
            "认定日期",
            stored.date if stored and stored.date else local_date(self.now),
            format="YYYY-MM-DD",
            min_value=date(2016, 1, 1),
            key=self._key("date"),
            persist_state="session",
        )
        if chosen is None:
            return None
        evidence = stored.evidence if stored else {}
        return Finding(chosen, methods, reason.strip() or None, day if isinstance(day, date) else None, evidence)

    def _methods(self, stored: Finding | None) -> tuple[str, ...]:
        printed = methods_of(self.opened.snapshot, self.row.id)
        ticked = stored.methods if stored else ()
        st.html('<p class="dc-field"><b>采用的评估方法</b><small>标准对本项列明的方法</small></p>')
        offered = tuple(dict.fromkeys((*printed, *ticked)))
        columns = st.columns(2)
        return tuple(
            method
            for position, method in enumerate(offered)
            if columns[position % 2].checkbox(
                labels.word("methods", method), method in ticked, key=self._key(method), persist_state="session"
            )
        )

    def _preview(self, typed: Finding) -> None:
        """The level's verdict with this finding, in scoring's words."""
        assessment = judged_with(self.opened.office, self.opened.snapshot, self.level, self.row.id, typed)
        judged_rows = rows(JudgedStandards(self.opened.standards, assessment))
        judged = next(row for row in judged_rows if row.id == self.row.id)
        several = len(judged.judged) > 1
        chips = " ".join(
            (labels.tag(labels.short_name(verdict.standard)) if several else "")
            + labels.result_chip(verdict.row, verdict.result)
            for verdict in judged.judged
        )
        reasons = reasons_html(judged, "blocks", several=several) if judged.reasons("blocks") else ""
        st.html(f'<article class="dc-detail"><h3>按此认定，本级结论</h3><p>{chips}</p>{reasons}</article>')

    def _write(self, body: Json, version: int, *, onward: bool) -> None:
        edit = Edit(self.target, body, version)
        what = f"{labels.row_name(self.row.first)}{'的认定' if body is not None else '的认定已撤销'}"
        opened = self.opened
        written = outcome.attempt(
            self.notice, lambda: save(opened.office, opened.person, opened.id, [edit], self.now), what, self.now
        )
        if written:
            self._reset()
            left = [row_id for row_id in rows_to_find(opened.snapshot, self.level) if row_id != self.row.id]
            if onward and left:
                open_row(opened, _after(list(opened.rows), self.row.id, left), keep_notice=True)
        st.rerun()

    def _resolve(self) -> None:
        """A conflict stands until the person chooses; only then is anything written or dropped."""
        choice = outcome.conflict(self.notice, lambda body: _words(self.row, body))
        if choice == "theirs":
            outcome.forget(self.notice)
            self._reset()
            st.rerun()
        if choice == "mine":
            clash = outcome.first_clash(self.notice)
            self._write(clash.yours, clash.current_version, onward=False)


def _after(order: list[str], row_id: str, left: list[str]) -> str:
    """The next row left to find after this one, else the first."""
    at = order.index(row_id)
    return next((candidate for candidate in order[at + 1 :] if candidate in left), left[0])


def _words(row: Row, body: object) -> str:
    if not isinstance(body, dict):
        return "（没有认定）"
    methods = "、".join(labels.word("methods", method) for method in body.get("methods", ()))
    parts = [finding_word(row, body["finding"]), methods, body.get("date", ""), body.get("reason", "")]
    return "\n".join(part for part in parts if part)
