"""The two links that take a table away; what is in it is made by `workflow.tables` when it is fetched."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st

from ui.components import verbatim

ENDINGS = ("xlsx", "csv")


def table_links(name: str, title: str, **query: object) -> None:
    """``name``: in `workflow.tables.named`; ``query``: its address' own; what is empty is left out."""
    st.html(f'<p class="dc-papers">{links_html(name, title, **query)}</p>')


def links_html(name: str, title: str, **query: object) -> str:
    """The same within a paragraph that stands."""
    kept = [(key, one) for key, value in query.items() for one in _values(value)]
    asked = f"?{urlencode(kept)}" if kept else ""
    addresses = ((ending, f"/papers/tables/{name}.{ending}{asked}") for ending in ENDINGS)
    return "".join(
        f'<a href="{verbatim.markup(address)}" target="_blank" rel="noopener">'
        f"下载{verbatim.markup(title)}（{ending.upper()}）</a>"
        for ending, address in addresses
    )


def _values(value: object) -> Iterable[str]:
    several = value if isinstance(value, list | tuple | frozenset) else (value,)
    return (str(one) for one in several if one not in {None, "", False})
