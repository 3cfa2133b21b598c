"""What a person types for a fact of the county or a document of the register, made exact; slips named in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from indicators.model import Fact
from scoring.days import DocumentDate, Month, first_day, last_day
from scoring.kinds.figure_text import read_figure
from scoring.kinds.typed import EntryError
from scoring.submission import EVIDENCE_COLUMNS, EvidenceItem, FactValue, Judged

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
# 登记时按字面之外的意思读的列。
_NO_TEXTS = frozenset({"date", "valid_until", "pages"})


@dataclass(frozen=True, slots=True)
class TypedFact:
    """A fact as it stands in a form: ``value`` is text, a choice's id, or a truth; ``reason`` for judged facts."""

    value: str | bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TypedEvidence:
    """A document of the register as it stands in a form: column → its text; a column not named is empty."""

    cells: Mapping[str, str] = field(default_factory=dict)

    def cell(self, column: str) -> str:
        """What is typed in a column, without blanks around it."""
        return self.cells.get(column, "").strip()


def typed_fact(value: FactValue | None) -> TypedFact:
    """The form's contents for a stored fact."""
    if isinstance(value, Judged):
        return TypedFact(value.value, value.reason or "")
    return TypedFact(value if value is None or isinstance(value, (bool, str)) else str(value))


def facts_from(facts: Iterable[Fact], typed: Mapping[str, TypedFact]) -> dict[str, FactValue | None]:
    """Facts as typed, None for what was left empty; raises `EntryError` with every unreadable number."""
    values: dict[str, FactValue | None] = {}
    problems = {}
    for fact in facts:
        if fact.id not in typed:
            continue
        try:
            values[fact.id] = _fact(fact, typed[fact.id])
        except ValueError as unreadable:
            problems[(fact.id,)] = f"县情“{fact.label}”：{unreadable}。"
    if problems:
        raise EntryError(problems.values(), problems)
    return values


def _fact(fact: Fact, typed: TypedFact) -> FactValue | None:
    if fact.kind == "judged":
        value = typed.value if isinstance(typed.value, bool) else None
        reason = typed.reason.strip() or None
        return None if value is None and reason is None else Judged(value, reason)
    if fact.kind == "number":
        return read_figure(typed.value, fact.unit) if isinstance(typed.value, str) else None
    return typed.value


def typed_evidence(item: EvidenceItem) -> TypedEvidence:
    """The form's contents for a stored document."""
    return TypedEvidence(evidence_cells(item))


def evidence_cells(item: EvidenceItem) -> dict[str, str]:
    """The typed columns of a stored document as text, empty where nothing is given."""
    return {name: _cell(getattr(item, name)) for name, column in EVIDENCE_COLUMNS.items() if column.typed}


def _cell(value: object) -> str:
    return "" if value is None else str(value)  # a day is written 2017-09-01


def evidence_from(former: EvidenceItem | None, typed: TypedEvidence) -> EvidenceItem:
    """The document as typed, its file and digest kept; raises `EntryError` with every unreadable field."""
    problems: dict[str, str] = {}
    days: dict[str, DocumentDate | None] = {}
    pages = None
    for name in ("date", "valid_until"):
        try:
            days[name] = read_document_date(typed.cell(name))
        except ValueError as unreadable:
            problems[name] = f"{unreadable}。"
    day, until = days.get("date"), days.get("valid_until")
    if day is not None and until is not None and last_day(until) < first_day(day):
        problems["valid_until"] = "早于成文日期，请核对。"
    try:
        pages = _read_pages(typed.cell("pages"))
    except ValueError as unreadable:
        problems["pages"] = f"{unreadable}。"
    for name, column in EVIDENCE_COLUMNS.items():
        if column.options and not typed.cell(name):
            problems[name] = f"没有选择，请选择{column.label}。"
    if not typed.cell("title"):
        problems["title"] = "不能为空，请填写材料的题名。"
    if problems:
        told = [f"{EVIDENCE_COLUMNS[name].label}：{problem}" for name, problem in problems.items()]
        raise EntryError(told, [(name,) for name in problems])
    texts = {
        name: typed.cell(name) or None
        for name, column in EVIDENCE_COLUMNS.items()
        if column.typed and name not in _NO_TEXTS
    }
    return replace(former or EvidenceItem(), date=day, valid_until=until, pages=pages, **texts)


def _read_pages(text: str) -> int | None:
    pages = read_figure(text, "页")
    if pages == 0:
        raise ValueError("不能为 0；不清楚的可不填")
    return None if pages is None else int(pages)


def read_document_date(text: str) -> DocumentDate | None:
    """As `read_date`, or a month: 2017-09, 2017年9月."""
    folded = unicodedata.normalize("NFKC", text).strip()
    match = _MONTH.fullmatch(folded)
    if match is None:
        return read_date(text)
    try:
        return Month(*(int(part) for part in match.groups()))
    except ValueError as unreal:
        raise ValueError(f"“{text.strip()}”不是月份，请按 2017-09 的样式填写") from unreal


def names_a_month(text: str) -> bool:
    """Whether it reads as a month without its day."""
    try:
        return isinstance(read_document_date(text), Month)
    except ValueError:
        return False


def read_date(text: str) -> date | None:
    """A day written 2017-09-01, 2017/9/1, 2017.9.1 or 2017年9月1日; None when empty, ValueError (Chinese) otherwise."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        return None
    match = _DATE.fullmatch(folded)
    if match:
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            pass
    raise ValueError(f"“{text.strip()}”不是日期，请按 2017-09-01 的样式填写")
