"""Choosing what to work on: a county's own file, a new empty one, or an installed sample."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from indicators import ProblemsError
from scoring.exchange.reading import read_submission_bytes, read_submission_file
from scoring.submission import Submission
from ui.components import verbatim
from ui.components.problems import show_problems
from ui.components.trial.downloads import download_yaml
from ui.components.trial.new_submission import SOURCE, new_submission
from ui.components.trial.workspace import Workspace, current, open_submission
from ui.rules import SAMPLES, library

_PENDING = "pending-submission"


def source_panel() -> None:
    """The panel; open while nothing is loaded, folded away after; a question instead where changes would be lost."""
    workspace = current()
    if workspace is None:
        _panel()
        return
    if _PENDING in st.session_state:
        _replacing(workspace)
        return
    # A key of its own for every load, so that a panel that was open is folded away again.
    with st.expander("更换样例、新建或载入其他文件", key=f"sources-{workspace.generation}", on_change="rerun"):
        _panel()


def _panel() -> None:
    _upload()
    blank, samples = st.columns([2, 3], gap="large")
    with blank:
        new_submission(lambda made: _open(made, SOURCE))
    with samples:
        _samples()


def _replacing(workspace: Workspace) -> None:
    """The question before another submission replaces changes that are not saved or not downloaded."""
    submission, source = st.session_state[_PENDING]
    current_name, new_name = (verbatim.markdown(each.division.name) for each in (workspace.submission, submission))
    if workspace.changed:
        st.warning(f"“{current_name}”有修改尚未保存或尚未下载。换成“{new_name}”后，这些修改不再保留。")
    else:
        st.info(f"“{current_name}”的修改已下载，可以换成“{new_name}”。")
    stay, replace, download = st.columns(3)
    if stay.button(f"不换，继续填报{current_name}", key="keep-work", type="primary", width="stretch"):
        del st.session_state[_PENDING]
        st.rerun()
    if replace.button(
        f"{'放弃修改，' if workspace.changed else ''}换成{new_name}", key="replace-work", width="stretch"
    ):
        del st.session_state[_PENDING]
        open_submission(submission, source)
        st.rerun()
    if not workspace.is_delivered:
        with download:
            download_yaml(workspace, "download-before-replacing", "先下载已保存的修改")


def _samples() -> None:
    st.subheader("打开样例", anchor=False)
    st.caption("样例中的行政区划、人员和数据均为虚构的演示数据。")
    for path in sorted(SAMPLES.glob("*.yaml")):
        _sample(path)


def _sample(path: Path) -> None:
    action, words = st.columns([3, 7], vertical_alignment="center")
    try:
        submission = _read_sample(path, path.stat().st_mtime_ns)
    except ProblemsError as refused:
        words.html(f'<p class="dc-sample">{verbatim.markup(path.name)}：样例有误，不能打开。</p>')
        show_problems(refused.problems)
        return
    shows = verbatim.markup(submission.shows or path.stem)
    words.html(f'<p class="dc-sample">{shows}</p>')
    if action.button(f"打开{verbatim.markdown(submission.division.name)}", key=f"open-{path.stem}", width="stretch"):
        _open(submission, path.name)


@lru_cache(maxsize=64)
def _read_sample(path: Path, changed: int) -> Submission:  # noqa: ARG001 - the time of change is part of the cache's key
    return read_submission_file(path, library())


def _upload() -> None:
    st.subheader("载入本县文件", anchor=False)
    st.caption("本工具下载的 YAML 或 JSON 文件。文件只在本机处理，不向外发送。")
    uploaded = st.file_uploader("本县申报材料文件", type=["yaml", "yml", "json"], key=_uploader_key())
    if uploaded is None:
        return
    try:
        submission = read_submission_bytes(uploaded.getvalue(), uploaded.name, library())
    except ProblemsError as refused:
        unchanged = "原来载入的材料没有改动。" if current() else "没有载入任何内容。"
        st.error(f"文件不能载入，共 {len(refused.problems)} 处问题。{unchanged}请按下列提示修改文件后重新载入。")
        show_problems(refused.problems)
    else:
        _open(submission, uploaded.name)


def _open(submission: Submission, source: str) -> None:
    workspace = current()
    if workspace is not None and workspace.changed:
        st.session_state[_PENDING] = (submission, source)
    else:
        open_submission(submission, source)
    # A new key empties the uploader: the bytes are read, the server need not hold them.
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    st.rerun()


def _uploader_key() -> str:
    return f"upload-{st.session_state.get('uploads', 0)}"


def welcome() -> None:
    """What this is for, shown while nothing is loaded."""
    st.html(
        '<header class="dc-masthead"><h1>农村留守儿童关爱保护和困境儿童保障示范县　申报评估</h1>'
        "<p>按指导标准的全部指标和一票否决情形逐项对照：能否申报、原因在哪里、依据哪一条；并可打印申报表。</p></header>"
    )
