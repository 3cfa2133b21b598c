"""``demo``: fill a fresh store with the demonstration; said twice, it changes nothing; ``--counties``: a province."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from storage.cli import Command, add_json, say, say_json
from storage.clock import now
from workflow.commands.opening import office_of
from workflow.demo.seed import (
    DEMO_PASSWORD,
    MOST_COUNTIES,
    Seeded,
    has_province,
    is_seeded,
    seed_demo,
    seed_province,
)
from workflow.states import STATE_LABELS, State

_PROJECT = Path(__file__).parents[2]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--project", type=Path, default=_PROJECT, metavar="目录", help="样例所在的项目目录")
    parser.add_argument(
        "--counties",
        type=int,
        metavar="个数",
        help=f"演示省共有多少个县（至多 {MOST_COUNTIES}）：另造各环节都有的县，供查看和测量；默认只有有故事的几个",
    )
    add_json(parser)


def _run(arguments: Namespace) -> int:
    made: dict[str, object] = {}
    with office_of(arguments) as office:
        if not is_seeded(office):
            seeded = seed_demo(office, arguments.project, now())
            made |= _as_json(seeded)
            if not arguments.json:
                _told(seeded)
        if arguments.counties is not None and not has_province(office):
            province = seed_province(office, arguments.project, arguments.counties, now())
            made["province"] = {"not_begun" if state is None else state.value: many for state, many in province.items()}
            if not arguments.json:
                _told_of_province(province)
    if arguments.json:
        say_json({"made": bool(made), **made})
    elif not made:
        say("演示数据已经建立，没有改动。")
    return 0


def _as_json(seeded: Seeded) -> dict[str, object]:
    return {
        "round": seeded.round.id,
        "counties": seeded.states,
        "skipped": seeded.skipped,
        "password": DEMO_PASSWORD,
        "accounts": [
            {
                "username": account.username,
                "display_name": account.display_name,
                "role": account.role,
                "division": account.division_code,
            }
            for account in seeded.accounts
        ],
    }


def _told(seeded: Seeded) -> None:
    say(f"已建立{seeded.round.title}：申报期 {seeded.round.period_first} 至 {seeded.round.period_last}")
    for name, state in seeded.states.items():
        say(f"{name}：{STATE_LABELS[State(state)]}")
    for name in seeded.skipped:
        say(f"{name}：没有找到样例文件，未建立")
    say(f"演示账号 {len(seeded.accounts)} 个，密码均为 {DEMO_PASSWORD}：")
    for account in seeded.accounts:
        say(f"{account.username}\t{account.display_name}")


def _told_of_province(made: Counter[State | None]) -> None:
    say(f"另造 {made.total()} 个县：")
    for state, label in STATE_LABELS.items():
        say(f"{label} {made[state]}")
    say(f"尚未开始 {made[None]}")
    say("它们的账号：县级民政 xian、县级人民政府 zhengfu、市级民政 shi，后接行政区划代码，如 shi990300；密码同上。")


DEMO = Command("demo", "在空的数据目录中建立演示数据", _arguments, _run)
