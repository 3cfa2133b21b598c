"""What argparse says in English, users read in Chinese; each message is brought about as a user would."""

from __future__ import annotations

import argparse
import re

import pytest

from indicators.arguments import ChineseParser, UsageError, in_chinese


def parser() -> ChineseParser:
    made = ChineseParser(prog="python -m rooms", description="试")
    made.add_argument("--size", type=int)
    made.add_argument("--sight", choices=("near", "far"))
    made.add_argument("--pair", nargs=2)
    made.add_argument("--many", nargs="+")
    made.add_argument("--day", type=_day)
    either = made.add_mutually_exclusive_group()
    either.add_argument("--json", action="store_true")
    either.add_argument("--text", action="store_true")
    commands = made.add_subparsers(required=True, metavar="命令")
    show = commands.add_parser("show", help="看")
    show.add_argument("file", metavar="FILE")
    one = commands.add_parser("one").add_mutually_exclusive_group(required=True)
    one.add_argument("--a")
    one.add_argument("--b")
    return made


def _day(text: str) -> str:
    raise argparse.ArgumentTypeError(f"日期 {text} 无效")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "python -m rooms：命令行有误：缺少 命令；用法见 python -m rooms --help"),
        (["show"], "python -m rooms show：命令行有误：缺少 FILE；用法见 python -m rooms show --help"),
        (["show", "a", "b"], "不认识 b"),
        (["lose"], "命令 不能写“lose”，可选"),
        (["--size", "大", "show", "a"], "--size 的值“大”无效"),
        (["--size"], "--size 后面缺少一个值"),
        (["--sight", "town", "show", "a"], "--sight 不能写“town”，可选"),
        (["--pair", "1"], "--pair 后面须有 2 个值"),
        (["--many"], "--many 后面至少要有一个值"),
        (["--day", "heute", "show", "a"], "--day：日期 heute 无效"),
        (["--json=1", "show", "a"], "--json 不带值，却写了“1”"),
        (["--json", "--text", "show", "a"], "--text 不能与 --json 同用"),
        (["--si", "1", "show", "a"], "--si 有几种可能"),
        (["one"], "须写 --a --b 之一"),
        (["show", "a", "\u202eb\n结论"], "不认识 ⟦U+202E⟧b 结论"),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(arguments: list[str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parser().parse_args(arguments)
    said = str(caught.value)
    assert words in said
    assert "\n" not in said
    own = {"python", "rooms", "help", "near", "far", "show", "one"}
    typed = {word for argument in arguments for word in re.findall(r"[a-z]+", argument)}
    others = {"size", "sight", "pair", "many", "day", "json", "text", "a", "b", "m", "file"}
    assert set(re.findall(r"[a-z]{2,}", said)) <= own | typed | others


def test_the_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["show", "--help"]):
        with pytest.raises(SystemExit) as caught:
            parser().parse_args(arguments)
        assert caught.value.code == 0
        said = capsys.readouterr().out
        assert said.startswith("用法：python -m rooms")
        assert "显示本说明" in said
        for english in ("usage", "positional", "options", "show this"):
            assert english not in said


def test_a_message_never_seen_before_stays_as_it_is() -> None:
    assert in_chinese("something new") == "something new"
