"""What the documents of the register are used for, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indicators.model import Standard
from scoring.submission import Submission

OTHER = "其他材料"
NIL_RETURN = "无此情形的说明"


class Use(NamedTuple):
    """A row whose answer names the document. ``slots``: the materials asked there that it is given for."""

    row_id: str
    veto: bool
    slots: tuple[str, ...]

    def __str__(self) -> str:
        return f"{'一票否决' if self.veto else '指标'} {self.row_id}（{'、'.join(self.slots)}）"


def uses(submission: Submission, standards: Sequence[Standard]) -> Mapping[str, tuple[Use, ...]]:
    """By document: the rows that name it, indicators first; a document that none names is left out."""
    slots: dict[tuple[str, str, bool], dict[str, None]] = {}
    for row_id, veto, document, slot in _citations(submission, standards):
        slots.setdefault((document, row_id, veto), {})[slot] = None
    by_document: dict[str, list[Use]] = {}
    for (document, row_id, veto), words in slots.items():
        by_document.setdefault(document, []).append(Use(row_id, veto, tuple(words)))
    return {document: tuple(those) for document, those in by_document.items()}


def still_used(document: str, those: Sequence[Use]) -> str:
    """Why it cannot be taken out of the register."""
    return f"{document} 还用于{'、'.join(map(str, those))}：请先在这些指标中换下，再删去。"


def _citations(submission: Submission, standards: Sequence[Standard]) -> Iterator[tuple[str, bool, str, str]]:
    """Each naming: row, whether a veto, document, for what."""
    labels = {
        (row.id, requirement.id): requirement.label
        for standard in reversed(standards)
        for row in standard.rows()
        for requirement in row.evidence
    }
    for veto, answers in ((False, submission.answers), (True, submission.vetoes)):
        for row_id, answer in answers.items():
            for requirement, documents in answer.evidence.items():
                for document in documents:
                    yield row_id, veto, document, labels.get((row_id, requirement), OTHER)
            if answer.nil_return is not None:
                yield row_id, veto, answer.nil_return, NIL_RETURN
