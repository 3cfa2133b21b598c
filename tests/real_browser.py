"""The one Chromium of a process, whichever of the folders with browser tests asks for it first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.e2e import chromium
from tests.tools import missing_tool

if TYPE_CHECKING:
    from playwright.sync_api import Browser


PATIENCE = 60  # seconds until what a page should show counts as missing: the machine may be a slow and busy one


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; without any the tests skip with one line, under CI=true they fail."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - only browser tests need it

    expect.set_options(timeout=PATIENCE * 1000)

    path = chromium.find()
    if path is None:
        missing_tool(chromium.MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield running
        running.close()
