"""Broken rules never start anything half-way: every fault at its place, no server, no store made, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BREAKS = {
    "policy": ("policies/panzhihua-2017.yaml", "clauses:\n", "claus:\n", "是否应为“clauses”"),
    "standard": ("township-demo/6.1-visits.yaml", "kind: coverage", "kind: cover", "“cover”不在规定的取值内"),
    "scheme": ("schemes/points-demo.yaml", "met: 1,", "met: 2,", "得分比例应在0与1之间；请改正 2"),
    "vocabulary": ("vocabulary.yaml", "  town: 镇\n", "  town:\n", "应为中文名称"),
}


def broken(rules: Path, folder: Path, which: str) -> tuple[Path, str, str]:
    """A copy of the rules with one mistake; the file it is in and the words for it."""
    copy = Path(shutil.copytree(rules, folder / "rules"))
    file, old, new, words = BREAKS[which]
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return copy, file, words


def run(rules: Path, data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    settings = {"RULES_DIR": str(rules), "DATA_DIR": str(data), "DEMO": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env={**os.environ, **settings},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


# Two seconds each: only the whole program shows that the server ends instead of serving.
@pytest.mark.parametrize("which", ["policy", "standard", "scheme"])
def test_the_server_ends_with_the_fault_at_its_place(which, rules, tmp_path):
    folder, file, words = broken(rules, tmp_path, which)
    data = tmp_path / "var"
    done = run(folder, data, "streamlit", "run", "app.py", "--server.port", "0", "--server.headless", "true")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "未启动：规则文件有误。" in said
    located = [line for line in said.splitlines() if file in line]
    assert len(located) == 1, said
    assert words in located[0]
    assert "Traceback" not in said
    assert not data.exists()


@pytest.mark.parametrize("which", BREAKS)
def test_no_command_works_by_broken_rules(which, rules, tmp_path):
    folder, file, words = broken(rules, tmp_path, which)
    data = tmp_path / "var"
    done = run(folder, data, "storage", "--var", str(data), "round", "list")
    assert done.returncode == 2
    assert file in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not data.exists()
