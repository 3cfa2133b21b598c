"""The notes of a review level, and how those to the county become part of its next return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scoring.submission import ReviewLevel
from storage.records import Return
from workflow.errors import LONGEST_REASON, Refused
from workflow.procedure.situation import MoveRequest, RequestedItem
from workflow.remarks.notes import Note, joined, read_note
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import NOTE_KINDS


def notes(snapshot: SubmissionSnapshot, level: ReviewLevel) -> tuple[Note, ...]:
    """Every note of a level, the first one first; none for anybody of another level. One about a row that no standard
    asks any more is about the submission."""
    kind, rows = NOTE_KINDS[level], {row.id for row in printed_rows(snapshot.standards)}
    read = (read_note(t.key, snapshot.entries[t].body) for t in sorted(snapshot.entries) if t.kind == kind)
    return tuple(note if note.row_id in rows else replace(note, row_id="") for note in read)


def told_in(note: Note, returns: Iterable[Return], level: ReviewLevel) -> Return | None:
    """The return of this level whose notice holds the note's words, one taken back aside."""
    if note.to != "county":
        return None
    standing = (one for one in returns if one.level == level and one.taken_back_at is None)
    return next((one for one in standing if note.text in _words(one, note.row_id)), None)


def _words(returned: Return, row_id: str) -> str:
    return "\n".join((returned.reason or "", *(item.reason for item in returned.items if row_id in {"", item.row_id})))


def notes_to_tell(snapshot: SubmissionSnapshot, level: ReviewLevel, returns: Sequence[Return]) -> tuple[Note, ...]:
    """The open notes to the county that no notice has told it yet."""
    return tuple(
        note
        for note in notes(snapshot, level)
        if note.to == "county" and not note.resolved and told_in(note, returns, level) is None
    )


def with_notes(request: MoveRequest, told: Iterable[Note]) -> MoveRequest:
    """A return's notice with these notes: in the item of the row each is about, a new one where there is none, else in
    the general words. What stands there already is not said twice."""
    items, general = list(request.items), request.reason.strip()
    for note in told:
        at = next((n for n, item in enumerate(items) if item.row_id == note.row_id), None)
        if not note.row_id:
            general = _added(general, note.text)
        elif at is None:
            items.append(RequestedItem(note.row_id, note.text))
        else:
            items[at] = replace(items[at], reason=_added(items[at].reason.strip(), note.text))
    return replace(request, items=tuple(items), reason=general)


def refuse_overlong_notice(request: MoveRequest, told: Sequence[Note]) -> None:
    """Raise Refused where notes make a text of the notice too long, naming them: nobody typed it as it stands."""
    texts = [("", request.reason), *((item.row_id, item.reason) for item in request.items)]
    for row_id, text in texts:
        numbers = "、".join(note.number for note in told if note.row_id == row_id and note.text in text)
        if numbers and len(text) > LONGEST_REASON:
            where = f"指标 {row_id} 的" if row_id else ""
            raise Refused(
                "too_long",
                f"加上{where}告知县里的备注 {numbers}，通知里的这一段有{len(text)}字，超过{LONGEST_REASON}字的限制。"
                "请先精简或办结其中几条备注。",
            )


def _added(words: str, text: str) -> str:
    return words if text in words else joined((words, text))
