"""One box over all the rules: what is found in statements and clauses, marked, each leading to its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from indicators.references import short_title
from indicators.search import LONGEST, Hit, search
from ui.components import labels, places, verbatim
from ui.rules import library

_MOST = 60
_KINDS = {
    "heading": "标题",
    "statement": "指标原文",
    "clause": "政策条款",
    "evidence": "建议材料",
    "guidance": "填报提示",
    "note": "读法",
}


def search_box() -> bool:
    """The box and, while something is looked for, what is found; whether it is (then the page shows nothing else)."""
    query = st.query_params.get(places.SEARCH, "")
    typed = st.text_input(
        "在标准和政策文件中查找",
        value=query,
        max_chars=LONGEST,
        placeholder="例如：主要领导、国发〔2016〕36号、3.3.2",
        key=f"rules-search-{query}",
    ).strip()
    if typed != query:
        if typed:
            st.query_params[places.SEARCH] = typed
        else:
            st.query_params.pop(places.SEARCH, None)
        st.rerun()
    if not query:
        return False
    if st.button("结束查找", key="rules-search-end"):
        del st.query_params[places.SEARCH]
        st.rerun()
    st.html(found_html(query, search(library(), query)))
    return True


def found_html(query: str, hits: Sequence[Hit]) -> str:
    """HTML of the hits, by what they stand in."""
    if not hits:
        return (
            f'<div class="dc-found"><p>没有找到“{verbatim.markup(query)}”。</p>'
            '<p class="dc-quiet">请减少字数，或者改用指标、条款的编号。全角半角、空格不影响查找。</p></div>'
        )
    shown = hits[:_MOST]
    more = f"，先列前 {_MOST} 处，请多输入几个字" if len(hits) > _MOST else ""
    groups = "".join(_group(kind, list(group)) for kind, group in groupby(shown, key=lambda hit: hit.kind))
    counted = f"<p>“{verbatim.markup(query)}”见于 <b>{len(hits)}</b> 处{more}。</p>"
    return f'<div class="dc-found">{counted}{groups}</div>'


def _group(kind: str, hits: Sequence[Hit]) -> str:
    ours = labels.tag("本工具提出，非文件规定", "tool") if hits[0].ours else ""
    items = "".join(f"<li>{_place(hit)}{_excerpt(hit)}</li>" for hit in hits)
    return f"<section><h3>{_KINDS[kind]}{ours}</h3><ul>{items}</ul></section>"


def _place(hit: Hit) -> str:
    rules = library()
    if hit.policy is not None:
        policy = rules.policies[hit.policy]
        words = f"{short_title(policy)} {hit.place}"
        where = places.link(places.document_address(hit.policy, hit.place), words)
        return f'<p>{where}<span class="dc-quiet">{verbatim.markup(hit.heading)}</span></p>'
    names = labels.tags(labels.short_name(rules.standards[name]) for name in hit.standards)
    where = places.link(places.standard_address(hit.standards[0], hit.place), hit.place)
    return f'<p>{where}<span class="dc-quiet">{verbatim.markup(hit.heading)}</span>{names}</p>'


def _excerpt(hit: Hit) -> str:
    marked = "".join(
        f"<mark>{verbatim.markup(piece.text)}</mark>" if piece.matched else verbatim.markup(piece.text)
        for piece in hit.pieces()
    )
    return f'<div class="dc-excerpt dc-verbatim">{marked}</div>'
