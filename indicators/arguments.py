"""argparse in Chinese: help, usage lines and error messages, for the command line of every room."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from indicators.reading.visible import one_line

# What argparse (3.11 to 3.14) says, and how we say it. The first that fits the whole message counts.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", "缺少 {0}"),
    (r"unrecognized arguments: (.+)", "不认识 {0}"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.*)\)", "{0} 不能写 {1}，可选 {2}"),
    (r"argument (.+?): expected one argument", "{0} 后面缺少一个值"),
    (r"argument (.+?): expected at most one argument", "{0} 后面最多一个值"),
    (r"argument (.+?): expected at least one argument", "{0} 后面至少要有一个值"),
    (r"argument (.+?): expected (\d+) arguments?", "{0} 后面须有 {1} 个值"),
    (r"argument (.+?): invalid \S+ value: (.+)", "{0} 的值 {1}无效"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 不带值，却写了 {1}"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} 不能与 {1} 同用"),
    (r"one of the arguments (.+) is required", "须写 {0} 之一"),
    (r"ambiguous option: (.+?) could match (.+)", "{0} 有几种可能（{1}），请写全"),
    (r"argument (.+?): (.+)", "{0}：{1}"),
)
_QUOTED = re.compile(r"'([^']*)'")


class UsageError(Exception):
    """A command line that cannot be carried out; the message is a Chinese line for the user."""


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """`argparse.ArgumentParser` in Chinese; bad arguments raise `UsageError` instead of ending the process."""

    def __init__(self, *, prog: str, description: str | None = None, **more: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(prog=prog, description=description, formatter_class=_Formatter, add_help=False, **more)
        # argparse has no other way to name its two groups.
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明，然后退出")

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong."""
        raise UsageError(f"{self.prog}：命令行有误：{in_chinese(message)}；用法见 {self.prog} --help")


def in_chinese(message: str) -> str:
    """An error message of argparse translated; one without a translation is returned as it is."""
    for pattern, words in _WORDS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return one_line(words.format(*(_named(part) for part in match.groups()))).replace(" “", "“")
    return one_line(message)


def _named(part: str) -> str:
    return _QUOTED.sub(r"“\1”", part).replace(", ", "、")
