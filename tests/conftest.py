"""For every test: the instant it stands at, whether it depends on the day, and passwords whose hashes cost nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from scoring.memory import tune_gc
from tests import day, instant, tools
from tests.demonstration import seeded, seeded_province
from tests.migrated import commits_not_waited_for, migrated_once, statements_compiled_once
from tests.real_browser import browser
from workflow.accounts import passwords

__all__ = [
    "browser",
    "commits_not_waited_for",
    "migrated_once",
    "seeded",
    "seeded_province",
    "statements_compiled_once",
]
_TRAVELLER = instant.stand(instant.NOW)  # before any module of the tests is imported


@pytest.fixture(autouse=True)
def _at_the_instant(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test begins there, however long the run has lasted: midnight does not pass between two of them.

    In a browser's test it goes on instead, as it does for the server, which outlasts the test.
    """
    in_browser = request.node.get_closest_marker("browser") is not None
    _TRAVELLER.move_to(instant.running() if in_browser else instant.NOW)
    day.begin()
    yield
    if not in_browser:
        day.hold(request)


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> Iterator[None]:
    """Only in the tests' own process: the real parameters take tens of milliseconds by design."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", cheap)
        patch.setattr(passwords, "_NOBODY", passwords._hash_of_nobody(cheap))
        yield


@pytest.hookimpl(trylast=True)  # what is not run is out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For a worker the files of few tests first: long ones are among them, and none waits for the end."""
    if hasattr(config, "workerinput"):
        held = Counter(item.path for item in items)
        items.sort(key=lambda item: (held[item.path], item.path))


def pytest_collection_finish() -> None:
    """All modules and tests are there: as in a server, they are not looked through for garbage again and again."""
    tune_gc()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The last lines of a run."""
    tools.tell_missing(terminalreporter)
