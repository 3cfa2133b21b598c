"""The checks of ``cross_checks``: every figure they name is there, is a number, and can be set against the other side;
every place of documents they name is there. Statements that exclude each other are in `indicators.checking.statements`.

A figure is a fact or one number of a measure; the checks run on the merged standard, so that an overlay hears of an
inherited cross-check which its own changes have left without a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from indicators.building.overlay import Merged
from indicators.building.schema import CrossCheckIn, FigureRefIn
from indicators.checking.kinds import KINDS, Fault, parts_of
from indicators.checking.rows import CheckContext, check_condition
from indicators.checking.statements import check_statements
from indicators.model import Fact, FigureRef, Indicator, Measure, Number
from indicators.reading.located import KeyPath
from indicators.reading.problems import Problem

# 人与名都数人，个、家、所都数单位，件、起、例都数案件：同组的数可以相加相比。
COUNTING_ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"人", "名"}),
    frozenset({"个", "家", "所"}),
    frozenset({"件", "起", "例"}),
)
_REF_SHAPE = '请写作 {fact: 县情编号}、{measure: "指标编号/测量项"} 或 {number: 数字}，只写其一'


class FigureType(NamedTuple):
    """Unit of a figure, and whether it is given by calendar year."""

    unit: str | None
    yearly: bool


def check_cross_checks(
    merged: Merged, rows: Mapping[str, Indicator], context: CheckContext, known: frozenset[Problem]
) -> Iterator[Problem]:
    """Every fault at its place; an inherited check that the overlay has broken is named at ``extends``."""
    if merged.header.cross_checks_remove and merged.header.extends is None:
        yield merged.located.problem(("cross_checks_remove",), "“cross_checks_remove”只用于叠加标准（extends）；请删去")
    for check, (located, base) in merged.cross_checks.values():
        for path, message in _check(check, merged, rows, context):
            problem = located.problem((*base, *path), message)
            if located is merged.located or problem in known:
                yield problem
            else:
                wrong = message.partition("；")[0]
                advice = f"请把“{check.id}”列入 cross_checks_remove，仍适用的另写"
                yield merged.located.problem(("extends",), f"沿用的互核“{check.id}”：{wrong}；{advice}")


def _check(
    check: CrossCheckIn, merged: Merged, rows: Mapping[str, Indicator], context: CheckContext
) -> Iterator[Fault]:
    misshapen = list(_shape(check))
    yield from misshapen
    if not misshapen and check.never is not None:
        yield from check_statements(check.never, ("never",), merged, rows, context)
    elif not misshapen:
        yield from _documents(check, merged, rows) if check.test == "distinct" else _sides(check, merged, rows, context)
    yield from check_condition(check.applies_when, ("applies_when",), context)


def _shape(check: CrossCheckIn) -> Iterator[Fault]:
    """Figures have two sides, documents have places; one check is of one form."""
    sides = [side for side in ("left", "right") if getattr(check, side) is not None]
    if check.never is not None:
        others = [key for key in (*sides, "documents") if getattr(check, key) is not None]
        if others or check.test is not None:
            yield (others[0] if others else "is",), "不能同时成立的（never）单独写一条；请删去这一项，或分写两条"
    elif check.test is None:
        yield (), "缺少键“is”；请补上，写 equal、at_most、at_least；核对材料的写 distinct，不能同时成立的改写 never"
    elif check.effect == "block" and check.test == "distinct":
        yield ("effect",), "核对材料（documents）只能提示；请删去 effect"
    elif check.documents is not None and sides:
        yield (sides[0],), "一条互核只比数字（left、right）或只核材料（documents）；请分写两条"
    elif check.documents is not None and check.test != "distinct":
        yield ("is",), f"“{check.test}”用于比数字；核对材料（documents）请写 is: distinct"
    elif check.test == "distinct" and check.documents is None:
        yield ("is",), "“distinct”用于核对材料；请改写 documents，列出至少两处佐证材料，或改用 equal、at_most、at_least"
    elif check.test != "distinct":
        yield from (((), f"缺少键“{side}”；请补上") for side in ("left", "right") if side not in sides)
    elif len(check.documents or ()) < 2:  # noqa: PLR2004 - 两处才谈得上重复
        yield ("documents",), '至少要写两处佐证材料；请补上，写作 ["指标编号/材料编号", …]'


def _documents(check: CrossCheckIn, merged: Merged, rows: Mapping[str, Indicator]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, place in enumerate(check.documents or ()):
        path = ("documents", index)
        row_id, _, evidence_id = place.partition("/")
        row = rows.get(row_id)
        if place in seen:
            yield path, f"“{place}”写了两次；请删去一处"
        elif row is None:
            if row_id not in merged.broken_rows:
                yield path, f"没有“{row_id}”这一条；请写作“指标编号/材料编号”，如 5.4.1/training_documents"
        elif row.requirement(evidence_id) is None:
            known = "、".join(requirement.id for requirement in row.evidence)
            advice = f"可写 {known}" if known else "该条没有列佐证材料，请改用别处"
            yield path, f"“{row_id}”没有佐证材料“{evidence_id}”；{advice}"
        seen.add(place)


def _sides(
    check: CrossCheckIn, merged: Merged, rows: Mapping[str, Indicator], context: CheckContext
) -> Iterator[Fault]:
    seen: set[FigureRefIn] = set()
    known: list[tuple[KeyPath, FigureType, bool]] = []
    for side in ("left", "right"):
        for index, ref in enumerate(getattr(check, side) or ()):
            path = (side, index)
            if ref in seen:
                yield path, "同一个数写了两次；请删去一处"
            seen.add(ref)
            figure = _figure(ref, merged, rows, context.facts)
            if isinstance(figure, FigureType):
                known.append((path, figure, ref.times is not None))
            elif figure is not None:
                yield (*path, *figure[0]), figure[1]
    if not any(ref.number is None for side in (check.left, check.right) for ref in side or ()):
        yield ("left",), "两边都是数字，不必核对；请至少写一个县里所填的数"
    yield from _alike(known, context)


def _figure(
    ref: FigureRefIn, merged: Merged, rows: Mapping[str, Indicator], facts: Mapping[str, Fact]
) -> FigureType | Fault | None:
    """The figure, or what is wrong with naming it; None where its row or fact has faults of its own."""
    if [ref.fact, ref.measure, ref.number].count(None) != 2:  # noqa: PLR2004 - 三者只写其一
        return (), _REF_SHAPE
    if ref.number is not None:
        return ((), "数字（number）单独写；请删去 part、times") if ref.part or ref.times is not None else None
    if ref.times == 0:
        return ("times",), "乘以 0 就没有这个数了；请改正，或删去 times"
    if ref.fact is not None:
        return _fact(ref, facts)
    row_id, _, measure_id = (ref.measure or "").partition("/")
    row = rows.get(row_id)
    if row is None:
        if row_id in merged.broken_rows:
            return None
        return ("measure",), f"没有“{row_id}”这一条；请写作“指标编号/测量项”，如 5.3.1/townships_with_supervisor"
    measure = row.measure(measure_id)
    if measure is None:
        return ("measure",), f"“{row_id}”没有测量项“{measure_id}”；可写 {'、'.join(m.id for m in row.measures)}"
    return _measure(ref, measure, facts)


def _fact(ref: FigureRefIn, facts: Mapping[str, Fact]) -> FigureType | Fault:
    fact = facts.get(ref.fact or "")
    if fact is None:
        return ("fact",), f"县情“{ref.fact}”不存在；请在 standard.yaml 的 facts 里列出或改正"
    if fact.kind != "number":
        return ("fact",), f"县情“{ref.fact}”的类型是 {fact.kind}，不是数字；请改用数字类县情"
    if ref.part is not None:
        return ("part",), "县情只有一个数；请删去 part"
    return FigureType(fact.unit, yearly=False)


def _measure(ref: FigureRefIn, measure: Measure, facts: Mapping[str, Fact]) -> FigureType | Fault:
    parts = parts_of(measure)
    if not parts and not KINDS[measure.kind].one_number and not measure.of:
        return ("measure",), f"“{measure.id}”（{measure.kind}）不填数字，不能互核；请改用有数字的测量项"
    if parts and ref.part not in parts:
        return ("part",) if ref.part else (), f"“{measure.id}”有两个数；请写 part: {' 或 '.join(parts)}"
    if not parts and ref.part is not None:
        return ("part",), f"“{measure.id}”只有一个数；请删去 part"
    whole = next((facts[fact_id].unit for fact_id in measure.of if fact_id in facts), None)
    return FigureType(measure.quantity(ref.part).unit or whole, measure.yearly)


def _alike(figures: list[tuple[KeyPath, FigureType, bool]], context: CheckContext) -> Iterator[Fault]:
    """Faults of figures whose unit, or whose being yearly, differs from the first figure's."""
    for path, figure, _ in figures[1:]:
        if figure.yearly != figures[0][1].yearly:
            yield path, "按年度填的数只能与按年度填的数互核；请改用同一种"
    # A number without a unit has a fault of its own, e.g. a whole taken from a fact that is not there.
    counted = [
        (path, figure.unit) for path, figure, multiplied in figures if not multiplied and figure.unit is not None
    ]
    labels = context.vocabulary.lists.get("units", {})
    for path, unit in counted[1:]:
        if not _same_unit(unit, counted[0][1]):
            units = "”与“".join(labels.get(name, name) for name in (counted[0][1], unit))
            yield path, f"单位不同（“{units}”），不能相加相比；请改用同一种单位的数"


def _same_unit(unit: str, other: str) -> bool:
    return unit == other or any({unit, other} <= group for group in COUNTING_ALIKE)


def spelled(ref: FigureRef) -> dict[str, str | Number]:
    """The reference as the rules files write it."""
    if ref.number is not None:
        return {"number": ref.number}
    named: dict[str, str | Number] = {"fact": ref.fact} if ref.fact else {"measure": f"{ref.row}/{ref.measure}"}
    if ref.part is not None:
        named["part"] = ref.part
    return named | ({"times": ref.times} if ref.times is not None else {})
