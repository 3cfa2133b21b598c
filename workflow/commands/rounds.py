"""``round add|list|change|repin|close``."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Iterator
from dataclasses import fields
from typing import cast

from indicators.listing import plain
from indicators.model.rule_changes import texts
from storage.cli import Command, add_json, say, say_error, say_json
from storage.clock import now
from storage.records import RoundRecord
from workflow.commands.opening import acts, day, office_of, run_subcommand
from workflow.office import Office
from workflow.rounds.repinning import RepinPreview, begin_repin, preview_repin
from workflow.rounds.rounds import NewRound, RoundChanges, add_round, change_round, close_round, rounds
from workflow.rounds.rules_served import difference_from_served, refuse_other_rules
from workflow.rounds.taking import UnderWay, carry_on, under_way
from workflow.submission.repins import effect_words

_TOLD_EVERY = 10


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="编号", help="批次编号，如 2018")
    parser.add_argument("--title", required=True, metavar="名称")
    parser.add_argument(
        "--standard", required=True, action="append", dest="standards", metavar="标准", help="可重复给出，须同时达到"
    )
    for option, name, words in (("--from", "period_first", "起始日"), ("--to", "period_last", "截止日（含当日）")):
        parser.add_argument(option, required=True, dest=name, type=day, metavar="日期", help=f"申报期{words}")
    _limits(parser)
    _sure(parser)


def _sure(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="本命令读到的规则与服务所用的不同时，仍用本命令读到的")


def _limits(parser: ArgumentParser) -> None:
    for option, words in (("--apply-by", "县级申报"), ("--recommend-by", "考察推荐")):
        parser.add_argument(option, type=day, metavar="日期", help=f"{words}截止日（含当日，北京时间）")
    quota = "每个市（地、州、盟）的推荐名额"
    parser.add_argument("--quota", type=int, dest="quota_per_prefecture", metavar="数", help=quota)
    parser.add_argument(
        "--second-reviewer", action=BooleanOptionalAction, help="每一级的认定与推荐意见须由两人分别办理（或者不要求）"
    )


def _change_arguments(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--title", metavar="名称")
    parser.add_argument("--reason", metavar="理由", help="改动的理由，记入操作日志")
    _limits(parser)


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="编号")


def _add(arguments: Namespace) -> int:
    given = {each.name: getattr(arguments, each.name) for each in fields(NewRound)}
    given |= {"standards": tuple(arguments.standards), "second_reviewer": bool(arguments.second_reviewer)}
    with office_of(arguments) as office:
        refuse_other_rules(office, sure=arguments.yes)
        made = add_round(office, None, NewRound(**given), now())
    return _say_done(f"已新增批次：{_line(made)}", made)


def _say_done(words: str, made: RoundRecord) -> int:
    say(words)
    for standard, fingerprint in made.fingerprints.items():
        say(f"采用标准 {standard}，指纹 {fingerprint}")
    return 0


def _list(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        records = rounds(office)
        changed = {record.id for record in records if not office.follows_installed(record)}
        _warn_of_other_rules(office)
    if arguments.json:
        say_json({"rounds": [_as_json(record, differs=record.id in changed) for record in records]})
        return 0
    for record in records:
        say(_line(record) + ("\t与现行规则不同" if record.id in changed else ""))
    say(f"共 {len(records)} 个批次")
    return 0


def _as_json(record: RoundRecord, *, differs: bool) -> dict[str, object]:
    return {
        "id": record.id,
        "title": record.title,
        "standards": dict(record.fingerprints),
        "period": {"from": str(record.period_first), "to": str(record.period_last)},
        "apply_by": str(record.apply_by) if record.apply_by else None,
        "recommend_by": str(record.recommend_by) if record.recommend_by else None,
        "quota_per_prefecture": record.quota_per_prefecture,
        "second_reviewer": record.second_reviewer,
        "demo": record.demo,
        "closed": record.closed_at is not None,
        "differs_from_installed_rules": differs,
    }


def _change(arguments: Namespace) -> int:
    options = ((name, getattr(arguments, name)) for name in RoundChanges.__optional_keys__)
    changes = cast("RoundChanges", {name: value for name, value in options if value is not None})
    with office_of(arguments, create=False) as office:
        changed = change_round(office, None, arguments.id, now(), arguments.reason or "", **changes)
    say(f"已修改批次：{_line(changed)}")
    return 0


def _repin_arguments(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--reason", metavar="理由", help="换用的理由，记入操作日志；不写只显示换用的影响，不作改动")
    add_json(parser)
    _sure(parser)


def _repin(arguments: Namespace) -> int:
    made: RoundRecord | None = None
    with office_of(arguments, create=False) as office:
        stopped = [each for each in under_way(office) if each.round.id == arguments.id]
        if stopped and arguments.reason is not None:
            return _carry_on(office, stopped[0])
        preview = preview_repin(office, None, arguments.id)
        if arguments.reason is None:
            _warn_of_other_rules(office)
        else:
            refuse_other_rules(office, sure=arguments.yes)
            begin_repin(office, None, arguments.id, arguments.reason, now())
            made = carry_on(office, arguments.id, _say_progress)
    if arguments.json:
        say_json({"round": arguments.id, "done": made is not None, **_preview_as_json(preview)})
        return 0
    for line in _preview_lines(preview):
        say(line)
    if made is None:
        say("以上是换用的影响，没有改动。确要换用，请加 --reason 写明理由。")
        return 0
    return _say_done(f"批次“{made.title}”（{made.id}）已换用现行规则：", made)


def _carry_on(office: Office, stopped: UnderWay) -> int:
    """What was stopped half-way, with the reason and the rules it was begun with."""
    say_error(f"上次换用到第 {stopped.done} 件（共 {stopped.total} 件）停下，现在按当时的规则和理由接着做。")
    made = carry_on(office, stopped.round.id, _say_progress)
    return _say_done(f"批次“{made.title}”（{made.id}）已换完：", made)


def _say_progress(done: int, of: int) -> None:
    if done % _TOLD_EVERY == 0 or done == of:
        say_error(f"已换用 {done}/{of} 件")


def _preview_as_json(preview: RepinPreview) -> dict[str, object]:
    return {
        "standards": plain(preview.changes),
        "policies": list(preview.policies),
        "redefined": plain(preview.redefined),
        "voided": preview.voided,
        "taken_out": preview.taken_out,
        "counties": [
            {"code": county.record.division_code, "name": county.record.division_name, **plain(county.effect)}
            for county in preview.counties
        ],
        "refusals": list(preview.refusals),
    }


def _preview_lines(preview: RepinPreview) -> Iterator[str]:
    yield from preview.sentences()
    for heading, lines in preview.sections():
        yield from (heading, *(f"  {line}" for line in texts(lines)))
    touched = (county for county in preview.counties if county.effect.touched)
    yield from (f"{county.record.division_name}：{effect_words(county.effect)}" for county in touched)
    yield from (f"不能换用：{refusal}" for refusal in preview.refusals)


def _close(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        close_round(office, None, arguments.id, now())
    say(f"批次 {arguments.id} 已结束：内容仍可查看，不能再修改和办理。")
    return 0


def _warn_of_other_rules(office: Office) -> None:
    if different := difference_from_served(office):
        say_error(f"注意：{different}请核对环境变量 RULES_DIR。")


def _line(one: RoundRecord) -> str:
    limits = (
        f"申报截止 {one.apply_by}" if one.apply_by else "",
        f"推荐截止 {one.recommend_by}" if one.recommend_by else "",
        f"每市 {one.quota_per_prefecture} 个" if one.quota_per_prefecture else "不限名额",
        "认定与意见由两人办理" if one.second_reviewer else "",
        "演示" if one.demo else "",
        "已结束" if one.closed_at else "",
    )
    period = f"{one.period_first} 至 {one.period_last}"
    return "\t".join((one.id, one.title, "、".join(one.standards), period, "，".join(filter(None, limits))))


def _arguments(parser: ArgumentParser) -> None:
    acts(
        parser,
        {
            "add": ("新增批次，固定所采用标准的内容", _add_arguments, _add),
            "list": ("列出全部批次", add_json, _list),
            "change": ("修改名称、期限、名额或是否两人办理（标准和申报期不能改）", _change_arguments, _change),
            "repin": ("换用现行规则：先显示影响，给出理由才换用", _repin_arguments, _repin),
            "close": ("结束批次", _id, _close),
        },
    )


ROUND = Command("round", "管理批次（add、list、change、repin、close）", _arguments, run_subcommand)
