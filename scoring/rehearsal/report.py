"""A rehearsal as Chinese lines for a terminal and as JSON-ready data; screens use the same sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from typing import Any

from indicators.model import Standard
from indicators.model.rule_changes import ReplacedRules, redefinition_lines, texts
from scoring.assessment import Reason, ReasonEffect, VetoResult
from scoring.rehearsal.rehearse import Cause, Counts, Rehearsal, Rehearsed, Result, RowChange
from scoring.submission import Level
from scoring.wording import eligibility

_SHOWN = 16  # of a fingerprint
ONLY_ADDED = "只因新增要求、县里尚未填报"
ADDED, JUDGED = "新增要求，尚未填报", "已填内容判断不同"
CAUSES: Mapping[Cause, str] = {"added": ADDED, "judged": JUDGED, "removed": "现有指标取消"}
REDEFINED = "下列各项编号未变而口径已变，县里所填的数仍按原口径，预演照数判断，请核对："
FOLLOWING = "标准改动后，下列地方文件的对照、计分办法需要同时修改（不影响预演）："


def headline(rules: ReplacedRules) -> str:
    """What is rehearsed in the place of what, with the fingerprints; a round may keep another edition of the old."""
    old, new = rules.old, rules.new
    as_kept = [f"批次“{name}”所采用的{_named(kept, new)}，{many} 件" for (_, name, kept), many in rules.replaced]
    installed = all(kept.fingerprint == old.fingerprint for (_, _, kept), _ in rules.replaced)
    return f"以{_named(new)}代替{_named(old, new) if installed else '；'.join(as_kept)}"


def _named(standard: Standard, told: Standard | None = None) -> str:
    """《题名》（编号，指纹）; the title is not said again where it is ``told`` already."""
    mark = f"指纹 {standard.fingerprint[:_SHOWN]}"
    if told is not None and (told.id, told.title) == (standard.id, standard.title):
        return f"原来的内容（{mark}）"
    return f"《{standard.title}》（{standard.id}，{mark}）"


def summary(counts: Counts) -> str:
    """The whole in one sentence, also how many change for nothing but new requirements."""
    rows, added, lost = sum(counts.verdicts.values()), sum(counts.added.values()), counts.lost_eligibility
    only_added = f"，其中 {counts.only_added} 件{ONLY_ADDED}" if counts.only_added else ""
    changes = "，".join(
        f"{transition(*pair)} {count} 项{_of_these(counts.added.get(pair, 0), count, '项') if added != rows else ''}"
        for pair, count in counts.verdicts.items()
    )
    return (
        f"共 {counts.submissions} 件申报，{counts.changed} 件有变化{only_added}："
        f"总结论由符合变为尚不符合 {lost} 件{_of_these(counts.lost_only_added, lost, '件')}，"
        f"由尚不符合变为符合 {counts.became_eligible} 件；"
        f"指标和一票否决的结论改变 {rows} 项{_of_these(added, rows, '项')}{changes and f'；按结论分：{changes}'}。"
    )


def _of_these(added: int, of: int, unit: str) -> str:
    return f"（{f'其中 {added} {unit}' if added < of else '均'}{ONLY_ADDED}）" if added else ""


def cause_words(change: RowChange) -> str:
    """Of what was answered and is judged otherwise: the threshold that moved, beside the county's figure, else the
    words that changed.
    """
    in_the_way = {reason.measure for result in (change.before, change.after) for reason in reasons(result)}
    thresholds = [part for part in change.revisions if part.part == "threshold" and part.id in in_the_way]
    told = thresholds or [part for part in change.revisions if part.part == "statement"]
    revised = "；".join(part.words(change.figure(part.id)) for part in told)
    return revised if change.cause == "judged" and revised else CAUSES[change.cause]


def reasons(result: Result | None, effect: ReasonEffect = "blocks") -> tuple[Reason, ...]:
    """Those of a row that have this effect; of a row that is not there none."""
    return tuple(reason for reason in result.reasons if reason.effect == effect) if result is not None else ()


def transition(before: str, after: str) -> str:
    """由甲变为乙; a row that is not there on one side is new or gone."""
    if not before:
        return f"新增（{after}）"
    return f"由{before}变为{after}" if after else f"取消（原{before}）"


def rows_changed(rehearsal: Rehearsal) -> list[dict[str, str]]:
    """A line for each row that changes, by column: what the command prints, the page shows and the files hold.

    Cells quote what people typed: show them with ``indicators.reading.visible``.
    """
    return [
        {
            "县": one.division.name,
            "行政区划代码": one.division.code,
            "申报": one.name,
            "总结论": _total(one, rehearsal.level),
            "标准": change.standard.short_name,
            "编号": change.id,
            "原结论": change.names[0] or "（新增）",
            "预演结论": change.names[1] or "（取消）",
            "原因": cause_words(change),
            "预演的理由": _why(change.after),
            "原来的理由": _why(change.before),
        }
        for one in rehearsal.submissions
        for change in one.rows
    ]


def _total(one: Rehearsed, level: Level) -> str:
    before, after = (eligibility(level, eligible=eligible) for eligible in one.eligible)
    total = f"{before}（不变）" if before == after else f"{before} → {after}"
    return f"{total}，{ONLY_ADDED}" if one.only_added else total


def _why(result: Result | None) -> str:
    return " ".join(reason.text for reason in reasons(result) or reasons(result, "holds"))


def as_lines(rehearsal: Rehearsal, rules: ReplacedRules) -> Iterator[str]:
    """What a person reads. Reasons quote what people typed: show them with ``indicators.reading.visible``."""
    level = rules.new.vocabulary.label("levels", rehearsal.level)
    yield f"规则预演：{headline(rules)}　{level}"
    yield summary(rehearsal.counts)
    by_submission = groupby(rows_changed(rehearsal), itemgetter("县", "行政区划代码", "申报", "总结论"))
    for (county, code, name, total), rows in by_submission:
        yield from ("", f"{county}（{code}）　{name}", f"  总结论：{total}")
        for row in rows:
            yield "  [{标准}] {编号} {原结论} → {预演结论}（{原因}）".format_map(row)
            yield from (f"    {column}：{row[column]}" for column in ("原来的理由", "预演的理由") if row[column])
    sections = (
        (f"没有列入的 {len(rehearsal.skipped)} 件：", [f"{skip.name}：{skip.why}" for skip in rehearsal.skipped]),
        (REDEFINED, texts(redefinition_lines(rules.redefined))),
        (FOLLOWING, list(rules.notes)),
        ("规则本身的不同：", texts(rules.lines)),
    )
    for heading, lines in sections:
        if lines:
            yield from ("", heading, *(f"  {line}" for line in lines))
    if not rules.lines:
        yield from ("", "规则本身：逐条比较，内容相同。")


def as_json(rehearsal: Rehearsal, rules: ReplacedRules) -> dict[str, Any]:
    """``{instead_of, rounds, new, level, counts, submissions, skipped, notes, redefined, rules}``.

    A verdict is null where no such row is; ``cause`` of a row is added | judged | removed; ``revisions``: thresholds
    that moved, and the statement where it differs.
    """
    counts = asdict(rehearsal.counts)
    verdicts, added = counts.pop("verdicts"), counts.pop("added")
    counts["rows"] = [
        _sides([name or None for name in pair]) | {"count": count, "added": added.get(pair, 0)}
        for pair, count in verdicts.items()
    ]
    old, new = (
        {name: getattr(standard, name) for name in ("id", "title", "fingerprint")}
        for standard in (rules.old, rules.new)
    )
    return {
        "instead_of": old,
        "rounds": [
            {"id": round_id, "fingerprint": kept.fingerprint, "submissions": many}
            for (round_id, _, kept), many in rules.replaced
        ],
        "new": new,
        "level": rehearsal.level,
        "counts": counts,
        "submissions": [
            {
                "name": one.name,
                "division": {"code": one.division.code, "name": one.division.name},
                "only_added": one.only_added,
                "eligible": _sides(one.eligible),
                "standards": {standard: _sides(eligible) for standard, eligible in one.standards.items()},
                "rows": [_row(change) for change in one.rows],
            }
            for one in rehearsal.submissions
        ],
        "skipped": [{"name": skip.name, "reason": skip.why} for skip in rehearsal.skipped],
        "notes": list(rules.notes),
        "redefined": [asdict(meaning) for meaning in rules.redefined],
        "rules": texts(rules.lines),
    }


def _row(change: RowChange) -> dict[str, Any]:
    results = change.before, change.after
    told = [[{"code": r.code, "basis": r.basis, "text": r.text} for r in reasons(result)] for result in results]
    return {
        "standard": change.standard.id,
        "id": change.id,
        "kind": "veto" if isinstance(change.after or change.before, VetoResult) else "indicator",
        "cause": change.cause,
        "revisions": [
            {"part": part.part, "id": part.id, **_sides((part.old, part.new)), "figure": change.figure(part.id)}
            for part in change.revisions
        ],
        **_sides([result.outcome if result else None for result in results]),
        **_sides(told, of="reasons_"),
    }


def _sides(pair: Sequence[object], of: str = "") -> dict[str, object]:
    return {f"{of}before": pair[0], f"{of}after": pair[1]}
