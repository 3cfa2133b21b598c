"""The part of the exchange file that goes row by row: answers, figures, judgements, citations of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indicators.model import Fact, Indicator, Library, Measure
from indicators.reading.located import KeyPath, Located
from scoring.entry.answer import asked_once
from scoring.exchange.schema import ValueReading
from scoring.kinds.registry import kind_of
from scoring.submission import Answer, Figure, Judgement

_ANSWER = ("claim", "claims", "note", "measures", "judgements", "nil_return", "evidence")


class RowReading(ValueReading):
    """Reads what is said of rows; ids are held against every installed standard, not only those the round pins."""

    def __init__(self, located: Located, library: Library) -> None:
        super().__init__(located)
        self.library = library
        self.lists = library.vocabulary.lists
        standards = library.standards.values()
        self.facts: dict[str, Fact] = {i: fact for s in reversed(list(standards)) for i, fact in s.facts.items()}
        self.indicators = _by_id(row for s in standards for row in s.indicators)
        self.vetoes = _by_id(row for s in standards for row in s.vetoes)
        self.register: frozenset[str] = frozenset()

    def standard(self, value: object, path: KeyPath, *, key: bool = False) -> str | None:
        """The id of an installed standard."""
        text = self.text(value, path)
        if text is None or text in self.library.standards:
            return text
        self.unknown(text, path, self.library.standards, "标准", key=key)
        return None

    def evidence_id(self, value: object, path: KeyPath) -> str | None:
        """The id of a registered document."""
        text = self.text(value, path)
        if text is None or text in self.register:
            return text
        self.fault(path, f"材料“{text[:64]}”没有登记；请在 evidence 中登记，或者改正编号")
        return None

    def cited(self, value: object, path: KeyPath, known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Requirement id → evidence ids; ``other`` proves nothing required."""
        cited = {}
        for requirement, inner in self.parts(value, path, known).items():
            ids = self.items(inner, (*path, requirement), self.evidence_id)
            cited[requirement] = self.once(ids, (*path, requirement))
        return cited

    def answers(
        self,
        value: object,
        path: KeyPath,
        rows: Mapping[str, list[Indicator]],
        elsewhere: Mapping[str, object],
        other_key: str,
    ) -> dict[str, Answer]:
        """Answers by row id; a row that belongs under the other heading says so."""
        taken = {}
        for row_id, inner in self.mapping(value, path).items():
            here: KeyPath = (*path, row_id)
            if row_id in rows:
                taken[row_id] = self._answer(
                    inner, here, rows[row_id], "claims" if rows is self.indicators else "veto_claims"
                )
            elif row_id in elsewhere:
                self.fault(here, f"“{row_id}”应写在 {other_key} 之下；请移过去", key=True)
            else:
                self.unknown(row_id, here, rows, "指标" if rows is self.indicators else "一票否决")
        return taken

    def _answer(self, value: object, path: KeyPath, rows: list[Indicator], claims: str) -> Answer:
        parts = self.parts(value, path, _ANSWER)
        options = self.lists[claims]
        by_standard = {}
        for standard, claim in self.mapping(parts.get("claims"), (*path, "claims")).items():
            at = (*path, "claims", standard)
            if self.standard(standard, at, key=True):
                by_standard[standard] = self.choice(claim, at, options)
        requirements = tuple(dict.fromkeys((*(e.id for row in rows for e in row.evidence), "other")))
        return Answer(
            claim=self.choice(parts.get("claim"), (*path, "claim"), options),
            claims={standard: claim for standard, claim in by_standard.items() if claim},
            note=self.text(parts.get("note"), (*path, "note")),
            measures=self._measures(parts.get("measures"), (*path, "measures"), rows),
            judgements=self._judgements(parts.get("judgements"), (*path, "judgements"), rows),
            nil_return=self.evidence_id(parts.get("nil_return"), (*path, "nil_return")),
            evidence=self.cited(parts.get("evidence"), (*path, "evidence"), requirements),
        )

    def _measures(self, value: object, path: KeyPath, rows: list[Indicator]) -> dict[str, Figure]:
        known = _measures_of(rows)
        figure_ids = [measure_id for measure_id, measures in known.items() if not kind_of(measures[0]).by_person]
        taken = {}
        for measure_id, inner in self.mapping(value, path).items():
            here = (*path, measure_id)
            if measure_id not in known:
                self.unknown(measure_id, here, figure_ids, "测量项")
            else:
                figure = self._figure(inner, here, known[measure_id])
                if figure is not None:
                    taken[measure_id] = figure
        return taken

    def _figure(self, value: object, path: KeyPath, measures: list[Measure]) -> Figure | None:
        """The figure in the first shape that fits: standards may ask one id in different shapes, or list more items."""
        first: ValueReading | None = None
        for measure in (*measures, *asked_once(measures)):
            attempt = ValueReading(self.located)
            figure = kind_of(measure).read(attempt, value, path, measure)
            if not attempt.problems:
                return figure
            first = first or attempt
        self.add(first.problems if first else ())
        return None

    def _judgements(self, value: object, path: KeyPath, rows: list[Indicator]) -> dict[str, Judgement]:
        known = [i for i, measures in _measures_of(rows).items() if any(kind_of(m).by_person for m in measures)]
        taken = {}
        for measure_id, inner in self.parts(value, path, known).items():
            here = (*path, measure_id)
            parts = self.parts(inner, here, ("fulfilled", "reason"))
            taken[measure_id] = Judgement(
                self.yes_no(parts.get("fulfilled"), (*here, "fulfilled")),
                self.text(parts.get("reason"), (*here, "reason")),
            )
        return taken


def _by_id(rows: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    grouped: dict[str, list[Indicator]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    return grouped


def _measures_of(rows: list[Indicator]) -> dict[str, list[Measure]]:
    grouped: dict[str, list[Measure]] = {}
    for row in rows:
        for measure in row.measures:
            for measure_id in (measure.id, *measure.replaces):  # a former figure has the form of the present one
                grouped.setdefault(measure_id, []).append(measure)
    return grouped
