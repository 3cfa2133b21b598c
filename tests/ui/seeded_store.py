"""Fixture: an office on a copy of the demonstration, for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.seeded import office_at
from ui.office import replace_office
from workflow.office import Office


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
