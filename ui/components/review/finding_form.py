"""One row's finding: what the levels said so far, what is found now, and what that would make of the row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from scoring.submission import Finding
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
class _Seen:
    """What stood when the form was drawn: a save names this version, so that another's work is never overwritten."""

    version: int
    finding: Finding | None


def finding_form(case: OpenedSubmission, row: Row, now: datetime) -> None:
    """The form where the person may write it, else the finding as it stands and why it cannot be changed."""
    st.subheader(labels.word("levels", case.level), anchor=False)
    target = Target.finding(case.level, row.id)
    _others(case, row)
    stored = case.snapshot.content.findings.get(case.level, {}).get(row.id)
    why_not = case.snapshot.why_not(target)
    if why_not is not None:
        _standing(row, stored)
        st.caption(verbatim.markdown(why_not))
        return
    _Form(case, row, now).show()


def _others(case: OpenedSubmission, row: Row) -> None:
    """The prefecture's finding, for the province; marked where the two differ."""
    compared = case.compared[row.id]
    found = compared.findings.get("prefecture")
    if case.level != "province" or found is None:
        return
    mine = compared.findings.get("province")
    mark = labels.tag("与省级认定不同", "notice") if mine and mine.finding != found.finding else ""
    st.html(f'<article class="dc-detail"><h3>市级认定 {mark}</h3>{finding_html(row, found)}</article>')


def _standing(row: Row, stored: Finding | None) -> None:
    st.html(f'<article class="dc-detail">{finding_html(row, stored) if stored else "<p>没有认定。</p>"}</article>')


def finding_html(row: Row, found: Finding) -> str:
    """HTML of a finding: word, methods, date, reason."""
    methods = "、".join(labels.word("methods", method) for method in found.methods)
    known = "　".join(part for part in (methods, found.date.isoformat() if found.date else "") if part)
    reason = f'<p class="dc-verbatim">理由：{verbatim.markup(found.reason)}</p>' if found.reason else ""
    return f"<p><b>{verbatim.markup(finding_word(row, found.finding))}</b>　{verbatim.markup(known)}</p>{reason}"


def findings_given(case: OpenedSubmission, row: Row) -> None:
    """Both levels' findings, to be read."""
    for level in ("prefecture", "province"):
        found = case.compared[row.id].findings.get(level)
        if level == "prefecture" and case.direct:
            continue
        words = finding_html(row, found) if found else "<p>没有认定。</p>"
        st.html(f'<article class="dc-detail"><h3>{labels.word("levels", level)}</h3>{words}</article>')


class _Form:
    """The widgets of one finding and what pressing its buttons does."""

    def __init__(self, case: OpenedSubmission, row: Row, now: datetime) -> None:
        self.case, self.row, self.now = case, row, now
        self.target = Target.finding(case.level, row.id)
        self.notice = case.place("find")
        self.base = case.place("find", row.id)
        self.stored = case.snapshot.content.findings.get(case.level, {}).get(row.id)

    def show(self) -> None:
        """Draw, then act on what was pressed."""
        seen = self._seen()
        typed = self._typed(seen.finding)
        if seen.version != self.case.snapshot.version(self.target) and typed == seen.finding:
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
            self._write(None, seen.version, onward=False)
        if (wanted or onward) and typed is None:
            st.warning("请先选择认定结论。")
        elif wanted or onward:
            self._write(finding_body(typed), seen.version, onward=onward)

    def _seen(self) -> _Seen:
        key = f"{self.base}|seen"
        if key not in st.session_state:
            st.session_state[key] = _Seen(self.case.snapshot.version(self.target), self.stored)
        return st.session_state[key]

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
            format_func=lambda one: _UNFOUND if one is None else words[one],
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
        printed = methods_of(self.case.snapshot, self.row.id)
        given = stored.methods if stored else ()
        st.html('<p class="dc-field"><b>采用的评估方法</b><small>标准对本项列明的方法</small></p>')
        offered = tuple(dict.fromkeys((*printed, *given)))
        columns = st.columns(2)
        return tuple(
            method
            for place, method in enumerate(offered)
            if columns[place % 2].checkbox(
                labels.word("methods", method), method in given, key=self._key(method), persist_state="session"
            )
        )

    def _preview(self, typed: Finding) -> None:
        """The level's verdict with this finding, in scoring's words."""
        assessment = judged_with(self.case.office, self.case.snapshot, self.case.level, self.row.id, typed)
        judged = next(one for one in rows(JudgedStandards(self.case.standards, assessment)) if one.id == self.row.id)
        several = len(judged.judged) > 1
        chips = " ".join(
            (labels.tag(labels.short_name(one.standard)) if several else "") + labels.result_chip(one.row, one.result)
            for one in judged.judged
        )
        reasons = reasons_html(judged, "blocks", several=several) if judged.reasons("blocks") else ""
        st.html(f'<article class="dc-detail"><h3>按此认定，本级结论</h3><p>{chips}</p>{reasons}</article>')

    def _write(self, body: object, version: int, *, onward: bool) -> None:
        edit = Edit(self.target, body, version)
        what = f"{labels.row_name(self.row.first)}{'的认定' if body is not None else '的认定已撤销'}"
        case = self.case
        written = outcome.attempt(
            self.notice, lambda: save(case.office, case.person, case.id, [edit], self.now), what, self.now
        )
        if written:
            self._reset()
            left = [row_id for row_id in rows_to_find(case.snapshot, case.level) if row_id != self.row.id]
            if onward and left:
                open_row(case, _after(list(case.rows), self.row.id, left), keep_notice=True)
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
    return next((one for one in order[at + 1 :] if one in left), left[0])


def _words(row: Row, body: object) -> str:
    if not isinstance(body, dict):
        return "（没有认定）"
    methods = "、".join(labels.word("methods", method) for method in body.get("methods", ()))
    parts = [finding_word(row, body["finding"]), methods, body.get("date", ""), body.get("reason", "")]
    return "\n".join(part for part in parts if part)
