"""Fixtures: the demonstration seeded once for a test run, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import instant
from tests.ui.seeded import ROOT, office_at
from ui.office import replace_office
from workflow.demo.seed import seed_demo
from workflow.office import Office


@pytest.fixture(scope="session")
def seeded(tmp_path_factory) -> Path:
    """A data folder with the demonstration in it, closed."""
    var = tmp_path_factory.mktemp("seeded")
    office = office_at(var)
    seed_demo(office, ROOT, instant.NOW)
    office.store.close()
    return var


@pytest.fixture
def office(seeded: Path, tmp_path: Path) -> Iterator[Office]:
    """The office the screens work with, on a copy of the demonstration."""
    var = tmp_path / "var"
    shutil.copytree(seeded, var)
    made = office_at(var)
    replace_office(made)
    yield made
    replace_office(None)
    made.store.close()
