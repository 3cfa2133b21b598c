"""Which round a list is about."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.components import verbatim
from workflow.office import Office
from workflow.rounds.rounds import rounds


def round_choice(office: Office, place: DeltaGenerator, key: str, *, running: bool = False) -> str | None:
    """The round chosen in ``place``, the newest first; None, said on the page, where there is none.

    ``running``: only those that are not closed.
    """
    by_id = {record.id: record for record in rounds(office) if not (running and record.closed_at)}
    if not by_id:
        st.info("没有进行中的批次。" if running else "还没有批次。请系统管理员在“批次”页新增。")
        return None
    newest = sorted(by_id, key=lambda round_id: (by_id[round_id].created_at, round_id), reverse=True)
    return place.selectbox(
        "批次", newest, format_func=lambda round_id: verbatim.plain(by_id[round_id].title), key=key, bind="query-params"
    )
