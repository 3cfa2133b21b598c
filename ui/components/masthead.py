"""The head of every page: which county and round, what is not saved or not downloaded, what the last save changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.editing import Change
from scoring.wording import eligibility
from ui.components import labels, verbatim
from ui.components.outcome import UNCHANGED, clock_words
from ui.components.work import Saved, Work
from ui.components.workspace import Workspace, judge_at
from ui.rules import library

_DEMO_PREFIX = "99"


def masthead(work: Workspace, *, levels: bool = False) -> None:
    """The head; with ``levels`` also the choice of the level judged at."""
    about, choice = st.columns([4, 1], vertical_alignment="bottom") if levels else (st.container(), None)
    with about:
        _county(work)
    if choice is not None:
        with choice:
            _level(work)
    if levels:
        save_notice(work)


def _county(work: Workspace) -> None:
    submission = work.submission
    period = submission.round.period
    # Invented divisions are numbered 99xxxx; real ones never are.
    demo = labels.tag("演示数据", "demo") if submission.division.code.startswith(_DEMO_PREFIX) else ""
    unsaved = f"有 {len(work.drafts)} 项填报尚未保存：{'、'.join(work.drafts)}" if work.drafts else ""
    undelivered = "" if work.kept_elsewhere else "已保存的修改尚未下载，关闭页面前请下载 YAML"
    notes = "".join(labels.tag(note, "notice") for note in (unsaved, undelivered) if note)
    st.html(
        f'<header class="dc-masthead"><h1 class="dc-verbatim">{verbatim.markup(submission.division.name)}</h1>'
        f"<p><span>行政区划代码 {verbatim.markup(submission.division.code)}</span>"
        f"<span>批次 {verbatim.markup(submission.round.id)}</span>"
        f"<span>申报期 {_day(period.first)}至{_day(period.last)}</span>"
        f"<span>来源 {verbatim.markup(work.source)}</span>{demo}{notes}</p></header>"
    )


def _day(day: object) -> str:
    year, month, number = str(day).split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def _level(work: Workspace) -> None:
    words = library().vocabulary.lists["levels"]
    level = st.selectbox(
        "按哪一级的意见判定",
        work.levels,
        index=work.levels.index(work.level),
        format_func=lambda one: words[one],
        key=f"level-{work.generation}",
    )
    judge_at(work, level)


def save_notice(work: Work) -> None:
    """What the last save was of and what it changed; stands by the button that saved, where the eye is."""
    saved = work.saved
    if saved is None:
        return
    if saved.unchanged:
        words = f"{UNCHANGED}：{verbatim.markup(saved.what)}{_when(saved)}。"
        st.html(f'<p class="dc-saved" role="status">{words}</p>')
        return
    what = f"已保存：{verbatim.markup(saved.what)}{_when(saved)}。{_voided(saved)}"
    if not saved.changes:
        st.html(f'<p class="dc-saved" role="status">{what}各项结论没有变化。</p>')
        return
    items = "".join(f"<li>{words}</li>" for words in change_words(work, saved.changes))
    st.html(f'<div class="dc-saved" role="status"><p>{what}结论有变化：</p><ul>{items}</ul></div>')


def _when(saved: Saved) -> str:
    """When it was durable; a file in memory has no such moment."""
    return "" if saved.at is None else f"（{clock_words(saved.at)}）"


def _voided(saved: Saved) -> str:
    """Findings that no longer count because what they were made on has changed."""
    rows = "、".join(dict.fromkeys(row for _, row in saved.voided))
    return f"此前对 {verbatim.markup(rows)} 的认定随之作废，须重新认定。" if rows else ""


def change_words(work: Work, changes: Sequence[Change]) -> list[str]:
    """HTML of each change: standard, row, before → after."""
    standards = {standard.id: standard for standard in work.standards}
    words = []
    for change in changes:
        standard = standards[change.standard]
        name = verbatim.markup(labels.short_name(standard))
        row = standard.row(change.row) if change.row else None
        if row is None:
            level = work.assessment.level
            before, after = (eligibility(level, eligible=one == "yes") for one in (change.before, change.after))
            words.append(f"{name}：{before} → <b>{after}</b>")
        else:
            what = verbatim.markup(labels.row_name(row))
            words.append(f"{name} {what}：{labels.chip(row, change.before)} → {labels.chip(row, change.after)}")
    return words
