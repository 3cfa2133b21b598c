"""Drafts that are not in the fields: of an entry that has been shut since, and of the person's other windows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from ui.components import verbatim
from ui.components.forms.pad import EntryName, Pad
from ui.components.forms.raw import moment_words, raw_words
from workflow.drafting.drafts import Draft


def left_over(pad: Pad, entry: EntryName) -> None:
    """The person's drafts of a shut entry, of any of their windows, to read and copy, or to give up."""
    for draft in pad.drafts():
        if (draft.kind, draft.key) != (entry[0], entry[1]):
            continue
        st.warning(f"您 {moment_words(draft.at)} 暂存的内容没有写入。需要的文字如下，可复制留存：")
        for raw in draft.fields.values():
            st.code(raw_words(raw), language=None)
        if st.button("放弃这些内容", key=f"left|{pad.scope}|{draft.kind}|{draft.key}|{draft.tab}"):
            pad.give_up([entry], draft.tab)
            st.rerun()


def elsewhere(pad: Pad, entries: Iterable[EntryName], labels: Mapping[str, str], *, frozen: bool) -> None:
    """Drafts of the person's other windows: what each says, and going on with it here. ``labels``: of fields."""
    for draft in (draft for entry in entries for draft in pad.at(entry).elsewhere):
        _elsewhere(pad, draft, labels, frozen=frozen)


def none_of_the_options(label: str, standing: str) -> None:
    """What was chosen is no option (any more): what the form goes by instead. ``label``: Markdown."""
    st.warning(f"“{label}”：送来的选项不在所列之中，没有采用，仍按“{verbatim.markdown(standing)}”。请重新选择。")


def _elsewhere(pad: Pad, draft: Draft, labels: Mapping[str, str], *, frozen: bool) -> None:
    with st.expander(f"您在另一个窗口或另一台设备上，{moment_words(draft.at)} 暂存了这里的内容，尚未提交"):
        for name, raw in draft.fields.items():
            st.text(f"{labels.get(name, name)}：{raw_words(raw)}")
        key = f"elsewhere|{pad.scope}|{draft.kind}|{draft.key}|{draft.tab}"
        taking, dropping, _ = st.columns([2, 2, 3])
        if not frozen and taking.button("改用那里的内容", key=f"{key}|take", width="stretch"):
            pad.take(draft)
            st.rerun()
        if dropping.button("放弃那里的内容", key=f"{key}|drop", width="stretch"):
            pad.give_up([(draft.kind, draft.key)], draft.tab)
            st.rerun()
