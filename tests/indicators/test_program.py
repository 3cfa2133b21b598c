"""What the four programs share: streams, files written whole, the door that no traceback passes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from indicators.program import FAULT, INTERRUPTED, REFUSED, start, write_whole

ROOT = Path(__file__).parents[2]


def test_a_file_is_written_whole_and_like_any_other(tmp_path):
    target = tmp_path / "out.pdf"
    write_whole(target, b"first")
    write_whole(target, b"second")
    assert target.read_bytes() == b"second"
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~_mask()
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_what_fails_half_way_leaves_the_older_file_and_nothing_beside_it(tmp_path, monkeypatch):
    target = tmp_path / "out.pdf"
    target.write_bytes(b"older")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"newer")
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_a_file_that_is_not_to_be_replaced_stays(tmp_path):
    target = tmp_path / "out.yaml"
    target.write_bytes(b"older")
    with pytest.raises(FileExistsError):
        write_whole(target, b"newer", replace=False)
    assert target.read_bytes() == b"older"


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.pdf").write_bytes(b"older")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    write_whole(tmp_path / "link.pdf", b"newer")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"newer"


def test_a_hyphen_is_standard_output(tmp_path, monkeypatch, capsysbinary):
    monkeypatch.chdir(tmp_path)
    write_whole(Path("-"), b"%PDF-")
    assert capsysbinary.readouterr().out == b"%PDF-"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        ("ValueError('甲')", FAULT, "程序内部错误（ValueError：甲）"),
        ("PermissionError(13, 'Permission denied', 'rules')", REFUSED, "rules：无法读写（没有权限）"),
        ("OSError(28, 'No space left on device')", REFUSED, "输出写不下去（磁盘已满）"),
        ("KeyboardInterrupt()", INTERRUPTED, "已中断"),
    ],
)
def test_whatever_goes_wrong_is_one_chinese_line(raised, status, words):
    code = f"""
import sys
from indicators.program import start
def run(arguments):
    raise {raised}
sys.exit(start(run))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(words)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("indicators list >&-", "没有标准输出可写"),
        ("scoring - <&-", "没有标准输入可读"),
        ("indicators list >/dev/full", "输出写不下去（磁盘已满）"),
        ("templates standard national-2018 -o - >/dev/full", "-：无法写入（磁盘已满）"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_said_in_one_line(command, words):
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m {command}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(words)
    assert done.stderr.count("\n") == 1


def test_the_status_of_the_program_is_the_process_s():
    assert start(lambda _: 1) == 1


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
