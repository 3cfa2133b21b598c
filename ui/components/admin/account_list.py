"""账号: the list; adding, disabling and enabling an account, resetting its password, lifting its sign-in limit."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from storage import clock
from storage.clock import BEIJING
from storage.records import Account
from ui.components import verbatim
from ui.components.admin.handing_over import handing_over
from ui.components.column_widths import fitted
from ui.components.forms import outcome
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.outcome import clock_words
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.pad import Pad
from ui.components.table_links import table_links
from ui.form_keys import ADMIN
from workflow.accounts.accounts import (
    FailedSignIns,
    accounts,
    add_account,
    disable_account,
    failing_accounts,
    failures_today,
    reset_password,
    unlock_account,
)
from workflow.accounts.new_account import NewAccount
from workflow.department_list import read_departments
from workflow.divisions import find_places, full_name, is_county, place, within
from workflow.office import Office
from workflow.overview.departments import rows_seen
from workflow.people import ROLE_LABELS, Person, Role
from workflow.permissions import ACCOUNT_MAKERS
from workflow.targets import NEW

_FIRST = "first-password"
_CHANGE = "account-change"
_WIDEST = 260


def account_list(office: Office, person: Person, now: datetime) -> None:
    """Every account, without its password's hash; which names wait after wrong passwords, and until when."""
    known = accounts(office, person)
    st.subheader(f"账号（{len(known)} 个）", anchor=False)
    words = st.text_input("查找（用户名、姓名、行政区划、角色）", key="account-filter", autocomplete="off")
    failing = failing_accounts(office, person, now)
    shown = [cells for account in known if _matches(cells := _cells(account, failing.get(account.username)), words)]
    if shown:
        widths = {name: fitted(name, (cells[name] for cells in shown), _WIDEST) for name in shown[0]}
        columns = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
        st.dataframe(pd.DataFrame(shown), hide_index=True, alt="账号", column_config=columns)
        table_links("accounts", "全部账号")
        st.caption("登录失败只在这里看一日内的次数，不记入操作日志，过一日即删去；解除登录限制、重置密码记入操作日志。")
    else:
        st.info("没有符合条件的账号。")


def _cells(account: Account, failed: FailedSignIns | None) -> dict[str, str]:
    return {
        "用户名": verbatim.plain(account.username),
        "姓名或单位": verbatim.plain(account.display_name),
        "状态": _state(account, failed),
        "一日内登录失败": f"{failed.count} 次" if failed else "",
        "角色": ROLE_LABELS[Role(account.role)],
        "行政区划": verbatim.plain(f"{full_name(account.division_code)}（{account.division_code}）"),
        "部门": verbatim.plain(account.unit or ""),
        "演示": "演示" if account.demo else "",
        "建立时间": clock_words(account.created_at),
    }


def _state(account: Account, failed: FailedSignIns | None) -> str:
    if account.disabled:
        return "已停用"
    ordinary = "待改初始密码" if account.must_change_password else "正常"
    if failed is None or failed.until is None:
        return ordinary
    limited = f"登录受限，至 {_minute(failed.until)}"
    return f"{ordinary}；{limited}（初始密码不受限）" if account.must_change_password else limited


def _minute(at: datetime) -> str:
    """Hour and minute in Beijing, rounded up: a limit must have ended by the minute shown."""
    whole = at if at.second == at.microsecond == 0 else at + timedelta(minutes=1)
    return f"{whole.astimezone(BEIJING):%H:%M}"


def _matches(cells: dict[str, str], words: str) -> bool:
    return all(word in " ".join(cells.values()) for word in words.split())


def add_an_account(office: Office, person: Person) -> None:
    """The form; the first password is shown once, in the run after the one that made it."""
    st.subheader("新增账号", anchor=False)
    own_fragment(None, lambda: _new_account(office, person))
    _first_password()


def _new_account(office: Office, person: Person) -> None:
    form = Form(Pad(person, ADMIN, lambda _: 0), ("account", NEW))
    name, display = st.columns(2)
    with name:
        username = form.text("username", "用户名", "", example="小写字母开头")
    with display:
        display_name = form.text("display_name", "姓名或单位名称", "")
    role_choice, unit_field = st.columns(2)
    roles = {role.value: words for role, words in ROLE_LABELS.items() if role in ACCOUNT_MAKERS[person.role]}
    with role_choice:
        role = Role(form.choice("role", "角色", roles, next(iter(roles)), folded=True))
    code = _division(form, person)
    with unit_field:
        unit = _unit(office, form, code) if role is Role.COUNTY_DEPARTMENT else ""

    def add() -> None:
        account, first = add_account(
            office, person, NewAccount(username, display_name, role, code, unit or None), clock.now()
        )
        st.session_state[_FIRST] = account.username, first

    closing(form, Button("新增账号", "account-save", add, f"账号 {username}"), drop="account-drop")


def _unit(office: Office, form: Form, code: str) -> str:
    """One of the county's departments, and what an account of it would see."""
    if not is_county(code):
        st.caption("部门：请先选定县级行政区划。")
        return ""
    with office.store.read() as tx:
        listed = read_departments(tx, code).departments
    options = {"": "请选择"} | {one.name: verbatim.plain(one.name) for one in listed}
    unit = form.choice(f"unit/{code}", "部门（照本县部门名单）", options, "", folded=True)
    if unit:
        st.caption(verbatim.markdown(rows_seen(office, code, (unit,))[unit].words))
    return unit


def _division(form: Form, person: Person) -> str:
    """Where the account belongs: searched for, but for a county's coordinator, whose departments are its own."""
    if is_county(person.division_code):
        return person.division_code
    searching, choosing = st.columns(2)
    with searching:
        words = form.text("division-words", "查找行政区划（代码或名称，回车）", "", example="990121 或 甲县")
    codes = (
        [found.code for found in find_places(words) if within(person.division_code, found.code)]
        if words.strip()
        else []
    )
    if words.strip() and not codes:
        st.caption("没有找到。请填写2018年的六位代码或名称。")
    options = {code: verbatim.plain(f"{full_name(code)}（{code}）") for code in codes} or {"": "请先查找"}
    with choosing:
        return form.choice(f"division/{words}", "行政区划", options, next(iter(options)), folded=True)


def _first_password() -> None:
    """An account's first password, until it is put away: no press of another button loses it."""
    username, first = st.session_state.get(_FIRST, (None, None))
    if username is None:
        return
    st.success("初始密码只在这里显示，请抄录后交给本人；首次登录须修改。")
    st.code(f"用户名　{username}\n密码　　{first}", language=None)
    st.button("已抄录，不再显示", key="first-password-noted", on_click=st.session_state.pop, args=(_FIRST,))


def change_an_account(office: Office, person: Person, now: datetime) -> None:
    """Disable or enable an account, reset its password, lift its sign-in limit."""
    st.subheader("停用、启用、重置密码、解除登录限制、交接", anchor=False)
    known = {account.username: account for account in accounts(office, person)}
    if not known:
        st.info("还没有账号。")
        return
    chosen = st.selectbox(
        "账号", list(known), format_func=lambda username: verbatim.plain(_named(known[username])), key="account-chosen"
    )
    account = known[chosen]
    toggle = "启用" if account.disabled else "停用"
    sure = st.checkbox(
        f"已核对，确定{toggle}或者重置“{verbatim.plain(account.username)}”的密码（停用、重置后原来的登录即时失效）",
        key=f"account-sure-{account.password_set_at}-{toggle}-{account.username}",
    )
    shutting, resetting, unlocking, _ = st.columns(4)
    own = account.id == person.account_id
    if shutting.button(toggle, key="account-toggle", width="stretch", disabled=own or not sure):
        outcome.attempt(
            _CHANGE,
            lambda: disable_account(office, person, chosen, now, disabled=not account.disabled),
            f"账号 {chosen} 已{toggle}",
            now,
        )
        st.rerun()
    if resetting.button("重置密码", key="account-reset", width="stretch", disabled=account.demo or own or not sure):

        def reset() -> None:
            st.session_state[_FIRST] = chosen, reset_password(office, person, chosen, now)

        outcome.attempt(_CHANGE, reset, f"账号 {chosen} 的密码已重置，初始密码见上", now)
        st.rerun()
    failed = failures_today(office, person, chosen, now)
    if unlocking.button("解除登录限制", key="account-unlock", width="stretch", disabled=not failed.count):
        outcome.attempt(
            _CHANGE, lambda: unlock_account(office, person, chosen, now), f"账号 {chosen} 的登录限制已解除", now
        )
        st.rerun()
    handing_over(office, person, account, _CHANGE, now)
    outcome.outcome(_CHANGE)
    if failed.count or failed.right:
        st.caption(_failed_words(failed, demo=account.demo))
    if own:
        st.caption("这是您自己的账号：不能停用；改密码请用右上角的“修改密码”。")
    if account.demo:
        st.caption("演示账号的密码公开，不能重置。")


def _failed_words(failed: FailedSignIns, *, demo: bool) -> str:
    wait = f"；在没有登录过的电脑上须等 {failed.minutes} 分钟" if failed.minutes else ""
    if failed.until is not None and not failed.minutes:
        wait = f"；在输错密码的电脑上须等至 {_minute(failed.until)}"
    hours = "、".join(f"{at:%m-%d %H}时 {count} 次" for at, count in failed.hours)
    when = f"（{hours}）" if hours else ""
    right = f"等候期间有 {failed.right} 次密码正确，未予登录，不算失败。" if failed.right else ""
    otherwise = "" if demo else "本人忘记密码的，重置密码，初始密码不必等候。"
    return f"一日内登录失败 {failed.count} 次{when}{wait}。{right}核实是本人后可解除限制。{otherwise}"


def _named(account: Account) -> str:
    division = place(account.division_code)
    where = division.name if division else account.division_code
    return f"{account.username}　{account.display_name}　{where}{'（已停用）' if account.disabled else ''}"
