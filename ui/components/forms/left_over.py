"""What somebody typed in an entry that has been shut since: to read and copy, or to give up."""

from __future__ import annotations

import streamlit as st

from ui.components.forms.pad import EntryName, Pad
from ui.components.forms.raw import moment_words, raw_words


def left_over(pad: Pad, entry: EntryName) -> None:
    """The person's drafts of the entry, of any of their windows; nothing where there is none."""
    for draft in pad.drafts():
        if (draft.kind, draft.key) != (entry[0], entry[1]):
            continue
        st.warning(f"您 {moment_words(draft.at)} 暂存的内容没有写入。需要的文字如下，可复制留存：")
        for raw in draft.fields.values():
            st.code(raw_words(raw), language=None)
        if st.button("放弃这些内容", key=f"left|{pad.scope}|{draft.kind}|{draft.key}|{draft.tab}"):
            pad.give_up([entry], draft.tab)
            st.rerun()
