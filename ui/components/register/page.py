"""佐证材料目录: the register of documents, which one document may prove many indicators from."""

from __future__ import annotations

import streamlit as st

from scoring.judging.register_warnings import CODES_OF_THE_REGISTER
from ui.components import labels, places, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.document_fields import DOCUMENT, FileSlot
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.submission_forms import SubmissionForms
from ui.components.register.batch import several_files
from ui.components.register.document import document_form
from ui.components.register.table import register_table
from ui.components.table_links import table_links
from workflow.targets import NEW, Target

_NEW = "登记新材料"
_SHOWN = 6


def evidence_register(forms: SubmissionForms, files: FileSlot | None = None) -> None:
    """The register as a table, then the form of one document."""
    register = forms.submission.evidence
    st.subheader(f"佐证材料目录（{len(register)} 件）", anchor=False)
    told = [reason.text for reason in forms.assessment.warnings if reason.code in CODES_OF_THE_REGISTER]
    told += files.told() if files is not None else ()
    if told:
        lines = [f"<li>{verbatim.markup(text)}</li>" for text in told]
        items = "".join(lines[:_SHOWN])
        if len(lines) > _SHOWN:
            more = "".join(lines[_SHOWN:])
            items += f"<li><details><summary>另有 {len(lines) - _SHOWN} 条</summary><ul>{more}</ul></details></li>"
        mark = labels.tag("本工具提出，不影响结论", "tool")
        st.html(f'<div class="dc-ours dc-verbatim"><b>材料提醒</b> {mark}<ul>{items}</ul></div>')
    if register:
        own_fragment(forms, lambda: register_table(forms, files))
        if isinstance(forms, StoredForms):
            table_links("register", "佐证材料目录", s=forms.id)
    else:
        here = forms.why_not(Target.evidence(NEW)) is None
        st.info("目录中还没有材料。请在下面登记。" if here else "目录中还没有材料。")
    own_fragment(forms, lambda: _form(forms, files))
    if isinstance(forms, StoredForms):
        several_files(forms)


def _form(forms: SubmissionForms, files: FileSlot | None) -> None:
    register = forms.submission.evidence
    listed, named = [None, *register], st.query_params.get(DOCUMENT, "")
    if named in register:
        st.html(f'<span class="dc-here" {places.place(DOCUMENT, named)}></span>')
    st.subheader("登记或修改", anchor=False)
    chosen = st.selectbox(
        "选择材料",
        listed,
        listed.index(named) if named in register else 0,
        format_func=lambda item_id: (
            _NEW if item_id is None else verbatim.plain(f"{item_id} {register[item_id].title or ''}")
        ),
        key=f"document-{len(register)}{f'-{named}' if named in register else ''}",
    )
    document_form(forms, files, chosen)
