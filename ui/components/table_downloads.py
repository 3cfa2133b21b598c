"""Tables that stand in no store (tried out, rehearsed, planned) taken away: made when pressed, fetched by the account
that pressed, alone. Those of the store are `table_links`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from scoring.spreadsheets.tables import Table, table_csv, table_xlsx
from templates.documents.model import RenderedDocument
from templates.documents.progress import Tell
from ui.components import verbatim
from ui.identity import current_person
from ui.web.papers.made import print_beside, printing_of
from workflow.papers.offered import MadePaper

Ending = Literal["xlsx", "csv"]
_AT_ONCE = 3.0  # seconds a page waits


def table_downloads(
    name: str,
    make: Callable[[], Sequence[Table]],
    *,
    key: str,
    stamp: object,
    file_stem: str = "",
    endings: Sequence[Ending] = ("xlsx", "csv"),
) -> None:
    """Buttons ``{key}-xlsx`` and ``{key}-csv`` (of the first table), and the link to what was made last.

    ``stamp``: differs once the tables do, and then the link is gone.
    """
    account, place = current_person().account_id, f"{key}|made"
    for column, ending in zip(st.columns([2, 2, 5]), endings, strict=False):
        if column.button(f"生成{name}（{ending.upper()}）", key=f"{key}-{ending}", width="stretch"):
            printing = print_beside(account, partial(_made, make, file_stem or name, ending))
            printing.wait(_AT_ONCE)
            st.session_state[place] = stamp, printing.key
    kept, made_under = st.session_state.get(place, (None, ""))
    made = printing_of(account, made_under) if kept == stamp else None
    if made is None or made.running:
        return
    if made.words:
        st.error(verbatim.markdown(made.words))
        return
    link = f'<a class="dc-print" href="/papers/made/{made.key}" target="_blank" rel="noopener">'
    st.html(f'<p class="dc-papers" role="status">已生成。{link}下载{verbatim.markup(made.name)}</a></p>')


def _made(make: Callable[[], Sequence[Table]], stem: str, ending: Ending, _tell: Tell) -> MadePaper:
    tables = make()
    content = table_xlsx(*tables) if ending == "xlsx" else table_csv(tables[0])
    return MadePaper(f"{stem}.{ending}", RenderedDocument(content))
