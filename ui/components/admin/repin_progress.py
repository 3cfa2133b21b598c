"""换用现行规则, while it goes on: carried out beside the pages, its progress shown to the administrator."""

from __future__ import annotations

import threading
from functools import partial

import streamlit as st

from storage.errors import StoreError
from ui.components import verbatim
from ui.store_words import store_trouble
from workflow.errors import Refused
from workflow.office import Office
from workflow.rounds.taking import UnderWay, carry_on, under_way

_AT_ONCE = 2.0  # seconds a page waits: a small round is done by then
_LOOK_AGAIN = 2.0
_running: dict[str, threading.Thread] = {}  # of this process
_stopped: dict[str, str] = {}  # why it stopped


def carry_on_beside(office: Office, round_id: str) -> None:
    """Go on in a thread, which a click elsewhere does not stop; a small round is done when this returns."""
    thread = _running.get(round_id)
    if thread is None or not thread.is_alive():
        _stopped.pop(round_id, None)
        thread = _running[round_id] = threading.Thread(target=partial(_run, office, round_id), daemon=True)
        thread.start()
    thread.join(_AT_ONCE)


def progress(office: Office) -> None:
    """How far each round is; a button where nobody in this process is carrying it on."""
    if under_way(office):
        _shown(office)


@st.fragment(run_every=_LOOK_AGAIN)
def _shown(office: Office) -> None:
    rounds = under_way(office)
    if not rounds:
        st.rerun()
    for each in rounds:
        _one(office, each)


def _one(office: Office, each: UnderWay) -> None:
    round_id = each.round.id
    words = f"批次“{each.round.title}”正在换用新规则：共 {each.total} 件申报，已换 {each.done} 件"
    st.progress(each.done / each.total if each.total else 1.0, text=verbatim.markdown(words))
    if each.here:
        st.caption("换完以前，本批次的内容只能查看。可以离开本页，换用在后台继续。")
        return
    why = f"（{_stopped[round_id]}）" if round_id in _stopped else ""
    st.warning(
        verbatim.markdown(f"换用停在这里{why}，本批次的内容只能查看。请按“继续换用”；重新启动服务也会自动继续。")
    )
    if st.button("继续换用", key=f"repin-go-on-{round_id}"):
        carry_on_beside(office, round_id)
        st.rerun()


def _run(office: Office, round_id: str) -> None:
    try:
        carry_on(office, round_id)
    except StoreError as failure:
        _stopped[round_id] = store_trouble(failure)
    except Refused as refusal:
        _stopped[round_id] = "；".join(refusal.reasons)
