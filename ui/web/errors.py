"""What fails unforeseen: the log gets everything, the reader a Chinese sentence, with a number to quote if it helps."""

from __future__ import annotations

import logging
import secrets

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.errors import StoreError
from ui.components import verbatim
from ui.store_words import Act, act_of, store_sentence
from ui.web.plain_pages import failed, store_fails

logger = logging.getLogger(__name__)


def on_script_error(error: Exception) -> bool:
    """Show what a page's failure means for its reader; True tells Streamlit that it has been shown.

    Widgets keep what was typed, since the script did not come to its end: the button brings the page back with it.
    """
    if isinstance(error, StoreError):
        logger.error("a page met a store in trouble", exc_info=error)
        st.error(verbatim.markdown(store_sentence(error, act_of(error))))
        st.button("回到本页，再试一次", key="again")
    else:
        number = _logged("page script", error)
        st.error(
            f"本页出现故障，刚才的操作可能没有完成。请刷新页面重试；仍不行时，把故障编号 {number} 告诉系统管理员。"
        )
    return True


class Failures:
    """Middleware around all routes: a store in trouble and every other failure as a Chinese page, not Starlette's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception as error:
            if begun:  # half an answer cannot be taken back
                raise
            if isinstance(error, StoreError):
                logger.exception("%s met a store in trouble", scope["path"])
                answer = store_fails(store_sentence(error, _act(scope)))
            else:
                answer = failed(_logged(scope["path"], error))
            await answer(scope, receive, send)


def _act(scope: Scope) -> Act:
    if scope["path"] == "/login":
        return "sign_in"
    return "send" if scope["method"] == "POST" else "open"


def _logged(where: str, error: Exception) -> str:
    number = secrets.token_hex(4)
    logger.error("%s failed, number %s", where, number, exc_info=error)
    return number
