"""The demonstration's store, made once for a whole run: every worker, test and server that wants it takes a copy."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from indicators import load_library
from storage import open_store
from tests import instant
from workflow.demo.seed import seed_demo
from workflow.office import Office

PROJECT = Path(__file__).parents[1]
_MAKING_SECONDS = 600


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration in it, closed. To be copied, not written in."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    var, making = shared / "seeded", shared / "seeded.making"
    try:
        making.mkdir()
    except FileExistsError:
        last = time.monotonic() + _MAKING_SECONDS
        while not var.exists() and time.monotonic() < last:
            time.sleep(0.05)
        assert var.exists(), "another worker failed to make the demonstration"
        return var
    with open_store(None, making / "var") as store:
        seed_demo(Office(store, load_library()), PROJECT, instant.NOW)
    return (making / "var").rename(var)
