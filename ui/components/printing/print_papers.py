"""打印: choose a paper, its level, format and date; see how far it is, its pages and what no font has; fetch it.

Papers are made beside the page and handed out by `ui.web.papers.made`, to the account that asked alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from scoring.submission import Level
from templates.documents.model import Ending
from templates.documents.progress import Tell
from ui.components import labels, verbatim
from ui.web.papers.made import Printing, print_beside, printing_of
from workflow.papers.offered import MadePaper, PaperChoice

_FORMATS: dict[Ending, str] = {"pdf": "PDF", "docx": "Word（DOCX）", "xlsx": "Excel（XLSX）"}
_AT_ONCE = 1.5  # seconds a page waits: most papers are there by then
_LOOK_AGAIN = 1.0
_MOST_SHOWN = 40

Make = Callable[[str, Ending, Level, date, Tell], MadePaper]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was chosen, and what it was made of."""

    paper: str
    ending: Ending
    level: Level
    printed_on: date | None
    stamp: tuple[object, ...]


def print_papers(
    papers: Sequence[PaperChoice],
    make: Make,
    *,
    account_id: int,
    place: str,
    stamp: tuple[object, ...],
    today: Callable[[], date],
    told: Callable[[PaperChoice, Level], None],
) -> None:
    """``place``: begins the session's keys; ``stamp``: differs once something a paper shows was changed.

    ``told`` draws what is to be known of a paper at a level before it is made.
    """
    asked, paper = _asked(papers, place, stamp)
    told(paper, asked.level)
    kept: tuple[_Asked, str] | None = st.session_state.get(f"{place}|made")
    printing = None if kept is None or kept[0] != asked else printing_of(account_id, kept[1])
    if printing is None or not printing.running:
        if st.button(f"生成{paper.title}", key=f"{place}|make", type="primary" if printing is None else "secondary"):
            with st.spinner(f"正在生成{paper.title}……"):
                day = asked.printed_on or today()
                printing = print_beside(account_id, lambda tell: make(paper.name, asked.ending, asked.level, day, tell))
                printing.wait(_AT_ONCE)
            st.session_state[f"{place}|made"] = (asked, printing.key)
        elif printing is None:
            st.caption("之前生成的和现在选的或者填的不同，请重新生成。" if kept else "按当前已保存的内容生成。")
    if printing is not None:
        _shown(printing, paper.title, place)


def _asked(papers: Sequence[PaperChoice], place: str, stamp: tuple[object, ...]) -> tuple[_Asked, PaperChoice]:
    what, at, how, when = st.columns([3, 2, 2, 2])
    names = {paper.name: paper for paper in papers}
    chosen = what.selectbox(
        "打印什么", list(names), format_func=lambda name: names[name].title, key=f"{place}|paper"
    )  # fmt: skip
    paper = names[chosen]
    level: Level = "county"
    if paper.levels:
        level = at.selectbox(
            "按哪一级打印",
            paper.levels,
            paper.levels.index(paper.usual) if paper.usual in paper.levels else len(paper.levels) - 1,
            format_func=lambda option: labels.word("levels", option),
            key=f"{place}|level|{paper.name}|{len(paper.levels)}",
        )
    ending: Ending = how.selectbox(
        "格式", paper.endings, format_func=_FORMATS.__getitem__, key=f"{place}|ending|{paper.name}"
    )
    day = when.date_input("打印日期（不选为今天）", None, format="YYYY-MM-DD", key=f"{place}|day")
    return _Asked(paper.name, ending, level, day, stamp), paper


def _shown(printing: Printing, title: str, place: str) -> None:
    if printing.running:
        _under_way(printing, title, place)
    elif printing.words:
        st.error(verbatim.markdown(printing.words))
    else:
        _made(printing, title, place)


@st.fragment(run_every=_LOOK_AGAIN)
def _under_way(printing: Printing, title: str, place: str) -> None:
    if not printing.running:
        st.rerun()
    words = f"正在生成{title}：共 {printing.of} 步，已完成 {printing.done} 步" if printing.of else f"正在生成{title}……"
    st.progress(printing.done / printing.of if printing.of else 0.0, text=words)
    if st.button("取消", key=f"{place}|cancel"):
        printing.cancel()
        printing.wait(_AT_ONCE)
        st.rerun()


def _made(printing: Printing, title: str, place: str) -> None:
    address = f"/papers/made/{printing.key}"
    pages = f"，共 {printing.pages} 页" if printing.pages else ""
    link = f'<a class="dc-print" href="{address}" target="_blank" rel="noopener">下载{title}</a>'
    st.html(f'<p class="dc-papers" role="status">已生成{pages}。{link}</p>')
    if printing.missing_glyphs:
        listed = "、".join(verbatim.markdown(glyph) for glyph in printing.missing_glyphs)
        st.warning(f"以下字符没有字体可印，{title}中以〓代替，请改用其他写法或手工补写：{listed}")
    if printing.pages and st.toggle("预览各页", key=f"{place}|preview"):
        numbers = range(1, min(printing.pages, _MOST_SHOWN) + 1)
        shown = "".join(_page(address, number, printing.pages) for number in numbers)
        st.html(f'<div class="dc-paper-pages">{shown}</div>')
        if printing.pages > _MOST_SHOWN:
            st.caption(f"只预览前 {_MOST_SHOWN} 页，其余请下载后看。")


def _page(address: str, number: int, of: int) -> str:
    words = f"第 {number} 页，共 {of} 页"
    picture = f'<img src="{address}/{number}.png" alt="{words}" loading="lazy">'
    return f"<figure>{picture}<figcaption>{words}</figcaption></figure>"
