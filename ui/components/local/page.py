"""地方文件对照: the county's page, and the read-only views of reviewers and of the trial."""

from __future__ import annotations

import streamlit as st

from scoring.local.profile import DocumentProfile, LocalProfile, local_profile
from storage.clock import now
from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.stored_forms import StoredForms
from ui.components.local.by_clause import by_clause
from ui.components.local.check_filter import ALL, SHORT, check_filter, filter_strip, is_shown, to_fill_in
from ui.components.local.clause_form import refusal
from ui.components.local.picture import shortfalls, state_bars, unused_answers
from ui.components.local.policy_choice import policy_choice
from ui.components.local.table import checks_table
from ui.components.printing.submission_printing import submission_printing
from ui.components.table_links import table_links
from ui.components.trial.workspace import Workspace
from ui.rules import library
from workflow.people import Role
from workflow.submission.local_assigning import given_commitments, own_commitments

_HEAD = "把本县的情况与适用的地方文件逐条对照。只供参考，不影响评估结论；标准已经问过的数字直接取用，不重复填报。"
_OFFERED = "其余各项，想对照的可以逐条填（不填不影响结论，也不催填）"
_READ, _FILL = "一览", "逐条填报"


def local_page(forms: StoredForms) -> None:
    """The county's own page."""
    st.subheader("地方文件对照", anchor=False)
    st.caption(_HEAD)
    why_not = refusal(forms)
    if why_not is not None:
        st.info(verbatim.markdown(why_not))
    policy_choice(forms, opened=not forms.local.documents)
    if not forms.local.documents:
        st.info("没有适用的地方文件。可以在上面选定；新的地方文件由系统管理员放进规则文件夹后在此列出。")
        unused_answers(forms.local.notes)
        return
    state_bars(forms.local)
    unused_answers(forms.local.notes)
    document = chosen_document(forms.local, forms.place("local-document"))
    shortfalls(document)
    _said(forms, document)
    given = forms.person.role is Role.COUNTY_DEPARTMENT and bool(own_commitments(forms.snapshot, document))
    with st.expander(_OFFERED, expanded=given, key=forms.place("local-offered", document.policy.id)):
        _offered(forms, document)
    table_links("local", "地方文件对照表", s=forms.id)
    submission_printing(forms, now(), only="local")


def _said(forms: StoredForms, document: DocumentProfile) -> None:
    """What the answers already say, without anything asked: taken from rows and 县情, or filled in here before."""
    said = [check for check in document.checks if not to_fill_in(check)]
    words = f"已填的内容说明了 {len(said)} 项（共 {len(document.checks)} 项），不用另填"
    with st.expander(words, key=forms.place("local-said", document.policy.id)):
        checks_table(document, said, forms.submission, forms.id)


def _offered(forms: StoredForms, document: DocumentProfile) -> None:
    """The rest, for who wants to compare it too."""
    with st.container(horizontal=True, gap="large"):
        selection = check_filter(forms, document)
        views = [_FILL, _READ]
        view = st.segmented_control(
            "方式", views, default=_FILL, key=forms.place("local-view"), required=True, persist_state="session"
        )
    if selection.summary:
        st.caption(selection.summary)
    if view == _READ:
        assigned = given_commitments(forms.snapshot)
        checks_table(document, selection.checks, forms.submission, forms.id, assigned)
    else:
        by_clause(forms, document, selection)


def local_view(opened: OpenedSubmission) -> None:
    """The read-only view, for reviewers and observers."""
    st.caption(_HEAD)
    if not opened.local.documents:
        st.info("本县没有适用的地方文件。")
        return
    state_bars(opened.local)
    unused_answers(opened.local.notes)
    document = chosen_document(opened.local, opened.place("local-document"))
    shortfalls(document)
    shown = filter_strip(document.checks, opened.place("local-shown", document.policy.id), ALL)
    checks_table(document, [check for check in document.checks if is_shown(check, shown)], opened.submission, None)
    table_links("local", "地方文件对照表", s=opened.id)
    submission_printing(opened, now(), only="local")


def trial_local(work: Workspace) -> None:
    """试算: beside the result of a file in memory, where a local document applies to it."""
    profile = local_profile(work.submission, library().policies, work.standards)
    if not profile.documents and not profile.notes:
        return
    st.subheader("地方文件对照", anchor=False)
    st.caption(_HEAD)
    unused_answers(profile.notes)
    if profile.documents:
        state_bars(profile)
        document = chosen_document(profile, "trial-local-document")
        shortfalls(document)
        shown = filter_strip(document.checks, f"trial-local-{document.policy.id}", SHORT)
        checks_table(document, [check for check in document.checks if is_shown(check, shown)], work.submission, None)


def chosen_document(profile: LocalProfile, key: str) -> DocumentProfile:
    """The only document that applies, or the one chosen of several."""
    documents = {document.policy.id: document for document in profile.documents}
    if len(documents) == 1:
        return next(iter(documents.values()))
    chosen = st.selectbox(
        "文件",
        list(documents),
        format_func=lambda policy_id: verbatim.plain(documents[policy_id].policy.title),
        key="|".join((key, *documents)),
        persist_state="session",
    )
    return documents[chosen]
