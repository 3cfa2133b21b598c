"""Places as addresses: a page, a row of a standard, a clause of a document, what was searched for.

Links are plain ones; ``web/assets/places.js`` follows them inside the page and brings the place into view.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from indicators.model import Library
from ui import navigation
from ui.components import verbatim

STANDARD, BESIDE, ROW = "standard", "beside", "row"
DOCUMENT, CLAUSE = "doc", "clause"
SEARCH = "q"


def standard_address(standard: str, row: str = "", beside: str = "") -> str:
    """/standards?standard=national-2018&row=3.3.2."""
    return address(navigation.STANDARDS, {STANDARD: standard, BESIDE: beside, ROW: row})


def document_address(document: str, clause: str = "") -> str:
    """/policies?doc=xuchang-2017-38&clause=六（一）, percent-encoded."""
    return address(navigation.POLICIES, {DOCUMENT: document, CLAUSE: clause})


def address(page: navigation.MenuPage, query: Mapping[str, str]) -> str:
    """/assess?s=1&row=3.3.2; what is empty is left out."""
    return f"/{page.path}?{urlencode({name: value for name, value in query.items() if value})}"


def link(address: str, words: str, *, kind: str = "", back: str = "", elsewhere: bool = False) -> str:
    """HTML of a link inside the product. ``back``: where the browser's way back should come to.

    ``elsewhere`` opens a window of its own, for pages on which something may not be saved yet.
    """
    classes = "dc-link" if elsewhere else f"dc-go {kind}".strip()
    window = ' target="_blank"' if elsewhere else ""
    came = f' data-back="{verbatim.markup(back)}"' if back else ""
    return f'<a class="{classes}" href="{verbatim.markup(address)}"{came}{window}>{verbatim.markup(words)}</a>'


def place(*parts: str) -> str:
    """HTML attribute by which the script finds an element: its address' own values."""
    return f'data-place="{verbatim.markup(" ".join(parts))}"'


def clause_link(library: Library, document: str, clause: str, *, back: str = "", elsewhere: bool = False) -> str:
    """HTML of a link to a clause, its number as words; only the words where there is no such document."""
    if document not in library.policies:
        return verbatim.markup(clause)
    return link(document_address(document, clause), clause, back=back, elsewhere=elsewhere)
