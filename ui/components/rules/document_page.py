"""政策文件: the documents behind the standards, one of them open at a clause."""

from __future__ import annotations

import streamlit as st

from indicators.model import Policy
from indicators.references import by_rank
from ui.components import places, verbatim
from ui.components.rules.document_text import ALL, DETAILS, document_text
from ui.components.table import table
from ui.components.table_links import links_html
from ui.rules import library


def document_page() -> None:
    """The list by rank, and the document the address names; the first one where it names none."""
    policies = {document.id: document for document in by_rank(library().policies.values())}
    if not policies:
        st.info("还没有录入任何政策文件。")
        return
    wanted = st.query_params.get(places.DOCUMENT, "")
    if wanted and wanted not in policies:
        st.warning(f"没有政策文件“{verbatim.markdown(wanted)}”，以下是已录入的文件。请检查网址，或从列表选择。")
    policy = policies.get(wanted) or next(iter(policies.values()))
    st.html(_list(list(policies.values()), policy))
    clause = st.query_params.get(places.CLAUSE, "")
    if (
        clause
        and wanted in policies
        and clause not in {*policy.sections, *(numbered.id for numbered in policy.clauses)}
    ):
        st.warning(
            f"《{verbatim.markdown(policy.title)}》没有编号为“{verbatim.markdown(clause)}”的条款，已从头显示。"
            "请检查网址，或从目录选择。"
        )
    which, papers = st.columns([5, 5], vertical_alignment="bottom")
    detail = which.selectbox("显示", list(DETAILS), 1, format_func=DETAILS.__getitem__, key="rules-document-detail")
    pdf = f'<a href="/papers/policies/{policy.id}.pdf" target="_blank">下载 PDF</a>'
    papers.html(f'<p class="dc-papers">{pdf}{links_html("policy", "承诺", id=policy.id)}</p>')
    st.html(document_text(policy, detail or ALL, clause))


def _list(policies: list[Policy], chosen: Policy) -> str:
    lines = (
        f"<tr{' class=dc-chosen' if policy is chosen else ''}><td>"
        f"{places.link(places.document_address(policy.id), policy.title)}</td>"
        f"<td>{verbatim.markup(policy.number or '不详')}</td><td>{verbatim.markup(policy.issuer)}</td>"
        f"<td>{verbatim.markup(policy.date or '不详')}</td></tr>"
        for policy in policies
    )
    return table(("文件", "文号", "发文机关", "日期"), lines, "dc-documents")
