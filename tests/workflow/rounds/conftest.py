"""An office whose round has kept its rules."""

from __future__ import annotations

import pytest

from tests.workflow.rounds.repin_scene import keep_rules


@pytest.fixture
def kept(office):
    """The round has kept what it pins, as every round opened through the use case has."""
    keep_rules(office)
    return office
