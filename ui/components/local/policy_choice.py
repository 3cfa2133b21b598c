"""Which local documents apply: by the division's code unless the county says otherwise."""

from __future__ import annotations

import streamlit as st

from scoring.entry.local import with_local_policies
from scoring.local.profile import binding
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from workflow.targets import Target

_FORM = Target.local_policies()


def policy_choice(forms: StoredForms, *, opened: bool) -> None:
    """The choice, folded unless nothing applies yet."""
    policies, by_code = forms.rules.policies, _by_code(forms)
    with st.expander("适用的地方文件", expanded=opened):
        listed = "、".join(f"《{policies[policy_id].title}》" for policy_id in by_code) or "没有"
        st.caption(verbatim.markdown(f"按本县行政区划代码，适用的地方文件：{listed}。上级另有要求的，也可以自己选定。"))
        own_fragment(forms, lambda: choice_form(forms))


def _by_code(forms: StoredForms) -> tuple[str, ...]:
    found = binding(with_local_policies(forms.base(_FORM), None), forms.rules.policies)
    return tuple(policy.id for policy, _ in found)


def choice_form(forms: StoredForms) -> None:
    """Whether the county chooses itself, and what."""
    policies, chosen = forms.rules.policies, forms.base(_FORM).local.policies
    form = Form(forms.pad, _FORM, frozen=forms.why_not(_FORM) is not None)
    own = form.tick("own", "不按代码，自己选定", chosen is not None)
    titles = {policy_id: verbatim.plain(policy.title) for policy_id, policy in policies.items()}
    standing = _by_code(forms) if chosen is None else chosen
    picked = form.several("picked", "选定的文件", titles, standing, empty="请选择，可以不选", shut=not own)
    if form.frozen:
        form.settle()
        forms.history(_FORM)
        return
    wanted = [policy_id for policy_id in policies if policy_id in picked] if own else None
    what = "适用的地方文件"
    save = Button("保存选择", "save-local-choice", lambda: forms.save(form, {_FORM: wanted}, what), what)
    closing(form, save, forms=forms, drop="drop-local-choice")
