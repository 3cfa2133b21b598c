"""交接 on the accounts' page: who goes on with the work of somebody who leaves."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from storage.records import Account
from ui.components import verbatim
from ui.components.forms import outcome
from workflow.accounts.handing_over import hand_over, successors
from workflow.office import Office
from workflow.people import Person


def handing_over(office: Office, person: Person, account: Account, place: str, now: datetime) -> None:
    """Choose the account that goes on and hand over; told at ``place``. Nothing for a demonstration's account."""
    if account.demo or account.id == person.account_id:
        return
    following = {one.username: one for one in successors(office, person, account.username) if not one.demo}
    if not following:
        st.caption("离任交接：没有同一部门、同一角色的其他账号可以接手，请先新增接手人的账号。")
        return
    choosing, doing = st.columns([3, 1], vertical_alignment="bottom")
    to = choosing.selectbox(
        "离任交接给（同一部门、同一角色）",
        list(following),
        format_func=lambda name: verbatim.plain(f"{name}　{following[name].display_name}"),
        key=f"successor-{account.username}",
    )
    st.caption("交接后原账号停用；分工、原账号登记的材料由接手的账号继续办理；没有保存的内容只告知在哪里，不显示。")
    if doing.button("交接", key="account-hand-over", width="stretch"):
        outcome.attempt(
            place,
            lambda: hand_over(office, person, account.username, to, now),
            f"账号 {account.username} 的工作由 {to} 接手，{account.username} 已停用",
            now,
            verb="已交接",
        )
        st.rerun()
