"""Located problems of a file, and slips in a form, as the reader or the form gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from indicators import Problem
from ui.components import verbatim

_SHOWN = 200


def show_problems(problems: Sequence[Problem]) -> None:
    """A table: file, line, column, where, what is wrong and what to do."""
    lines = "".join(
        f"<tr><td>{verbatim.markup(problem.file)}</td><td>{problem.line}</td><td>{problem.col}</td>"
        f"<td>{verbatim.markup(problem.where)}</td><td>{verbatim.markup(problem.message)}</td></tr>"
        for problem in problems[:_SHOWN]
    )
    more = f"<p>另有 {len(problems) - _SHOWN} 处未列出。</p>" if len(problems) > _SHOWN else ""
    head = "<tr><th>文件</th><th>行</th><th>列</th><th>位置</th><th>问题与改法</th></tr>"
    st.html(
        f'<table class="dc-table dc-problems dc-verbatim"><thead>{head}</thead><tbody>{lines}</tbody></table>{more}'
    )


def show_slips(sentences: Iterable[str], head: str = "没有保存，已填的内容都在：") -> None:
    """Sentences about fields that could not be saved, under what that means."""
    items = "".join(f"<li>{verbatim.markup(sentence)}</li>" for sentence in sentences)
    st.html(f'<div class="dc-slips" role="alert"><p>{head}</p><ul class="dc-verbatim">{items}</ul></div>')
