"""制作交换包: a submission with its material for another network."""

from __future__ import annotations

from io import BytesIO

import streamlit as st

from storage.clock import now
from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from workflow.offline.packages import make_package, obstacle, package_refusal
from workflow.papers.file_names import download_name


def package_download(opened: OpenedSubmission) -> None:
    """For who may make one; nothing for others."""
    if package_refusal(opened.person) is not None:
        return
    in_the_way = obstacle(opened.office, opened.snapshot)
    press, words = st.columns([4, 7], vertical_alignment="center")
    press.download_button(
        "制作交换包（ZIP）",
        lambda: _package(opened),
        download_name(opened.snapshot, "交换包.zip"),
        "application/zip",
        key="export-package",
        on_click="ignore",
        disabled=in_the_way is not None,
        width="stretch",
    )
    words.caption(
        (verbatim.markdown("；".join(in_the_way.reasons)) if in_the_way else "")
        + "两个网络不相通时，连同材料文件送去：上报以后送上级一方，退回、推荐以后送回县里；"
        "收的一方由系统管理员在“批次”页收入，先核对、看改动，再写入。内有的意见以县里可见的为限。"
    )


def _package(opened: OpenedSubmission) -> bytes:
    out = BytesIO()
    make_package(opened.office, opened.person, opened.id, now(), out)
    return out.getvalue()
