"""What was carried over from an earlier round, or summed from townships, and waits to be confirmed by its form's save.

It is in no verdict, print or export. One entry of the submission holds what an earlier round said, ``{round, title,
bodies: {"answer/1.1.1": …}, papers: [E01], dropped: [{title, date, rows}]}``; a carried body waits as long as its own
entry is not there. Sums: `workflow.carrying.townships`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

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
class Source:
    """Where a proposal comes from, in words. ``measures``: the figures it proposes; None: the whole of the entry.

    ``summed``: it sums what townships counted; ``beside``: something stands until it is confirmed.
    """

    words: str
    measures: frozenset[str] | None = None
    summed: bool = False
    beside: bool = False

    @property
    def until(self) -> str:
        """What counts before it is confirmed."""
        return "确认以前仍按已保存的计算" if self.beside else "确认以前按未填报计算"


@dataclass(frozen=True, slots=True)
class Carried:
    """``former``: what the earlier round said, by entry, as far as this round asks it. ``waiting``: those of them not
    confirmed yet, and sums of townships. ``said``: the former words as a submission, without papers; None where they
    do not read any more. ``sources``: of what waits, where it comes from.
    ``papers``: registered from there, and neither changed nor used in an answer since.
    """

    title: str = ""
    former: Mapping[Target, Json] = field(default_factory=dict)
    waiting: Mapping[Target, Json] = field(default_factory=dict)
    said: Submission | None = None
    papers: frozenset[str] = frozenset()
    dropped: tuple[DroppedPaper, ...] = ()
    sources: Mapping[Target, Source] = field(default_factory=dict)


def carried(snapshot: SubmissionSnapshot, library: Library) -> Carried:
    """Of this submission; an empty one where nothing was carried over. ``library``: with the round's rules."""
    return snapshot.once("carried", lambda: _with_sums(snapshot, _read(snapshot, library), library))


def _with_sums(snapshot: SubmissionSnapshot, earlier: Carried, library: Library) -> Carried:
    """With what townships counted, where the entry is still as it was then; a helper's part only for a helper."""
    entry = snapshot.entries.get(Target.townships())
    if entry is None or not isinstance(entry.body, Mapping):
        return earlier
    words = f"由{entry.body['townships']}个乡镇（街道）汇总，{entry.body['made']}"
    waiting, sources = dict(earlier.waiting), dict(earlier.sources)
    for name, proposal in entry.body["proposed"].items():
        target = Target.parse(name)
        if snapshot.version(target) != proposal["version"]:
            continue
        body, measures = _summed(snapshot, target, proposal, earlier.waiting.get(target))
        standing = snapshot.entries.get(target)
        if body == (None if standing is None else standing.body) or not _readable(snapshot, {target: body}, library):
            continue
        if target in sources:  # an earlier round proposes the rest of it
            measures, words_here = None, f"{sources[target].words}；{words}"
        else:
            words_here = words
        waiting[target], sources[target] = body, Source(words_here, measures, summed=True, beside=standing is not None)
    return replace(earlier, waiting=waiting, sources=sources)


def _summed(
    snapshot: SubmissionSnapshot, target: Target, proposal: Mapping[str, Any], earlier: Json
) -> tuple[Json, frozenset[str] | None]:
    """The entry with the sums in it, and which of its figures they are."""
    if "value" in proposal:
        return proposal["value"], None
    part = snapshot.context.parts.get(target.key)
    proposed = proposal["measures"]
    figures = {m: figure for m, figure in proposed.items() if part is None or m in part}
    entry = snapshot.entries.get(target)
    below = earlier if entry is None else entry.body
    body: dict[str, Any] = dict(below) if isinstance(below, Mapping) else {}
    if figures:
        body["measures"] = {**body.get("measures", {}), **figures}
    return body or None, frozenset(figures)


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
    sources = dict.fromkeys(waiting, Source(f"沿用自“{body['title']}”"))
    said = _said(snapshot, former, library)
    return Carried(body["title"], former, waiting, said, frozenset(papers), dropped, sources)


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
