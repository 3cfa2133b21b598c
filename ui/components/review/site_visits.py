"""实地评估: visits with their date, places, methods and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from scoring.submission import ReviewLevel, SiteVisit
from storage.canonical import Json
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms import outcome
from ui.rules import library
from workflow.submission.saving import Edit, save
from workflow.targets import Target

_NEW = "登记新的实地评估"


def visits_made(opened: OpenedSubmission) -> None:
    """Every visit on record, of either level."""
    visits = opened.snapshot.content.site_visits
    st.subheader(f"实地评估记录（{len(visits)} 次）", anchor=False)
    for visit in visits:
        st.html(visit_html(visit))
    if not visits:
        st.caption("还没有记录。")


def visit_html(visit: SiteVisit) -> str:
    """HTML of one visit."""
    methods = "、".join(labels.word("methods", method) for method in visit.methods)
    known = "　".join(part for part in (visit.date.isoformat() if visit.date else "日期未填", methods) if part)
    places = "、".join(visit.places) or "未填"
    notes = f'<p class="dc-verbatim">{verbatim.markup(visit.notes)}</p>' if visit.notes else ""
    return (
        f'<article class="dc-detail"><h3>{verbatim.markup(labels.word("levels", visit.level))}　'
        f"{verbatim.markup(known)}</h3>"
        f'<p class="dc-verbatim">地点：{verbatim.markup(places)}</p>{notes}</article>'
    )


def site_visits(opened: OpenedSubmission, level: ReviewLevel, now: datetime) -> None:
    """The visits on record, and the form of one of this level's where the person may write it."""
    visits_made(opened)
    place = opened.place("visit")
    own = sorted(target for target in opened.snapshot.entries if target.kind == "site_visit" and target.level == level)
    fresh = Target.site_visit(level, max((_number(target) for target in own), default=0) + 1)
    why_not = opened.snapshot.why_not(fresh)
    if why_not is not None:
        outcome.outcome(place)
        st.caption(verbatim.markdown(why_not))
        return
    st.subheader("登记或修改", anchor=False)
    by_key = {target.key: target for target in own}
    chosen = st.selectbox(
        "选择记录",
        [None, *by_key],
        format_func=lambda key: _NEW if key is None else _title(opened, level, by_key[key]),
        key=f"{place}|chosen",
    )
    _form(opened, level, fresh if chosen is None else by_key[chosen], place, now)


def _number(target: Target) -> int:
    return int(target.key.rpartition("/")[2])


def _title(opened: OpenedSubmission, level: ReviewLevel, target: Target) -> str:
    visit = _visit(level, opened.snapshot.entries[target].body)
    return verbatim.plain(f"第 {_number(target)} 次　{visit.date.isoformat() if visit.date else '日期未填'}")


def _form(opened: OpenedSubmission, level: ReviewLevel, target: Target, place: str, now: datetime) -> None:
    entry = opened.snapshot.entries.get(target)
    stored = _visit(level, entry.body if entry else None)
    version = st.session_state.setdefault(f"{place}|{target.key}|seen", opened.snapshot.version(target))
    base = f"{place}|{target.key}|{version}|{st.session_state.get(f'{place}|drawn', 0)}"
    typed = _fields(stored, base, now)
    saving, removing, _ = st.columns([2, 2, 4])
    wanted = saving.button("保存记录", type="primary", key=f"{place}|save", width="stretch")
    unwanted = entry is not None and removing.button("删除记录", key=f"{place}|remove", width="stretch")
    outcome.outcome(place)
    choice = outcome.conflict(place, _words)
    if choice == "theirs":
        outcome.forget(place)
        _reset(place, target)
        st.rerun()
    if choice == "mine":
        clash = outcome.first_clash(place)
        _write(opened, target, clash.yours, clash.current_version, now)
    if wanted or unwanted:
        _write(opened, target, None if unwanted else _fragment(typed), version, now)


def _fields(stored: SiteVisit, base: str, now: datetime) -> SiteVisit:
    """The form of one visit; returns what is typed."""
    day, methods = st.columns([1, 3])
    when = day.date_input(
        "日期", stored.date or local_date(now), format="YYYY-MM-DD", key=f"{base}|date", persist_state="session"
    )
    used = methods.multiselect(
        "采用的评估方法",
        list(library().vocabulary.lists["methods"]),
        list(stored.methods),
        format_func=lambda method: labels.word("methods", method),
        placeholder="请选择",
        key=f"{base}|methods",
        persist_state="session",
        filter_mode="contains",
        select_all=False,
    )
    places = st.text_area(
        "地点（每行一处）", "\n".join(stored.places), key=f"{base}|places", height=110, persist_state="session"
    )
    notes = st.text_area("情况记录", stored.notes or "", key=f"{base}|notes", height=140, persist_state="session")
    return SiteVisit(
        stored.level,
        when if isinstance(when, date) else None,
        tuple(line.strip() for line in places.splitlines() if line.strip()),
        tuple(used),
        notes.strip(),
    )


def _visit(level: ReviewLevel, body: object) -> SiteVisit:
    """A visit from its entry's body, the exchange file's fragment; an empty one where there is none."""
    if not isinstance(body, Mapping):
        return SiteVisit(level)
    day, places, methods = body.get("date"), body.get("places", ()), body.get("methods", ())
    return SiteVisit(level, date.fromisoformat(day) if day else None, tuple(places), tuple(methods), body.get("notes"))


def _fragment(visit: SiteVisit) -> dict[str, object]:
    """The exchange file's fragment of a visit: only the parts that are filled in."""
    parts: dict[str, object] = {
        "level": visit.level,
        "date": visit.date.isoformat() if visit.date else None,
        "places": list(visit.places),
        "methods": list(visit.methods),
        "notes": visit.notes,
    }
    return {name: part for name, part in parts.items() if part}


def _write(opened: OpenedSubmission, target: Target, body: Json, version: int, now: datetime) -> None:
    place = opened.place("visit")
    edit = Edit(target, body, version)
    what = "实地评估记录" if body is not None else "实地评估记录已删除"
    if outcome.attempt(place, lambda: save(opened.office, opened.person, opened.id, [edit], now), what, now):
        _reset(place, target)
    st.rerun()


def _reset(place: str, target: Target) -> None:
    st.session_state.pop(f"{place}|{target.key}|seen", None)
    st.session_state[f"{place}|drawn"] = st.session_state.get(f"{place}|drawn", 0) + 1


def _words(body: object) -> str:
    """A visit's body as text to compare two of them by."""
    if not isinstance(body, Mapping):
        return "（已删除）"
    methods: Sequence[str] = body.get("methods", ())
    words = "、".join(labels.word("methods", method) for method in methods)
    return "\n".join([body.get("date", ""), "、".join(body.get("places", ())), words, body.get("notes", "")])
