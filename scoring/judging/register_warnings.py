"""What the register of documents shows by itself, each told once: one paper under several numbers, one paper for too
many things, and documents of no kind or title. Warnings: none of it decides anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from indicators.model import Standard
from indicators.model.vocabulary import STATEMENT_KIND
from scoring.assessment import Reason
from scoring.judging.reasons import because
from scoring.submission import EvidenceItem, Submission
from scoring.visible_text import has_visible_text

CODES_OF_THE_REGISTER = frozenset(
    {"same_file_twice", "same_number_twice", "paper_for_many_kinds", "kinds_missing", "titles_missing"}
)
_MANY_KINDS = 3
_LISTED = 8
_BRACKETS = str.maketrans("[]【】()（）", "〔〕〔〕〔〕〔〕")


class Papers(NamedTuple):
    """Documents by their numbers in the register, or rows by theirs; the first ones named."""

    ids: tuple[str, ...]
    counted: str = "份"

    def __str__(self) -> str:
        named = "、".join(self.ids[:_LISTED])
        return named if len(self.ids) <= _LISTED else f"{named} 等{len(self.ids)}{self.counted}"


def register_warnings(submission: Submission, standards: Sequence[Standard]) -> Iterator[Reason]:
    """Every warning about the register as a whole."""
    register = submission.evidence
    by_file, by_number = _alike(register, _file), _alike(register, _number)
    for ids in by_file:
        yield because("same_file_twice", None, papers=Papers(ids))
    for ids in by_number:
        if ids not in by_file:
            yield because("same_number_twice", None, papers=Papers(ids), number=register[ids[0]].document_number)
    if standards:
        yield from _many_kinds(submission, standards)
    kindless = tuple(id_ for id_, item in register.items() if item.kind is None)
    nameless = tuple(id_ for id_, item in register.items() if not has_visible_text(item.title or ""))
    for code, lacking in (("kinds_missing", kindless), ("titles_missing", nameless)):
        if lacking:
            yield because(code, None, papers=Papers(lacking))


def _file(item: EvidenceItem) -> str:
    return item.sha256 or ""


def _number(item: EvidenceItem) -> str:
    return folded_number(item.document_number)


def folded_number(number: str | None) -> str:
    """A 文号 without differences of width, blanks and brackets."""
    folded = unicodedata.normalize("NFKC", number or "")
    return re.sub(r"\s", "", folded).translate(_BRACKETS)


def _alike(register: Mapping[str, EvidenceItem], key: Callable[[EvidenceItem], str]) -> list[tuple[str, ...]]:
    """Documents that have the same one, in the register's order."""
    by_key: dict[str, list[str]] = {}
    for id_, item in register.items():
        by_key.setdefault(key(item), []).append(id_)
    return [tuple(ids) for found, ids in by_key.items() if found and len(ids) > 1]


def _many_kinds(submission: Submission, standards: Sequence[Standard]) -> Iterator[Reason]:
    """A paper cited where three or more kinds of paper are asked for; the same bytes are one paper."""
    asked: dict[str, dict[tuple[str, str, str], None]] = {}
    for row_id, requirement_id, kinds, document in _citations(submission, standards):
        item = submission.evidence.get(document)
        if item is not None:
            kind = item.kind if item.kind in kinds else kinds[0]
            asked.setdefault(item.sha256 or document, {})[row_id, requirement_id, str(kind)] = None
    for key, places in asked.items():
        order = standards[0].vocabulary.lists.get("evidence_kinds", {})
        found = {kind for _, _, kind in places}
        if len(found) < _MANY_KINDS:
            continue
        same = tuple(id_ for id_, item in submission.evidence.items() if (item.sha256 or id_) == key)
        yield because(
            "paper_for_many_kinds",
            None,
            papers=Papers(same),
            title=submission.evidence[same[0]].title or "无题名",
            places=len({place[:2] for place in places}),
            rows=Papers(tuple(dict.fromkeys(row for row, _, _ in places)), "条"),
            kinds="、".join(order.get(kind, kind) for kind in sorted(found, key=[*order, *found].index)),
        )


def _citations(
    submission: Submission, standards: Sequence[Standard]
) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Every place that cites a document: row, requirement, the kinds asked there, the document."""
    given = {**submission.answers, **submission.vetoes}
    for standard in standards:
        for row in standard.rows():
            answer = given.get(row.id)
            if answer is None:
                continue
            for requirement in row.evidence:
                for document in answer.evidence.get(requirement.id, ()):
                    yield row.id, requirement.id, requirement.kinds, document
            if answer.nil_return:
                yield row.id, "nil_return", (STATEMENT_KIND,), answer.nil_return
