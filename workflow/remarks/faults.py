"""What keeps a doubt, a note or an explanation from being kept, each with the field it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicators.model import Standard, Vocabulary
from storage.canonical import Json
from workflow.remarks.doubts import doubt_faults
from workflow.remarks.explanations import explanation_faults
from workflow.remarks.notes import note_faults
from workflow.targets import Path, Target


def remark_faults(
    target: Target, body: Json, stands: Json, standards: Sequence[Standard], vocabulary: Vocabulary
) -> Iterator[tuple[Path, str]]:
    """The field and the sentence; nothing for entries of other kinds. ``stands``: the entry's body that there is."""
    known_rows = {row.id for standard in standards for row in standard.rows()}
    if target.is_doubt:
        yield from doubt_faults(target.key, body, stands, known_rows, vocabulary)
    elif target.is_note:
        yield from note_faults(target.key, body, known_rows, vocabulary)
    elif target.kind == "explanation":
        yield from explanation_faults(body, vocabulary)


def never_taken_out(target: Target) -> str:
    """Why an entry of the kind cannot be taken out; empty where it can."""
    return f"{target.label}：不能删去。不再存疑的，请写明理由后解除。" if target.is_doubt else ""
