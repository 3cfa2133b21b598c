"""推荐意见: the opinions of the other levels, and the form of this level's own, drafted from its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from scoring.submission import LEVEL_OF_OPINION, OPINION_LEVELS, Opinion, ReviewLevel
from storage.canonical import Json
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms import outcome
from ui.rules import library
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.submission.saving import Edit, save
from workflow.targets import Target


def opinions(opened: OpenedSubmission, now: datetime) -> None:
    """The opinions given so far, then this level's own."""
    for level in OPINION_LEVELS:
        name = library().vocabulary.label("opinions", level)
        opinion = opened.snapshot.content.opinions.get(level)
        if level != "county_government" and level == opened.level:
            _OpinionForm(opened, level, now).show()
        elif LEVEL_OF_OPINION[level] in opened.seen_levels and opinion is not None and (opinion.text or "").strip():
            opinion_given(name, opinion)


def opinion_given(name: str, opinion: Opinion) -> None:
    """An opinion as it prints."""
    signed = "　".join(part for part in (opinion.by or "", opinion.date.isoformat() if opinion.date else "") if part)
    st.html(
        f'<article class="dc-detail"><h3>{verbatim.markup(name)}推荐意见</h3>'
        f'<blockquote class="dc-statement dc-verbatim">{verbatim.markup(opinion.text or "")}</blockquote>'
        f'<p class="dc-signed">{verbatim.markup(signed)}</p></article>'
    )


@dataclass(frozen=True, slots=True)
class _ShownOpinion:
    """The stored opinion the form was drawn from; a save names its version, so that another's is not overwritten."""

    version: int
    opinion: Opinion


class _OpinionForm:
    """The widgets of this level's opinion and what pressing its buttons does."""

    def __init__(self, opened: OpenedSubmission, level: ReviewLevel, now: datetime) -> None:
        self.opened, self.level, self.now = opened, level, now
        self.target = Target.opinion(level)
        self.place = opened.place("opinion")
        self.opinion = opened.snapshot.content.opinions.get(level)

    def show(self) -> None:
        """The form where the person may write, else the opinion as given."""
        name = labels.word("opinions", self.level)
        why_not = self.opened.snapshot.why_not(self.target)
        if why_not is not None:
            if self.opinion is not None:
                opinion_given(name, self.opinion)
            st.caption(verbatim.markdown(why_not))
            return
        st.subheader(f"{name}推荐意见", anchor=False)
        shown = self._shown()
        typed = self._typed(shown.opinion)
        if shown.version != self.opened.snapshot.version(self.target) and typed == shown.opinion:
            self._reset()
            st.rerun()
        if typed != shown.opinion:
            st.html('<p class="dc-unsaved">有尚未保存的修改</p>')
        if st.button("保存意见", type="primary", key=f"{self.place}|save"):
            self._write(_fragment(typed) or None, shown.version)
        outcome.outcome(self.place)
        self._resolve()

    def _shown(self) -> _ShownOpinion:
        key = f"{self.place}|seen"
        if key not in st.session_state:
            version = self.opened.snapshot.version(self.target)
            st.session_state[key] = _ShownOpinion(version, self.opinion or Opinion())
        shown: _ShownOpinion = st.session_state[key]
        return shown

    def _typed(self, stored: Opinion) -> Opinion:
        """The fields; returns what is typed, nothing while only the prefilled author and date stand there."""
        drawn = st.session_state.setdefault(f"{self.place}|drawn", 0)
        text_key = f"{self.place}|{drawn}|text"
        drafting, words = st.columns([1, 3], vertical_alignment="center")
        if drafting.button("按认定生成草稿", key=f"{self.place}|draft", width="stretch"):
            st.session_state[text_key] = draft_opinion(self.opened.office, self.opened.snapshot, self.level)
        words.caption("草稿由已保存的认定生成，替换下面的文字，保存前可任意修改。")
        text = st.text_area("意见", stored.text or "", key=text_key, height=220, persist_state="session")
        by, day = st.columns([3, 1])
        author = by.text_input(
            "出具单位",
            stored.by or opinion_author(self.opened.snapshot, self.level),
            key=f"{self.place}|{drawn}|by",
            autocomplete="off",
            persist_state="session",
        )
        dated = day.date_input(
            "日期",
            stored.date or local_date(self.now),
            format="YYYY-MM-DD",
            key=f"{self.place}|{drawn}|date",
            persist_state="session",
        )
        if not text.strip() and stored == Opinion():
            return stored
        return Opinion(text or None, dated if isinstance(dated, date) else None, author.strip() or None)

    def _write(self, body: Json, version: int) -> None:
        opened = self.opened
        edit = Edit(self.target, body, version)
        if outcome.attempt(
            self.place, lambda: save(opened.office, opened.person, opened.id, [edit], self.now), "推荐意见", self.now
        ):
            self._reset()
        st.rerun()

    def _reset(self) -> None:
        st.session_state.pop(f"{self.place}|seen", None)
        st.session_state[f"{self.place}|drawn"] = st.session_state.get(f"{self.place}|drawn", 0) + 1

    def _resolve(self) -> None:
        """A conflict stands until the person chooses; only then is anything written or dropped."""
        choice = outcome.conflict(self.place, _text_in)
        if choice == "theirs":
            outcome.forget(self.place)
            self._reset()
            st.rerun()
        if choice == "mine":
            clash = outcome.first_clash(self.place)
            self._write(clash.yours, clash.current_version)


def _fragment(opinion: Opinion) -> dict[str, str]:
    """The exchange file's fragment of an opinion: only the parts that are filled in."""
    parts = {"text": opinion.text, "date": opinion.date.isoformat() if opinion.date else None, "by": opinion.by}
    return {name: part for name, part in parts.items() if part}


def _text_in(body: Json) -> str:
    return str(body.get("text", "（没有意见）")) if isinstance(body, Mapping) else "（没有意见）"
