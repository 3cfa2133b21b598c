"""The checks of a whole standard and of standards among each other: manifest, ids, facts, mended, shared meanings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from indicators.building.overlay import Merged
from indicators.building.schema import TopicIn
from indicators.checking.shared_answers import measure_conflict
from indicators.model import Indicator, Measure, Vocabulary
from indicators.model.standard import name_in_title
from indicators.reading.problems import Problem

_FACT_FIELDS: Mapping[str, tuple[str | None, tuple[str, ...]]] = {
    "number": ("unit", ("options",)),
    "choice": ("options", ("unit", "given_by")),
    "yes_no": (None, ("unit", "options", "given_by")),
    "judged": (None, ("unit", "options", "given_by")),
}
# Facts the program fills in by the division's code; a standard may ask for them, in this kind only.
_FILLED_IN: Mapping[str, str] = {"has_prefecture": "yes_no"}
_VETO_ID = re.compile(r"V[1-9][0-9]*")
_LONGEST_SHORT_TITLE = 12  # 字：要并排写在表头和标签里


def check_manifest(merged: Merged) -> Iterator[Problem]:
    """The order in ``standard.yaml`` names exactly the rows that are there, each in its own topic."""
    listed: set[str] = set()
    if not merged.sections:
        yield merged.located.problem((), "缺少“sections”；请按 项目→内容→指标 列出各条的顺序")
    for topic, path, section_id in _topics(merged):
        if not _numbered(topic.id, section_id):
            yield merged.manifest.problem((*path, "id"), f"内容编号应为“{section_id}.序号”；请改正“{topic.id}”")
        for i, row_id in enumerate(topic.indicators):
            place = (*path, "indicators", i)
            if not _numbered(row_id, topic.id):
                yield merged.manifest.problem(place, f"指标编号应为“{topic.id}.序号”；请改正“{row_id}”")
            yield from _entry(merged, row_id, topic.id, place, listed)
    for i, row_id in enumerate(merged.vetoes):
        if not _VETO_ID.fullmatch(row_id):
            yield merged.manifest.problem(("vetoes", i), f"一票否决的编号应为 V1、V2……；请改正“{row_id}”")
        yield from _entry(merged, row_id, "vetoes", ("vetoes", i), listed)
    for row in merged.rows.values():
        if row.id not in listed:
            key = "vetoes" if row.group == "vetoes" else "sections"
            yield row.problem(("id",), f"“{row.id}”没有列入 standard.yaml 的 {key}；请列入或删去本条")


def _numbered(inner: str, outer: str) -> bool:
    return re.fullmatch(re.escape(outer) + r"\.[1-9][0-9]*", inner) is not None


def _topics(merged: Merged) -> Iterator[tuple[TopicIn, tuple[str | int, ...], str]]:
    for s, section in enumerate(merged.sections):
        for t, topic in enumerate(section.topics):
            yield topic, ("sections", s, "topics", t), section.id


def _entry(
    merged: Merged, row_id: str, group: str, place: tuple[str | int, ...], listed: set[str]
) -> Iterator[Problem]:
    if row_id in listed:
        yield merged.manifest.problem(place, f"“{row_id}”列了两次；请删去一处")
    listed.add(row_id)
    row = merged.rows.get(row_id)
    if row is None:
        if row_id not in merged.broken_rows:
            yield merged.manifest.problem(place, f"没有“{row_id}”这一条；请在内容“{group}”的文件里写上，或从顺序中删去")
    elif row.group != group:
        message = f"“{row_id}”写在内容“{row.group}”的文件里，standard.yaml 列在“{group}”；请移到同一处"
        yield row.problem(("id",), message)


def check_header(merged: Merged, rows: Mapping[str, Indicator], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Source, facts and mended of ``standard.yaml`` itself."""
    header, located = merged.header, merged.located
    if header.source.document not in merged.documents:
        message = f"文件“{header.source.document}”未列入 documents；请补上或改正"
        yield located.problem(("source", "document"), message)
    if header.remove and header.extends is None:
        yield located.problem(("remove",), "“remove”只用于叠加标准（extends）；请删去")
    short = header.short_title or ""
    if len(short) > _LONGEST_SHORT_TITLE:
        message = f"简称有{len(short)}字，最多{_LONGEST_SHORT_TITLE}字；请缩短，如“云南标准”"
        yield located.problem(("short_title",), message)
    yield from _facts(merged, rows, vocabulary)
    yield from _judged_as(merged, vocabulary)
    for index, mended in enumerate(header.mended):
        row = rows.get(mended.at)
        if row is None:
            if mended.at not in merged.broken_rows:
                yield located.problem(("mended", index, "at"), f"没有“{mended.at}”这一条；请改正编号")
        elif _dense(mended.mended) not in _dense(row.statement):
            message = f"更正后的“{mended.mended}”在 {mended.at} 的原文中没有；请改成一致"
            yield located.problem(("mended", index, "mended"), message)


def _dense(text: str) -> str:
    return "".join(text.split())


def _judged_as(merged: Merged, vocabulary: Vocabulary) -> Iterator[Problem]:
    """It is one of the fact's own options."""
    for fact, (located, path) in merged.facts.values():
        options = vocabulary.lists.get(fact.options or "", {})
        if fact.judged_as is not None and fact.judged_as not in options:
            advice = f"可写 {'、'.join(options)}" if options else "只用于选项类县情，请删去"
            yield located.problem((*path, "judged_as"), f"“{fact.judged_as}”不是“{fact.id}”的选项；{advice}")


def _facts(merged: Merged, rows: Mapping[str, Indicator], vocabulary: Vocabulary) -> Iterator[Problem]:
    statements = [row.statement for row in rows.values()]
    for fact, (located, path) in merged.facts.values():
        needed, refused = _FACT_FIELDS[fact.kind]
        if needed is not None and getattr(fact, needed) is None:
            yield located.problem(path, f"{fact.kind} 类县情缺少“{needed}”；请补上")
        for key in refused:
            if getattr(fact, key) is not None:
                yield located.problem((*path, key), f"{fact.kind} 类县情不用“{key}”；请删去")
        if _FILLED_IN.get(fact.id, fact.kind) != fact.kind:
            message = f"“{fact.id}”由程序按行政区划代码填，须是 {_FILLED_IN[fact.id]} 类；请改正，问别的事请换一个编号"
            yield located.problem((*path, "kind"), message)
        if fact.options is not None and fact.options not in vocabulary.lists:
            yield located.problem((*path, "options"), f"词表中没有“{fact.options}”；请在 vocabulary.yaml 列出或改正")
        if fact.unit is not None and fact.unit not in vocabulary.lists.get("units", {}):
            known = "、".join(vocabulary.lists.get("units", {}))
            yield located.problem((*path, "unit"), f"“{fact.unit}”不在词表 units 中；可写 {known}")
        for index, quote in enumerate(fact.quotes):
            # An inherited fact is held to the standard that declares it: an overlay may drop the row it comes from.
            own = located is merged.located and not merged.broken_rows
            if own and not any(quote in statement for statement in statements):
                yield located.problem((*path, "quotes", index), f"引文“{quote}”在各条原文中都没有；请照原文抄录")


def check_shared_meanings(standards: Mapping[str, tuple[Merged, Mapping[str, Indicator]]]) -> Iterator[Problem]:
    """A measure id of a row means the same in every standard: one answer feeds them all."""
    first: dict[tuple[str, str], tuple[Measure, str]] = {}
    for standard_id, (merged, rows) in standards.items():
        for row in rows.values():
            ids = [measure.id for measure in row.measures]
            for index, measure in enumerate(row.measures):
                if measure.id in ids[:index]:
                    continue  # a duplicate within the row is named as such
                known, where = first.setdefault((row.id, measure.id), (measure, standard_id))
                difference = measure_conflict(known, measure)
                if difference is not None:
                    key, theirs, here = difference
                    yield merged.rows[row.id].problem(
                        ("measures", index, *key),
                        f"“{measure.id}”在 {where} 中{theirs}，这里{here}；意思不同的测量项请换一个编号",
                    )


def check_short_titles(standards: Mapping[str, tuple[Merged, Mapping[str, Indicator]]]) -> Iterator[Problem]:
    """Standards are told apart by their short names wherever they stand beside one another."""
    headers = {standard_id: merged.header for standard_id, (merged, _) in standards.items()}
    named = [standard_id for standard_id, header in headers.items() if header.short_title is not None]
    first: dict[str, str] = {}
    for standard_id in (*named, *(other_id for other_id in headers if other_id not in named)):
        header, located = headers[standard_id], standards[standard_id][0].located
        short = header.short_title or name_in_title(header.title)
        if first.setdefault(short, standard_id) == standard_id:
            continue
        other = first[short]
        if header.short_title is not None:
            message = f"简称“{short}”与 {other} 的相同；请换一个，以便分清"
            yield located.problem(("short_title",), message)
        else:
            message = f"没有写简称，从名称取得的“{short}”与 {other} 的相同；请加一行 short_title，以便分清"
            yield located.problem(("title",), message)


def check_shared_facts(standards: Mapping[str, tuple[Merged, Mapping[str, Indicator]]]) -> Iterator[Problem]:
    """A fact is asked once per county, so its id asks for the same kind of thing in every standard."""
    first: dict[str, tuple[tuple[str | None, ...], str]] = {}
    for standard_id, (merged, _) in standards.items():
        for fact, (located, path) in merged.facts.values():
            question = (fact.kind, fact.unit, fact.options)
            known, where = first.setdefault(fact.id, (question, standard_id))
            if known != question:
                words = "、".join(word for word in known if word is not None)
                message = f"县情“{fact.id}”在 {where} 中是 {words}；每县只填一次，请改成一致，意思不同的换一个编号"
                yield located.problem(path, message)
