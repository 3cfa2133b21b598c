"""收入交换包: what another network sent is read and shown, and written only when confirmed."""

from __future__ import annotations

import streamlit as st

from storage.clock import now
from ui.components import verbatim
from ui.components.forms.outcome import attempt, outcome, show_refusal
from ui.components.table import line, table
from workflow.errors import Refused
from workflow.office import Office
from workflow.offline.incoming_words import told
from workflow.offline.receiving import Incoming, plan_package, take_package
from workflow.people import Person

_PLACE, _TAKEN = "package-take", "packages-taken"
_LARGEST = 40  # MB; a larger one at the machine itself
_SHOWN = 60


def take_in_packages(office: Office, person: Person) -> None:
    """Choose a package, look at what it would change, take it in."""
    st.subheader("收入交换包", anchor=False)
    st.caption(
        "另一网络用“制作交换包”做成的 zip：县里报来的，或上级退回、推荐后送回的。先核对摘要、批次、标准和每个文件，"
        f"列出会改什么，确认后才写入；收两次不会重复。超过 {_LARGEST} MB 的在服务器上用命令 package take 收入。"
    )
    key = f"package-{st.session_state.get(_TAKEN, 0)}"
    uploaded = st.file_uploader("交换包（ZIP）", type=["zip"], key=key, max_upload_size=_LARGEST)
    outcome(_PLACE)
    if uploaded is None:
        return
    try:
        incoming = plan_package(office, person, uploaded, now())
    except Refused as refused:
        show_refusal(refused.reasons, "收入")
        return
    _shown(incoming)
    wanted = st.button("收入", type="primary", key="take-package", disabled=incoming.changes_nothing)
    if wanted:
        name = incoming.package.manifest.division[1]
        act = lambda: take_package(office, person, uploaded, now())  # noqa: E731 - the press
        if attempt(_PLACE, act, f"{name}的交换包", now(), verb="已收入"):
            st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + 1
        st.rerun()


def _shown(incoming: Incoming) -> None:
    for sentence in told(incoming):
        st.html(f"<p>{verbatim.markup(sentence)}</p>")
    lines = [
        (target.label, "撤下" if body is None else "写入") for target, body in list(incoming.entries.items())[:_SHOWN]
    ]
    lines += [(f"文件 {packed.name}（{'、'.join(packed.items)}）", "新存") for packed in incoming.new_files[:_SHOWN]]
    if lines:
        st.html(table(("内容", "办法"), map(line, lines), "dc-verbatim"))
    more = len(incoming.entries) - _SHOWN
    if more > 0:
        st.caption(f"另有 {more} 处未列出。")
