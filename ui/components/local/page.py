"""The county's page 地方文件对照 put together; the reviewers' view and the trial's of the same, read only."""

from __future__ import annotations

import streamlit as st

from scoring.local.profile import DocumentProfile, LocalProfile, local_profile
from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.stored_forms import StoredForms
from ui.components.local.by_clause import by_clause
from ui.components.local.choosing import choosing
from ui.components.local.filling import refused
from ui.components.local.narrowing import ALL, SHORT, narrowed, seen, sight
from ui.components.local.paper import paper
from ui.components.local.picture import notes, picture, shortfalls
from ui.components.local.table import checks_table
from ui.components.trial.workspace import Workspace
from ui.rules import library
from workflow.submission.local_assigning import assigned_commitments

_HEAD = "把本县的情况与适用的地方文件逐条对照。只供参考，不影响评估结论；标准已经问过的数字直接取用，不重复填报。"
_READ, _FILL = "一览", "逐条填报"


def local_page(desk: StoredForms) -> None:
    """The county's own page."""
    st.subheader("地方文件对照", anchor=False)
    st.caption(_HEAD)
    refusal = refused(desk)
    if refusal is not None:
        st.info(verbatim.markdown(refusal))
    choosing(desk, opened=not desk.local.documents)
    if not desk.local.documents:
        st.info("没有适用的地方文件。可以在上面选定；新的地方文件由系统管理员放进规则文件夹后在此列出。")
        notes(desk.local.notes)
        return
    picture(desk.local)
    notes(desk.local.notes)
    document = chosen_document(desk.local, desk.place("local-document"))
    shortfalls(document)
    with st.container(horizontal=True, gap="large"):
        in_sight = sight(desk, document)
        views = [_FILL, _READ]
        view = st.segmented_control(
            "方式", views, default=_FILL, key=desk.place("local-view"), required=True, persist_state="session"
        )
    if in_sight.told:
        st.caption(in_sight.told)
    if view == _READ:
        given = assigned_commitments(desk.snapshot)
        checks_table(document, in_sight.checks, desk.submission, desk.id, given)
    else:
        by_clause(desk, document, in_sight)
    paper(desk)


def local_view(case: OpenedSubmission) -> None:
    """For who reads only: reviewers, observers."""
    st.caption(_HEAD)
    if not case.local.documents:
        st.info("本县没有适用的地方文件。")
        return
    picture(case.local)
    notes(case.local.notes)
    document = chosen_document(case.local, case.place("local-document"))
    shortfalls(document)
    shown = narrowed(document.checks, case.place("local-shown", document.policy.id), ALL)
    checks_table(document, [one for one in document.checks if seen(one, shown)], case.submission, None)
    paper(case)


def trial_local(work: Workspace) -> None:
    """试算: beside the result of a file in memory, where a local document applies to it."""
    profile = local_profile(work.submission, library().policies, work.standards)
    if not profile.documents and not profile.notes:
        return
    st.subheader("地方文件对照", anchor=False)
    st.caption(_HEAD)
    notes(profile.notes)
    if profile.documents:
        picture(profile)
        document = chosen_document(profile, "trial-local-document")
        shortfalls(document)
        shown = narrowed(document.checks, f"trial-local-{document.policy.id}", SHORT)
        checks_table(document, [one for one in document.checks if seen(one, shown)], work.submission, None)


def chosen_document(profile: LocalProfile, key: str) -> DocumentProfile:
    """The only document that applies, or the one chosen of several."""
    documents = {one.policy.id: one for one in profile.documents}
    if len(documents) == 1:
        return next(iter(documents.values()))
    chosen = st.selectbox(
        "文件",
        list(documents),
        format_func=lambda one: verbatim.plain(documents[one].policy.title),
        key="|".join((key, *documents)),
        persist_state="session",
    )
    return documents[chosen]
