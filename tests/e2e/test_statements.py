"""What one press of 保存 costs, counted in the running server as ``benchmarks/statements.py`` prints it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.statements import PRESS, UNCHANGED, counting_in

# tests/workflow/submission/test_statements.py holds the same limits in every run
pytestmark = [pytest.mark.browser, pytest.mark.soak]


def test_a_press_costs_the_store_little(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as beside:  # this thread may hold a browser, whose loop is running
        costs = beside.submit(counting_in, tmp_path).result().costs
    press = costs[PRESS]
    assert 0 < press.writing <= 15, costs
    assert press.statements <= 26, costs
    assert press.readings == 1, costs
    assert press.judgings <= 1, costs
    assert costs[UNCHANGED].statements <= 5, costs
