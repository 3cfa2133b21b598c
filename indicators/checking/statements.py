"""The checks of ``never``: every statement is about something that is there, and tests it as its kind can be tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indicators.building.build import fact_condition
from indicators.building.overlay import Merged
from indicators.building.schema import StatementIn
from indicators.checking.kinds import KINDS, Fault, parts_of
from indicators.checking.rows import CheckContext, check_condition
from indicators.model import Indicator, Measure
from indicators.reading.located import KeyPath

_SUBJECTS = ("fact", "measure", "nil_return", "claim", "review", "any")
_TESTS = ("is", "in", "at_least", "at_most", "includes", "times_last_year")
_NAMES = {"any": "any_of", "is": "equals", "in": "one_of"}
_ALLOWED = {
    "fact": ("is", "in", "at_least", "at_most"),
    "measure": ("is", "at_least", "at_most", "includes", "times_last_year"),
    "claim": ("is",),
}
_SHAPE = "请写且只写一个对象：fact、measure、nil_return、claim、review 或 any"


def check_statements(
    statements: Sequence[StatementIn],
    path: KeyPath,
    merged: Merged,
    rows: Mapping[str, Indicator],
    context: CheckContext,
) -> Iterator[Fault]:
    """Every fault of a list of statements, each at its place."""
    for index, statement in enumerate(statements):
        for at, message in _statement(statement, merged, rows, context):
            yield (*path, index, *at), message


def _statement(
    said: StatementIn, merged: Merged, rows: Mapping[str, Indicator], context: CheckContext
) -> Iterator[Fault]:
    subjects = [name for name in _SUBJECTS if getattr(said, _NAMES.get(name, name)) is not None]
    tests = [name for name in _TESTS if getattr(said, _NAMES.get(name, name)) is not None]
    if len(subjects) != 1:
        yield (), _SHAPE
        return
    (subject,) = subjects
    allowed = _ALLOWED.get(subject, ())
    if len(tests) != bool(allowed) or not set(tests) <= set(allowed):
        wants = f"请写且只写一个比较：{'、'.join(allowed)}" if allowed else "这里不写比较，请删去"
        yield (tests[0],) if tests else (), f"“{subject}”的写法不对；{wants}"
    elif subject == "any":
        yield from check_statements(said.any_of or (), ("any",), merged, rows, context)
    elif subject == "fact":
        yield from check_condition(fact_condition(said), ("fact",), context)
    elif subject in {"nil_return", "claim"}:
        yield from _row(said, subject, merged, rows, context)
    elif subject == "measure":
        yield from _measure(said, tests[0], merged, rows)
    if said.part is not None and subject != "measure":
        yield ("part",), "“part”只用于测量项（measure）；请删去"


def _row(
    said: StatementIn, key: str, merged: Merged, rows: Mapping[str, Indicator], context: CheckContext
) -> Iterator[Fault]:
    row_id = str(getattr(said, key))
    row = rows.get(row_id)
    if row is None:
        if row_id not in merged.broken_rows:
            yield (key,), f"没有“{row_id}”这一条；请改正编号"
    elif key == "claim":
        claims = context.vocabulary.lists["veto_claims" if row.consequence == "veto" else "claims"]
        if said.equals not in claims:
            yield ("is",), f"“{said.equals}”不是可填的自评；可写 {'、'.join(claims)}"


def _measure(said: StatementIn, test: str, merged: Merged, rows: Mapping[str, Indicator]) -> Iterator[Fault]:
    row_id, _, measure_id = (said.measure or "").partition("/")
    row = rows.get(row_id)
    measure = row.measure(measure_id) if row else None
    if row is None:
        if row_id not in merged.broken_rows:
            yield ("measure",), f"没有“{row_id}”这一条；请写作“指标编号/测量项”，如 5.3.1/townships_with_supervisor"
    elif measure is None:
        yield ("measure",), f"“{row_id}”没有测量项“{measure_id}”；可写 {'、'.join(m.id for m in row.measures)}"
    elif test == "includes":
        if said.includes not in measure.items:
            known = "、".join(measure.items)
            advice = f"可写 {known}" if known else "请改用有清单（items）的测量项"
            yield ("includes",), f"“{measure_id}”没有选项“{said.includes}”；{advice}"
    elif test == "is":
        if measure.kind != "yes_no" or not isinstance(said.equals, bool):
            yield ("is",), f"“{measure_id}”（{measure.kind}）不能这样比较；“is”用于 yes_no，请写 true 或 false"
    else:
        yield from _number(said, test, measure)


def _number(said: StatementIn, test: str, measure: Measure) -> Iterator[Fault]:
    parts = parts_of(measure)
    if measure.items and test != "times_last_year" and said.part is None:
        return  # how many items are ticked
    if not parts and not KINDS[measure.kind].one_number and not measure.of:
        yield (test,), f"“{measure.id}”（{measure.kind}）不填数字；请改用有数字的测量项"
    elif parts and said.part not in parts:
        yield ("part",) if said.part else (), f"“{measure.id}”有两个数；请写 part: {' 或 '.join(parts)}"
    elif not parts and said.part is not None:
        yield ("part",), f"“{measure.id}”只有一个数；请删去 part"
    elif test == "times_last_year" and not measure.yearly:
        yield (test,), f"“{measure.id}”不按年度填；请改用按年度填的测量项"
