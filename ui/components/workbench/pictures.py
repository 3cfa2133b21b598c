"""How the coordinator's county stands: by department, what was saved these days, the days that are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import streamlit as st

from scoring.assessment import NOT_ANSWERED, PASSED, VERDICTS
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.bar import bar, told
from ui.components.case.stored_forms import StoredForms
from ui.components.rows.row import Row
from workflow.overview.gaps import UNASSIGNED
from workflow.overview.overview import Deadline
from workflow.people import Role
from workflow.states import State
from workflow.submission.assigning import all_assignments

_LATELY = timedelta(days=7)
_MOST = 12


def pictures(forms: StoredForms, deadline: Deadline | None, now: datetime) -> None:
    """For the coordinator while it is filled in; nothing for others and afterwards."""
    if forms.person.role is not Role.COUNTY_COORDINATOR or forms.snapshot.state not in {State.DRAFT, State.RETURNED}:
        return
    today = local_date(now)
    still = forms.once(("pictures", deadline, today), lambda: _departments(forms) + _days(forms, deadline, today))
    st.html(still + _lately(forms, now))


def _departments(forms: StoredForms) -> str:
    """A bar for each department; a row of several is in each one's."""
    rows: dict[str, list[Row]] = {}
    for row in forms.rows.values():
        for unit in forms.assigned.get(row.id) or (UNASSIGNED,):
            rows.setdefault(unit, []).append(row)
    if set(rows) == {UNASSIGNED}:
        return ""
    most = max(map(len, rows.values()))
    bars = "".join(_bar(unit, own, most) for unit, own in sorted(rows.items(), key=lambda one: -len(one[1])))
    return f'<figure class="dc-figure dc-departments"><figcaption>各部门进度</figcaption>{bars}</figure>'


def _bar(unit: str, rows: list[Row], most: int) -> str:
    counts = Counter(map(_standing, rows))
    parts = [(state, counts[state], verbatim.markup(labels.word("verdicts", state))) for state in VERDICTS]
    name = verbatim.markup(unit)
    passed = sum(counts[state] for state in PASSED)
    return bar(name, parts, f"{name}：{told(parts)}", f"齐备 {passed}/{len(rows)}", most - len(rows))


def _standing(row: Row) -> str:
    """One state for a row under several standards: the one that is furthest from done."""
    states = set(row.states)
    if states & NOT_ANSWERED:
        return "unanswered"
    if states - PASSED:
        return next((state for state in VERDICTS if state in states - PASSED), "not_met")
    return "met" if states - {"not_applicable"} else "not_applicable"


def _days(forms: StoredForms, deadline: Deadline | None, today: date) -> str:
    """The days until each of the county's own deadlines and the round's, as long as they are."""
    due = Counter(one.due for one in all_assignments(forms.snapshot).values() if one.due is not None)
    marks = [(day, f"内部期限（{count} 项）") for day, count in sorted(due.items()) if day >= today]
    if deadline is not None and deadline.day >= today:
        own = [mark for mark in marks if mark[0] <= deadline.day]
        marks = [*own[: _MOST - 1], (deadline.day, deadline.what)]
    if not marks:
        return ""
    spans, since = "", today
    for day, what in marks:
        words = f"{day.isoformat()[5:]} {what}"
        wide = max((day - since).days, 1)
        spans += f'<li style="flex-grow:{wide}"><b>{(day - today).days} 天</b>{verbatim.markup(words)}</li>'
        since = day
    return f'<figure class="dc-figure"><figcaption>期限</figcaption><ol class="dc-days">{spans}</ol></figure>'


def _lately(forms: StoredForms, now: datetime) -> str:
    counts = Counter(_saved_lately(forms, now))
    if not counts:
        return '<p class="dc-quiet">近7天没有保存过内容。</p>'
    words = "、".join(f"{verbatim.markup(name)} <b>{count}</b> 项" for name, count in counts.most_common())
    return f"<p>近7天改动：{words}。</p>"


def _saved_lately(forms: StoredForms, now: datetime) -> Iterator[str]:
    other = {"fact": "县情", "form": "申报表", "evidence": "材料", "veto": "一票否决", "local": "地方文件对照"}
    for target, entry in forms.snapshot.entries.items():
        if now - entry.updated_at > _LATELY:
            continue
        row = forms.rows.get(target.key) if target.kind == "answer" else None
        name = row.section if row is not None else other.get(target.kind)
        if name:
            yield name
