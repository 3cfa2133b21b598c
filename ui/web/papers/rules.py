"""The rules and the user guide as PDF, for everybody who is signed in, each whole."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from indicators.building.fingerprint import text_fingerprint
from templates.books.book import RenderedBook
from templates.books.guide import render_guide
from templates.books.policy import render_policy
from templates.books.standard import render_standard
from templates.text.typefaces import TypefaceError
from ui.rules import library
from ui.web.papers.submission import attachment
from ui.web.plain_pages import not_available, notice

logger = logging.getLogger(__name__)
_MOST_KEPT = 16  # 每份约二十万字节；规则在进程中不变，印一次就够
_printing = CapacityLimiter(1)
_GUIDE = Path(__file__).parents[3] / "docs" / "user-guide.md"


@dataclass(frozen=True, slots=True)
class _PaperKey:
    """Key of the cache of printed papers; ``fingerprint``: of what is printed."""

    kind: Literal["standard", "policy", "guide"]
    id: str
    fingerprint: str
    evidence: bool = False


async def standard_pdf(request: Request) -> Response:
    """A standard; with ``?evidence=1`` our suggested material too. 404 for an unknown id."""
    standard = library().standards.get(request.path_params["id"])
    if standard is None:
        return not_available()
    evidence = request.query_params.get("evidence") == "1"
    name = f"{standard.title}{'（附建议材料）' if evidence else ''}.pdf"
    return await _paper(name, _PaperKey("standard", standard.id, standard.fingerprint, evidence))


async def policy_pdf(request: Request) -> Response:
    """A policy document. 404 for an unknown id."""
    policy = library().policies.get(request.path_params["id"])
    if policy is None:
        return not_available()
    return await _paper(f"{policy.title}.pdf", _PaperKey("policy", policy.id, text_fingerprint(policy)))


async def guide_pdf(_request: Request) -> Response:
    """The user guide. 404 where the product stands without its docs/."""
    if not _GUIDE.is_file():
        return not_available()
    return await _paper("使用手册.pdf", _PaperKey("guide", _GUIDE.name, str(_GUIDE.stat().st_mtime_ns)))


async def _paper(name: str, key: _PaperKey) -> Response:
    try:
        book = await to_thread.run_sync(_book, key, limiter=_printing)
    except TypefaceError as error:
        logger.exception("a paper cannot be printed")
        return notice("现在还不能打印", [str(error)], ("/standards", "返回标准"), 503)
    return attachment(book.pdf, name, "application/pdf")


@lru_cache(maxsize=_MOST_KEPT)
def _book(key: _PaperKey) -> RenderedBook:
    rules = library()
    if key.kind == "guide":
        return render_guide(_GUIDE)
    if key.kind == "standard":
        return render_standard(rules, key.id, evidence=key.evidence)
    return render_policy(rules.policies[key.id])


RULE_PAPER_ROUTES = [
    Route("/papers/guide.pdf", guide_pdf, methods=["GET"]),
    Route("/papers/standards/{id}.pdf", standard_pdf, methods=["GET"]),
    Route("/papers/policies/{id}.pdf", policy_pdf, methods=["GET"]),
]
