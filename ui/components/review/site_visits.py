"""实地评估: visits with their date, places, methods and notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from scoring.submission import ReviewLevel, SiteVisit
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing, tell_below
from ui.components.forms.form import Form
from ui.components.forms.left_over import left_over
from ui.components.forms.own_fragment import own_fragment
from ui.rules import library
from workflow.content import bodies_from, body_of
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


def site_visits(opened: StoredForms, level: ReviewLevel, now: datetime) -> None:
    """The visits on record, and the form of one of this level's where the person may write it."""
    visits_made(opened)
    own = sorted(target for target in opened.snapshot.entries if target.kind == "site_visit" and target.level == level)
    fresh = _fresh(level, own)
    why_not = opened.why_not(fresh)
    if why_not is not None:
        st.caption(verbatim.markdown(why_not))
        left_over(opened.pad, fresh)
        return
    own_fragment(opened, lambda: _chosen(opened, level, own, fresh, now))


def _chosen(
    opened: StoredForms, level: ReviewLevel, own: Sequence[Target], fresh: Target, now: datetime
) -> None:  # fmt: skip
    st.subheader("登记或修改", anchor=False)
    by_key = {target.key: target for target in own}
    chosen = st.selectbox(
        "选择记录",
        [None, *by_key],
        format_func=lambda key: _NEW if key is None else _title(opened, level, by_key[key]),
        key=opened.place("visit", "chosen", len(own)),
    )
    visit_form(opened, level, fresh if chosen is None else by_key[chosen], now)


def _fresh(level: ReviewLevel, own: Collection[Target]) -> Target:
    return Target.site_visit(level, max((_number(target) for target in own), default=0) + 1)


def _number(target: Target) -> int:
    return int(target.key.rpartition("/")[2])


def _title(opened: OpenedSubmission, level: ReviewLevel, target: Target) -> str:
    visit = _visit(level, opened.snapshot.entries[target].body)
    return verbatim.plain(f"第 {_number(target)} 次　{visit.date.isoformat() if visit.date else '日期未填'}")


def visit_form(opened: StoredForms, level: ReviewLevel, target: Target, now: datetime) -> None:
    """The form of one visit, on record or new."""
    stored = _visit(level, bodies_from(opened.base(target)).get(target))
    form = Form(opened.pad, target)
    day, methods = st.columns([1, 3])
    with day:
        when = form.day("date", "日期", stored.date or local_date(now))
    with methods:
        every = {method: labels.word("methods", method) for method in library().vocabulary.lists["methods"]}
        used = form.several("methods", "采用的评估方法", every, stored.methods)
    places = form.text("places", "地点（每行一处）", "\n".join(stored.places), tall=110)
    notes = form.text("notes", "情况记录", stored.notes or "", tall=140)
    listed = tuple(line.strip() for line in places.splitlines() if line.strip())
    visit = SiteVisit(level, when, listed, used, notes.strip() or None)
    what, removed = "实地评估记录", "实地评估记录已删除"
    known = target in opened.snapshot.entries
    own = {other for other in opened.snapshot.entries if other.kind == target.kind and other.level == level}

    def then(left: Collection[Target]) -> None:
        tell_below(opened, _fresh(level, left))

    save = Button(
        "保存记录", opened.place("visit", "save"), lambda: opened.save(form, {target: body_of(visit)}, what), what,
        then=None if known else lambda: then(own | {target}),
    )  # fmt: skip
    remove = Button(
        "删除记录", opened.place("visit", "remove"), lambda: opened.save(form, {target: None}, removed), removed,
        main=False, then=lambda: then(own - {target}),
    )  # fmt: skip
    closing(form, save, *([remove] if known else []), forms=opened, drop=opened.place("visit", "drop"))


def _visit(level: ReviewLevel, body: object) -> SiteVisit:
    """A visit from its entry's body, the exchange file's fragment; an empty one where there is none."""
    if not isinstance(body, Mapping):
        return SiteVisit(level)
    day, places, methods = body.get("date"), body.get("places", ()), body.get("methods", ())
    return SiteVisit(level, date.fromisoformat(day) if day else None, tuple(places), tuple(methods), body.get("notes"))
