"""Who a screen is for: the menu leaves it out for others, and an address typed by hand gets a sentence."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from workflow.people import ROLE_LABELS, Person, Role


def only(person: Person, roles: Collection[Role]) -> None:
    """Stop the page for anybody else. What may be written is `workflow`'s to refuse, screen or not."""
    if person.role in roles:
        return
    names = "、".join(ROLE_LABELS[role] for role in Role if role in roles)
    st.error(f"本页供{names}使用，您的账号是{ROLE_LABELS[person.role]}。请从菜单选择您的页面。")
    st.stop()
