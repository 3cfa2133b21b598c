"""Checks of our own keys in policy documents: ``divisions``, ``held_by``, ``reads``, ``compare``, ``shortfalls``.

`check_readings` needs the document only; `check_against_standards` the installed standards too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.building.build import build_fact, build_row
from indicators.building.build_documents import build_answer_ref
from indicators.building.overlay import Merged
from indicators.building.schema_documents import CommitmentIn, PolicyIn, ShortfallIn
from indicators.checking.kinds import Fault
from indicators.model import AnswerRef, Fact, Indicator, Measure
from indicators.reading.located import KeyPath, Located
from indicators.reading.problems import Problem

_PREFIX = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")
_FIGURES = ("amount", "ratio", "count")
# What a commitment of each kind can be compared with. 文件印有数字的与数字比，没有数字的看是否做到。
_MEASURES: Mapping[str, tuple[str, ...]] = {
    "amount": ("amount",),
    "ratio": ("coverage", "rate"),
    "count": ("count", "coverage"),
    "deadline": ("yes_no", "coverage", "all_of", "some_of", "judgement"),
    "duty": ("yes_no", "coverage", "all_of", "some_of", "zero", "judgement"),
}
_FACTS: Mapping[str, tuple[str, ...]] = {
    "amount": ("number",),
    "ratio": ("number",),
    "count": ("number",),
    "deadline": ("yes_no", "judged"),
    "duty": ("yes_no", "judged"),
}


@dataclass(frozen=True, slots=True)
class Installed:
    """What one standard has: its rows and facts as far as they could be read, and the ids of rows with faults."""

    rows: Mapping[str, Indicator]
    facts: Mapping[str, Fact]
    broken_rows: frozenset[str]


def installed(merged: Mapping[str, Merged]) -> dict[str, Installed]:
    """The merged standards' rows and facts by standard id, without veto rows: no commitment reads those."""
    return {
        standard_id: Installed(
            {row.id: build_row(standard, row) for row in standard.rows.values() if row.group != "vetoes"},
            {fact_id: build_fact(fact) for fact_id, (fact, _) in standard.facts.items()},
            frozenset(standard.broken_rows),
        )
        for standard_id, standard in merged.items()
    }


def check_readings(policy: PolicyIn) -> Iterator[Fault]:
    """Faults of these keys that the document alone shows."""
    for index, prefix in enumerate(policy.divisions):
        if not _PREFIX.fullmatch(prefix):
            yield ("divisions", index), f'“{prefix}”写法不对；请写行政区划代码的前2、4或6位，加引号，如 "5104"'
        elif _whole_area(prefix) != prefix:
            yield ("divisions", index), f'“{prefix}”末两位是00，没有一个县这样开头；请写作 "{_whole_area(prefix)}"'
        elif prefix in policy.divisions[:index]:
            yield ("divisions", index), f"“{prefix}”重复；请删去一处"
    by_id = {commitment.id: commitment for clause in policy.clauses for commitment in clause.commitments}
    for c, clause in enumerate(policy.clauses):
        for i, commitment in enumerate(clause.commitments):
            for below, message in _commitment(commitment, by_id):
                yield ("clauses", c, "commitments", i, *below), message


def _whole_area(code: str) -> str:
    """``510400`` → ``5104``, ``500000`` → ``50``: the part all of an area's counties begin with."""
    return re.sub(r"(?<=^[0-9]{2})(00)+$|(?<=^[0-9]{4})00$", "", code)


def _commitment(commitment: CommitmentIn, by_id: Mapping[str, CommitmentIn]) -> Iterator[Fault]:
    if commitment.compare is not None and commitment.kind not in _FIGURES:
        yield ("compare",), f"“{commitment.kind}”没有数字可比；请删去“compare”"
    if commitment.held_by == "above":
        for key in ("reads", "same_figure_as"):
            if getattr(commitment, key) is not None:
                yield (key,), f"上级承担的承诺不问县里；请删去“{key}”，或把 held_by 改为 county"
        return
    if commitment.reads is not None and commitment.same_figure_as is not None:
        yield ("same_figure_as",), "“reads”和“same_figure_as”只写一个；请删去一个"
    elif commitment.same_figure_as is not None:
        yield from _same_figure(commitment, commitment.same_figure_as, by_id)


def _same_figure(commitment: CommitmentIn, named: str, by_id: Mapping[str, CommitmentIn]) -> Iterator[Fault]:
    other = by_id.get(named)
    if other is None:
        yield ("same_figure_as",), f"本文件没有承诺“{named}”；请改正编号"
    elif other.id == commitment.id:
        yield ("same_figure_as",), "不能沿用自己的数字；请写另一条承诺的编号"
    elif other.held_by == "above":
        yield ("same_figure_as",), f"“{named}”由上级承担，不问县里；请写问县里的承诺"
    elif other.same_figure_as is not None:
        yield ("same_figure_as",), f"“{named}”也是沿用的；请直接写 {other.same_figure_as}"
    elif (other.kind, other.unit) != (commitment.kind, commitment.unit):
        yield ("same_figure_as",), f"与“{named}”所填的不是同一种；类型、单位须一致，请改正或删去"


def check_against_standards(
    policy: PolicyIn, located: Located, installed: Mapping[str, Installed], *, complete: bool
) -> Iterator[Problem]:
    """``reads`` and ``shortfalls`` name what an installed standard has, in its words.

    Not ``complete``: a standard could not be read, so that what is missing may only be unread.
    """
    for c, clause in enumerate(policy.clauses):
        for i, commitment in enumerate(clause.commitments):
            if commitment.reads is not None and commitment.held_by == "county":
                path: KeyPath = ("clauses", c, "commitments", i, "reads")
                answer = build_answer_ref(commitment.reads)
                for message in _reads(commitment, answer, tuple(installed.values()), complete):
                    yield located.problem(path, message)
        for i, shortfall in enumerate(clause.shortfalls):
            for key, message in _shortfall(shortfall, clause.text, tuple(installed.values()), complete):
                yield located.problem(("clauses", c, "shortfalls", i, key), message)


def _reads(
    commitment: CommitmentIn, answer: AnswerRef, standards: Sequence[Installed], complete: bool
) -> Iterator[str]:
    if answer.fact is not None:
        facts = [standard.facts[answer.fact] for standard in standards if answer.fact in standard.facts]
        if facts:
            yield from _fits_fact(commitment, facts[0])
        elif complete:
            yield f"已安装的标准都没有县情“{answer.fact}”；请改正编号"
        return
    row_id, measure_id = answer.row or "", answer.measure or ""
    rows = [standard.rows[row_id] for standard in standards if row_id in standard.rows]
    measures = [measure for row in rows if (measure := row.measure(measure_id)) is not None]
    if measures:
        yield from dict.fromkeys(message for measure in measures for message in _fits_measure(commitment, measure))
    elif rows:
        known = "、".join(dict.fromkeys(measure.id for row in rows for measure in row.measures))
        yield f"指标 {row_id} 没有测量项“{measure_id}”；可写 {known}"
    elif complete and not any(row_id in standard.broken_rows for standard in standards):
        yield f"已安装的标准都没有指标“{row_id}”；请改正编号，或把有这一条的标准放进规则文件夹"


def _fits_measure(commitment: CommitmentIn, measure: Measure) -> Iterator[str]:
    allowed = _MEASURES[commitment.kind]
    if measure.kind not in allowed:
        kinds = "、".join(allowed)
        yield f"“{commitment.kind}”不能与 {measure.kind} 类的“{measure.id}”相比；请改读 {kinds} 类，或删去“reads”"
    elif commitment.kind in {"amount", "count"} and measure.kind != "coverage":
        unit = f"{measure.unit}/年" if measure.yearly else measure.unit
        if commitment.unit != unit:
            yield f"单位是“{commitment.unit}”，“{measure.id}”是“{unit}”；请改读单位相同的，或删去“reads”"
    elif commitment.kind == "count":
        yield from _fits_coverage(commitment, measure)


def _fits_coverage(commitment: CommitmentIn, measure: Measure) -> Iterator[str]:
    """每个乡镇至少1名 is answered by the townships that have one: the members reach the printed number."""
    least = measure.each.at_least if measure.each is not None else 1
    if commitment.per is None:
        yield f"“{measure.id}”数的是有几个达到，不是总数；请写 per（每个什么），或删去“reads”"
    elif (commitment.compare or "at_least") != "at_least":
        yield f"“{measure.id}”只说明至少多少；请删去“compare”，或删去“reads”"
    elif commitment.value is not None and least < commitment.value:
        yield f"文件印 {commitment.value}，“{measure.id}”每个只要 {least}；请删去“reads”"
    elif measure.yearly != (commitment.unit or "").endswith("/年"):
        yield f"“{measure.id}”与本承诺一个按年、一个不按年；请删去“reads”"


def _fits_fact(commitment: CommitmentIn, fact: Fact) -> Iterator[str]:
    if fact.kind not in _FACTS[commitment.kind]:
        yield f"“{commitment.kind}”不能与 {fact.kind} 类县情“{fact.id}”相比；请删去“reads”"
    elif commitment.unit is not None and fact.unit != commitment.unit:
        yield f"单位是“{commitment.unit}”，县情“{fact.id}”是“{fact.unit}”；请改读单位相同的，或删去“reads”"


def _shortfall(
    shortfall: ShortfallIn, text: str, standards: Sequence[Installed], complete: bool
) -> Iterator[tuple[str, str]]:
    if shortfall.local not in text:
        yield "local", f"“{shortfall.local}”在本条款原文中没有；请照原文抄录"
    rows = [standard.rows[shortfall.indicator] for standard in standards if shortfall.indicator in standard.rows]
    if rows:
        if not any(shortfall.standard in row.statement for row in rows):
            yield "standard", f"“{shortfall.standard}”在指标 {shortfall.indicator} 的原文中没有；请照原文抄录"
    elif complete and not any(shortfall.indicator in standard.broken_rows for standard in standards):
        yield (
            "indicator",
            f"已安装的标准都没有指标“{shortfall.indicator}”；请改正编号，或把有这一条的标准放进规则文件夹",
        )
