"""The rules folder with the township standard in it, and an office that works by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators import load_library
from indicators.model import Library
from tests.township.rules import dropped_in


@pytest.fixture(scope="session")
def rules(tmp_path_factory) -> Path:
    return dropped_in(tmp_path_factory.mktemp("township"))


@pytest.fixture(scope="session")
def library(rules: Path) -> Library:
    return load_library(rules)
