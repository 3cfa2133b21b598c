"""Who this script runs for. The gate (`ui.web.sign_in.gate`) says it in a websocket header; nothing else does.

``st.user`` holds what `server.trustedUserHeaders` names; the gate strips those headers from what a browser sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from storage.records import Account
from ui.navigation import MenuPage
from ui.office import office
from ui.typed import NO_TAB
from workflow.accounts.accounts import person_of
from workflow.people import ROLE_LABELS, Person, Role

ACCOUNT_KEY = "account"
_MOST_DIGITS = 18
_of_this_run: ContextVar[Person | None] = ContextVar("person", default=None)
_TAB = re.compile("[a-z0-9]{12,32}")


def current_person() -> Person:
    """The signed-in person as the store knows them now. Without one, a notice, and the script stops."""
    person = signed_in_person()
    if person is None:
        st.error("登录状态无效，本页不显示任何内容。请重新登录。")
        st.html('<p><a href="/login" target="_self">前往登录页</a></p>')
        st.stop()
    return person


@contextmanager
def running_for(person: Person) -> Iterator[None]:
    """Within one run of the page script the store is asked once who it is; a fragment's own run asks anew."""
    token = _of_this_run.set(person)
    try:
        yield
    finally:
        _of_this_run.reset(token)


def person_at(page: MenuPage) -> Person:
    """The signed-in person, at a page of their role's; anybody else gets a sentence, and the script stops.

    What a person may read and write is `workflow`'s to refuse, page or no page.
    """
    person = current_person()
    if person.role not in page.roles:
        names = "、".join(ROLE_LABELS[role] for role in Role if role in page.roles)
        st.error(f"本页供{names}使用，您的账号是{ROLE_LABELS[person.role]}。请从菜单选择您的页面。")
        st.stop()
    return person


def signed_in_person() -> Person | None:
    """The same, or None: nobody, an account that is not there, shut out, or that has yet to change its password."""
    account_id, known = st.user.get(ACCOUNT_KEY), _of_this_run.get()
    if known is not None and account_id == str(known.account_id):
        return known
    if not isinstance(account_id, str) or not account_id.isascii() or not account_id.isdigit():
        return None
    if len(account_id) > _MOST_DIGITS:
        return None
    with office().store.glance() as tx:
        account = tx.accounts.get(int(account_id))
    return person_of(account) if account is not None and _may_work(account, demo=office().demo_accounts) else None


def current_tab() -> str:
    """Which of the person's windows this script runs for, as the gate names it; `NO_TAB` where no gate stands."""
    tab = st.context.headers.get("x-dc-tab")
    return tab if isinstance(tab, str) and _TAB.fullmatch(tab) else NO_TAB


def _may_work(account: Account, *, demo: bool) -> bool:
    return not account.disabled and not account.must_change_password and (demo or not account.demo)
