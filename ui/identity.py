"""Who this script runs for. The gate (`ui.web.sign_in.gate`) says it in a websocket header; nothing else does.

``st.user`` holds what `server.trustedUserHeaders` names; the gate strips those headers from what a browser sends.
"""

from __future__ import annotations

import streamlit as st

from storage.records import Account
from ui.office import office
from workflow.accounts.accounts import person_of
from workflow.people import Person

ACCOUNT_KEY = "account"
_MOST_DIGITS = 18


def current_person() -> Person:
    """The signed-in person as the store knows them now. Without one, a notice, and the script stops."""
    person = signed_in_person()
    if person is None:
        st.error("登录状态无效，本页不显示任何内容。请重新登录。")
        st.html('<p><a href="/login" target="_self">前往登录页</a></p>')
        st.stop()
    return person


def signed_in_person() -> Person | None:
    """The same, or None: nobody, an account that is not there, shut out, or that has yet to change its password."""
    said = st.user.get(ACCOUNT_KEY)
    if not isinstance(said, str) or not said.isascii() or not said.isdigit() or len(said) > _MOST_DIGITS:
        return None
    desk = office()
    with desk.store.read() as tx:
        account = tx.accounts.get(int(said))
    return person_of(account) if account is not None and _may_work(account, demo=desk.demo_accounts) else None


def _may_work(account: Account, *, demo: bool) -> bool:
    return not account.disabled and not account.must_change_password and (demo or not account.demo)
