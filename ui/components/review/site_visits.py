"""实地评估: visits with their date, places, methods and notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import streamlit as st

from scoring.submission import SiteVisit
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms import outcome
from ui.rules import library
from workflow.submission.saving import Edit, save
from workflow.targets import Target

_NEW = "登记新的实地评估"


def visits_made(case: OpenedSubmission) -> None:
    """Every visit on record, of either level."""
    made = case.snapshot.content.site_visits
    st.subheader(f"实地评估记录（{len(made)} 次）", anchor=False)
    for visit in made:
        st.html(visit_html(visit))
    if not made:
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


def site_visits(case: OpenedSubmission, now: datetime) -> None:
    """What is on record, and the form of one visit where the person may write it."""
    visits_made(case)
    place = case.place("visit")
    own = sorted(t.key for t in case.snapshot.entries if t.kind == "site_visit" and t.level == case.level)
    fresh = Target.site_visit(case.level, _next(own))
    why_not = case.snapshot.why_not(fresh)
    if why_not is not None:
        outcome.outcome(place)
        st.caption(verbatim.markdown(why_not))
        return
    st.subheader("登记或修改", anchor=False)
    chosen = st.selectbox(
        "选择记录",
        [None, *own],
        format_func=lambda key: _NEW if key is None else _title(case, key),
        key=f"{place}|chosen",
    )
    _form(case, chosen or fresh.key, place, now)


def _next(keys: list[str]) -> int:
    return max((int(key.rpartition("/")[2]) for key in keys), default=0) + 1


def _title(case: OpenedSubmission, key: str) -> str:
    body = case.snapshot.entries[Target("site_visit", key)].body
    return verbatim.plain(f"第 {int(key.rpartition('/')[2])} 次　{body.get('date', '日期未填')}")


def _form(case: OpenedSubmission, key: str, place: str, now: datetime) -> None:
    target = Target("site_visit", key)
    entry = case.snapshot.entries.get(target)
    body: dict[str, Any] = entry.body if entry else {}
    seen = st.session_state.setdefault(f"{place}|{key}|seen", case.snapshot.version(target))
    base = f"{place}|{key}|{seen}|{st.session_state.get(f'{place}|drawn', 0)}"
    typed = _fields(case, body, base, now)
    saving, removing, _ = st.columns([2, 2, 4])
    wanted = saving.button("保存记录", type="primary", key=f"{place}|save", width="stretch")
    unwanted = entry is not None and removing.button("删除记录", key=f"{place}|remove", width="stretch")
    outcome.outcome(place)
    choice = outcome.conflict(place, _words)
    if choice == "theirs":
        outcome.forget(place)
        _reset(place, key)
        st.rerun()
    if choice == "mine":
        clash = outcome.first_clash(place)
        _write(case, key, clash.yours, clash.current_version, now)
    if wanted or unwanted:
        _write(case, key, None if unwanted else typed, seen, now)


def _fields(case: OpenedSubmission, body: dict[str, Any], base: str, now: datetime) -> dict[str, Any]:
    day, methods = st.columns([1, 3])
    stored = body.get("date")
    when = day.date_input(
        "日期",
        date.fromisoformat(stored) if stored else local_date(now),
        format="YYYY-MM-DD",
        key=f"{base}|date",
        persist_state="session",
    )
    used = methods.multiselect(
        "采用的评估方法",
        list(library().vocabulary.lists["methods"]),
        body.get("methods", []),
        format_func=lambda method: labels.word("methods", method),
        placeholder="请选择",
        key=f"{base}|methods",
        persist_state="session",
        filter_mode="contains",
        select_all=False,
    )
    places = st.text_area(
        "地点（每行一处）", "\n".join(body.get("places", [])), key=f"{base}|places", height=110, persist_state="session"
    )
    notes = st.text_area("情况记录", body.get("notes", ""), key=f"{base}|notes", height=140, persist_state="session")
    parts = {
        "level": case.level,
        "date": when.isoformat() if isinstance(when, date) else None,
        "places": [line.strip() for line in places.splitlines() if line.strip()],
        "methods": list(used),
        "notes": notes.strip(),
    }
    return {name: part for name, part in parts.items() if part}


def _write(case: OpenedSubmission, key: str, body: object, version: int, now: datetime) -> None:
    place = case.place("visit")
    edit = Edit(Target("site_visit", key), body, version)
    what = "实地评估记录" if body is not None else "实地评估记录已删除"
    if outcome.attempt(place, lambda: save(case.office, case.person, case.id, [edit], now), what, now):
        _reset(place, key)
    st.rerun()


def _reset(place: str, key: str) -> None:
    st.session_state.pop(f"{place}|{key}|seen", None)
    st.session_state[f"{place}|drawn"] = st.session_state.get(f"{place}|drawn", 0) + 1


def _words(body: object) -> str:
    if not isinstance(body, dict):
        return "（已删除）"
    methods = "、".join(labels.word("methods", method) for method in body.get("methods", ()))
    return "\n".join([body.get("date", ""), "、".join(body.get("places", ())), methods, body.get("notes", "")])
