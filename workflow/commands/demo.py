"""``demo``: fill a fresh store with the demonstration; said twice, it changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from storage.cli import Command, say
from storage.clock import now
from workflow.commands.opening import office_of
from workflow.demo.seed import DEMO_PASSWORD, is_seeded, seed_demo
from workflow.states import STATE_LABELS, State

_PROJECT = Path(__file__).parents[2]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--project", type=Path, default=_PROJECT, metavar="目录", help="样例所在的项目目录")


def _run(arguments: Namespace) -> int:
    with office_of(arguments) as office:
        if is_seeded(office):
            say("演示数据已经建立，没有改动。")
            return 0
        seeded = seed_demo(office, arguments.project, now())
    say(f"已建立{seeded.round.title}：申报期 {seeded.round.period_first} 至 {seeded.round.period_last}")
    for name, state in seeded.states.items():
        say(f"{name}：{STATE_LABELS[State(state)]}")
    for name in seeded.skipped:
        say(f"{name}：没有找到样例文件，未建立")
    say(f"演示账号 {len(seeded.accounts)} 个，密码均为 {DEMO_PASSWORD}：")
    for account in seeded.accounts:
        say(f"{account.username}\t{account.display_name}")
    return 0


DEMO = Command("demo", "在空的数据目录中建立演示数据", _arguments, _run)
