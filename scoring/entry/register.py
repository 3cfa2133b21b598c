"""What a person types for a fact of the county or a document of the register, made exact; slips named in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from indicators.model import Fact
from scoring.kinds.typed import EntryError, read_figure_number, read_number
from scoring.submission import EvidenceItem, FactValue, Judged

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class TypedFact:
    """A fact as it stands in a form: ``value`` is text, a choice's id, or a truth; ``reason`` for judged facts."""

    value: str | bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TypedEvidence:
    """A document of the register as it stands in a form."""

    title: str = ""
    document_number: str = ""
    issuer: str = ""
    date: str = ""
    pages: str = ""
    holder: str = ""


def typed_fact(value: FactValue | None) -> TypedFact:
    """The form's contents for a stored fact."""
    if isinstance(value, Judged):
        return TypedFact(value.value, value.reason or "")
    return TypedFact(value if value is None or isinstance(value, (bool, str)) else str(value))


def facts_from(facts: Iterable[Fact], typed: Mapping[str, TypedFact]) -> dict[str, FactValue | None]:
    """Facts as typed, None for what was left empty; raises `EntryError` with every unreadable number."""
    given: dict[str, FactValue | None] = {}
    problems = []
    for fact in facts:
        if fact.id not in typed:
            continue
        try:
            given[fact.id] = _fact(fact, typed[fact.id])
        except ValueError as unreadable:
            problems.append(f"县情“{fact.label}”：{unreadable}。")
    if problems:
        raise EntryError(problems)
    return given


def _fact(fact: Fact, typed: TypedFact) -> FactValue | None:
    if fact.kind == "judged":
        value = typed.value if isinstance(typed.value, bool) else None
        reason = typed.reason.strip() or None
        return None if value is None and reason is None else Judged(value, reason)
    if fact.kind == "number":
        return read_figure_number(typed.value, fact.unit) if isinstance(typed.value, str) else None
    return typed.value


def typed_evidence(item: EvidenceItem) -> TypedEvidence:
    """The form's contents for a stored document."""
    return TypedEvidence(
        title=item.title or "",
        document_number=item.document_number or "",
        issuer=item.issuer or "",
        date=item.date.isoformat() if item.date else "",
        pages="" if item.pages is None else str(item.pages),
        holder=item.holder or "",
    )


def evidence_from(before: EvidenceItem | None, typed: TypedEvidence) -> EvidenceItem:
    """The document as typed, its file and digest kept; raises `EntryError` with every unreadable field."""
    stored = before or EvidenceItem()
    problems: list[str] = []
    day = pages = None
    try:
        day = read_date(typed.date)
    except ValueError as unreadable:
        problems.append(f"日期：{unreadable}。")
    try:
        pages = read_number(typed.pages)
        if pages is not None and not isinstance(pages, int):
            problems.append(f"页数：“{typed.pages.strip()}”应为整数。")
        elif pages == 0:
            problems.append("页数：不能为 0；不清楚的可不填。")
    except ValueError as unreadable:
        problems.append(f"页数：{unreadable}。")
    if not typed.title.strip():
        problems.append("题名：不能为空，请填写材料的题名。")
    if problems:
        raise EntryError(problems)
    return EvidenceItem(
        title=typed.title.strip(),
        document_number=typed.document_number.strip() or None,
        issuer=typed.issuer.strip() or None,
        date=day,
        pages=pages if isinstance(pages, int) else None,
        holder=typed.holder.strip() or None,
        file=stored.file,
        sha256=stored.sha256,
    )


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
