"""The demonstration's stores, each made once for a whole run: every worker, test and server takes copies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indicators import load_library
from storage import open_store
from tests import instant
from workflow.demo.seed import seed_demo, seed_province
from workflow.office import Office

PROJECT = Path(__file__).parents[1]
PROVINCE_DAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
COUNTIES = 52  # the fewest of which some stand in every state
_MAKING_SECONDS = 600


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration in it, closed. To be copied, not written in."""
    return _made_once(tmp_path_factory, "seeded", lambda office: seed_demo(office, PROJECT, instant.NOW))


@pytest.fixture(scope="session")
def seeded_province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a province of `COUNTIES` beside it, as on `PROVINCE_DAY`."""

    def make(office: Office) -> None:
        seed_demo(office, PROJECT, PROVINCE_DAY)
        seed_province(office, PROJECT, COUNTIES, PROVINCE_DAY)

    return _made_once(tmp_path_factory, "province", make)


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Office], object]) -> Path:
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    var, making = shared / name, shared / f"{name}.making"
    try:
        making.mkdir()
    except FileExistsError:
        last = time.monotonic() + _MAKING_SECONDS
        while not var.exists() and time.monotonic() < last:
            time.sleep(0.05)
        assert var.exists(), "another worker failed to make the demonstration"
        return var
    with open_store(None, making / "var") as store:
        make(Office(store, load_library()))
    return (making / "var").rename(var)
