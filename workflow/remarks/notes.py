"""备注: what a review level writes down for itself, or for the county to read with the next return."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from indicators.model import Vocabulary
from scoring.substance import reason_lacks
from scoring.visible_text import has_visible_text
from storage.canonical import Json
from workflow.targets import NEW, Path

Reader = Literal["internal", "county"]
READERS: Mapping[Reader, str] = {
    "internal": "仅本级（县里和其他各级都看不到）",
    "county": "告知县里（随下一次退回补正通知）",
}
_FIELDS = frozenset({"to", "text", "row_id", "resolved"})
_NUMBER = re.compile("[0-9]{3,6}")
_ENDS = tuple("。；！？")
_LONGEST = 500  # of one to the county: it goes into a notice, beside others


@dataclass(frozen=True, slots=True)
class Note:
    """``row_id``: the row it is about; empty for the submission as a whole. ``resolved``: nothing is left to do."""

    number: str
    text: str
    to: Reader = "internal"
    row_id: str = ""
    resolved: bool = False


def read_note(number: str, body: Json) -> Note:
    """A note from its entry's body."""
    stored = body if isinstance(body, Mapping) else {}
    to: Reader = "county" if stored.get("to") == "county" else "internal"
    text, row_id = str(stored.get("text") or ""), str(stored.get("row_id") or "")
    return Note(number, text, to, row_id, stored.get("resolved") is True)


def note_body(note: Note) -> dict[str, Json]:
    """The body of its entry."""
    body: dict[str, Json] = {"to": note.to, "text": note.text.strip()}
    body |= {"row_id": note.row_id} if note.row_id else {}
    return {**body, "resolved": True} if note.resolved else body


def joined(texts: Iterable[str]) -> str:
    """Texts of one notice in one line, each ended."""
    words = ""
    for text in filter(None, texts):
        words += text if not words or words.endswith(_ENDS) else f"；{text}"
    return words


def note_faults(
    number: str, body: Json, known_rows: Collection[str], vocabulary: Vocabulary
) -> Iterator[tuple[Path, str]]:
    """What keeps a note from being kept: the field, and the sentence."""
    fit = isinstance(body, Mapping) and set(body) <= _FIELDS and body.get("to") in READERS
    numbered = number.startswith(NEW) or _NUMBER.fullmatch(number)
    if not fit or not isinstance(body, Mapping) or not numbered or body.get("resolved") not in {None, True}:
        yield (), "备注：内容与要求的形式不符。请刷新页面后重试。"
        return
    note = read_note(number, body)
    if note.row_id and note.row_id not in known_rows:
        yield ("row_id",), f"备注：没有编号为“{note.row_id}”的指标。请从列表中选取。"
    if note.to == "internal":
        if not has_visible_text(note.text):
            yield ("text",), "备注没有写内容。请写明后再保存。"
    elif lacks := reason_lacks(note.text, 1, vocabulary):
        yield ("text",), f"告知县里的备注{lacks}。请写明查到了什么、县里要补什么或改什么。"
    elif len(note.text) > _LONGEST:
        yield ("text",), f"告知县里的备注有{len(note.text)}字，超过{_LONGEST}字的限制。请精简。"
