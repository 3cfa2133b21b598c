"""Checks before the server starts: the store opens and somebody can sign in; else one sentence, and no server.

A demonstration fills an empty store; in earnest nobody is let in by a password that was not made for them.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from streamlit import config
from streamlit.web.server import server_util

from indicators import ProblemsError
from scoring.memory import tune_gc
from storage.clock import now
from storage.errors import StoreError
from ui.office import office
from ui.settings import BadSetting, settings
from ui.web.lighter_streamlit import lighten
from workflow.demo.seed import is_seeded, seed_demo
from workflow.drafting.others import purge
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Role
from workflow.round_policies import keep_for_older_rounds
from workflow.rounds.rules_served import SERVICE, note_rules
from workflow.rounds.taking import carry_on_all
from workflow.verdicts.rejudging import rejudge

PROJECT = Path(__file__).parents[2]
_PYTHON = r".venv\Scripts\python" if os.name == "nt" else ".venv/bin/python"
# A page's run gives way to the others sooner than Python's 5 ms: whoever holds the store's write lock goes on at once.
_SWITCH_SECONDS = 0.0005
_NO_ADMINISTRATOR = (
    "还没有系统管理员账号。请先建立一个，再重新启动：\n"
    "  {python} -m storage user add 用户名 --name 姓名 --role administrator{where}\n"
    "首次登录须修改密码。正式运行不含演示账号，也没有默认密码；要看演示，请运行 make run。"
)


class NotReady(Exception):
    """The server must not start; ``str()`` says in Chinese why and what to do."""


def prepare() -> None:
    """Open the office of this process and print the address; exits with code 2 and a reason where it must not start."""
    try:
        ready(settings().demo)
    except (NotReady, BadSetting) as reason:
        sys.stderr.write(f"未启动：{reason}\n")
        sys.exit(2)
    tune_gc()
    sys.setswitchinterval(_SWITCH_SECONDS)
    lighten()
    threading.Thread(target=_carry_on, name="carrying on", daemon=True).start()
    # Streamlit has settled address and port by now. Its own line would be English and come before a refusal.
    address = server_util.get_url(server_util.get_display_address(config.get_option("server.address") or "localhost"))
    sys.stderr.write(f"服务已就绪，请在浏览器打开 {address} ；按 Ctrl+C 结束。\n")


def ready(demo: bool) -> None:
    """Seed the demonstration in an empty store, or see that an administrator is there. Raises NotReady."""
    try:
        this_office = office()
        if demo:
            _seed_where_empty(this_office)
        elif not _has_administrator(this_office):
            raise NotReady(_NO_ADMINISTRATOR.format(python=_PYTHON, where=_where(this_office)))
        note_rules(this_office, now())
        keep_for_older_rounds(this_office.store, this_office.library, SERVICE, now())
        purge(this_office, now())
    except ProblemsError as broken:
        raise NotReady("规则文件有误。\n" + "\n".join(str(problem) for problem in broken.problems)) from broken
    except (StoreError, Refused, BadSetting, OSError) as failure:
        raise NotReady(str(failure)) from failure


def _carry_on() -> None:
    """Beside the service: rounds stopped while they took other rules; then what is to be judged anew, of which lists
    say so until it is done."""
    try:
        if stopped := carry_on_all(office()):
            sys.stderr.write(f"上次没有换完规则的 {stopped} 个批次已换完。\n")
    except (StoreError, Refused, ProblemsError) as failure:
        sys.stderr.write(f"批次没有换完规则：{failure}\n可在“批次”页按“继续换用”。\n")
    try:
        done = rejudge(office(), now, tell=_say_turned)
    except (StoreError, Refused, ProblemsError) as failure:
        sys.stderr.write(f"没有重新判断完：{failure}\n可运行 python -m storage judge 接着做。\n")
    else:
        if done:
            sys.stderr.write(f"已按本程序重新判断 {done} 件申报。\n")


def _say_turned(sentence: str) -> None:
    sys.stderr.write(f"结论有变：{sentence}\n")


def _seed_where_empty(office: Office) -> None:
    with office.store.read() as tx:
        empty = not tx.rounds.all() and all(account.demo for account in tx.accounts.all())
    if empty and not is_seeded(office):
        sys.stderr.write("正在建立演示数据……\n")
        seed_demo(office, PROJECT, now())


def _where(office: Office) -> str:
    return "" if office.store.var == Path("var") else f" --var {office.store.var}"


def _has_administrator(office: Office) -> bool:
    with office.store.read() as tx:
        return any(
            account.role == Role.ADMINISTRATOR.value and not account.disabled and not account.demo
            for account in tx.accounts.all()
        )
