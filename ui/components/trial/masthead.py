"""The head of every page: which county and round, what is not saved or not downloaded, what the last save changed."""

from __future__ import annotations

import streamlit as st

from ui.components import labels, verbatim
from ui.components.forms.save_notice import save_notice
from ui.components.trial.workspace import Workspace, judge_at
from ui.rules import library

_DEMO_PREFIX = "99"


def masthead(workspace: Workspace, *, levels: bool = False) -> None:
    """The head; with ``levels`` also the choice of the level judged at."""
    about, choice = st.columns([4, 1], vertical_alignment="bottom") if levels else (st.container(), None)
    with about:
        _county(workspace)
    if choice is not None:
        with choice:
            _level(workspace)
    if levels:
        save_notice(workspace)


def _county(workspace: Workspace) -> None:
    submission = workspace.submission
    period = submission.round.period
    # Invented divisions are numbered 99xxxx; real ones never are.
    demo = labels.tag("演示数据", "demo") if submission.division.code.startswith(_DEMO_PREFIX) else ""
    unsaved = f"有 {len(workspace.unsaved)} 项填报尚未保存：{'、'.join(workspace.unsaved)}" if workspace.unsaved else ""
    undelivered = "" if workspace.is_delivered else "已保存的修改尚未下载，关闭页面前请下载 YAML"
    notes = "".join(labels.tag(note, "notice") for note in (unsaved, undelivered) if note)
    st.html(
        f'<header class="dc-masthead"><h1 class="dc-verbatim">{verbatim.markup(submission.division.name)}</h1>'
        f"<p><span>行政区划代码 {verbatim.markup(submission.division.code)}</span>"
        f"<span>批次 {verbatim.markup(submission.round.id)}</span>"
        f"<span>申报期 {_day(period.first)}至{_day(period.last)}</span>"
        f"<span>来源 {verbatim.markup(workspace.source)}</span>{demo}{notes}</p></header>"
    )


def _day(day: object) -> str:
    year, month, number = str(day).split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def _level(workspace: Workspace) -> None:
    words = library().vocabulary.lists["levels"]
    level = st.selectbox(
        "按哪一级的意见判定",
        workspace.levels,
        index=workspace.levels.index(workspace.level),
        format_func=lambda level_id: words[level_id],
        key=f"level-{workspace.generation}",
    )
    judge_at(workspace, level)
