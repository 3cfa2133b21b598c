"""Signing in and out and changing one's password: plain forms, checked here and decided in `workflow`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from storage.clock import now
from storage.errors import StoreError
from ui.office import office
from ui.store_words import store_sentence
from ui.web.origin import HOME, from_our_pages, safe_next
from ui.web.plain_pages import forged, go_to, notice
from ui.web.sign_in import live
from ui.web.sign_in.cookie import delete_session_cookie, set_session_cookie, token_of
from ui.web.sign_in.device import device_words
from ui.web.sign_in.form_body import BadForm, read_form
from ui.web.sign_in.gate import PASSWORD, SESSIONS, identity_of
from ui.web.sign_in.pages import LONGEST_NAME, LoginForm, demo_accounts, login_page, logout_page, password_page
from ui.web.sign_in.sessions_page import sessions_page
from workflow.accounts.accounts import change_own_password
from workflow.accounts.own_sessions import end_other_sessions, own_sessions
from workflow.accounts.passwords import MAX_LENGTH
from workflow.accounts.sign_in import SignedIn, sign_in, sign_out
from workflow.errors import Refused

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)
_TOO_OFTEN, _WRONG, _NOT_SO, _NOT_NOW = 429, 401, 422, 503
# Each argon2 hash takes 64 MiB and a core for some tens of milliseconds: a rush of guesses waits in line.
_hashing = CapacityLimiter(2)


async def login(request: Request) -> Response:
    """GET: the page. POST: 303 with the cookie, or the page again with what is wrong."""
    if request.method == "POST":
        return await _try(request)
    going_to = safe_next(request.query_params.get("next"))
    if identity_of(request.scope) is not None:
        return go_to(going_to)
    demo = await to_thread.run_sync(demo_accounts)
    chosen = next((account for account in demo if account.person.username == request.query_params.get("demo")), None)
    form = LoginForm(
        going_to,
        username=chosen.person.username if chosen else "",
        password=chosen.password if chosen else "",
        message="已退出登录。" if "out" in request.query_params else "",
    )
    return login_page(form, demo)


async def _try(request: Request) -> Response:
    if not from_our_pages(request.headers):
        return forged()
    demo = await to_thread.run_sync(demo_accounts)
    try:
        fields = await read_form(request)
    except BadForm as bad:
        return login_page(LoginForm(HOME, errors=(str(bad),)), demo, bad.status)
    username, password = fields.get("username", "")[:LONGEST_NAME], fields.get("password", "")
    form = LoginForm(safe_next(fields.get("next")), username=username)
    if not username.strip() or not password:
        return login_page(_with(form, "请填写用户名和密码。"), demo, _NOT_SO)
    address = request.client.host if request.client else ""
    device = device_words(request.headers.get("user-agent", ""))
    try:
        # 过长的密码不必计算，但同样算一次失败。
        signed = await _slowly(
            lambda: sign_in(office(), username, password[: MAX_LENGTH + 1], address, now(), device=device)
        )
    except Refused as refused:
        status = _TOO_OFTEN if refused.code == "throttled" else _WRONG
        return login_page(_with(form, *refused.reasons), demo, status)
    except StoreError as trouble:
        logger.exception("nobody can sign in")
        return login_page(_with(form, store_sentence(trouble, "sign_in")), demo, _NOT_NOW)
    return await _welcome(request, signed, form.going_to)


async def _welcome(request: Request, signed: SignedIn, going_to: str) -> Response:
    former = identity_of(request.scope)
    if former is not None:  # the browser's former session must not live on without a cookie
        await _end(token_of(request.scope), former.person.account_id)
    answer = go_to(PASSWORD if signed.must_change_password else going_to)
    set_session_cookie(answer, request.scope, signed.token)
    return answer


async def logout(request: Request) -> Response:
    """GET asks, POST does."""
    identity = identity_of(request.scope)
    if request.method == "GET":
        return logout_page(identity.person) if identity else go_to("/login")
    if not from_our_pages(request.headers):
        return forged()
    if identity is not None:
        await _end(token_of(request.scope), identity.person.account_id)
    answer = go_to("/login?out=1")
    delete_session_cookie(answer, request.scope)
    return answer


async def password(request: Request) -> Response:
    """GET: the form. POST: changes it and ends every other session of the account."""
    identity = identity_of(request.scope)
    if identity is None:  # the gate lets nobody through; should it ever, nothing is changed
        return go_to("/login")
    person, forced = identity.person, identity.must_change_password
    if request.method == "GET":
        return password_page(person, forced=forced)
    if not from_our_pages(request.headers):
        return forged()
    try:
        fields = await read_form(request)
        old, new, again = (fields.get(name, "") for name in ("current", "new", "again"))
        if new != again:
            raise Refused("not_the_same")
        await _slowly(lambda: change_own_password(office(), person, old, new, now(), keep_session=identity.token_hash))
    except BadForm as bad:
        return password_page(person, (str(bad),), forced=forced, status=bad.status)
    except Refused as refused:
        return password_page(person, refused.reasons, forced=forced, status=_NOT_SO)
    except StoreError as trouble:
        logger.exception("a password cannot be changed")
        return password_page(person, (store_sentence(trouble, "send"),), forced=forced, status=_NOT_NOW)
    live.look_again(person.account_id)
    return go_to(HOME) if forced else password_page(person, done=True)


async def session(request: Request) -> Response:
    """Whose session this is, asked by the page's script; without a session the gate answers 401."""
    identity = identity_of(request.scope)
    if identity is None:
        return notice("请先登录", ["登录已失效。"], ("/login", "前往登录页"), _WRONG)
    return JSONResponse({"account": identity.person.account_id}, headers={"Cache-Control": "no-store"})


async def sessions(request: Request) -> Response:
    """GET: where one is signed in. POST: ends all sessions of the account but this one."""
    identity = identity_of(request.scope)
    if identity is None:  # the gate lets nobody through; should it ever, nothing is ended
        return go_to("/login")
    said, errors = "", tuple[str, ...]()
    if request.method == "POST":
        if not from_our_pages(request.headers):
            return forged()
        try:
            ended = await to_thread.run_sync(lambda: end_other_sessions(office(), identity, now()))
        except Refused as refused:
            errors = refused.reasons
        else:
            live.look_again(identity.person.account_id)
            said = f"已退出其他 {ended} 处登录。" if ended else "没有其他登录。"
    standing = await to_thread.run_sync(lambda: own_sessions(office(), identity, now()))
    return sessions_page(identity.person, standing, said, errors, status=_NOT_SO if errors else 200)


async def _end(token: str, account_id: int) -> None:
    await to_thread.run_sync(lambda: sign_out(office(), token, now()))
    live.look_again(account_id)


async def _slowly(work: Callable[[], Answer]) -> Answer:
    return await to_thread.run_sync(work, limiter=_hashing)


def _with(form: LoginForm, *errors: str) -> LoginForm:
    return LoginForm(form.going_to, username=form.username, errors=errors)


SIGN_IN_ROUTES = [
    Route("/login", login, methods=["GET", "POST"]),
    Route("/logout", logout, methods=["GET", "POST"]),
    Route(PASSWORD, password, methods=["GET", "POST"]),
    Route(SESSIONS, sessions, methods=["GET", "POST"]),
    Route("/session", session, methods=["GET"]),
]
