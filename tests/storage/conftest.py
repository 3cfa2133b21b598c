from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage import Store, open_store
from tests.postgresql_server import NoServer, server
from tests.tools import missing_tool

NOW = datetime(2018, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A database to try the store on."""
    with contextlib.ExitStack() as running:
        try:
            given = running.enter_context(server())
        except NoServer as missing:
            missing_tool(str(missing))
        yield given


@pytest.fixture
def store(var: Path) -> Iterator[Store]:
    with open_store(var=var) as opened:
        yield opened


def with_submission(store: Store) -> int:
    """An invented county's submission in an open round; its id."""
    with store.write("system", NOW) as tx:
        tx.rounds.add(
            id="2018",
            title="演示批次",
            standards=["national-2018", "yunnan-2018"],
            fingerprints={"national-2018": "a" * 64, "yunnan-2018": "b" * 64},
            period_first=date(2017, 1, 1),
            period_last=date(2018, 6, 30),
            demo=True,
        )
        return tx.submissions.add(round_id="2018", division_code="990121", division_name="甲县", state="draft").id


@pytest.fixture
def submission_id(store: Store) -> int:
    return with_submission(store)
