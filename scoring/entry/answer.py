"""What a person types for one indicator, and the answer it makes. Numbers stay exact: int or Decimal, never float.

A `TypedAnswer` holds text as typed, so that a slip is reported and nothing typed is lost; `answer_from` turns it into
an `Answer`, keeping what the form does not show. What the answer *means* is checked by the exchange reader alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, cast

from indicators.model import Measure
from scoring.submission import Answer, Covered, Figure, Judgement, Number, Part
from scoring.wording import plain

FieldForm = Literal["number", "yes_no", "items"]
Path = tuple[str, ...]
TypedValue = str | bool | tuple[str, ...] | None
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_LONGEST_NUMBER = 30
# Money and percentages may have decimals; people, villages and meetings are counted whole.
DECIMAL_UNITS = frozenset({"percent", "元"})


class EntryError(ValueError):
    """Something typed cannot be read; ``problems`` are Chinese sentences: where, what, what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: ``path`` below the measure is () or a year, a part, or a year and a part."""

    path: Path
    form: FieldForm
    label: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """An answer as it stands in a form. ``figures``: measure id → field path → what was typed; "" or None = nothing."""

    claim: str | None = None
    claims: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    figures: Mapping[str, Mapping[Path, TypedValue]] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    nil_return: str | None = None
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_number(text: str) -> Number | None:
    """The number of a text field: None when empty, int or Decimal exactly as typed; ValueError (Chinese) otherwise.

    Full-width digits and thousands separators are understood.
    """
    folded = unicodedata.normalize("NFKC", text).strip().replace("，", ",")
    if not folded:
        return None
    if len(folded) > _LONGEST_NUMBER:
        raise ValueError("数字过长，请核对")
    if not _NUMBER.fullmatch(folded):
        raise ValueError(f"“{text.strip()}”不是数字，请只填阿拉伯数字，例如 812000 或 69.9，单位不用填")
    digits = folded.replace(",", "")
    return Decimal(digits) if "." in digits else int(digits)


def read_figure_number(text: str, unit: str | None) -> Number | None:
    """The same for a figure of that unit: 0 or more, and whole unless it is money or a percentage."""
    number = read_number(text)
    if number is None:
        return None
    if number < 0:
        raise ValueError(f"不能为负数（{text.strip()}），请核对")
    if unit not in DECIMAL_UNITS and number != int(number):
        raise ValueError(f"应为整数，而不是“{text.strip()}”，请核对")
    return number


def asked_once(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Measures of one row under several standards, once per id, in the first one's words.

    A list holds what any of them lists: each standard counts its own items, and none could be ticked otherwise.
    """
    found: dict[str, Measure] = {}
    for measure in measures:
        first = found.setdefault(measure.id, measure)
        if first.kind == measure.kind and not first.items.keys() >= measure.items.keys():
            found[measure.id] = replace(first, items={**first.items, **measure.items, **first.items})
    return tuple(found.values())


def fields(measure: Measure, years: Iterable[str]) -> tuple[Field, ...]:
    """What a measure asks to be filled in; none for a judgement, or where another measure's figures are read."""
    if measure.kind == "judgement" or measure.same_figures_as is not None:
        return ()
    if measure.kind == "yes_no":
        return (Field((), "yes_no", measure.label),)
    if measure.kind in {"all_of", "some_of"}:
        return (Field((), "items", measure.label),)
    parts = _parts(measure)
    if not measure.yearly:
        return parts
    return tuple(
        Field((year, *part.path), part.form, f"{year}年{part.label}", part.unit) for year in years for part in parts
    )


def _parts(measure: Measure) -> tuple[Field, ...]:
    if measure.numerator and measure.denominator:
        return (
            Field(("numerator",), "number", measure.numerator.label, measure.numerator.unit),
            Field(("denominator",), "number", measure.denominator.label, measure.denominator.unit),
        )
    if measure.whole:
        return (
            Field(("covered",), "number", measure.label, measure.whole.unit),
            Field(("whole",), "number", measure.whole.label, measure.whole.unit),
        )
    # 覆盖的门槛是百分比，填的是个数：不能把“%”写在填写处
    limit_unit = measure.require.unit if measure.require and measure.kind != "coverage" else None
    return (Field((), "number", measure.label, measure.unit or limit_unit),)


def typed_from(answer: Answer | None, measures: Iterable[Measure], years: Iterable[str]) -> TypedAnswer:
    """The form's contents for a stored answer."""
    given = answer or Answer()
    years = tuple(years)
    known = tuple(measures)
    return TypedAnswer(
        claim=given.claim,
        claims=dict(given.claims),
        note=given.note or "",
        figures={
            measure.id: {one.path: _typed(given.measures.get(measure.id), one) for one in fields(measure, years)}
            for measure in known
            if measure.kind != "judgement" and measure.same_figures_as is None
        },
        judgements={
            measure.id: given.judgements.get(measure.id, Judgement())
            for measure in known
            if measure.kind == "judgement"
        },
        nil_return=given.nil_return,
        evidence=dict(given.evidence),
    )


def _typed(figure: Figure | None, one: Field) -> TypedValue:
    if one.form == "items":
        return figure if isinstance(figure, tuple) else None
    if one.form == "yes_no":
        return figure if isinstance(figure, bool) else None
    value: object = figure
    for step in one.path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, (Part, Covered)):
            value = getattr(value, step, None)
        else:
            value = None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return ""
    return plain(value) if isinstance(value, int) else str(value)


def answer_from(before: Answer | None, measures: Iterable[Measure], typed: TypedAnswer) -> Answer:
    """The answer that was typed over the stored one; raises `EntryError` with every unreadable field.

    Measures, years and evidence keys of ``before`` that the form does not show are kept.
    """
    stored = before or Answer()
    figures = dict(stored.measures)
    judgements = dict(stored.judgements)
    problems: list[str] = []
    for measure in measures:
        if measure.kind == "judgement":
            _put(judgements, measure.id, _judgement(typed.judgements.get(measure.id)))
        elif measure.same_figures_as is not None:
            figures.pop(measure.id, None)  # 同一组数字只填一处：旧文件里的第二份不再跟着走样
        elif measure.id in typed.figures:
            try:
                _put(figures, measure.id, _figure(measure, typed.figures[measure.id], figures.get(measure.id)))
            except EntryError as unreadable:
                problems.extend(unreadable.problems)
    if problems:
        raise EntryError(problems)
    return Answer(
        claim=typed.claim,
        claims={standard: claim for standard, claim in typed.claims.items() if claim},
        note=typed.note.strip() or None,
        measures=figures,
        judgements=judgements,
        nil_return=typed.nil_return,
        evidence={key: items for key, items in typed.evidence.items() if items},
    )


def _put(values: dict, key: str, value: object | None) -> None:
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value


def _judgement(typed: Judgement | None) -> Judgement | None:
    if typed is None or (typed.fulfilled is None and not (typed.reason or "").strip()):
        return None
    return Judgement(typed.fulfilled, (typed.reason or "").strip() or None)


def _figure(measure: Measure, typed: Mapping[Path, TypedValue], before: Figure | None) -> Figure | None:
    if measure.kind in {"yes_no", "all_of", "some_of"}:
        value = typed.get(())
        return value if isinstance(value, (bool, tuple)) else None
    numbers = _numbers(measure, typed)
    if not measure.yearly:
        return _whole_figure(measure, {path[-1] if path else "": number for path, number in numbers.items()})
    shown_years = dict.fromkeys(path[0] for path in typed)
    by_year: dict[str, object] = {
        year: value
        for year, value in (before.items() if isinstance(before, Mapping) else ())
        if year not in shown_years
    }
    for year in shown_years:
        parts = {path[1] if len(path) > 1 else "": number for path, number in numbers.items() if path[0] == year}
        figure = _whole_figure(measure, parts)
        if figure is not None:
            by_year[year] = figure
    return cast("Figure", dict(sorted(by_year.items()))) if by_year else None


def _numbers(measure: Measure, typed: Mapping[Path, TypedValue]) -> dict[Path, Number | None]:
    numbers: dict[Path, Number | None] = {}
    problems = []
    years = tuple(dict.fromkeys(path[0] for path in typed if path)) if measure.yearly else ()
    asked = {one.path: one for one in fields(measure, years)}
    whole_unit = measure.unit or (measure.whole.unit if measure.whole else None)
    for path, text in typed.items():
        one = asked.get(path)
        # 门槛的单位（%）不是所填数的单位：每个乡镇都有，填的是乡镇数
        unit = one.unit if one is not None and measure.kind == "rate" else whole_unit
        try:
            numbers[path] = read_figure_number(text, unit) if isinstance(text, str) else None
        except ValueError as unreadable:
            problems.append(f"{one.label if one is not None else measure.label}：{unreadable}。")
    if problems:
        raise EntryError(problems)
    return numbers


def _whole_figure(measure: Measure, parts: Mapping[str, Number | None]) -> Number | Part | Covered | None:
    if measure.kind == "rate":
        part = Part(parts.get("numerator"), parts.get("denominator"))
        return None if part == Part() else part
    if measure.whole:
        covered = Covered(parts.get("covered"), parts.get("whole"))
        return None if covered == Covered() else covered
    return parts.get("")
