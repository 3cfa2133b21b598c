"""Broken rules never start anything half-way: every fault at its place, no server, no store made, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from storage import open_store
from storage.__main__ import COMMANDS, REFUSALS
from storage.cli import run as storage_command
from storage.clock import now
from tests.instant import python_at
from ui import rules as installed
from ui.office import replace_office
from ui.web.startup import NotReady, ready
from workflow.demo.seed import seed_demo
from workflow.errors import Refused
from workflow.office import Office

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
        python_at(*command), cwd=ROOT, env={**os.environ, **settings},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


# Only the whole program shows that the server ends instead of serving; it reads the rules as every command does.
def test_the_server_ends_with_the_fault_at_its_place(rules, tmp_path):
    folder, file, words = broken(rules, tmp_path, "standard")
    data = tmp_path / "var"
    done = run(folder, data, "streamlit", "run", "app.py", "--server.port", "0", "--server.headless", "true")
    said = done.stdout + done.stderr
    assert done.returncode == 2
    assert "未启动：规则文件有误。" in said
    located = [line for line in said.splitlines() if file in line]
    assert len(located) == 1, said
    assert words in located[0]
    assert "Traceback" not in said
    assert not data.exists()


@pytest.mark.parametrize("which", BREAKS)
def test_no_command_works_by_broken_rules(which, rules, tmp_path, monkeypatch, capsys):
    folder, file, words = broken(rules, tmp_path, which)
    data = tmp_path / "var"
    monkeypatch.setenv("RULES_DIR", str(folder))
    assert storage_command(["--var", str(data), "round", "list"], COMMANDS, REFUSALS) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert file in said.err
    assert words in said.err
    assert "Traceback" not in said.err
    assert not data.exists()


def test_a_scheme_that_is_not_installed_stops_the_server_before_there_is_a_store(rules, tmp_path, monkeypatch):
    for name, value in {"RULES_DIR": rules, "DATA_DIR": tmp_path / "var", "SCHEME": "gold", "DEMO": "0"}.items():
        monkeypatch.setenv(name, str(value))
    installed.library.cache_clear()
    replace_office(None)
    with pytest.raises(NotReady, match="环境变量 SCHEME：没有计分办法“gold”；可用的有：equal、points-demo"):
        ready(demo=False)
    installed.library.cache_clear()
    assert not (tmp_path / "var").exists()


def test_the_demonstration_says_which_standards_it_lacks_and_leaves_nothing(library, tmp_path):
    standards = {"township-demo": library.standards["township-demo"]}
    with open_store(None, tmp_path / "var") as store:
        office = Office(store, replace(library, standards=standards))
        with pytest.raises(Refused, match="规则文件夹里没有 national-2018、yunnan-2018"):
            seed_demo(office, ROOT, now())
        with store.read() as tx:
            assert tx.accounts.all() == ()
