"""Both stages of `make test` run to their ends, and it is red if either was."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests import both


@pytest.mark.parametrize(("codes", "expected"), [((0, 0), 0), ((1, 0), 1), ((0, 1), 1), ((5, 1), 1)])
def test_both_run_and_either_makes_it_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], codes, expected
):
    program = "import sys; open(sys.argv[1], 'w').close(); sys.exit(int(sys.argv[2]))"
    made = {
        stage: [sys.executable, "-c", program, str(tmp_path / stage), str(code)]
        for stage, code in zip(both.STAGES, codes, strict=True)
    }
    monkeypatch.setattr(both, "STAGES", made)
    assert both.main([]) == expected
    assert {one.name for one in tmp_path.iterdir()} == set(both.STAGES)
    red = [stage for stage, code in zip(both.STAGES, codes, strict=True) if code]
    told = capsys.readouterr().out.partition("未通过：")[2]
    assert [stage for stage in both.STAGES if stage in told] == red


def test_the_browser_s_tests_are_where_they_are_looked_for():
    named = re.compile(r"pytest\.mark\.browser")
    found = {one for one in (both.ROOT / "tests").rglob("test_*.py") if named.search(one.read_text(encoding="utf-8"))}
    assert found
    assert {one for one in found if one.parent not in {both.ROOT / folder for folder in both.BROWSER_TESTS}} == set()
