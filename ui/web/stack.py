"""The routes and the middleware of the whole product, in the order a request meets them."""

from __future__ import annotations

from starlette.middleware import Middleware

from ui.web.drafts import Drafts
from ui.web.errors import Failures
from ui.web.middleware import Pages, SecurityHeaders
from ui.web.papers.chasing import CHASING_ROUTES
from ui.web.papers.checking import CHECK_ROUTES
from ui.web.papers.documents import DOCUMENT_ROUTES
from ui.web.papers.made import MADE_ROUTES
from ui.web.papers.once import ONCE_ROUTES
from ui.web.papers.rules import RULE_PAPER_ROUTES
from ui.web.papers.submission import PAPER_ROUTES
from ui.web.papers.tables import TABLE_ROUTES
from ui.web.routes import ROUTES as PLAIN_ROUTES
from ui.web.sign_in.gate import Gate
from ui.web.sign_in.routes import SIGN_IN_ROUTES

_PAPERS = [
    *PAPER_ROUTES,
    *CHASING_ROUTES,
    *CHECK_ROUTES,
    *MADE_ROUTES,
    *ONCE_ROUTES,
    *TABLE_ROUTES,
    *DOCUMENT_ROUTES,
    *RULE_PAPER_ROUTES,
]
ROUTES = [*PLAIN_ROUTES, *SIGN_IN_ROUTES, *_PAPERS]
MIDDLEWARE = [
    Middleware(SecurityHeaders),
    Middleware(Failures),
    Middleware(Gate),
    Middleware(Drafts),
    Middleware(Pages),
]
