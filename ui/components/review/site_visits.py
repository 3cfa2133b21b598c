"""实地评估: visits with their date, places, people, methods, and what was seen of each row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import cycle
from typing import Protocol

import streamlit as st

from scoring.submission import REVIEW_LEVELS, Attachment, ReviewLevel, SiteVisit
from scoring.substance import LEAST_HAN
from storage.clock import local_date
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing, tell_below
from ui.components.forms.form import Form
from ui.components.forms.left_over import left_over
from ui.components.forms.own_fragment import own_fragment
from ui.components.review.site_sheet import sheet, sheet_rows
from ui.components.review.visit_plan import lines_of, plan_form, row_names
from ui.components.table import line, table
from ui.components.table_links import table_links
from ui.rules import library
from workflow.content import bodies_from, body_of
from workflow.procedure.site_sheet import plan_of
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import Target
from workflow.visiting.record import MOST_PHOTOS, visits_naming


class Chosen(Protocol):
    """A picture as the browser sent it."""

    name: str

    def getvalue(self) -> bytes:
        """Its bytes."""


_NEW = "登记新的实地评估"


def visits_made(opened: OpenedSubmission) -> None:
    """Every visit on record, of either level."""
    visits = opened.snapshot.content.site_visits
    st.subheader(f"实地评估记录（{len(visits)} 次）", anchor=False)
    for visit in visits:
        st.html(visit_html(opened, visit))
    if visits:
        table_links("visits", "实地评估记录", s=opened.id)
    else:
        st.caption("还没有记录。")


def visit_html(opened: OpenedSubmission, visit: SiteVisit) -> str:
    """HTML of one visit."""
    methods = "、".join(labels.word("methods", method) for method in visit.methods)
    known = "　".join(part for part in (visit.date.isoformat() if visit.date else "日期未填", methods) if part)
    places = "、".join(visit.places) or "未填"
    people = f"<br>人员：{verbatim.markup('、'.join(visit.people))}" if visit.people else ""
    notes = f'<p class="dc-verbatim">{verbatim.markup(visit.notes)}</p>' if visit.notes else ""
    names = row_names(opened)
    lines = (line((names.get(row_id, row_id), seen)) for row_id, seen in visit.rows.items())
    seen = table(("指标", "现场情况"), lines, "dc-verbatim") if visit.rows else ""
    return (
        f'<article class="dc-detail"><h3>{verbatim.markup(labels.word("levels", visit.level))}　'
        f"{verbatim.markup(known)}</h3>"
        f'<p class="dc-verbatim">地点：{verbatim.markup(places)}{people}</p>{notes}{seen}'
        f"{_photos_html(opened, visit)}</article>"
    )


def _photos_html(opened: OpenedSubmission, visit: SiteVisit) -> str:
    """The pictures, each a link to itself; those whose bytes are not here by name."""
    shown = []
    for photo in visit.photos:
        name, address = verbatim.markup(photo.file), f"/files/{opened.id}/{photo.sha256}"
        if photo.sha256 in opened.snapshot.held_files:
            shown.append(f'<a href="{address}" title="{name}"><img src="{address}" alt="{name}" loading="lazy"></a>')
        else:
            shown.append(f"<small>{name}（照片不在本网）</small>")
    return f'<p class="dc-photos">{"".join(shown)}</p>' if shown else ""


def site_visits(opened: StoredForms, level: ReviewLevel, now: datetime) -> None:
    """What the level plans and what to look at; the visits on record; the forms where the person may write them."""
    _preparing(opened, level)
    visits_made(opened)
    own = sorted(target for target in opened.snapshot.entries if target.kind == "site_visit" and target.level == level)
    fresh = _fresh(level, own)
    why_not = opened.why_not(fresh)
    if why_not is not None:
        st.caption(verbatim.markdown(why_not))
        left_over(opened.pad, fresh)
        return
    own_fragment(opened, lambda: _chosen(opened, level, own, fresh, now))


def _preparing(opened: StoredForms, level: ReviewLevel) -> None:
    """The plan and the sheet, folded once somebody went; where the plan may not be written, the sheet of one made."""
    open_still = not any(visit.level == level for visit in opened.snapshot.content.site_visits)
    planned = Target.visit_plan(level) in opened.snapshot.entries
    writable = opened.why_not(Target.visit_plan(level)) is None
    if writable:
        with st.expander("实地评估计划", expanded=not planned and open_still):
            own_fragment(opened, lambda: plan_form(opened, level))
    if planned or writable:
        with st.expander(f"现场核查表（{len(sheet_rows(opened, level))} 项）", expanded=planned and open_still):
            sheet(opened, level)


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
    known = target in opened.snapshot.entries
    form = Form(opened.pad, target)
    plan = plan_of(opened.snapshot, level)
    offered = not known and (plan.places or plan.people)
    if offered and st.button("照计划填地点和人员", key=opened.place("visit", "as-planned")):
        form.put("places", "\n".join(plan.places))
        form.put("people", "\n".join(plan.people))
    day, methods = st.columns([1, 3])
    with day:
        when = form.day("date", "日期", stored.date or local_date(now))
    with methods:
        every = {method: labels.word("methods", method) for method in library().vocabulary.lists["methods"]}
        used = form.several("methods", "采用的评估方法", every, stored.methods)
    where, who = st.columns(2)
    with where:
        places = form.text("places", "地点（每行一处）", "\n".join(stored.places), tall=110)
    with who:
        people = form.text(
            "people", "到现场的人员（每行一人，写单位和职务，不写姓名）", "\n".join(stored.people), tall=110
        )
    notes = form.text("notes", "情况记录", stored.notes or "", tall=110)
    seen = _rows_seen(opened, form, stored)
    kept, taken = _photos(opened, form, target, stored)
    visit = SiteVisit(level, when, lines_of(places), used, notes.strip() or None, lines_of(people), seen, kept)
    what, removed = "实地评估记录", "实地评估记录已删除"
    own = {other for other in opened.snapshot.entries if other.kind == target.kind and other.level == level}

    def then(left: Collection[Target]) -> None:
        tell_below(opened, _fresh(level, left))

    def act() -> None:
        added = (
            attach_file(opened.office, opened.person, opened.id, Upload("", one.name, one.getvalue(), target), now)
            for one in taken
        )
        photos = dict.fromkeys((*kept, *(Attachment(one.name, one.sha256) for one in added)))
        opened.save(form, {target: body_of(replace(visit, photos=tuple(photos)))}, what)

    save = Button(
        "保存记录", opened.place("visit", "save"), act, what,
        then=None if known else lambda: then(own | {target}),
    )  # fmt: skip
    remove = Button(
        "删除记录", opened.place("visit", "remove"), lambda: opened.save(form, {target: None}, removed), removed,
        main=False, then=lambda: then(own - {target}),
    )  # fmt: skip
    closing(
        form, save, *([remove] if known else []), forms=opened, drop=opened.place("visit", "drop"), unsaved=bool(taken)
    )


def _photos(
    opened: StoredForms, form: Form, target: Target, stored: SiteVisit
) -> tuple[tuple[Attachment, ...], Sequence[Chosen]]:
    """The photos there are that stay, and those chosen now."""
    kept = stored.photos
    if kept:
        by_digest = {photo.sha256: f"{n}. {photo.file}" for n, photo in enumerate(kept, start=1)}
        stay = form.several("photos", "照片（去掉的不再列入记录）", by_digest, tuple(by_digest))
        kept = tuple(photo for photo in kept if photo.sha256 in stay)
    if form.is_aside:
        return kept, ()
    label = f"加照片（jpg、png，最多{MOST_PHOTOS}张）：不拍儿童正面；拍摄时间、地点等信息会去掉"
    place = opened.place("visit", "photos", target.key, opened.snapshot.version(target))
    return kept, st.file_uploader(label, type=["jpg", "jpeg", "png"], accept_multiple_files=True, key=place)


def _rows_seen(opened: StoredForms, form: Form, stored: SiteVisit) -> dict[str, str]:
    """What was seen of the sheet's rows and of those added, by id, in printed order; an empty field is none."""
    names, on_sheet = row_names(opened), {one.row.id for one in sheet_rows(opened, stored.level)}
    besides = [row_id for row_id in stored.rows if row_id not in on_sheet]
    named = form.several("seen", "现场核查表以外还看了哪些指标", names, besides)
    st.caption(f"逐项写明看了什么、情况如何（不少于{LEAST_HAN}个汉字）；没有看的留空，不算现场看过。")
    seen: dict[str, str] = {}
    listed = [row_id for row_id in names if row_id in named or row_id in on_sheet]
    for row_id, place in zip(listed, cycle(st.columns(2)), strict=False):
        with place:
            label = f"{verbatim.markdown(names[row_id])}：现场情况"
            typed = form.text(f"rows/{row_id}", label, stored.rows.get(row_id, ""), tall=80).strip()
        if typed or row_id in named:
            seen[row_id] = typed
    return seen


def seen_on_the_spot(opened: OpenedSubmission, row_id: str) -> None:
    """Beside a row: what visits saw of it; nothing for a row that no visit names."""
    for level in REVIEW_LEVELS:
        for visit in visits_naming(opened.snapshot.content, level, row_id):
            day = visit.date.isoformat() if visit.date else "日期未填"
            st.html(
                f'<div class="dc-returned"><p><b>{labels.word("levels", level)}现场看过（{day}，'
                f"{verbatim.markup('、'.join(visit.places))}）</b>："
                f'<span class="dc-verbatim">{verbatim.markup(visit.rows[row_id])}</span></p></div>'
            )


def _visit(level: ReviewLevel, body: object) -> SiteVisit:
    """A visit from its entry's body, the exchange file's fragment; an empty one where there is none."""
    if not isinstance(body, Mapping):
        return SiteVisit(level)
    day, rows = body.get("date"), body.get("rows") or {}
    places, methods, people = (tuple(body.get(name) or ()) for name in ("places", "methods", "people"))
    photos = tuple(Attachment(photo["file"], photo["sha256"]) for photo in body.get("photos") or ())
    when = date.fromisoformat(day) if day else None
    return SiteVisit(level, when, places, methods, body.get("notes"), people, dict(rows), photos)
