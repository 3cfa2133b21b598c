"""规则预演, the questions: which rules in the place of which, at which level; a draft is read and thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators import ProblemsError
from indicators.building.draft_files import MOST_BYTES, DraftRefusedError, Named, lay_out
from indicators.comparing.replacement import NoReplacementError, Replacement, replacement
from indicators.library import Draft
from scoring.submission import LEVELS, Level
from ui.components import labels, verbatim
from ui.components.problems import show_problems, show_slips
from ui.components.rehearsing.result import rehearsal_result
from ui.rules import library
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.rehearsing import RehearsalFor, rehearse_for

_KEPT = "rehearsal"
_DRAFT = "草案"
_SOURCES = {"draft": "上传草案", "installed": "已安装的标准"}


@dataclass(frozen=True, slots=True)
class _Question:
    """An installed standard's id, or a draft's files; what it stands in for (None: the usual); the level."""

    new_id: str | None
    files: tuple[Named, ...]
    instead: str | None
    level: Level


# Of the last rehearsal of this session: what was found, or what is wrong with the draft, or with the question.
_Outcome = RehearsalFor | ProblemsError | Sequence[str]


def rehearsal(office: Office, person: Person) -> None:
    """Ask, rehearse on request, show what came of it."""
    st.caption(
        "用新标准或修订草案重新评估已有的申报，看哪些结论会改变、为什么。只作预演：什么也不安装、不保存、不改动。"
    )
    question_now = _ask()
    if st.button("开始预演", type="primary", key="rehearse-start"):
        bar = st.progress(0.0, "正在读规则…")
        st.session_state[_KEPT] = (question_now, _rehearse(office, person, question_now, bar))
        bar.empty()
    question, outcome = st.session_state.get(_KEPT, (None, None))
    if isinstance(outcome, RehearsalFor):
        rehearsal_result(outcome)
    elif question != question_now:
        return  # 换了文件或选项，原来的错误提示就不再说的是眼前的这一问。
    elif isinstance(outcome, ProblemsError):
        st.error(f"草案有 {len(outcome.problems)} 处错误，没有预演。请按下列提示改正后重新上传。")
        show_problems(outcome.problems)
    else:
        show_slips(outcome, "没有预演：")


def _ask() -> _Question:
    source = st.radio(
        "预演哪一个", list(_SOURCES), format_func=_SOURCES.__getitem__, horizontal=True, key="rehearse-from"
    )
    new_id, uploads = None, []
    if source == "draft":
        uploads = st.file_uploader(
            "草案文件（standard.yaml 和各内容的 .yaml；或一个 .zip）",
            ["yaml", "zip"],
            accept_multiple_files=True,
            key="rehearse-files",
            max_upload_size=1,
            help=f"每个文件不超过 {MOST_BYTES >> 10} KB。草案可与已安装的标准同编号（修订），也可叠加在它上面。",
        )
    else:
        new_id = st.selectbox("新标准", list(library().standards), format_func=_named, key="rehearse-new")
    which, at = st.columns([3, 2])
    instead = which.selectbox("代替哪个标准", ["", *library().standards], format_func=_named, key="rehearse-instead")
    level = at.selectbox(
        "按哪一级的意见判定", LEVELS, format_func=lambda level: labels.word("levels", level), key="rehearse-level"
    )
    return _Question(new_id, tuple((file.name, file.getvalue()) for file in uploads), instead or None, level)


def _named(standard_id: str) -> str:
    if not standard_id:
        return "同编号的标准，没有则为它所叠加的标准"
    standard = library().standards[standard_id]
    return verbatim.plain(f"{standard.title}（{standard.id}）")


def _rehearse(office: Office, person: Person, question: _Question, bar: DeltaGenerator) -> _Outcome:
    def step(done: int, whole: int) -> None:
        bar.progress(done / whole, f"已评估 {done}/{whole} 个县")

    try:
        return rehearse_for(office, person, _change(question), question.level, step)
    except ProblemsError as error:
        return error
    except (DraftRefusedError, Refused) as error:
        return error.reasons
    except NoReplacementError as error:
        return (f"{error}。请在“代替哪个标准”中选择。",)


def _change(question: _Question) -> Replacement:
    if question.new_id is not None:
        return replacement(library(), question.new_id, question.instead)
    with tempfile.TemporaryDirectory(prefix="draft-") as folder:
        lay_out(question.files, Path(folder))
        return replacement(library(), Draft(Path(folder), _DRAFT), question.instead)
