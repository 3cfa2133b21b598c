"""The measures' checks as rules of other engines: translated from a standard's data, never written by hand.

A check is one measure's figure against what its statement asks: ``not_asked`` (its condition is false), ``open``
(figure, fact or judgement not given, or a whole of 0), ``fails`` or ``holds``, as the numbers 0 to 3. `checks` builds
it as a small tree; each engine has its printer. `plain_data` gives the same submission as the plain JSON they read,
with every part present (null where nothing was given), so that none of them spends time on absent names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from indicators.model import Bound, Condition, Indicator, Measure, Require, Standard
from scoring.conditions import fact_value
from scoring.submission import Answer, Covered, Figure, Judgement, Part, Submission

NOT_ASKED, OPEN, FAILS, HOLDS = range(4)
STATES: Mapping[str, int] = {"not_asked": NOT_ASKED, "missing": OPEN, "open": OPEN, "fails": FAILS, "holds": HOLDS}
Tree = tuple[Any, ...]
Engine = Callable[[Mapping[str, Any]], list[int]]


# --- the checks -------------------------------------------------------------------------------------------------------


def checks(standard: Standard, years: Sequence[str]) -> list[Tree]:
    """One tree per measure of the standard, in order; ``years`` are the period's full calendar years (at least one)."""
    return [_check(row, measure, years) for row in standard.rows() for measure in row.measures]


def _check(row: Indicator, measure: Measure, years: Sequence[str]) -> Tree:
    name = _name(row, measure)
    if measure.yearly:
        each = [_KINDS[measure.kind](measure, f"{name}.y{year}") for year in years]
        fails = ("or", *(("==", year, _lit(FAILS)) for year in each))
        still_open = ("or", *(("==", year, _lit(OPEN)) for year in each))
        body = ("if", fails, _lit(FAILS), ("if", still_open, _lit(OPEN), _lit(HOLDS)))
    else:
        body = _KINDS[measure.kind](measure, name)
    condition = measure.applies_when
    if condition is None:
        return body
    return ("if", _true(condition), body, ("if", _false(condition), _lit(NOT_ASKED), _lit(OPEN)))


def _name(row: Indicator, measure: Measure) -> str:
    return f"m_{row.id.replace('.', '_')}__{measure.id}"


def _lit(value: object) -> Tree:
    return ("lit", float(value) if isinstance(value, Decimal) else value)


def _var(path: str) -> Tree:
    return ("var", path)


def _fact(fact: str | None) -> Tree:
    return _var(f"f_{fact}")


def _open_if_null(parts: Sequence[Tree], then: Tree) -> Tree:
    return ("if", ("or", *(("null", part) for part in parts)), _lit(OPEN), then)


def _number(measure: Measure, name: str) -> Tree:
    figure = _var(name)
    return _open_if_null([figure], _limited(measure.require, figure, None))


def _zero(measure: Measure, name: str) -> Tree:  # noqa: ARG001 - one signature for all kinds
    return _open_if_null([_var(name)], ("if", (">", _var(name), _lit(0)), _lit(FAILS), _lit(HOLDS)))


def _yes_no(measure: Measure, name: str) -> Tree:  # noqa: ARG001 - one signature for all kinds
    return _open_if_null([_var(name)], ("if", _var(name), _lit(HOLDS), _lit(FAILS)))


def _all_of(measure: Measure, name: str) -> Tree:
    ticked = ("and", *(("in", _lit(item), _var(name)) for item in measure.items))
    return _open_if_null([_var(name)], ("if", ticked, _lit(HOLDS), _lit(FAILS)))


def _some_of(measure: Measure, name: str) -> Tree:
    least = measure.require.at_least.number if measure.require and measure.require.at_least else 1
    ticked = ("+", *(("if", ("in", _lit(item), _var(name)), _lit(1), _lit(0)) for item in measure.items))
    return _open_if_null([_var(name)], ("if", (">=", ticked, _lit(least)), _lit(HOLDS), _lit(FAILS)))


def _rate(measure: Measure, name: str) -> Tree:
    part, whole = _var(f"{name}.numerator"), _var(f"{name}.denominator")
    judged = _limited(measure.require, part, whole)
    if measure.numerator and measure.denominator and measure.numerator.unit == measure.denominator.unit:
        judged = ("if", (">", part, whole), _lit(FAILS), judged)
    return _open_if_null([part, whole], _open_if_nothing(part, whole, judged))


def _coverage(measure: Measure, name: str) -> Tree:
    if measure.of:
        part, facts = _var(name), [_fact(fact) for fact in measure.of]
        whole = ("+", *facts) if len(facts) > 1 else facts[0]
    else:
        part, whole = _var(f"{name}.covered"), _var(f"{name}.whole")
        facts = [whole]
    judged = _limited(measure.require, part, whole) if measure.require else _held((">=", part, whole))
    judged = ("if", (">", part, whole), _lit(FAILS), judged)
    return _open_if_null([part, *facts], _open_if_nothing(part, whole, judged))


def _judgement(measure: Measure, name: str) -> Tree:  # noqa: ARG001 - one signature for all kinds
    reasoned = ("if", ("null", _var(f"{name}.reason")), _lit(OPEN), _lit(HOLDS))
    return _open_if_null([_var(f"{name}.fulfilled")], ("if", _var(f"{name}.fulfilled"), reasoned, _lit(FAILS)))


_KINDS: Mapping[str, Callable[[Measure, str], Tree]] = {
    "count": _number,
    "amount": _number,
    "zero": _zero,
    "yes_no": _yes_no,
    "all_of": _all_of,
    "some_of": _some_of,
    "rate": _rate,
    "coverage": _coverage,
    "judgement": _judgement,
}


def _open_if_nothing(part: Tree, whole: Tree, then: Tree) -> Tree:
    return ("if", ("and", ("==", part, _lit(0)), ("==", whole, _lit(0))), _lit(OPEN), then)


def _held(reached: Tree) -> Tree:
    return ("if", reached, _lit(HOLDS), _lit(FAILS))


def _limited(require: Require | None, part: Tree, whole: Tree | None) -> Tree:
    """The part, or its share of the whole, against every limit; compared by multiplying, never by dividing."""
    if require is None:
        return _lit(HOLDS)
    share = whole is not None and require.unit in ("percent", None)
    scaled = ("*", part, _lit(100)) if share and require.unit == "percent" else part
    limits: list[tuple[str, Bound]] = [
        (op, bound) for op, bound in ((">=", require.at_least), ("<=", require.at_most)) if bound is not None
    ]
    reached = [(op, scaled, ("*", _bound(bound), whole) if share else _bound(bound)) for op, bound in limits]
    facts = [_fact(bound.fact) for _, bound in limits if bound.fact is not None]
    judged = _held(("and", *reached))
    return _open_if_null(facts, judged) if facts else judged


def _bound(bound: Bound) -> Tree:
    return _lit(bound.number) if bound.fact is None else _fact(bound.fact)


def _true(condition: Condition) -> Tree:
    """Whether the condition is known to hold."""
    if condition.op in ("all", "any"):
        return ("and" if condition.op == "all" else "or", *(_true(part) for part in condition.parts))
    return ("and", ("not", ("null", _fact(condition.fact))), _test(condition))


def _false(condition: Condition) -> Tree:
    """Whether the condition is known not to hold."""
    if condition.op in ("all", "any"):
        return ("or" if condition.op == "all" else "and", *(_false(part) for part in condition.parts))
    return ("and", ("not", ("null", _fact(condition.fact))), ("not", _test(condition)))


def _test(condition: Condition) -> Tree:
    fact = _fact(condition.fact)
    if condition.op == "in":
        return ("or", *(("==", fact, _lit(value)) for value in condition.value))
    return ({"is": "==", "at_least": ">=", "at_most": "<="}[condition.op], fact, _lit(condition.value))


# --- the data ---------------------------------------------------------------------------------------------------------


def plain_data(submission: Submission, standards: Sequence[Standard], years: Sequence[str]) -> dict[str, Any]:
    """The submission's facts and figures as plain JSON values, for every measure of the standards."""
    facts = {fact for standard in standards for fact in standard.facts}
    data = {f"f_{fact}": _json(fact_value(submission.facts, fact)) for fact in facts}
    for standard in standards:
        for row in standard.rows():
            answer = (submission.vetoes if row.consequence == "veto" else submission.answers).get(row.id) or Answer()
            data |= {_name(row, measure): _figure(measure, answer, years) for measure in row.measures}
    return data


def _figure(measure: Measure, answer: Answer, years: Sequence[str]) -> object:
    if measure.kind == "judgement":
        judgement = answer.judgements.get(measure.id) or Judgement()
        reason = (judgement.reason or "").strip()
        return {"fulfilled": judgement.fulfilled, "reason": reason or None}
    named = measure.same_figures_as
    figure = answer.measures.get(measure.id if named is None or named not in answer.measures else named)
    if measure.yearly:
        by_year = figure if isinstance(figure, Mapping) else {}
        return {f"y{year}": _parts(measure, by_year.get(year)) for year in years}
    return _parts(measure, figure)


def _parts(measure: Measure, figure: Figure | None) -> object:
    if measure.kind == "rate":
        part = figure if isinstance(figure, Part) else Part()
        return {"numerator": _json(part.numerator), "denominator": _json(part.denominator)}
    if measure.kind == "coverage" and not measure.of:
        covered = figure if isinstance(figure, Covered) else Covered()
        return {"covered": _json(covered.covered), "whole": _json(covered.whole)}
    return _json(figure)


def _json(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return float(value) if isinstance(value, Decimal) else value


# --- the engines ------------------------------------------------------------------------------------------------------


def zen_engine(trees: Sequence[Tree]) -> Engine:
    """All checks as one compiled ZEN expression: a county's data crosses into Rust once."""
    import zen  # noqa: PLC0415 - each rival is optional

    compiled = zen.compile_expression(f"[{', '.join(_infix(tree) for tree in trees)}]")
    return compiled.evaluate


def rule_engine(trees: Sequence[Tree]) -> Engine:
    """One compiled rule a check."""
    import rule_engine as engine  # noqa: PLC0415 - each rival is optional

    context = engine.Context(default_value=None)
    rules = [engine.Rule(_infix(tree), context=context) for tree in trees]
    return lambda data: [int(rule.evaluate(data)) for rule in rules]


def json_logic(trees: Sequence[Tree]) -> Engine:
    """A list of JsonLogic rules, walked by the library for each county."""
    from json_logic import jsonLogic  # noqa: PLC0415 - each rival is optional

    rules = [_json_logic(tree) for tree in trees]
    return lambda data: jsonLogic(rules, data)


ENGINES: Mapping[str, Callable[[Sequence[Tree]], Engine]] = {
    "zen-engine": zen_engine,
    "rule-engine": rule_engine,
    "json-logic-qubit": json_logic,
}


def _infix(tree: Tree) -> str:
    """The tree in the syntax that ZEN and rule-engine share."""
    op, *parts = tree
    if op == "lit":
        return json.dumps(parts[0])
    if op == "var":
        return str(parts[0])
    inner = [_infix(part) for part in parts]
    if op == "if":
        return f"({inner[0]} ? {inner[1]} : {inner[2]})"
    if op == "null":
        return f"({inner[0]} == null)"
    if op == "not":
        return f"(not {inner[0]})"
    return f"({f' {op} '.join(inner)})"


def _json_logic(tree: Tree) -> object:
    op, *parts = tree
    if op == "lit":
        return parts[0]
    if op == "var":
        return {"var": [parts[0]]}
    inner = [_json_logic(part) for part in parts]
    if op == "null":
        return {"===": [inner[0], None]}
    return {{"not": "!", "==": "==="}.get(op, op): inner}


def sizes(trees: Sequence[Tree]) -> Iterator[int]:
    """How many operations each check has."""
    for tree in trees:
        yield 0 if tree[0] in ("lit", "var") else 1 + sum(sizes(tree[1:]))
