"""``drafts list|purge``: what people typed and have not saved (暂存), at the machine: how much, never what."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from storage.cli import Command, add_json, say, say_json
from storage.clock import BEIJING, now
from workflow.commands.opening import acts, office_of, run_subcommand
from workflow.drafting.others import KEPT_AFTER, lying, purge


def _nothing(_: ArgumentParser) -> None:
    pass


def _list(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        everyone = lying(office)
    if arguments.json:
        moments = ({"since": one.since.isoformat(), "at": one.at.isoformat()} for one in everyone)
        say_json({"drafts": [one._asdict() | moment for one, moment in zip(everyone, moments, strict=True)]})
        return 0
    for one in everyone:
        since, at = (f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" for moment in (one.since, one.at))
        say(f"{one.username}\t{one.where}\t{one.forms} 处 {one.fields} 栏\t{since} 起，最近 {at}")
    say(f"共 {len(everyone)} 行；内容只有本人能看到")
    return 0


def _purge(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        gone = purge(office, now())
    say(f"已清除过期的暂存 {gone} 栏。" if gone else "没有过期的暂存。")
    return 0


def _arguments(parser: ArgumentParser) -> None:
    days = KEPT_AFTER.days
    clearing = f"清除批次结束已满{days}天的、不属于申报而{days}天没有动过的（服务启动时和每天也会自动进行）"
    acts(parser, {"list": ("列出谁在哪里有暂存，不列内容", add_json, _list), "purge": (clearing, _nothing, _purge)})


DRAFTS = Command("drafts", "填写而没有保存的内容：列出有多少，清除过期的（list、purge）", _arguments, run_subcommand)
