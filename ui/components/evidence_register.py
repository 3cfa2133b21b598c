"""佐证材料目录: the register of documents, which one document may prove many indicators from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators import ProblemsError
from scoring.editing import next_evidence_id, rows_using, with_evidence, without_evidence
from scoring.entry import EntryError
from scoring.register_entry import TypedEvidence, evidence_from, typed_evidence
from scoring.submission import EvidenceItem, Submission
from ui.components import verbatim
from ui.components.masthead import save_notice
from ui.components.problems import show_slips
from ui.components.workspace import Workspace, save

_NEW = "登记新材料"


def evidence_register(work: Workspace) -> None:
    """The register as a table, then the form of one document."""
    register = work.submission.evidence
    st.subheader(f"佐证材料目录（{len(register)} 件）", anchor=False)
    if register:
        st.dataframe(_frame(work), hide_index=True, alt="佐证材料目录", height=min(520, 35 * (len(register) + 1) + 3))
    else:
        st.info("目录中还没有材料。请在下面登记。")
    _form(work)


def _frame(work: Workspace) -> pd.DataFrame:
    lines = [
        {
            "编号": verbatim.plain(item_id),
            "题名": verbatim.plain(item.title or ""),
            "文号": verbatim.plain(item.document_number or ""),
            "责任者": verbatim.plain(item.issuer or ""),
            "日期": item.date.isoformat() if item.date else "",
            "页数": "" if item.pages is None else str(item.pages),
            "保管单位": verbatim.plain(item.holder or ""),
            "用于": "、".join(rows_using(work.submission, item_id)),
        }
        for item_id, item in work.submission.evidence.items()
    ]
    return pd.DataFrame(lines)


def _form(work: Workspace) -> None:
    register = work.submission.evidence
    st.subheader("登记或修改", anchor=False)
    chosen = st.selectbox(
        "选择材料",
        [None, *register],
        format_func=lambda one: _NEW if one is None else verbatim.plain(f"{one} {register[one].title or ''}"),
        key=f"document-{work.generation}",
    )
    item_id = chosen or next_evidence_id(work.submission)
    stored = register.get(item_id)
    typed = _fields(typed_evidence(stored or EvidenceItem()), f"{item_id}-{work.generation}")
    saving, removing, words = st.columns([1, 1, 3], vertical_alignment="center")
    wanted = saving.button("保存材料", type="primary", key="save-document", width="stretch")
    unwanted = stored is not None and removing.button("从目录删除", key="remove-document", width="stretch")
    if typed != typed_evidence(stored or EvidenceItem()):
        words.html('<p class="dc-unsaved">有尚未保存的修改</p>')
    save_notice(work)
    if wanted:
        _save(work, item_id, typed)
    if unwanted:
        _take(work, without_evidence(work.submission, item_id), f"删除材料 {item_id}")


def _fields(typed: TypedEvidence, key: str) -> TypedEvidence:
    title, number = st.columns([3, 2])
    issuer, day, pages, holder = st.columns([3, 2, 1, 3])
    return TypedEvidence(
        title=title.text_input("题名", typed.title, key=f"title-{key}", autocomplete="off", persist_state="session"),
        document_number=number.text_input(
            "文号", typed.document_number, key=f"number-{key}", autocomplete="off", persist_state="session"
        ),
        issuer=issuer.text_input(
            "责任者（发文单位）", typed.issuer, key=f"issuer-{key}", autocomplete="off", persist_state="session"
        ),
        date=day.text_input(
            "日期", typed.date, key=f"date-{key}", placeholder="2017-09-01", autocomplete="off", persist_state="session"
        ),
        pages=pages.text_input("页数", typed.pages, key=f"pages-{key}", autocomplete="off", persist_state="session"),
        holder=holder.text_input(
            "保管单位", typed.holder, key=f"holder-{key}", autocomplete="off", persist_state="session"
        ),
    )


def _save(work: Workspace, item_id: str, typed: TypedEvidence) -> None:
    try:
        item = evidence_from(work.submission.evidence.get(item_id), typed)
    except EntryError as unreadable:
        show_slips(f"材料 {item_id} {problem}" for problem in unreadable.problems)
    else:
        _take(work, with_evidence(work.submission, item_id, item), f"材料 {item_id}")


def _take(work: Workspace, edited: Submission, what: str) -> None:
    try:
        save(work, edited, what)
    except ProblemsError as refused:
        show_slips(f"{problem.where}：{problem.message}" for problem in refused.problems)
    else:
        st.rerun()
