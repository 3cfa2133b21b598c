"""Papers made beside the pages: begun by one account, shown and handed out to that account alone, gone after a while.

Each lies in a file without a name, which is gone with the process however that ends.
"""

from __future__ import annotations

import io
import logging
import secrets
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as until_done
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO

import pypdfium2
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storage.clock import now
from storage.errors import StoreError
from templates.documents.progress import Cancelled, Tell
from templates.text.typefaces import TypefaceError
from ui.store_words import store_trouble
from ui.web.papers.documents import MEDIA
from ui.web.papers.submission import attachment
from ui.web.plain_pages import not_available
from ui.web.sign_in.gate import identity_of
from workflow.errors import Refused
from workflow.papers.offered import MadePaper

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(minutes=30)
MOST_OF_ONE, _MOST = 4, 60
_SCALE = 1.4  # about 100 dots an inch: legible on a screen, quickly drawn


@dataclass
class Printing:
    """One paper on its way. ``done`` of ``of``: how far; ``words``: why there is none; ``pages``: of a PDF."""

    key: str
    account_id: int
    until: datetime
    done: int = 0
    of: int = 0
    words: str = ""
    name: str = ""
    pages: int = 0
    missing_glyphs: tuple[str, ...] = ()
    cancelled: bool = False
    file: IO[bytes] | None = None
    _work: Future[None] | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether something may still come of it."""
        return self._work is not None and not self._work.done()

    def wait(self, seconds: float) -> bool:
        """Whether it is over, within so many seconds."""
        if self._work is not None:
            until_done([self._work], seconds)
        return not self.running

    def cancel(self) -> None:
        """It stops where it next tells how far it is; one that waits for its turn never begins."""
        self.cancelled = True
        if self._work is not None and self._work.cancel():
            self.words = CANCELLED

    def begin(self, workers: ThreadPoolExecutor, make: Callable[[Tell], MadePaper]) -> None:
        """In one of the threads."""
        self._work = workers.submit(self._run, make)

    def _run(self, make: Callable[[Tell], MadePaper]) -> None:
        try:
            self._tell(0, 0)
            made = make(self._tell)
            self.pages = _pages(made.document.content) if made.name.endswith(".pdf") else 0
            file = tempfile.TemporaryFile()  # noqa: SIM115 - kept until it is fetched no more
            file.write(made.document.content)
            self.name, self.missing_glyphs, self.file = made.name, made.document.missing_glyphs, file
        except Cancelled:
            self.words = CANCELLED
        except Refused as refused:
            self.words = "；".join(refused.reasons)
        except StoreError as failure:
            self.words = store_trouble(failure)
        except TypefaceError as failure:
            self.words = str(failure)
        except Exception:
            logger.exception("a paper could not be made")
            self.words = "没有生成：程序出了差错，已记入日志。请稍后再试；仍不成功的，请告诉系统管理员。"

    def _tell(self, done: int, of: int) -> None:
        if self.cancelled:
            raise Cancelled
        self.done, self.of = done, of


CANCELLED = "已取消，没有生成。"
FULL = "正在生成的文书太多，请过一两分钟再试。"
_lock = threading.Lock()
_drawing = threading.Lock()  # pypdfium2 is not for several threads at once
_workers = ThreadPoolExecutor(2, thread_name_prefix="printing")
_picturing = CapacityLimiter(1)
_printings: dict[str, Printing] = {}


def print_beside(account_id: int, make: Callable[[Tell], MadePaper]) -> Printing:
    """Begin making a paper. The account's oldest make room; where too many are under way, `FULL` says so."""
    printing = Printing(secrets.token_urlsafe(24), account_id, now() + KEPT_FOR)
    with _lock:
        _clear(account_id)
        if len(_printings) >= _MOST:
            printing.words = FULL
            return printing
        _printings[printing.key] = printing
        printing.begin(_workers, make)
    return printing


def printing_of(account_id: int, key: str) -> Printing | None:
    """What the account began under that key, while it is kept."""
    with _lock:
        printing = _printings.get(key)
    return printing if printing is not None and printing.account_id == account_id and printing.until > now() else None


def _clear(account_id: int) -> None:
    at = now()
    own = [printing for printing in _printings.values() if printing.account_id == account_id]
    old = own[: max(0, len(own) - MOST_OF_ONE + 1)]
    for printing in (*old, *(one for one in _printings.values() if one.until <= at)):
        printing.cancel()
        _printings.pop(printing.key, None)


async def made_file(request: Request) -> Response:
    """The paper; another's, unknown and gone ones look the same."""
    printing = _asked(request)
    content = None if printing is None else await to_thread.run_sync(_content, printing)
    if printing is None or content is None:
        return not_available()
    return attachment(content, printing.name, MEDIA[printing.name.rpartition(".")[2]])


async def made_page(request: Request) -> Response:
    """A page of it as a picture."""
    printing, number = _asked(request), request.path_params["number"]
    if printing is None or not 1 <= number <= printing.pages:
        return not_available()
    content = await to_thread.run_sync(_content, printing)
    if content is None:
        return not_available()
    picture = await to_thread.run_sync(_picture, content, number, limiter=_picturing)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "no-store"})


def _asked(request: Request) -> Printing | None:
    identity = identity_of(request.scope)
    return None if identity is None else printing_of(identity.person.account_id, request.path_params["key"])


def _content(printing: Printing) -> bytes | None:
    with _lock:
        if printing.file is None:
            return None
        printing.file.seek(0)
        return printing.file.read()


def _pages(pdf: bytes) -> int:
    with _drawing, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _picture(pdf: bytes, number: int) -> bytes:
    drawn = io.BytesIO()
    with _drawing, pypdfium2.PdfDocument(pdf) as document:
        document[number - 1].render(scale=_SCALE, grayscale=True).to_pil().save(drawn, "PNG")
    return drawn.getvalue()


MADE_ROUTES = [
    Route("/papers/made/{key}", made_file, methods=["GET"]),
    Route("/papers/made/{key}/{number:int}.png", made_page, methods=["GET"]),
]
