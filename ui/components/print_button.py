"""The button that prints a paper, and beside it the one that takes it; made when asked, of what is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from ui.components import verbatim


class Paper(Protocol):
    """A rendered PDF: its bytes, its number of pages, and the characters no font has, printed as 〓."""

    @property
    def pdf(self) -> bytes:
        """The file."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    @property
    def missing_glyphs(self) -> tuple[str, ...]:
        """The characters that stand as 〓."""


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """What the session keeps of a paper: the paper and what it was made from."""

    stamp: tuple[object, ...]
    paper: Paper


def print_button(
    name: str,
    make: Callable[[], Paper],
    *,
    place: str,
    stamp: tuple[object, ...],
    file_name: str,
    contents: str,
    made: str = "已生成",
) -> None:
    """生成 and 下载 of the paper called ``name``; a paper whose ``stamp`` is not today's is no longer offered.

    ``place`` is the session's key of the paper, and with ``|make`` and ``|take`` that of its two buttons. ``contents``
    is the sentence beside the button until the paper is made, ``made`` how the one after begins.
    """
    making, taking, words = st.columns([2, 2, 6], vertical_alignment="center")
    if making.button(f"生成{name} PDF", key=f"{place}|make", width="stretch"):
        with st.spinner(f"正在生成{name}……"):
            st.session_state[place] = PrintedPaper(stamp, make())
    printed: PrintedPaper | None = st.session_state.get(place)
    if printed is None or printed.stamp != stamp:
        words.caption(contents)
        return
    paper = printed.paper
    taking.download_button(
        f"下载{name}",
        paper.pdf,
        file_name,
        "application/pdf",
        key=f"{place}|take",
        type="primary",
        on_click="ignore",
        width="stretch",
    )
    words.caption(f"{made}，共 {paper.pages} 页。")
    if paper.missing_glyphs:
        listed = "、".join(verbatim.markdown(glyph) for glyph in paper.missing_glyphs)
        st.warning(f"以下字符没有字体可印，{name}中以〓代替，请改用其他写法或手工补写：{listed}")
