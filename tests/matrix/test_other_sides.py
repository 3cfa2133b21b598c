"""What governments, reviewers and administrators type is there again however they left: the cases of every run."""

from __future__ import annotations

import pytest

from tests.matrix.cases import LOST, OTHER_SIDES, Case, of_every_run
from tests.matrix.playing import Player

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("case", of_every_run(OTHER_SIDES), ids=lambda case: case.name)
def test_typed_and_left_it_is_there_again(player: Player, case: Case):
    assert player.play(case) != LOST
