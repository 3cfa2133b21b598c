"""What was carried over from an earlier round and waits to be confirmed: it is in no verdict, print or export.

One entry of the submission holds it, ``{round, title, bodies: {"answer/1.1.1": …}, papers: [E01], dropped: [{title,
date, rows}]}``. A carried body waits as long as its own entry is not there; saving the form that shows it confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.model import Library
from indicators.reading.located import ProblemsError
from scoring.submission import Submission
from storage.canonical import Json
from workflow.content import bodies_of, read_content
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import Target


@dataclass(frozen=True, slots=True)
class DroppedPaper:
    """A paper of the earlier round that proves nothing in this one for the rows it was used for."""

    title: str
    date: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """``former``: what the earlier round said, by entry, as far as this round asks it. ``waiting``: those of them not
    confirmed yet. ``said``: the former words as a submission, without papers; None where they do not read any more.
    ``papers``: registered from there, and neither changed nor used in an answer since.
    """

    title: str = ""
    former: Mapping[Target, Json] = field(default_factory=dict)
    waiting: Mapping[Target, Json] = field(default_factory=dict)
    said: Submission | None = None
    papers: frozenset[str] = frozenset()
    dropped: tuple[DroppedPaper, ...] = ()


def carried(snapshot: SubmissionSnapshot, library: Library) -> Carried:
    """Of this submission; an empty one where nothing was carried over. ``library``: with the round's rules."""
    return snapshot.once("carried", lambda: _read(snapshot, library))


def _read(snapshot: SubmissionSnapshot, library: Library) -> Carried:
    entry = snapshot.entries.get(Target.carried())
    if entry is None or not isinstance(entry.body, Mapping):
        return Carried()
    body = entry.body
    former = {Target.parse(name): value for name, value in body["bodies"].items()}
    not_there = {target: value for target, value in former.items() if target not in snapshot.entries}
    cited = {
        item_id
        for answer in (*snapshot.content.answers.values(), *snapshot.content.vetoes.values())
        for ids in answer.evidence.values()
        for item_id in ids
    }
    papers = {one for one in body["papers"] if snapshot.version(Target.evidence(one)) == 1 and one not in cited}
    dropped = tuple(DroppedPaper(one["title"], one["date"], tuple(one["rows"])) for one in body["dropped"])
    waiting = _readable(snapshot, not_there, library)
    return Carried(body["title"], former, waiting, _said(snapshot, former, library), frozenset(papers), dropped)


def _said(snapshot: SubmissionSnapshot, former: Mapping[Target, Json], library: Library) -> Submission | None:
    bodies = {
        target: {part: value for part, value in body.items() if part != "evidence"}
        if isinstance(body, Mapping)
        else body
        for target, body in former.items()
        if target.kind in {"fact", "answer", "veto"}
    }
    try:
        return read_content(snapshot.record, snapshot.round, bodies, library)
    except ProblemsError:
        return None


def _readable(snapshot: SubmissionSnapshot, waiting: Mapping[Target, Json], library: Library) -> dict[Target, Json]:
    """Those that still read beside what stands: a document they name may be gone, the rules may be others."""
    standing = bodies_of(snapshot.entries.values())

    def reads(some: Mapping[Target, Json]) -> bool:
        try:
            read_content(snapshot.record, snapshot.round, {**standing, **some}, library, written=frozenset(some))
        except ProblemsError:
            return False
        return True

    if reads(waiting):
        return dict(waiting)
    return {target: body for target, body in waiting.items() if reads({target: body})}
