"""The pages 标准 and 政策文件 as anybody signed in sees them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from tests.ui.conftest import Screen
from ui import navigation
from ui.navigation import MenuPage


class Rules(Screen):
    """The page script at one of the two pages."""

    def open(self, page: MenuPage, **query: str) -> Rules:
        """Go to an address: nothing stands in it but what is given."""
        self.app.switch_page(page.script)
        self.app.query_params.clear()
        for name, value in query.items():
            self.app.query_params[name] = value
        self.run()
        return self

    @property
    def said(self) -> list[str]:
        """Warnings and notes, as read."""
        texts = [str(element.value) for kind in ("warning", "info", "error") for element in self.app.get(kind)]
        return [re.sub(r"\\(.)", r"\1", text).replace("\u2060", "") for text in texts]

    def places(self) -> list[str]:
        """Rows or clauses on the page, in order."""
        return [html.unescape(text) for text in re.findall(r'data-place="([^"]*)"', self.html)]

    def here(self) -> list[str]:
        """What is brought into view."""
        marked = re.findall(r'class="[^"]*dc-here"\s+data-place="([^"]*)"', self.html)
        return [html.unescape(text) for text in marked]

    def links(self) -> list[str]:
        """Addresses of links inside the product."""
        return [html.unescape(text) for text in re.findall(r'class="dc-go[^"]*" href="([^"]*)"', self.html)]


@pytest.fixture(scope="module")
def rules_pages() -> Rules:
    """One session for a whole module: every test goes to its own address."""
    return Rules()


@pytest.fixture
def standards(rules_pages: Rules) -> Callable[..., Rules]:
    """Open 标准 at an address."""
    return lambda **query: rules_pages.open(navigation.STANDARDS, **query)


@pytest.fixture
def policies(rules_pages: Rules) -> Callable[..., Rules]:
    """Open 政策文件 at an address."""
    return lambda **query: rules_pages.open(navigation.POLICIES, **query)
