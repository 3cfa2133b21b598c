"""Merging: a standard of its own, or one that `extends` another and holds only what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indicators.building.drafts import FileDraft, Origin, RowDraft, StandardDraft
from indicators.building.schema import AtEndDaysIn, CrossCheckIn, FactIn, SectionIn, StandardIn
from indicators.reading.located import Located
from indicators.reading.problems import Problem

ADDITIVE = ("evidence_add", "evidence_remove", "policy_basis_add", "policy_basis_remove")
WHOLE_ROW = ("label", "statement", "measures", "evidence", "policy_basis", "methods", "methods_inherited")
_FILE_KEYS = {"methods", "methods_inherited"}


@dataclass(slots=True)
class Merged:
    """A standard with its base's rows merged in; every value knows where it was written.

    ``manifest``: the file that lists the rows' order.
    """

    header: StandardIn
    located: Located
    manifest: Located
    sections: list[SectionIn]
    vetoes: list[str]
    documents: dict[str, str]
    facts: dict[str, tuple[FactIn, Origin]]
    rows: dict[str, RowDraft]
    broken_rows: set[str] = field(default_factory=set)
    cross_checks: dict[str, tuple[CrossCheckIn, Origin]] = field(default_factory=dict)
    at_end_days: AtEndDaysIn | None = None


def merge(draft: StandardDraft, base: Merged | None, problems: list[Problem]) -> Merged:
    """The draft laid over its base; what cannot be merged goes to ``problems`` and is left out."""
    header = draft.header
    place = draft.located
    merged = Merged(header, place, place, header.sections, header.vetoes, dict(header.documents), {}, {})
    merged.broken_rows = set(draft.broken_rows)
    merged.at_end_days = header.at_end_days or (None if base is None else base.at_end_days)
    if base is not None:
        _inherit(merged, base)
        problems += _remove(merged, draft)
    problems += _facts(merged, draft)
    problems += _cross_checks(merged, draft)
    seen: dict[str, RowDraft] = {}
    for file in draft.files:
        if base is not None:
            _apply_header(merged, file)
        for row in file.rows:
            if row.id in seen:
                message = f"编号“{row.id}”重复（{_place(seen[row.id])}已有）；每条只写一次，请合并或改正"
                problems.append(row.problem(("id",), message))
                continue
            seen[row.id] = row
            problems += _change(merged, row) if row.id in merged.rows else _add(merged, row, file, base)
    return merged


def _place(row: RowDraft) -> str:
    located, path = row.origins[("id",)]
    return f"{Path(located.name).name} 第{located.position(path)[0]}行"


def _inherit(merged: Merged, base: Merged) -> None:
    written = merged.header.model_fields_set
    if "sections" not in written:
        merged.manifest, merged.sections = base.manifest, base.sections
    if "vetoes" not in written:
        merged.vetoes = base.vetoes
    merged.documents = {**base.documents, **merged.documents}
    merged.facts = dict(base.facts)
    merged.cross_checks = dict(base.cross_checks)
    # 基准标准列了而没写的条，缺漏已在基准处指明。
    listed = {row_id for section in base.sections for topic in section.topics for row_id in topic.indicators}
    merged.broken_rows |= base.broken_rows | (listed | set(base.vetoes)).difference(base.rows)
    for row in base.rows.values():
        merged.rows[row.id] = RowDraft(row.id, row.group, dict(row.values), dict(row.origins))


def _remove(merged: Merged, draft: StandardDraft) -> Iterator[Problem]:
    gone = set(merged.header.remove)
    for index, row_id in enumerate(merged.header.remove):
        if merged.rows.pop(row_id, None) is None and row_id not in merged.broken_rows:
            yield draft.located.problem(("remove", index), f"基准标准没有“{row_id}”；请改正编号或删去这一项")
    merged.vetoes = [row_id for row_id in merged.vetoes if row_id not in gone]
    merged.sections = [_without(section, gone) for section in merged.sections]


def _without(section: SectionIn, gone: set[str]) -> SectionIn:
    topics = [
        topic.model_copy(update={"indicators": [row_id for row_id in topic.indicators if row_id not in gone]})
        for topic in section.topics
    ]
    return section.model_copy(update={"topics": [topic for topic in topics if topic.indicators]})


def _facts(merged: Merged, draft: StandardDraft) -> Iterator[Problem]:
    own: set[str] = set()
    for index, fact in enumerate(draft.header.facts):
        if fact.id in own:
            yield draft.located.problem(("facts", index, "id"), f"县情“{fact.id}”重复；请合并或删去其一")
        elif fact.id in merged.facts and merged.facts[fact.id][0].kind != fact.kind:
            message = f"县情“{fact.id}”在基准标准中是 {merged.facts[fact.id][0].kind} 类；请换一个编号"
            yield draft.located.problem(("facts", index, "kind"), message)
            continue
        own.add(fact.id)
        merged.facts[fact.id] = (fact, (draft.located, ("facts", index)))


def _cross_checks(merged: Merged, draft: StandardDraft) -> Iterator[Problem]:
    """What the overlay takes away, then its own; to change one, take it away and write it anew."""
    for index, gone in enumerate(draft.header.cross_checks_remove):
        if draft.header.extends is not None and merged.cross_checks.pop(gone, None) is None:
            message = f"基准标准没有互核“{gone}”；请改正编号或删去这一项"
            yield draft.located.problem(("cross_checks_remove", index), message)
    for index, check in enumerate(draft.header.cross_checks):
        if check.id in merged.cross_checks:
            inherited = merged.cross_checks[check.id][1][0] is not draft.located
            advice = "要改写的，请先列入 cross_checks_remove" if inherited else "请合并或换一个编号"
            yield draft.located.problem(("cross_checks", index, "id"), f"互核“{check.id}”重复；{advice}")
            continue
        merged.cross_checks[check.id] = (check, (draft.located, ("cross_checks", index)))


def _apply_header(merged: Merged, file: FileDraft) -> None:
    for row in merged.rows.values():
        if row.group == file.group:
            for key, value in file.header.items():
                row.values[key] = value
                row.origins[(key,)] = (file.located, (key,))


def _add(merged: Merged, row: RowDraft, file: FileDraft, base: Merged | None) -> Iterator[Problem]:
    if row.id in merged.broken_rows:
        return
    usable = True
    for key in ADDITIVE:
        if key in row.values:
            usable = False
            yield row.problem((key,), f"“{key}”只能用来改基准标准已有的指标；请直接写“{key.rsplit('_', 1)[0]}”")
    fresh = {**file.header, **row.values}
    missing = [key for key in WHOLE_ROW if fresh.get(key) is None]
    if missing:
        usable = False
        place = "文件开头或本条" if _FILE_KEYS & set(missing) else "本条"
        lead = f"基准标准没有“{row.id}”，新增的指标须写全；" if base is not None else ""
        named = "".join(f"“{key}”" for key in missing)
        yield row.problem(("id",), f"{lead}缺少{named}；请在{place}补上")
    if not usable:
        merged.broken_rows.add(row.id)
        return
    origins = dict(row.origins)
    for key in file.header:
        origins.setdefault((key,), (file.located, (key,)))
    merged.rows[row.id] = RowDraft(row.id, file.group, fresh, origins)


def _change(merged: Merged, change: RowDraft) -> Iterator[Problem]:
    row = merged.rows[change.id]
    if change.group != row.group:
        yield change.problem(("id",), f"“{change.id}”在基准标准中属于内容“{row.group}”；请移到该内容的文件")
        return
    # Where a statement changes its figures may change with it: 滇 5.4.1 still matches a quote and yet means less.
    if "statement" in change.values and "measures" not in change.values:
        yield change.problem(("statement",), "改了原文（statement）就须把测量项（measures）全部重写；请补上 measures")
        merged.broken_rows.add(merged.rows.pop(change.id).id)
        return
    if "source" not in change.values:
        row.values.pop("source", None)
    row.origins[()] = change.origins[()]
    for key, value in change.values.items():
        if key not in ADDITIVE:
            row.values[key] = value
            for path in [path for path in row.origins if path[:1] == (key,)]:
                del row.origins[path]
            row.origins[(key,)] = change.origins[(key,)]
    yield from _splice(row, change, "evidence", "id")
    yield from _splice(row, change, "policy_basis", "clause")


def _splice(row: RowDraft, change: RowDraft, key: str, name: str) -> Iterator[Problem]:
    """Apply ``<key>_remove`` and ``<key>_add``, keeping the place of every entry."""
    removals: list[str] = change.values.get(f"{key}_remove", [])
    additions: list[Any] = change.values.get(f"{key}_add", [])
    if not removals and not additions:
        return
    if key in change.values:
        yield change.problem((key,), f"“{key}”与“{key}_add”“{key}_remove”不能同时写；请只用一种")
        return
    entries = list(_entries(row, key))
    present = {getattr(entry, name) for entry, _ in entries}
    for index, gone in enumerate(removals):
        if gone not in present:
            yield change.problem((f"{key}_remove", index), f"基准标准的本条没有“{gone}”；请改正或删去")
    entries = [(entry, origin) for entry, origin in entries if getattr(entry, name) not in removals]
    located, base_path = change.origins.get((f"{key}_add",), change.origins[()])
    entries += [(entry, (located, (*base_path, index))) for index, entry in enumerate(additions)]
    row.values[key] = [entry for entry, _ in entries]
    for path in [path for path in row.origins if path[:1] == (key,)]:
        del row.origins[path]
    for index, (_, origin) in enumerate(entries):
        row.origins[(key, index)] = origin


def _entries(row: RowDraft, key: str) -> Iterable[tuple[Any, Origin]]:
    for index, entry in enumerate(row.values[key]):
        if (key, index) in row.origins:
            yield entry, row.origins[(key, index)]
        else:
            located, base = row.origins[(key,)]
            yield entry, (located, (*base, index))
