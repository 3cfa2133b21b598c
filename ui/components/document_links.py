"""The links that take a document away; it is made by `workflow.papers` when it is fetched."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ui.components import verbatim
from workflow.papers.offered import OFFERED


def document_links(name: str, **query: object) -> None:
    """``name``: in `workflow.papers.offered`; ``query``: its address' own; what is empty is left out."""
    offered = OFFERED[name]
    kept = {key: str(value) for key, value in query.items() if value not in {None, "", False}}
    asked = f"?{urlencode(kept)}" if kept else ""
    links = "".join(
        f'<a href="{verbatim.markup(f"/papers/documents/{name}.{ending}{asked}")}" target="_blank" rel="noopener">'
        f"下载{verbatim.markup(offered.title)}（{ending.upper()}）</a>"
        for ending in offered.endings
    )
    st.html(f'<p class="dc-papers">{links}</p>')
