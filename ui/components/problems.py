"""Located problems of a file, and slips in a form, as the reader or the form gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from indicators import Problem
from ui.components import verbatim
from ui.components.table import line, table

_SHOWN = 200


def show_problems(problems: Sequence[Problem]) -> None:
    """A table: file, line, column, where, what is wrong and what to do."""
    lines = (line((each.file, each.line, each.col, each.where, each.message)) for each in problems[:_SHOWN])
    more = f"<p>另有 {len(problems) - _SHOWN} 处未列出。</p>" if len(problems) > _SHOWN else ""
    st.html(table(("文件", "行", "列", "位置", "问题与改法"), lines, "dc-problems dc-verbatim") + more)


def show_slips(sentences: Iterable[str], head: str = "没有保存，已填的内容都在：") -> None:
    """Sentences about fields that could not be saved, under what that means."""
    items = "".join(f"<li>{verbatim.markup(sentence)}</li>" for sentence in sentences)
    st.html(f'<div class="dc-slips" role="alert"><p>{head}</p><ul class="dc-verbatim">{items}</ul></div>')
