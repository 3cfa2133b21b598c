"""The two buttons that take a table away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from scoring.spreadsheets.tables import Table, table_csv, table_xlsx


def table_downloads(whole: Table | Callable[[], Table], file_stem: str, key: str, title: str = "") -> None:
    """Buttons for XLSX and CSV, written when pressed; keys ``{key}-xlsx`` and ``{key}-csv``.

    ``whole``: what makes it where that is not at hand; then ``title`` names it.
    """
    made = (lambda: whole) if isinstance(whole, Table) else whole
    name = whole.title if isinstance(whole, Table) else title
    written: dict[str, Callable[[Table], bytes]] = {"xlsx": table_xlsx, "csv": table_csv}
    for place, (kind, write) in zip(st.columns([2, 2, 5]), written.items(), strict=False):
        place.download_button(
            f"下载{name}（{kind.upper()}）",
            partial(_written, write, made),
            f"{file_stem}.{kind}",
            key=f"{key}-{kind}",
            on_click="ignore",
            width="stretch",
        )


def _written(write: Callable[[Table], bytes], made: Callable[[], Table]) -> bytes:
    return write(made())
