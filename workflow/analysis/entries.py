"""Bodies of entries as lines: figures part by part, documents use by use, findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import get_args

from indicators.model import Measure, Standard
from indicators.model.cross_checks import FigurePart
from scoring.spreadsheets.tables import CellValue
from scoring.wording import unit_label

_Parts = Iterator[tuple[str, int | Decimal | None, str | None]]  # part, value, text
_A_DAY = len("2017-09-30")


def figure_lines(standards: Sequence[Standard], kind: str, key: str, body: object) -> Iterator[tuple[CellValue, ...]]:
    """Of a fact, an answer or a veto: row, measure, label, kind, part, value, unit, text."""
    if kind == "fact":
        fact = next((one.facts[key] for one in standards if key in one.facts), None)
        for part, value, text in _parts(body, None):
            yield "", key, fact.label if fact else "", "fact", part, value, unit_label(fact.unit) if fact else "", text
        return
    said = body if isinstance(body, Mapping) else {}
    rows = (row for standard in standards if (row := standard.row(key)) is not None)
    measures: dict[str, Measure] = {}
    for measure in chain.from_iterable(row.measures for row in rows):
        measures.setdefault(measure.id, measure)
    given = chain((said.get("measures") or {}).items(), (said.get("judgements") or {}).items())
    for measure_id, figure in given:
        one = measures.get(measure_id)
        for part, value, text in _parts(figure, one):
            unit = "" if one is None else unit_label(one.quantity(_asked(part)).unit)
            yield key, measure_id, one.label if one else "", one.kind if one else "", part, value, unit, text


def evidence_lines(registered: Mapping[str, object], answers: Mapping[str, object]) -> Iterator[tuple[CellValue, ...]]:
    """Of one submission: evidence, row, requirement, and what the register says of it."""
    uses: dict[str, list[tuple[str, str]]] = {}
    for row_id, body in sorted(answers.items()):
        said = body if isinstance(body, Mapping) else {}
        for requirement, ids in (said.get("evidence") or {}).items():
            for one in ids:
                uses.setdefault(one, []).append((row_id, requirement))
        if said.get("nil_return"):
            uses.setdefault(said["nil_return"], []).append((row_id, "nil_return"))
    for evidence_id, body in sorted(registered.items()):
        item = body if isinstance(body, Mapping) else {}
        day = str(item.get("date") or "")
        told: tuple[CellValue, ...] = (
            item.get("title"), item.get("kind"), item.get("document_number"), item.get("issuer"),
            date.fromisoformat(day) if len(day) == _A_DAY else None, day[: len("2017-09")], item.get("pages"),
            item.get("holder"), item.get("box"), item.get("sha256"),
        )  # fmt: skip
        for row_id, requirement in uses.get(evidence_id, [("", "")]):
            yield (evidence_id, row_id, requirement, *told)


def finding_line(body: object, labels: Mapping[str, str]) -> tuple[CellValue, ...]:
    """Finding, its label, methods, reason, date, evidence."""
    said = body if isinstance(body, Mapping) else {}
    finding, day = str(said.get("finding") or ""), said.get("date")
    ids = dict.fromkeys(chain.from_iterable((said.get("evidence") or {}).values()))
    return (
        finding, labels.get(finding, finding), "、".join(said.get("methods") or ()), said.get("reason"),
        date.fromisoformat(day) if day else None, "、".join(ids),
    )  # fmt: skip


def _parts(figure: object, measure: Measure | None) -> _Parts:
    """Each number, choice or judgement within; every item of a list of items, ticked or not."""
    if isinstance(figure, bool):
        yield "", int(figure), None
    elif isinstance(figure, int | Decimal):
        yield "", figure, None
    elif isinstance(figure, str):
        yield "", None, figure
    elif isinstance(figure, list | tuple):
        ticked = list(figure)
        for item in dict.fromkeys((*(measure.items if measure else ()), *ticked)):
            yield item, int(item in ticked), None
    elif isinstance(figure, Mapping) and not figure.keys().isdisjoint({"fulfilled", "value", "reason"}):
        said = figure.get("fulfilled", figure.get("value"))
        yield "", None if said is None else int(said), figure.get("reason")
    elif isinstance(figure, Mapping):
        for name, inner in figure.items():
            for part, value, text in _parts(inner, None):
                yield "/".join(filter(None, (name, part))), value, text


def _asked(part: str) -> FigurePart | None:
    last = part.rpartition("/")[2]
    return next((name for name in get_args(FigurePart) if name == last), None)
