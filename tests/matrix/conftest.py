"""A server of the matrix's own, since saving changes what is there, and the player at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Demonstration, started
from tests.matrix.cases import Case
from tests.matrix.playing import Player
from tests.ui.county.test_cross_checks import save_fact
from tests.ui.review.acts import move
from tests.ui.seeded import office_at, submission


def moved_back(var: Path) -> Callable[[Case], None]:
    """Undoes a move that was saved, so that its form is there again."""

    def undo(case: Case) -> None:
        if case.form.key == "hand_back":
            office = office_at(var)
            move(office, "yixian_minzheng", submission(office, "乙县"), "hand_over")
            office.store.close()

    return undo


def _warned(var: Path) -> None:
    """甲县 has a warning to explain: fewer children than pupils."""
    office = office_at(var)
    save_fact(office, 2000)
    office.store.close()


@pytest.fixture(scope="session")
def player(browser: Browser, seeded: Path, tmp_path_factory) -> Iterator[Player]:
    """Plays cases one after another; what a save moved on is moved back."""
    folder = tmp_path_factory.mktemp("matrix")
    shutil.copytree(seeded, folder / "var")
    _warned(folder / "var")
    with started(folder) as address:
        playing = Player(browser, Demonstration(address, folder / "var"), moved_back(folder / "var"))
        yield playing
        playing.close()
