"""Installed from a wheel, away from the project's folder: the console commands find rules, fonts and samples."""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("indicators", "scoring", "storage", "templates", "workflow", "ui", "sample_submissions")
PROGRAMS = {"county-rules", "county-score", "county-form", "county-store"}


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("不在 git 工作区中：无法列出文件")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tracked, tmp_path_factory) -> Path:
    """The project's wheel, made from the tracked files alone, so that nothing lying about gets in."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in tracked:
        if name.partition("/")[0] in ROOMS or "/" not in name:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    make = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(built), str(source)]
    done = subprocess.run(make, capture_output=True, text=True, check=False)
    if done.returncode != 0 and "setuptools" in done.stderr and os.environ.get("CI") != "true":
        pytest.skip("没有软件源：打包所需的 setuptools 取不到")
    assert done.returncode == 0, done.stderr
    (made,) = built.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


@pytest.fixture
def program(installed, tmp_path):
    """Run a console command as its script would, in another folder, with nothing of the project's on the path."""
    scripts = configparser.ConfigParser()
    scripts.read(next(installed.glob("*.dist-info")) / "entry_points.txt")
    assert set(scripts["console_scripts"]) == PROGRAMS

    def run(name: str, *arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """``name``: a command, or several after one another, each by its own entry, with a space between."""
        code = "import sys\n"
        for one in name.split():
            module, _, function = scripts["console_scripts"][one].partition(":")
            code += f"sys.argv[0] = {one!r}\nfrom {module} import {function} as start\n"
            code += "try: ended = start()\nexcept SystemExit as left: ended = left.code\nif ended: sys.exit(ended)\n"
        return subprocess.run(
            [sys.executable, "-P", "-c", code, *map(str, arguments)],
            cwd=tmp_path,
            env={"PYTHONPATH": str(installed), "PATH": os.environ["PATH"]},
            input=given,
            capture_output=True,
            check=False,
        )

    return run


def test_the_wheel_holds_every_file_the_rooms_need_and_no_other(wheel, tracked):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    needed = {name for name in tracked if name.partition("/")[0] in ROOMS and not name.endswith(".md")}
    assert held == needed


def test_it_says_its_version_and_its_own_name(program):
    names = sorted(PROGRAMS)
    done = program(" ".join(names), "--version")
    said = [line.split()[0] for line in done.stdout.decode().splitlines()]
    assert (done.returncode, said) == (0, names), done.stderr.decode()
    assert program("county-score").stderr.decode().startswith("county-score：命令行有误：缺少")


def test_the_rules_are_found_and_whole(program):
    assert program("county-rules", "check").returncode == 0
    listed = json.loads(program("county-rules", "list", "--json").stdout)["standards"]
    assert [standard["id"] for standard in listed] == ["national-2018", "yunnan-2018"]


def test_a_file_is_judged_and_printed_through_pipes(program, installed):
    sample = (installed / "sample_submissions" / "01-fully-eligible.yaml").read_bytes()
    judged = json.loads(program("county-score", "-", "--json", given=sample).stdout)
    assert judged["eligible"] is True
    printed = program("county-form", "form", "-", "-o", "-", given=sample)
    assert printed.stderr == b""
    assert printed.stdout.startswith(b"%PDF-")
    assert printed.stdout.rstrip().endswith(b"%%EOF")


def test_the_store_is_made_and_takes_an_account(program, tmp_path):
    made = program("county-store", "user", "add", "root1", "--name", "管理员", "--role", "administrator")
    assert made.returncode == 0, made.stderr.decode()
    assert (tmp_path / "var" / "store.db").is_file()
