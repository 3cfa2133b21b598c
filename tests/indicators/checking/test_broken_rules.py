"""One broken fixture per author's mistake: each is reported at its place, in the expected words, and nothing else is.

``broken/*.yaml``: ``mistake`` (what the author did), ``edits`` of the tiny rules (see `edit_rules`), ``expect`` (place
and message).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.indicators.rules_folder import RulesFolder

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


def edit_rules(rules: RulesFolder, edit: dict[str, Any]) -> None:
    """One edit: ``text`` (the whole file), ``old`` and ``new``, or what an author does to the file itself."""
    path = rules.root / edit["file"]
    if "text" in edit:
        rules.write(edit["file"], edit["text"])
    elif "delete" in edit:
        path.unlink()
    elif "rename_to" in edit:
        path.rename(rules.root / edit["rename_to"])
    elif "copy_to" in edit:
        (shutil.copytree if path.is_dir() else shutil.copy)(path, rules.root / edit["copy_to"])
    elif "encoding" in edit:
        path.write_bytes(path.read_text(encoding="utf-8").encode(edit["encoding"]))
    else:
        rules.replace(edit["file"], edit["old"], edit["new"])


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_reported_at_its_place_and_alone(path: Path, rules: RulesFolder) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    for edit in case["edits"]:
        edit_rules(rules, edit)
    expected = [
        f"{one['at']} {one['where']}: {one['words']}" if one["where"] else f"{one['at']}: {one['words']}"
        for one in case["expect"]
    ]
    assert rules.lines() == expected, case["mistake"]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_message_says_what_to_do(path: Path) -> None:
    for one in yaml.safe_load(path.read_text(encoding="utf-8"))["expect"]:
        assert any(word in one["words"] for word in ("请", "可写", "可用", "是否应为")), one["words"]


def test_there_is_a_fixture_for_many_kinds_of_mistake() -> None:
    assert len(BROKEN) >= 160


def test_the_tiny_rules_are_valid_before_they_are_broken(rules: RulesFolder) -> None:
    assert rules.lines() == []


def test_mistakes_of_many_files_are_reported_together_in_order(rules: RulesFolder) -> None:
    rules.replace("base-2020/1.1-care.yaml", "kind: some_of", "kind: some")
    rules.replace("base-2020/1.1-care.yaml", "at_least: 70,", "at_least: 75,")
    rules.replace("base-2020/1.2-school.yaml", "kind: document", "kind: paper")
    rules.replace("base-2020/vetoes.yaml", "quotes: [没有落实监护责任]", "quotes: [没有落实责任]")
    rules.replace("local-2020/1.1-care.yaml", "responsible_units: [民政部门]", "responsible_units: 民政部门")
    rules.replace("policies/act-2020.yaml", "title: 演示意见", "titel: 演示意见")
    rules.replace("schemes/equal.yaml", "credit: {met: 1,", "credit: {met: 2,")
    files = [line.split(":")[0] for line in rules.lines()]
    assert files == [
        "base-2020/1.1-care.yaml",
        "base-2020/1.1-care.yaml",
        "base-2020/1.1-care.yaml",
        "base-2020/1.2-school.yaml",
        "base-2020/vetoes.yaml",
        "local-2020/1.1-care.yaml",
        "policies/act-2020.yaml",
        "schemes/equal.yaml",
    ]


def test_a_yaml_bomb_is_refused_at_once(rules: RulesFolder) -> None:
    levels = "".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 8)}]\n" for n in range(12))
    rules.write("base-2020/standard.yaml", f"l0: &l0 [哈, 哈, 哈]\n{levels}")
    lines = rules.lines()
    assert any("不支持引用“*l0”" in line for line in lines)
    assert all(line.startswith("base-2020/standard.yaml:") for line in lines)


def test_a_broken_vocabulary_is_named_with_the_faults_of_shape_and_no_other(rules: RulesFolder) -> None:
    rules.write("vocabulary.yaml", "methods: yes\n")
    rules.replace("base-2020/1.1-care.yaml", "kind: count", "kind: counter")
    places = [line.split(" ", 1)[0] for line in rules.lines()]
    assert places == ["base-2020/1.1-care.yaml:13:30", *["vocabulary.yaml:1:1:"] * 16, "vocabulary.yaml:1:10"]


def test_a_fault_of_the_text_hides_no_other_and_has_no_echo(rules: RulesFolder) -> None:
    rules.replace("base-2020/1.1-care.yaml", 'id: "1.1.1"', "id: 1.1.1")
    rules.replace("base-2020/1.1-care.yaml", "kind: some_of", "kind: some")
    rules.replace("base-2020/1.1-care.yaml", "document, required: true", "document, required: yes")
    lines = rules.lines()
    assert "编号须加引号" in lines[0]
    assert sum("“some”不在" in line for line in lines) == 1
    assert sum("“yes”含义不明" in line for line in lines) >= 1
    assert not any("应为 true 或 false" in line for line in lines)


def test_an_empty_folder_holds_no_rules(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    lines = RulesFolder(tmp_path / "empty").lines()
    assert any("vocabulary.yaml:1:1: 文件不存在" in line for line in lines)
