"""What 换用现行规则 changed in the rules themselves, row by row: kept once for the round, told to each of its counties.

Kept in the audit log: words of the rules, ids of rows, nothing of a county.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Required, TypedDict, cast

from indicators.model.rule_changes import RevisedPart, Revision, RowFate, RowRevised
from storage.acts import Act
from storage.store import Transaction

Revised = tuple[RowRevised, ...]


class RevisionDetail(TypedDict, total=False):
    """A `Revision` without its empty fields."""

    part: Required[RevisedPart]
    id: str
    label: str
    old: str
    new: str
    standards: Sequence[str]


class RowDetail(TypedDict):
    """A `RowRevised`."""

    row: str
    fate: RowFate
    revisions: list[RevisionDetail]


class RulesDetail(TypedDict):
    """What the audit log keeps of it."""

    rows: list[RowDetail]


ACTION = Act[RulesDetail]("round.rules")


def note_revised(tx: Transaction, round_id: str, revised: Revised) -> None:
    """Write it beside the change itself, in the same transaction; nothing where no row is revised."""
    rows = [RowDetail(row=each.row, fate=each.fate, revisions=[*map(_told, each.revisions)]) for each in revised]
    if rows:
        tx.audit.append(ACTION, f"round/{round_id}", RulesDetail(rows=rows))


def revised_by_moment(tx: Transaction) -> dict[tuple[str, datetime], Revised]:
    """Round id and the moment of the change → what it revised. Changes from before this was kept are not there."""
    return {
        (entry.subject.removeprefix("round/"), entry.at): tuple(map(_read, entry.detail_as(ACTION)["rows"]))
        for entry in tx.audit.entries(action=ACTION, limit=None)
    }


def rows_of(revised: Iterable[RowRevised], fate: str) -> tuple[str, ...]:
    """The ids of the rows that came, went or were changed."""
    return tuple(row.row for row in revised if row.fate == fate)


def revised_words(revised: Revised, *, but: Sequence[str] = ()) -> str:
    """规则有改动的指标 1 项：3.3.2，请核对。 Rows that came or went are told with what they do to the county.

    ``but``: rows that are told of otherwise.
    """
    rows = [row_id for row_id in rows_of(revised, "changed") if row_id not in but]
    return f"规则有改动的指标 {len(rows)} 项：{'、'.join(rows)}，改了什么见各项。" if rows else ""


def revision_words(revision: Revision, figure: str | None = None) -> str:
    """A line at the row: “报销比例”门槛由“不低于70%”改为“不低于80%”，所填73.8%。 ``figure``: the county's own."""
    words = _said(revision)
    if revision.part == "threshold" and figure:
        words += f"，所填 {figure}"
    named = f"{'、'.join(revision.standards)}：" if revision.standards else ""
    return f"{named}{words}。"


def _said(revision: Revision) -> str:
    if revision.part == "evidence":
        return f"新增必需材料“{revision.label}”" if revision.new else f"材料“{revision.label}”不再必需"
    if revision.part == "row":
        return "新列入本项" if revision.new else "不再列入本项"
    if revision.part == "measure" and not (revision.old and revision.new):
        asked = f"（要求{revision.new}）" if revision.new and revision.new != revision.label else ""
        return f"新增填报项“{revision.label}”{asked}" if revision.new else f"取消填报项“{revision.label}”"
    what = {
        "statement": "原文",
        "condition": "适用条件",
        "threshold": f"“{revision.label}”门槛",
        "measure": f"填报项“{revision.label}”",
    }[revision.part]
    return f"{what}由“{revision.old or '无'}”改为“{revision.new or '无'}”"


def _told(revision: Revision) -> RevisionDetail:
    filled = {name: value for name, value in asdict(revision).items() if value}
    return cast("RevisionDetail", filled)  # the same names


def _read(row: RowDetail) -> RowRevised:
    return RowRevised(row["row"], row["fate"], tuple(map(_revision, row["revisions"])))


def _revision(told: RevisionDetail) -> Revision:
    words = (told.get("id", ""), told.get("label", ""), told.get("old", ""), told.get("new", ""))
    return Revision(told["part"], *words, tuple(told.get("standards", ())))
