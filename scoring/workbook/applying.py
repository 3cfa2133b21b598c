"""Changed cells become answers, facts, documents: read by the same readers as what is typed on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indicators.model import Library, Measure
from scoring.entry.answer import TypedAnswer, answer_from, typed_from
from scoring.entry.editing import with_answer, with_evidence, with_facts, with_form
from scoring.entry.register import TypedFact, evidence_from, facts_from, typed_evidence, typed_fact
from scoring.kinds.registry import kind_of
from scoring.kinds.typed import EntryError, TypedValue
from scoring.submission import EVIDENCE_COLUMNS, FORM_LABELS, EvidenceItem, Judgement, Submission
from scoring.workbook.part import Key
from scoring.workbook.plan import (
    NO,
    YES,
    Row,
    asked_facts,
    row_years,
    rows_of,
)

Changes = Mapping[Key, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be read: its code, its key, and in Chinese what is wrong with it."""

    code: str
    key: Key
    text: str


class _NoChoiceError(ValueError):
    """Something stands there that is none of the choices."""


def apply_changes(base: Submission, library: Library, changes: Changes) -> tuple[Submission, list[Refusal]]:
    """The submission with these cells, and every one that cannot be read; then the submission is not to be used."""
    standards = [library.standards[name] for name in base.round.standards]
    work = _Work(base, library)
    work.facts({key[1:]: text for key, text in changes.items() if key[0] == "facts"})
    form = {key[1]: text or None for key, text in changes.items() if key[0] == "form"}
    work.submission = with_form(work.submission, replace(work.submission.form, **_known_fields(form)))
    work.register({key[1:]: text for key, text in changes.items() if key[0] == "evidence"})
    for row in rows_of(standards):
        own = {key[2:]: text for key, text in changes.items() if key[:2] == row.head}
        if own:
            work.row(row, own)
    return work.submission, work.refusals


def _known_fields(form: dict[str, str | None]) -> dict[str, str | None]:
    return {name: text for name, text in form.items() if name in FORM_LABELS}


class _Work:
    """A submission on its way, and what was refused."""

    def __init__(self, base: Submission, library: Library) -> None:
        self.submission, self.library = base, library
        self.refusals: list[Refusal] = []

    def facts(self, changes: Changes) -> None:
        """County facts: numbers, choices, truths, judged ones with a reason."""
        known = asked_facts(self.library.standards[name] for name in self.submission.round.standards)
        typed: dict[str, TypedFact] = {}
        for path, text in changes.items():
            fact = known[path[0]]
            former = typed.get(fact.id) or typed_fact(self.submission.facts.get(fact.id))
            if path[1:]:
                typed[fact.id] = replace(former, reason=text)
                continue
            value: str | bool | None = text
            try:
                if fact.kind == "choice":
                    value = _chosen(text, self.library.vocabulary.lists.get(fact.options or "", {}))
                elif fact.kind != "number":
                    value = _truth(text)
            except _NoChoiceError as none:
                self.refusals.append(Refusal("no_choice", ("facts", fact.id), str(none)))
            typed[fact.id] = replace(former, value=value)
        for fact_id, fact_typed in typed.items():
            try:
                self.submission = with_facts(self.submission, facts_from([known[fact_id]], {fact_id: fact_typed}))
            except EntryError as unreadable:
                self._refuse("unreadable", ("facts", fact_id), unreadable)

    def register(self, changes: Changes) -> None:
        """Documents, new and changed."""
        by_item: dict[str, dict[str, str]] = {}
        for (item_id, column), text in changes.items():
            by_item.setdefault(item_id, {})[column] = text
        for item_id, cells in by_item.items():
            stored = self.submission.evidence.get(item_id)
            typed = typed_evidence(stored or EvidenceItem())
            for column, text in cells.items():
                options = self.library.vocabulary.lists.get(EVIDENCE_COLUMNS[column].options, {})
                try:
                    cells[column] = (_chosen(text, options) or "") if options else text
                except _NoChoiceError as none:
                    self.refusals.append(Refusal("no_choice", ("evidence", item_id, column), str(none)))
            if stored is not None and not any(cell.strip() for cell in {**typed.cells, **cells}.values()):
                key = ("evidence", item_id, next(iter(cells)))
                self.refusals.append(Refusal("not_deleted", key, "材料不能在这里删除；请恢复原样，到页面上删除"))
                continue
            try:
                document = evidence_from(stored, replace(typed, cells={**typed.cells, **cells}))
                self.submission = with_evidence(self.submission, item_id, document)
            except EntryError as unreadable:
                told = map(self._with_choices, unreadable.problems, unreadable.paths)
                self._refuse("unreadable", ("evidence", item_id), EntryError(told, unreadable.paths))

    def _with_choices(self, problem: str, path: Key) -> str:
        """Where nothing is chosen from a list, what there is to choose from."""
        options = self.library.vocabulary.lists.get(EVIDENCE_COLUMNS[path[0]].options, {})
        return f"{problem.rstrip('。')}：{'、'.join(options.values())}" if options else problem

    def row(self, row: Row, changes: Changes) -> None:
        """The answer of one row."""
        stored = (self.submission.vetoes if row.veto else self.submission.answers).get(row.id)
        measures = row.measures()
        typed = typed_from(stored, measures, row_years(self.submission, stored))
        refused = len(self.refusals)
        for path, text in changes.items():
            try:
                typed = self._typed(row, {measure.id: measure for measure in measures}, typed, path, text)
            except _NoChoiceError as none:
                self.refusals.append(Refusal("no_choice", (*row.head, *path), str(none)))
        typed = replace(typed, figures=_whole_lists(typed, measures))
        for path in changes:
            if path[0] in {"evidence", "nil_return"}:
                self.refusals.extend(self._unregistered((*row.head, *path), changes[path]))
        if len(self.refusals) > refused:
            return
        try:
            answer = answer_from(stored, measures, typed)
        except EntryError as unreadable:
            self._refuse("unreadable", row.head, unreadable)
            return
        self.submission = with_answer(self.submission, row.id, answer, veto=row.veto)

    def _typed(
        self, row: Row, measures: Mapping[str, Measure], typed: TypedAnswer, path: Key, text: str
    ) -> TypedAnswer:
        """The answer as typed, with one more cell."""
        claims = self.library.vocabulary.lists["veto_claims" if row.veto else "claims"]
        match path:
            case ("claim",):
                return replace(typed, claim=_chosen(text, claims))
            case ("claims", standard):
                return replace(typed, claims={**typed.claims, standard: _chosen(text, claims) or ""})
            case ("note",):
                return replace(typed, note=text)
            case ("nil_return",):
                return replace(typed, nil_return=text or None)
            case ("evidence", paper):
                return replace(typed, evidence={**typed.evidence, paper: cited_in(text)})
            case ("judgements", measure_id):
                judged = Judgement(_truth(text), typed.judgements[measure_id].reason)
                return replace(typed, judgements={**typed.judgements, measure_id: judged})
            case ("judgements", measure_id, _):
                judged = Judgement(typed.judgements[measure_id].fulfilled, text or None)
                return replace(typed, judgements={**typed.judgements, measure_id: judged})
        measure_id, inner = path[1], path[2:]
        figure: dict[Key, TypedValue] = dict(typed.figures[measure_id])
        if not measures[measure_id].items:
            yes_no = kind_of(measures[measure_id]).fields(measures[measure_id], ())[:1]
            is_truth = bool(yes_no) and yes_no[0].form == "yes_no"
            figure[inner] = _truth(text) if is_truth else text
        else:
            # 清单逐条填：先记下每条，行读完再合成
            figure[inner] = _truth(text)
        return replace(typed, figures={**typed.figures, measure_id: figure})

    def _unregistered(self, key: Key, text: str) -> Iterator[Refusal]:
        for item in cited_in(text):
            if item not in self.submission.evidence:
                words = f"材料编号“{item}”没有登记；请先在“佐证材料目录”填写它的题名和种类，或改正编号"
                yield Refusal("no_document", key, words)

    def _refuse(self, code: str, head: Key, unreadable: EntryError) -> None:
        """Each problem at its own cell, as far as the reader knows it."""
        paths = [*unreadable.paths, *[()] * len(unreadable.problems)]
        for problem, path in zip(unreadable.problems, paths, strict=False):
            key = head if path[:1] == head[1:2] and head[0] == "facts" else (*head, *path)
            self.refusals.append(Refusal(code, key, problem))


def _whole_lists(typed: TypedAnswer, measures: tuple[Measure, ...]) -> dict[str, Mapping[Key, TypedValue]]:
    """Lists of ticks from their items' cells: nothing said of any is no answer, 否 to all of them is one."""
    figures = dict(typed.figures)
    for measure in measures:
        cells = figures.get(measure.id, {})
        ticks = {path[0]: value for path, value in cells.items() if path}
        if not measure.items or not ticks:
            continue
        former = cells.get(())
        stored = former if isinstance(former, tuple) else None
        states = {item: None if stored is None else item in stored for item in measure.items} | ticks
        kept = tuple(item for item in stored or () if states.get(item) is True)
        ticked = (*kept, *(item for item, state in states.items() if state is True and item not in kept))
        said = any(state is not None for state in states.values())
        figures[measure.id] = {(): ticked if said else None}
    return figures


def cited_in(text: str) -> tuple[str, ...]:
    """Document numbers, divided by 、 , ; or blanks."""
    for divider in "，,；;\n\t \u3000":
        text = text.replace(divider, "、")
    return tuple(dict.fromkeys(part for part in text.split("、") if part))


def _truth(text: str) -> bool | None:
    if text and text not in (YES, NO):
        raise _NoChoiceError(f"“{text[:20]}”不是“是”或“否”；请从下拉中选，没有查实的先空着")
    return {YES: True, NO: False}.get(text)


def _chosen(text: str, labels: Mapping[str, str]) -> str | None:
    """The identifier of a label; None where nothing is chosen."""
    if not text:
        return None
    chosen = next((identifier for identifier, label in labels.items() if label == text), None)
    if chosen is None:
        raise _NoChoiceError(f"“{text[:20]}”不在可选之列；请从下拉中选：{'、'.join(labels.values())}")
    return chosen
