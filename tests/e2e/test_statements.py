"""What a press of 保存 and pages without a change cost, counted in the running server as ``benchmarks/statements.py``
prints it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.statements import APPRAISAL, PRESS, ROW_PAGE, UNCHANGED, WORKBENCH, counting_in

# tests/workflow/submission/ and tests/ui/county/test_statements.py hold the same limits in every run
pytestmark = [pytest.mark.browser, pytest.mark.soak]


def test_a_press_costs_the_store_little(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as beside:  # this thread may hold a browser, whose loop is running
        costs = beside.submit(counting_in, tmp_path).result().costs
    press = costs[PRESS]
    assert 0 < press.writing <= 15, costs
    assert press.statements <= 26, costs
    assert press.readings == 1, costs
    assert press.judgings <= 1, costs
    for page, most in ((UNCHANGED, 5), (ROW_PAGE, 5), (APPRAISAL, 5), (WORKBENCH, 10)):
        assert 0 < costs[page].statements <= most, (page, costs)
