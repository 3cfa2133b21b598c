"""One event counted twice: the same registered document cited where different events are asked for, as a warning.

``distinct_documents`` of the standards (YAML: ``cross_checks`` with ``is: distinct``). The same document is the same id
of the register, or another id under which the same bytes (``sha256``) are registered. Like every cross-check it decides
nothing, and nothing a county writes in a note silences it: a reviewer judges what the note says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indicators.model import DistinctDocuments, EvidenceRef, EvidenceRequirement, Indicator, Standard
from scoring.assessment import Reason, where
from scoring.conditions import evaluate
from scoring.judging.reasons import because
from scoring.submission import Submission


class Cited(NamedTuple):
    """One place that cites the document, under the id it is registered by there."""

    ref: EvidenceRef
    row: Indicator
    label: str
    document: str
    title: str | None

    def __str__(self) -> str:
        return f"{where(self.row)}“{self.label}”"


class Places(tuple[Cited, ...]):
    """The places of one document, in the standard's order."""

    __slots__ = ()

    def __str__(self) -> str:
        *others, last = dict.fromkeys(str(cited) for cited in self)
        return f"{'、'.join(others)}和{last}" if others else last


class Documents(tuple[Cited, ...]):
    """The document as it is registered; several ids where the same bytes are registered several times."""

    __slots__ = ()

    def __str__(self) -> str:
        titles = {cited.document: cited.title for cited in self}
        named = "、".join(f"{document}“{title}”" if title else document for document, title in titles.items())
        return f"材料 {named}" if len(titles) == 1 else f"材料 {named}内容相同，是同一份文件，"


def duplicate_citations(submission: Submission, standards: Sequence[Standard]) -> Iterator[Reason]:
    """A warning for every document cited at two places of a check, once however many standards have the check."""
    told: set[tuple[str, str]] = set()
    for standard in standards:
        for check in standard.distinct_documents:
            shared = _shared(submission, check)
            if not shared or (check.applies_when and not evaluate(check.applies_when, submission.facts)):
                continue
            for document, citations in shared.items():
                places = _places(submission, standard, citations)
                if len({cited.ref for cited in places}) > 1 and (check.id, document) not in told:
                    told.add((check.id, document))
                    yield because(
                        "document_cited_twice",
                        None,
                        check=check.id,
                        documents=Documents(places),
                        places=Places(places),
                        says=check.says.rstrip("。"),
                    )


def places_of_document(reason: Reason) -> tuple[Cited, ...]:
    """The places a warning is about, in the order it names them; empty for any other reason."""
    places = reason.given.get("places")
    return tuple(places) if isinstance(places, Places) else ()


def _shared(submission: Submission, check: DistinctDocuments) -> Mapping[str, Sequence[tuple[EvidenceRef, str]]]:
    """By the digest of its bytes, else by its id: each document cited at two places, with the place and id of each."""
    by_bytes: dict[str, list[tuple[EvidenceRef, str]]] = {}
    for ref in check.documents:
        answer = submission.answers.get(ref.row) or submission.vetoes.get(ref.row)
        for document in answer.evidence.get(ref.evidence, ()) if answer else ():
            item = submission.evidence.get(document)
            if item is not None:
                by_bytes.setdefault(item.sha256 or document, []).append((ref, document))
    return {key: citations for key, citations in by_bytes.items() if len({ref for ref, _ in citations}) > 1}


def _places(
    submission: Submission, standard: Standard, citations: Sequence[tuple[EvidenceRef, str]]
) -> Sequence[Cited]:
    """Those of the citations whose place is asked of this county."""
    places = []
    for ref, document in citations:
        row = standard.row(ref.row)
        requirement = row.requirement(ref.evidence) if row else None
        if row is not None and requirement is not None and _asked(submission, row, requirement):
            places.append(Cited(ref, row, requirement.label, document, submission.evidence[document].title))
    return places


def _asked(submission: Submission, row: Indicator, requirement: EvidenceRequirement) -> bool:
    """Whether the row, and something the documents would prove, are asked of this county for certain."""
    facts = submission.facts
    if row.applies_when and not evaluate(row.applies_when, facts):
        return False
    supported = [measure for measure in row.measures if measure.id in requirement.supports]
    return not supported or any(
        measure.applies_when is None or evaluate(measure.applies_when, facts) for measure in supported
    )
