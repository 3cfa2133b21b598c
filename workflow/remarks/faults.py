"""What keeps a doubt, a note or an explanation from being kept, each with the field it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from indicators.model import Vocabulary
from storage.canonical import Json
from workflow.remarks.doubts import doubt_faults
from workflow.remarks.notes import note_faults
from workflow.targets import Path, Target


def remark_faults(
    target: Target, body: Json, known_rows: Collection[str], vocabulary: Vocabulary
) -> Iterator[tuple[Path, str]]:
    """The field and the sentence; nothing for entries of other kinds. ``known_rows``: of the round's standards."""
    if target.is_doubt:
        yield from doubt_faults(target.key, body, known_rows, vocabulary)
    elif target.is_note:
        yield from note_faults(target.key, body, known_rows, vocabulary)


def never_taken_out(target: Target) -> str:
    """Why an entry of the kind cannot be taken out; empty where it can."""
    return f"{target.label}：不能删去。不再存疑的，请写明理由后解除。" if target.is_doubt else ""
