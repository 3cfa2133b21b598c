"""Downloads: the exchange file as YAML or JSON."""

from __future__ import annotations

import streamlit as st

from scoring.exchange.writing import write_submission_json
from ui.components.trial.workspace import Workspace
from workflow.papers.file_names import file_name as plain_file_name


def file_name(workspace: Workspace, kind: str) -> str:
    """甲县-2018-申报表.pdf: a file knows its round by the id alone."""
    return plain_file_name(workspace.submission.division.name, workspace.submission.round.id, kind)


def exchange_downloads(workspace: Workspace) -> None:
    """YAML and JSON of what is saved; unsaved typing is not in them and says so."""
    st.subheader("下载填报数据", anchor=False)
    if workspace.unsaved:
        st.warning(
            f"有 {len(workspace.unsaved)} 项填报尚未保存，下载的文件中不含这些修改：{'、'.join(workspace.unsaved)}。"
        )
    as_yaml, as_json, words = st.columns([2, 2, 6], vertical_alignment="center")
    with as_yaml:
        download_yaml(workspace, "download-yaml", "下载 YAML")
    with as_json:
        taken = st.download_button(
            "下载 JSON",
            write_submission_json(workspace.submission).encode(),
            file_name(workspace, "填报数据.json"),
            "application/json",
            key="download-json",
            width="stretch",
        )
    words.caption("内容相同，都可以再载入本工具，也可供命令行使用。本页不保存数据，关闭前请下载。")
    _note_delivered(workspace, taken=taken)


def download_yaml(workspace: Workspace, key: str, label: str) -> None:
    """One button: the exchange file of what is saved; once taken, nothing saved can be lost."""
    taken = st.download_button(
        label,
        workspace.text.encode(),
        file_name(workspace, "填报数据.yaml"),
        "application/yaml",
        key=key,
        width="stretch",
    )
    _note_delivered(workspace, taken=taken)


def _note_delivered(workspace: Workspace, *, taken: bool) -> None:
    if taken and not workspace.is_delivered:
        workspace.delivered = workspace.text
        st.rerun()
