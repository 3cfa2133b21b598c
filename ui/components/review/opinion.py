"""推荐意见: drafted from the findings, edited by a person, saved, and frozen once the submission has moved on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st

from scoring.submission import LEVEL_OF_OPINION, OPINION_LEVELS, Opinion
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms import outcome
from ui.rules import library
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.submission.saving import Edit, save
from workflow.targets import Target


def opinions(case: OpenedSubmission, now: datetime) -> None:
    """The opinions given so far, then this level's own."""
    for level in OPINION_LEVELS:
        name = library().vocabulary.label("opinions", level)
        given = case.snapshot.content.opinions.get(level)
        if level == case.level:
            _Own(case, now).show()
        elif LEVEL_OF_OPINION[level] in case.seen_levels and given is not None and (given.text or "").strip():
            opinion_given(name, given)


def opinion_given(name: str, given: Opinion) -> None:
    """An opinion as it prints."""
    signed = "　".join(part for part in (given.by or "", given.date.isoformat() if given.date else "") if part)
    st.html(
        f'<article class="dc-detail"><h3>{verbatim.markup(name)}推荐意见</h3>'
        f'<blockquote class="dc-statement dc-verbatim">{verbatim.markup(given.text or "")}</blockquote>'
        f'<p class="dc-signed">{verbatim.markup(signed)}</p></article>'
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    version: int
    body: Mapping[str, Any]


class _Own:
    """The form of this level's opinion."""

    def __init__(self, case: OpenedSubmission, now: datetime) -> None:
        self.case, self.now = case, now
        self.target = Target.opinion(case.level)
        self.place = case.place("opinion")
        self.given = case.snapshot.content.opinions.get(case.level)

    def show(self) -> None:
        """The form where the person may write, else the opinion as given."""
        name = labels.word("opinions", self.case.level)
        why_not = self.case.snapshot.why_not(self.target)
        if why_not is not None:
            if self.given is not None:
                opinion_given(name, self.given)
            st.caption(verbatim.markdown(why_not))
            return
        st.subheader(f"{name}推荐意见", anchor=False)
        seen = self._seen()
        body = self._fields(seen)
        if seen.version != self.case.snapshot.version(self.target) and body == seen.body:
            self._reset()
            st.rerun()
        if body != seen.body:
            st.html('<p class="dc-unsaved">有尚未保存的修改</p>')
        if st.button("保存意见", type="primary", key=f"{self.place}|save"):
            self._write(body, seen.version)
        outcome.outcome(self.place)
        self._resolve()

    def _seen(self) -> _Seen:
        key = f"{self.place}|seen"
        if key not in st.session_state:
            entry = self.case.snapshot.entries.get(self.target)
            st.session_state[key] = _Seen(entry.version, entry.body) if entry else _Seen(0, {})
        return st.session_state[key]

    def _fields(self, seen: _Seen) -> dict[str, Any]:
        drawn = st.session_state.setdefault(f"{self.place}|drawn", 0)
        text_key = f"{self.place}|{drawn}|text"
        drafting, words = st.columns([1, 3], vertical_alignment="center")
        if drafting.button("按认定生成草稿", key=f"{self.place}|draft", width="stretch"):
            st.session_state[text_key] = draft_opinion(self.case.office, self.case.snapshot, self.case.level)
        words.caption("草稿由已保存的认定生成，替换下面的文字，保存前可任意修改。")
        text = st.text_area("意见", seen.body.get("text", ""), key=text_key, height=220, persist_state="session")
        by, day = st.columns([3, 1])
        signed = by.text_input(
            "出具单位",
            seen.body.get("by") or opinion_author(self.case.snapshot, self.case.level),
            key=f"{self.place}|{drawn}|by",
            autocomplete="off",
            persist_state="session",
        )
        stored = seen.body.get("date")
        given = day.date_input(
            "日期",
            date.fromisoformat(stored) if stored else local_date(self.now),
            format="YYYY-MM-DD",
            key=f"{self.place}|{drawn}|date",
            persist_state="session",
        )
        written = given.isoformat() if isinstance(given, date) else None
        if not text.strip() and not seen.body:
            return {}
        return {name: part for name, part in (("text", text), ("date", written), ("by", signed.strip())) if part}

    def _write(self, body: Mapping[str, Any], version: int) -> None:
        case = self.case
        edit = Edit(self.target, body or None, version)
        if outcome.attempt(
            self.place, lambda: save(case.office, case.person, case.id, [edit], self.now), "推荐意见", self.now
        ):
            self._reset()
        st.rerun()

    def _reset(self) -> None:
        st.session_state.pop(f"{self.place}|seen", None)
        st.session_state[f"{self.place}|drawn"] = st.session_state.get(f"{self.place}|drawn", 0) + 1

    def _resolve(self) -> None:
        choice = outcome.conflict(self.place, lambda body: (body or {}).get("text", "（没有意见）"))
        if choice == "theirs":
            outcome.forget(self.place)
            self._reset()
            st.rerun()
        if choice == "mine":
            clash = outcome.first_clash(self.place)
            self._write(clash.yours, clash.current_version)
