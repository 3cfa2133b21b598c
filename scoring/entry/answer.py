"""What a person types for one indicator, and the answer it makes. Numbers stay exact: int or Decimal, never float.

A `TypedAnswer` holds text as typed, so that a slip is reported and nothing typed is lost; `answer_from` turns it into
an `Answer`, keeping what the form does not show. What the answer *means* is checked by the exchange reader alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from decimal import Decimal
from typing import TypeVar

from indicators.model import Measure
from scoring.kinds.registry import kind_of
from scoring.kinds.typed import EntryError, Field, Path, TypedValue
from scoring.submission import TOTAL, Answer, Figure, Judgement
from scoring.wording import plain

Value = TypeVar("Value")


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


def asked_once(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Measures of one row under several standards, once per id, in the first one's words.

    A list holds what any of them lists: each standard counts its own items, and none could be ticked otherwise.
    """
    by_id: dict[str, Measure] = {}
    for measure in measures:
        first = by_id.setdefault(measure.id, measure)
        if first.kind == measure.kind and not first.items.keys() >= measure.items.keys():
            by_id[measure.id] = replace(first, items={**first.items, **measure.items, **first.items})
    return tuple(by_id.values())


def fields(measure: Measure, years: Iterable[str]) -> tuple[Field, ...]:
    """What a measure asks to be filled in; nothing where another measure's figures are read."""
    return () if measure.same_figures_as is not None else kind_of(measure).fields(measure, years)


def typed_from(answer: Answer | None, measures: Iterable[Measure], years: Iterable[str]) -> TypedAnswer:
    """The form's contents for a stored answer."""
    stored = answer or Answer()
    years = tuple(dict.fromkeys((*years, TOTAL)))
    known = tuple(measures)
    return TypedAnswer(
        claim=stored.claim,
        claims=dict(stored.claims),
        note=stored.note or "",
        figures={
            measure.id: {field.path: _typed(stored.measures.get(measure.id), field) for field in fields(measure, years)}
            for measure in known
            if not kind_of(measure).by_person and measure.same_figures_as is None
        },
        judgements={
            measure.id: stored.judgements.get(measure.id, Judgement())
            for measure in known
            if kind_of(measure).by_person
        },
        nil_return=stored.nil_return,
        evidence=dict(stored.evidence),
    )


def _typed(figure: Figure | None, field: Field) -> TypedValue:
    if field.form == "items":
        return figure if isinstance(figure, tuple) else None
    if field.form == "yes_no":
        return figure if isinstance(figure, bool) else None
    value: object = figure
    for step in field.path:
        if isinstance(value, Mapping):
            value = value.get(step)
        else:
            value = getattr(value, step, None) if is_dataclass(value) else None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return ""
    return plain(value) if isinstance(value, int) else str(value)


def answer_from(stored: Answer | None, measures: Iterable[Measure], typed: TypedAnswer) -> Answer:
    """The answer that was typed over the stored one; raises `EntryError` with every unreadable field.

    Measures, years and evidence keys of ``stored`` that the form does not show are kept.
    """
    stored = stored or Answer()
    figures = dict(stored.measures)
    judgements = dict(stored.judgements)
    problems: list[str] = []
    paths: list[Path] = []
    for measure in measures:
        kind = kind_of(measure)
        if kind.by_person:
            _put(judgements, measure.id, _judgement(typed.judgements.get(measure.id)))
        elif measure.same_figures_as is not None:
            figures.pop(measure.id, None)  # 同一组数字只填一处：旧文件里的第二份不再跟着走样
        elif measure.id in typed.figures:
            try:
                stored_figure = figures.get(measure.id)
                figure = kind.figure_typed(measure, typed.figures[measure.id], stored_figure)
                _put(figures, measure.id, figure)
                if figure is not None:
                    for former in measure.replaces:
                        figures.pop(former, None)  # 按新口径填了，旧口径的数不再跟着
            except EntryError as unreadable:
                problems.extend(unreadable.problems)
                paths.extend(("measures", measure.id, *path) for path in unreadable.paths)
    if problems:
        raise EntryError(problems, paths)
    return Answer(
        claim=typed.claim,
        claims={standard: claim for standard, claim in typed.claims.items() if claim},
        note=typed.note.strip() or None,
        measures=figures,
        judgements=judgements,
        nil_return=typed.nil_return,
        evidence={key: items for key, items in typed.evidence.items() if items},
    )


def _put(values: dict[str, Value], key: str, value: Value | None) -> None:
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value


def _judgement(typed: Judgement | None) -> Judgement | None:
    if typed is None or (typed.fulfilled is None and not (typed.reason or "").strip()):
        return None
    return Judgement(typed.fulfilled, (typed.reason or "").strip() or None)
