"""``docs/library.md``: its Python runs as it is written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def run_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the page's blocks leave behind, run in order beside a file of the name the page uses."""
    shutil.copy(ROOT / "sample_submissions" / "04-figures-against-claim.yaml", tmp_path / "申报.yaml")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in BLOCKS:
        exec(compile(block, "docs/library.md", "exec"), names)  # noqa: S102 - the page's own code is the subject
    return names


def test_the_page_s_python_gives_verdicts_and_a_table(run_here, capsys):
    assessment, table = run_here["assessment"], run_here["table"]
    assert assessment.eligible is False
    assert len(table) == 2 * 48
    by_standard = table[table.standard == "national-2018"].set_index("row")
    judged = assessment.standards["national-2018"]
    assert by_standard.verdict.to_dict() == {
        **{row: result.verdict for row, result in judged.indicators.items()},
        **{veto.id: veto.state for veto in judged.vetoes},
    }
    assert "低于 70%" in by_standard.reasons["3.3.2"]
    assert len(run_here["open_rows"]) == 12 + 12


def test_every_column_of_the_table_is_explained(run_here):
    for column in run_here["table"].columns:
        assert f"`{column}`" in PAGE


def test_three_lines_lead_from_the_file_to_the_table():
    steps = [line for line in BLOCKS[0].splitlines() if line and not line.startswith(("import ", "from "))]
    assert len(steps) == 3
