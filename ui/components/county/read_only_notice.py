"""Why a page's fields are read only, where all or some of them are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.county.returned import returned_note
from workflow.targets import Target


def read_only_notice(forms: StoredForms, targets: Sequence[Target]) -> None:
    """One sentence when no field may be written; after a return, that some may, and the return's items for them."""
    refusals = [forms.why_not(target) for target in targets]
    for target in targets:
        returned_note(forms, str(target))
    if all(refusals):
        st.info(verbatim.markdown(_common(forms, refusals)))
    elif any(refusals):
        st.info("退回补正期间只开放与退回各项有关的栏目，其余栏目不能修改。")


def _common(forms: StoredForms, refusals: Sequence[str | None]) -> str:
    reasons = list(dict.fromkeys(reason for reason in refusals if reason))
    if len(reasons) == 1 or forms.snapshot.open_return is None:
        return reasons[0]
    return "退回补正只开放退回时列明的内容和与其有关的各处，本页各栏不在其中。请只修改开放的各项。"
