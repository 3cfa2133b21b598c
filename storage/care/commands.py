"""The subcommands that care for the store itself: init, backup, restore, verify."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.installation import database_url
from indicators.program import STANDARD_INPUT, is_stream, standard_input
from storage.care.backup import make_backup
from storage.care.integrity import Check, inspect_store
from storage.care.restore import restore_backup
from storage.cli import Command, add_json, say, say_error, say_json
from storage.clock import now
from storage.database import schema
from storage.database.engine import is_embedded, make_engine
from storage.errors import BackupRefused
from storage.store import DATABASE, in_words, open_store


def _no_arguments(_: ArgumentParser) -> None:
    pass


def _backup_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="OUT.zip", help="备份文件（不会覆盖已有文件）；- 写到标准输出")


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("archive", type=Path, metavar="FILE.zip", help="备份文件；- 读标准输入")
    parser.add_argument("--force", action="store_true", help="已有数据时仍然替换；原数据库保留在旁边")


def _init(arguments: Namespace) -> int:
    url = database_url()
    if url and not is_embedded(url):
        with in_words("数据库打不开"):
            schema.upgrade(make_engine(url))
        say(f"外部数据库已就绪（结构 {schema.HEAD}）。文件目录：{arguments.var / 'files'}")
        return 0
    open_store(var=arguments.var).close()
    say(f"数据已就绪：{url or arguments.var / DATABASE}（结构 {schema.HEAD}）")
    return 0


def _backup(arguments: Namespace) -> int:
    with ExitStack() as stack:
        out: Path = arguments.out
        tell = say
        if is_stream(out):
            out, tell = Path(stack.enter_context(TemporaryDirectory())) / out, say_error
        with open_store(var=arguments.var, create=False) as store:
            backup = make_backup(store, out, now())
        if is_stream(arguments.out):
            with out.open("rb") as archive:
                shutil.copyfileobj(archive, sys.stdout.buffer)
    tell(f"已备份并核对：{arguments.out}（{backup.size} 字节，佐证文件 {backup.files} 个）")
    tell(f"审计链尾：第 {backup.head.seq} 条 {backup.head.hash}")
    for fault in backup.faults:
        say_error(fault)
    return 1 if backup.faults else 0


def _restore(arguments: Namespace) -> int:
    if database_url():
        raise BackupRefused("已设置 DATABASE_URL：本命令只恢复内置数据库。请取消该环境变量，或用数据库自带工具恢复。")
    with ExitStack() as stack:
        archive: Path = arguments.archive
        called = str(archive)
        if is_stream(archive):
            called, archive = STANDARD_INPUT, Path(stack.enter_context(TemporaryDirectory())) / archive
            with archive.open("wb") as received:
                shutil.copyfileobj(standard_input(), received)
        restored = restore_backup(archive, arguments.var, now(), force=arguments.force, called=called)
    say(f"已恢复 {restored.made_at} 的备份（佐证文件 {restored.files} 个）。所有人须重新登录。")
    if restored.former is not None:
        say(f"原数据库保留在：{restored.former}")
    for digest in restored.missing:
        say_error(f"文件 {digest}：备份时已缺失")
    return 0


def _verify(arguments: Namespace, also: Sequence[Check]) -> int:
    with open_store(var=arguments.var, create=False) as store:
        inspection = inspect_store(store, also)
    if arguments.json:
        say_json(asdict(inspection))
        return 1 if inspection.faults else 0
    for fault in inspection.faults:
        say_error(fault)
    if inspection.faults:
        say_error(f"共 {len(inspection.faults)} 处不符。请保留现场，用最近的备份恢复（python -m storage restore）。")
        return 1
    say(f"完好：申报 {inspection.submissions} 件，内容 {inspection.entry_versions} 版，佐证文件 {inspection.files} 个")
    if inspection.head is not None:
        say(f"审计链尾：第 {inspection.head.seq} 条 {inspection.head.hash}")
    return 0


def care(also: Sequence[Check] = ()) -> tuple[Command, ...]:
    """The subcommands; ``also``: what ``verify`` asks besides, of rooms above this one."""
    return (
        Command("init", "建立数据，或把已有数据升级到本程序的结构", _no_arguments, _init),
        Command("backup", "备份数据库和佐证文件，写后核对", _backup_arguments, _backup),
        Command("restore", "先核对备份，再整体替换数据", _restore_arguments, _restore),
        Command("verify", "核对数据库、审计链、历史、结论和每个文件", add_json, lambda given: _verify(given, also)),
    )
