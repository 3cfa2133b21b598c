"""Which local documents apply: by the division's code unless the county says otherwise."""

from __future__ import annotations

import streamlit as st

from scoring.entry.local import with_local_policies
from scoring.local.profile import binding
from scoring.submission import Local
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.form_footer import form_footer
from workflow.targets import Target

_FORM = Target.local_policies()


def policy_choice(forms: StoredForms, *, opened: bool) -> None:
    """The choice, folded unless nothing applies yet."""
    policies = forms.rules.policies
    base = forms.base(_FORM)
    by_code = tuple(policy.id for policy, _ in binding(with_local_policies(base, None), policies))
    chosen = base.local.policies
    read_only = forms.why_not(_FORM) is not None
    with st.expander("适用的地方文件", expanded=opened):
        listed = "、".join(f"《{policies[policy_id].title}》" for policy_id in by_code) or "没有"
        st.caption(verbatim.markdown(f"按本县行政区划代码，适用的地方文件：{listed}。上级另有要求的，也可以自己选定。"))
        own = st.checkbox(
            "不按代码，自己选定",
            value=chosen is not None,
            key=f"local-own-{forms.stamp(_FORM)}",
            disabled=read_only,
            persist_state="session",
        )
        picked = st.multiselect(
            "选定的文件",
            list(policies),
            default=[policy_id for policy_id in (by_code if chosen is None else chosen) if policy_id in policies],
            format_func=lambda policy_id: verbatim.plain(policies[policy_id].title),
            key=f"local-picked-{forms.stamp(_FORM)}",
            disabled=read_only or not own,
            persist_state="session",
            placeholder="请选择，可以不选",
        )
        wanted = tuple(policy_id for policy_id in policies if policy_id in picked) if own else None
        unsaved = Local(wanted).policies != chosen
        forms.mark(_FORM, dirty=unsaved)
        if read_only:
            return
        action, words = st.columns([1, 4], vertical_alignment="center")
        pressed = action.button("保存选择", key="save-local-choice", width="stretch")
        if unsaved:
            words.html('<p class="dc-unsaved">有尚未保存的修改</p>')
        make = lambda: with_local_policies(forms.base(_FORM), wanted)  # noqa: E731 - read when it is pressed
        form_footer(forms, _FORM, make, "适用的地方文件", wanted=pressed)
