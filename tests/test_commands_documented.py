"""Every command, every option and every setting of the product is in ``docs/commands.md``, and no other is."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators import cli as indicators_cli
from scoring import cli as scoring_cli
from scoring.rehearsal import cli as cli_rehearsal
from scoring.workbook import cli as cli_workbook
from storage.__main__ import COMMANDS
from storage.cli import parser_of
from templates import cli as templates_cli
from workflow.papers.documents import STORE_DOCUMENTS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
ROOMS = ("indicators", "scoring", "templates", "storage", "workflow", "ui")
_LOOKED_UP_BY = {"os.environ.get", "os.getenv", "_switch", "_configured"}
EVERYWHERE = {"-h", "--help", "--version"}
_CODE = re.compile(r"`([^`]*)`")


def leaves(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, set[str]]]:
    """Every command that does something, with its options (those of every program apart)."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in below:
        for word, inner in action.choices.items():
            yield from leaves(inner, f"{name} {word}")
    if not below:
        yield name, {option for action in parser._actions for option in action.option_strings} - EVERYWHERE


COMMANDS_THERE = dict(
    [
        *leaves(indicators_cli._parser(), "python -m indicators"),
        *leaves(scoring_cli.parser(), "python -m scoring"),
        *leaves(cli_rehearsal.parser(), "python -m scoring rehearse"),
        *leaves(cli_workbook.workbook_parser(), "python -m scoring workbook"),
        *leaves(cli_workbook.from_workbook_parser(), "python -m scoring from-workbook"),
        *leaves(templates_cli.parser_of((*templates_cli.OWN_DOCUMENTS, *STORE_DOCUMENTS)), "python -m templates"),
        *leaves(parser_of(COMMANDS), "python -m storage"),
    ]
)


def documented() -> dict[str, set[str]]:
    """Command → options, from the page's tables."""
    rows = [line.split("|") for line in PAGE.splitlines() if line.startswith("| `python -m")]
    return {_CODE.findall(row[1])[0]: {one for one in _CODE.findall(row[3]) if one.startswith("-")} for row in rows}


def settings() -> Iterator[str]:
    """Names the product looks up in the environment, written there or in a constant of the module."""
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = dict(_constants(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in _LOOKED_UP_BY:
                asked = node.args[0]
                if isinstance(asked, ast.Constant):
                    yield asked.value
                elif ast.unparse(asked) in constants:
                    yield constants[ast.unparse(asked)]
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                yield ast.literal_eval(node.slice)


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names, values = (
                list(part.elts) if isinstance(part, ast.Tuple) else [part] for part in (node.targets[0], node.value)
            )
            for name, value in zip(names, values, strict=False):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield ast.unparse(name), value.value


@pytest.mark.parametrize("command", COMMANDS_THERE)
def test_every_option_of_the_command_is_documented_and_no_other(command):
    assert documented().get(command) == COMMANDS_THERE[command]


def test_no_command_is_documented_that_does_not_exist():
    assert set(documented()) == set(COMMANDS_THERE)


def test_every_setting_is_documented_and_no_other():
    table = PAGE.partition("## 环境变量")[2]
    named = {one for line in table.splitlines() if line.startswith("| `") for one in _CODE.findall(line.split("|")[1])}
    assert named == set(settings())


def test_the_settings_are_in_the_readme_and_among_the_running_notes():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    running = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    for name in settings():
        assert f"`{name}`" in readme, name
        if not name.startswith("FORM_"):
            assert f"`{name}`" in running, name


def test_every_make_target_is_in_the_readme_and_no_other():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    helped = re.findall(r"^([a-z-]+):.* ## ", makefile, re.MULTILINE)
    assert sorted(helped) == sorted(phony.split())
    assert set(re.findall(r"\bmake ([a-z-]+)", readme)) == set(helped)


def test_the_first_line_of_running_in_earnest_makes_the_environment_the_next_ones_use(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("## 正式运行")[2].partition("```sh\n")[2].partition("```")[0]
    commands = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert [command[:3] for command in commands] == [
        ["make", "setup"],
        [".venv/bin/python", "-m", "storage"],
        ["make", "serve"],
    ]
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    would = subprocess.run([*commands[0], "-n"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert would.index("-m venv .venv") < would.index("pip install") < would.index("-r requirements.txt")


def pins(name: str) -> dict[str, str]:
    """Package → version of a locked file."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_driver_is_installed_apart_and_the_tests_try_the_same_one():
    driver, product, tests = pins("requirements-postgresql.txt"), pins("requirements.txt"), pins("requirements-dev.txt")
    assert {"psycopg", "psycopg-binary"} <= set(driver) - set(product)
    assert driver.items() <= tests.items()


def wanted(name: str) -> set[str]:
    """Packages asked for in an ``.in`` file, by name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[=\[]", line)[0] for line in lines if line and not line.startswith(("#", "-"))}


def test_every_dependency_is_told_and_no_other():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")][1:]
    told = {kind: set() for kind in ("", "postgresql", "dev")}
    for row in rows:
        names, _, kind = row.rstrip(")").partition(" (")
        told[kind] |= set(names.split(", "))
    assert told == {
        "": wanted("requirements.in"),
        "postgresql": wanted("requirements-postgresql.in"),
        "dev": wanted("requirements-dev.in"),
    }
