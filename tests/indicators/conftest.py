"""Fixtures of the rules' reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indicators.rules_folder import RulesFolder, tiny_rules


@pytest.fixture
def rules(tmp_path: Path) -> RulesFolder:
    return tiny_rules(tmp_path)
