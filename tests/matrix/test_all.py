"""Every form by every way out with every press that is not whole yet: `make matrix`, which writes docs/matrix.md."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.matrix.cases import LOST, Case, all_cases
from tests.matrix.playing import Player
from tests.matrix.results import left

pytestmark = [pytest.mark.browser, pytest.mark.matrix]


@pytest.mark.parametrize("case", left(all_cases()), ids=lambda case: case.name)
def test_typed_and_left_it_is_there_again(
    player: Player, case: Case, record_property: Callable[[str, object], None]
):  # fmt: skip
    found = player.play(case)
    record_property("found", found)
    assert found != LOST
