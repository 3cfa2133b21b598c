"""A rules folder that cannot be looked into is told as such; nothing of the machine's own words reaches the author."""

from __future__ import annotations

import os
import shutil

import pytest

from indicators.cli import main
from tests.indicators.rules_folder import RulesFolder


def test_a_folder_that_leads_in_circles_is_named(rules: RulesFolder) -> None:
    shutil.rmtree(rules.root / "policies")
    (rules.root / "policies").symlink_to("policies")
    lines = rules.lines()
    assert "policies:1:1: 文件夹打不开（快捷方式（链接）绕成了圈）；请检查权限" in lines


def test_a_file_that_leads_in_circles_is_named(rules: RulesFolder) -> None:
    path = rules.root / "schemes" / "equal.yaml"
    path.unlink()
    path.symlink_to(path)
    assert rules.lines() == ["schemes/equal.yaml:1:1: 文件无法打开（快捷方式（链接）绕成了圈）；请检查路径和权限"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="对管理员没有打不开的文件夹")
def test_a_folder_without_permission_is_named(rules: RulesFolder) -> None:
    (rules.root / "base-2020").chmod(0)
    try:
        assert any("base-2020:1:1: 文件夹打不开（没有权限）" in line for line in rules.lines())
    finally:
        (rules.root / "base-2020").chmod(0o755)


def test_hidden_files_and_notes_beside_the_rules_are_let_lie(rules: RulesFolder) -> None:
    rules.write("base-2020/._1.1-care.yaml", "\x05")
    rules.write("base-2020/~$1.1-care.yaml", "锁")
    rules.write("base-2020/说明.docx", "PK")
    rules.write("README.md", "说明")
    assert rules.lines() == []


def test_a_file_where_a_folder_is_wanted_is_refused(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--rules", str(rules.root / "vocabulary.yaml")]) == 2
    assert "规则文件夹不存在" in capsys.readouterr().err
