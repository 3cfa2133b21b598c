"""What stands in a workbook: sheets of lines, each line with locked words and the cells to fill in.

The same plan is drawn by the writer and held against the file by the reader, so that a line moved, lost or rewritten
is told. A cell's key is its path in the submission: ``answers/3.3.2/measures/aid_scheme``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from indicators.model import Fact, Indicator, Library, Measure, Standard
from scoring.conditions import evaluate
from scoring.entry.answer import TypedAnswer, asked_once, fields, typed_from
from scoring.entry.register import evidence_cells, typed_fact
from scoring.kinds.registry import Threshold, kind_of
from scoring.submission import EVIDENCE_COLUMNS, FORM_FIELDS, TOTAL, Answer, Submission
from scoring.wording import unit_label
from scoring.workbook.part import Key, Part
from scoring.yearly import touched_years

YES, NO = "是", "否"
YES_NO = (YES, NO)
FACTS, FORM, REGISTER, VETOES = "县情", "申报表", "佐证材料目录", "一票否决"
SPARE_DOCUMENTS = 100
BETWEEN_DOCUMENTS = "、"
OTHER_PAPERS = "other"  # documents that no requirement asks for
_HEADINGS = ("编号", "内容", "要求", "单位")
_FILL = ("填写",)
_REGISTER_KEYS = tuple(name for name, column in EVIDENCE_COLUMNS.items() if column.typed)
# The register's last columns, which workbooks made before 1 December 2026 have not.
LATER_COLUMNS = frozenset({EVIDENCE_COLUMNS["box"].label, EVIDENCE_COLUMNS["order"].label})
_NUMBERED = re.compile(r"E([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Fill:
    """A cell to fill in: what stands there now, what it may be chosen from; ``locked``: another department's, shown."""

    key: Key
    text: str = ""
    choices: tuple[str, ...] = ()
    is_number: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its own ``key`` in the hidden first column, locked ``words``, cells to fill in; a heading has none."""

    key: str
    words: tuple[str, ...]
    fills: tuple[Fill, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet: the headings of its locked words and of its cells to fill in, and its lines."""

    title: str
    words: tuple[str, ...]
    fill: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row in every standard of the round that has it."""

    id: str
    veto: bool
    under: tuple[tuple[Standard, Indicator], ...]

    @property
    def first(self) -> Indicator:
        """The row in the first of them."""
        return self.under[0][1]

    @property
    def head(self) -> Key:
        """Where its answer stands in a submission."""
        return ("vetoes" if self.veto else "answers", self.id)

    def measures(self) -> tuple[Measure, ...]:
        """Every measure some standard has, once."""
        return asked_once(measure for _, indicator in self.under for measure in indicator.measures)


def rows_of(standards: Iterable[Standard]) -> tuple[Row, ...]:
    """The rows of these standards in printed order, vetoes last."""
    under: dict[tuple[bool, str], list[tuple[Standard, Indicator]]] = {}
    for standard in standards:
        for indicator in standard.rows():
            under.setdefault((indicator.consequence == "veto", indicator.id), []).append((standard, indicator))
    return tuple(Row(row_id, veto, tuple(those)) for (veto, row_id), those in sorted(under.items(), key=_printed))


def _printed(entry: tuple[tuple[bool, str], object]) -> tuple[bool, tuple[int, ...], str]:
    (veto, row_id), _ = entry
    return veto, tuple(int(part) for part in row_id.split(".") if part.isdigit()), row_id


def sheets_of(submission: Submission, library: Library, part: Part | None, first_spare: int) -> list[SheetPlan]:
    """The sheets for a submission; for a department only its rows and the register."""
    standards = [library.standards[name] for name in submission.round.standards]
    rows = [row for row in rows_of(standards) if part is None or row.id in part.rows]
    sheets = [] if part else [_facts(submission, library, standards), _form(submission)]
    sheets.append(_register(submission, library, part, first_spare))
    by_section: dict[str, list[Row]] = {}
    for row in rows:
        by_section.setdefault(VETOES if row.veto else row.first.section, []).append(row)
    titles = {section.id: f"{section.id} {section.title}" for standard in standards for section in standard.sections}
    for section, those in by_section.items():
        lines = tuple(_of_part(line, row, part) for row in those for line in _row_lines(row, submission, library))
        sheets.append(SheetPlan(titles.get(section, section), _HEADINGS, _FILL, lines))
    return sheets


def asked_facts(standards: Iterable[Standard]) -> dict[str, Fact]:
    """The facts that are asked, once each."""
    return {fact.id: fact for standard in standards for fact in standard.facts.values() if fact.asked}


def _of_part(line: Line, row: Row, part: Part | None) -> Line:
    """The line with what is another department's locked."""
    if part is None or part.rows.get(row.id) is None:
        return line
    under = [indicator for _, indicator in row.under]
    fills = (replace(fill, locked=not part.opens(row.id, under, fill.key[2:])) for fill in line.fills)
    return replace(line, fills=tuple(fills))


def first_spare(submission: Submission, given: Iterable[str] = ()) -> int:
    """The number of the first document that has none yet. ``given``: numbers the register gave and may have lost."""
    taken = (match for item in (*submission.evidence, *given) if (match := _NUMBERED.fullmatch(item)))
    return max((int(match[1]) for match in taken), default=0) + 1


def row_years(submission: Submission, answer: Answer | None) -> tuple[str, ...]:
    """The period's years, any other the answer names, and the total in their place."""
    years = {str(year) for year in touched_years(submission.round.period)}
    for figure in (answer.measures if answer else {}).values():
        if isinstance(figure, Mapping):
            years |= figure.keys()
    return (*sorted(years - {TOTAL}), TOTAL)


def truth(value: bool | None) -> str:
    """What stands for a truth."""
    return "" if value is None else YES if value else NO


def _facts(submission: Submission, library: Library, standards: list[Standard]) -> SheetPlan:
    lines = []
    for fact in asked_facts(standards).values():
        typed = typed_fact(submission.facts.get(fact.id))
        key, note = ("facts", fact.id), fact.note or ""
        if fact.kind == "choice":
            labels = library.vocabulary.lists.get(fact.options or "", {})
            fill = Fill(key, labels.get(str(typed.value), ""), tuple(labels.values()))
        elif fact.kind == "number":
            fill = Fill(key, str(typed.value or ""), is_number=True)
        else:
            fill = Fill(key, truth(typed.value if isinstance(typed.value, bool) else None), YES_NO)
        lines.append(_line(key, ("", fact.label, note, unit_label(fact.unit)), fill))
        if fact.kind == "judged":
            reason = (*key, "reason")
            lines.append(_line(reason, ("", f"{fact.label}：理由", "须写明", ""), Fill(reason, typed.reason)))
    return SheetPlan(FACTS, _HEADINGS, _FILL, tuple(lines))


def _form(submission: Submission) -> SheetPlan:
    lines = (
        _line(("form", name), ("", field.label, "", ""), Fill(("form", name), getattr(submission.form, name) or ""))
        for name, field in FORM_FIELDS.items()
    )
    return SheetPlan(FORM, _HEADINGS, _FILL, tuple(lines))


def _register(submission: Submission, library: Library, part: Part | None, first: int) -> SheetPlan:
    spare = {f"E{number:02d}": None for number in range(first, first + SPARE_DOCUMENTS)}
    lines = []
    for item_id, item in {**submission.evidence, **dict.fromkeys(spare)}.items():
        cells = evidence_cells(item) if item else {}
        locked = bool(item and part and item_id not in part.documents)
        fills = []
        for name in _REGISTER_KEYS:
            labels = library.vocabulary.lists.get(EVIDENCE_COLUMNS[name].options, {})
            text = cells.get(name, "")
            key = ("evidence", item_id, name)
            fills.append(Fill(key, labels.get(text, text), tuple(labels.values()), locked=locked))
        lines.append(Line(f"evidence/{item_id}", (item_id,), tuple(fills)))
    return SheetPlan(REGISTER, ("编号",), tuple(EVIDENCE_COLUMNS[name].label for name in _REGISTER_KEYS), tuple(lines))


def _line(key: Key, words: tuple[str, ...], fill: Fill) -> Line:
    return Line("/".join(key), words, (fill,))


def _row_lines(row: Row, submission: Submission, library: Library) -> Iterator[Line]:
    """A row: its statement, what the county says of it, its figures, its papers."""
    answer = (submission.vetoes if row.veto else submission.answers).get(row.id)
    yield Line("/".join(row.head), (row.id, _statement(row), "", ""))
    typed = typed_from(answer, row.measures(), row_years(submission, answer))
    claims = library.vocabulary.lists["veto_claims" if row.veto else "claims"]
    word = "申明" if row.veto else "自评"

    def line(path: Key, words: tuple[str, str, str], fill: str, choices: Iterable[str] = ()) -> Line:
        key = (*row.head, *path)
        number = path[0] == "measures" and not choices
        return _line(key, (row.id, *words), Fill(key, fill, tuple(choices), number))

    yield line(("claim",), (word, "", ""), claims.get(typed.claim or "", ""), claims.values())
    if len(row.under) > 1:
        for standard, _ in row.under:
            own = claims.get(typed.claims.get(standard.id, ""), "")
            label = f"{standard.short_name}的{word}（与上面不同时才填）"
            yield line(("claims", standard.id), (label, "", ""), own, claims.values())
    for measure in _shown(row, submission, answer):
        yield from _measure_lines(measure, typed, submission, row, line)
    yield line(("note",), ("说明", "", ""), typed.note)
    nil_return = ("“无此情形”说明的材料编号", "没有此类情形时", "")
    yield line(("nil_return",), nil_return, typed.nil_return or "")
    papers = {paper.id: paper for _, indicator in row.under for paper in indicator.evidence}
    for name, paper in {**papers, OTHER_PAPERS: None}.items():
        label = paper.label if paper else "其他"
        asked = f"{'必需' if paper and paper.required else '可选'}；填材料编号，几份的用顿号隔开"
        cited = BETWEEN_DOCUMENTS.join(typed.evidence.get(name, ()))
        yield line(("evidence", name), (f"材料：{label}", asked, ""), cited)


def _statement(row: Row) -> str:
    """What is asked; where the standards say it differently, each in its words."""
    said = {indicator.statement: standard.short_name for standard, indicator in reversed(row.under)}
    if len(said) == 1:
        return row.first.statement
    return "\n".join(f"【{name}】{statement}" for statement, name in reversed(said.items()))


def _shown(row: Row, submission: Submission, answer: Answer | None) -> Iterator[Measure]:
    """Without what the county's facts rule out and nobody answered."""
    for measure in row.measures():
        asked = (own for _, indicator in row.under if (own := indicator.measure(measure.id)))
        given = answer is not None and (measure.id in answer.measures or measure.id in answer.judgements)
        if given or any(evaluate(own.applies_when, submission.facts) is not False for own in asked):
            yield measure


def _measure_lines(
    measure: Measure, typed: TypedAnswer, submission: Submission, row: Row, line: Callable[..., Line]
) -> Iterator[Line]:
    asked = str(Threshold(measure, submission.facts))
    if kind_of(measure).by_person:
        judged = typed.judgements[measure.id]
        judgement = ("judgements", measure.id)
        yield line(judgement, (measure.label, asked, ""), truth(judged.fulfilled), YES_NO)
        yield line((*judgement, "reason"), (f"{measure.label}：理由", "须写明", ""), judged.reason or "")
        return
    answer = (submission.vetoes if row.veto else submission.answers).get(row.id)
    for field in fields(measure, row_years(submission, answer)):
        path, value = ("measures", measure.id, *field.path), typed.figures[measure.id][field.path]
        if field.form == "number":
            yield line(path, (field.label, asked, unit_label(field.unit)), str(value or ""))
        elif field.form == "yes_no":
            yes_no = value if isinstance(value, bool) else None
            yield line(path, (field.label, asked, ""), truth(yes_no), YES_NO)
        else:
            for item, label in measure.items.items():
                ticked = truth(item in value if isinstance(value, tuple) else None)
                yield line((*path, item), (f"{field.label}：{label}", asked, ""), ticked, YES_NO)
