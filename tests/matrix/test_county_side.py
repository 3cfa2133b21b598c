"""What a county's people type in their forms is there again however they left: the cases of every run."""

from __future__ import annotations

import pytest

from tests.matrix.cases import COUNTY_SIDE, LOST, Case, of_every_run
from tests.matrix.playing import Player

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("case", of_every_run(COUNTY_SIDE), ids=lambda case: case.name)
def test_typed_and_left_it_is_there_again(player: Player, case: Case):
    assert player.play(case) != LOST
