"""Two people's versions of one entry, field by field: what they changed in different fields stands together.

A field is what makes sense only as a whole: one measure's figure, numerator with denominator; the claims together;
each judgement, a finding's conclusion with its reason, each slot of materials, each row a visit saw, the note. Where
both changed the same field neither is taken for right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storage.canonical import Json
from workflow.errors import Clash
from workflow.office import Office
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import Path, Target

if TYPE_CHECKING:
    from workflow.submission.checking import Edit

WHOLE: Path = ()  # the one field of an entry that is not taken apart
# What is one field though it stands under several names, and what is a field for each name under it.
_TOGETHER: Mapping[str, tuple[str, ...]] = {"claim": ("claim", "claims")}
_FINDING: Mapping[str, tuple[str, ...]] = {"finding": ("finding", "reason")}
_FILE: Mapping[str, tuple[str, ...]] = {"file": ("file", "sha256")}  # a name and the bytes it names
_APART = frozenset({"measures", "judgements", "evidence", "rows"})


@dataclass(frozen=True, slots=True)
class Merge:
    """``body``: both versions' fields; where they clash, as it stands. ``theirs``: fields only the other changed."""

    body: Json
    clashing: tuple[Path, ...]
    theirs: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Somebody else had saved the entry since it was opened: ``fields`` of theirs that stand beside one's own."""

    target: Target
    fields: tuple[Path, ...]
    by: str


def settled(
    snapshot: SubmissionSnapshot, edits: Sequence[Edit], bases: Mapping[Target, Json]
) -> tuple[tuple[Edit, ...], tuple[Merged, ...], tuple[Clash, ...]]:
    """The edits on the versions that stand: where somebody saved since, with what they changed in other fields.

    ``bases``: the bodies in the versions that the edits were made on (`bodies_seen`).
    """
    done: list[Edit] = []
    merged: list[Merged] = []
    clashes: list[Clash] = []
    for edit in edits:
        if snapshot.version(edit.target) == edit.expected_version:
            done.append(edit)
            continue
        entry = snapshot.entries.get(edit.target)
        current, version, by = (None, 0, "") if entry is None else (entry.body, entry.version, entry.updated_by)
        both = _both(edit, bases, current)
        if both.clashing:
            clashes.append(Clash(edit.target, edit.body, current, version, by, both.clashing, both.body))
        elif both.theirs:
            merged.append(Merged(edit.target, both.theirs, by))
        done.append(edit if both.clashing else replace(edit, body=both.body, expected_version=version))
    return tuple(done), tuple(merged), tuple(clashes)


def bodies_seen(office: Office, snapshot: SubmissionSnapshot, edits: Sequence[Edit]) -> dict[Target, Json]:
    """What the entries said on which somebody saved since an edit was made, in the version it was made on."""
    late = {e.target: e.expected_version for e in edits if snapshot.version(e.target) != e.expected_version}
    seen: dict[tuple[str, str], int] = {(t.kind, t.key): version for t, version in late.items() if version}
    if not seen:
        return {}
    with office.store.read() as tx:
        bodies = tx.entries.bodies_at(snapshot.record.id, seen)
    return {target: bodies[target.kind, target.key] for target in late if (target.kind, target.key) in bodies}


def _both(edit: Edit, bases: Mapping[Target, Json], current: Json) -> Merge:
    if edit.expected_version and edit.target not in bases:  # a version that never was: nothing to compare with
        return Merge(current, differing(edit.target, edit.body, current), ())
    return merge(edit.target, bases.get(edit.target), edit.body, current)


def fields_of(target: Target, body: Json) -> Mapping[Path, Json]:
    """The fields that are there, by their path in the body; one that is not there has no path."""
    if body is None:
        return {}
    if not isinstance(body, Mapping) or not _is_taken_apart(target):
        return {WHOLE: body}
    fields: dict[Path, Json] = {}
    groups = _groups(target)
    first_name = {name: first for first, names in groups.items() for name in names}
    for name, value in body.items():
        if name in first_name:
            together = {one: body[one] for one in groups[first_name[name]] if _says(body.get(one))}
            if together:
                fields[(first_name[name],)] = together
        elif name in _APART and target.kind != "evidence" and isinstance(value, Mapping):
            fields.update({(name, part): inner for part, inner in value.items() if inner is not None})
        elif value is not None:
            fields[(name,)] = value
    return fields


def body_of(target: Target, fields: Mapping[Path, Json]) -> Json:
    """The reverse of `fields_of`."""
    if not fields:
        return None
    if WHOLE in fields:
        return fields[WHOLE]
    body: dict[str, Any] = {}
    groups = _groups(target)
    for path, value in fields.items():
        if len(path) > 1:
            body.setdefault(path[0], {})[path[1]] = value
        elif path[0] in groups and isinstance(value, Mapping):
            body.update(value)
        else:
            body[path[0]] = value
    return body


def merge(target: Target, base: Json, mine: Json, theirs: Json) -> Merge:
    """What two people made of the same version. ``base``: that version; None where there was nothing.

    Who takes an entry out and who changes it clash in the whole of it, and so do two new documents, or two new visits,
    under one number.
    """
    ours, standing, before = (fields_of(target, body) for body in (mine, theirs, base))
    in_one_piece = WHOLE in {*ours, *standing, *before} or mine is None or theirs is None
    if in_one_piece or (base is None and target.kind in {"evidence", "site_visit"}):
        return Merge(theirs, () if mine == theirs else (WHOLE,), ())
    merged: dict[Path, Json] = {}
    clashing, only_theirs = [], []
    for path in dict.fromkeys((*standing, *ours, *before)):
        value, stands, was = ours.get(path), standing.get(path), before.get(path)
        if value in (stands, was):
            if stands not in (was, value):
                only_theirs.append(path)
            value = stands
        elif stands != was:
            clashing.append(path)
            value = stands
        if value is not None:
            merged[path] = value
    return Merge(body_of(target, merged), tuple(clashing), tuple(only_theirs))


def taken_from(target: Target, into: Json, source: Json, paths: Collection[Path]) -> Json:
    """``into`` with these fields as ``source`` has them: what a person chose one by one after a clash."""
    if WHOLE in paths:
        return source
    fields, chosen = dict(fields_of(target, into)), fields_of(target, source)
    for path in paths:
        if path in chosen:
            fields[path] = chosen[path]
        else:
            fields.pop(path, None)
    return body_of(target, fields)


def differing(target: Target, one: Json, other: Json) -> tuple[Path, ...]:
    """The fields in which two versions differ."""
    first, second = fields_of(target, one), fields_of(target, other)
    return tuple(path for path in dict.fromkeys((*first, *second)) if first.get(path) != second.get(path))


def _is_taken_apart(target: Target) -> bool:
    visited = target.kind == "site_visit" or target.is_visit_plan
    return target.is_answer or target.is_finding or target.is_opinion or target.kind == "evidence" or visited


def _groups(target: Target) -> Mapping[str, tuple[str, ...]]:
    if target.kind == "evidence":
        return _FILE
    if target.is_finding:
        return _FINDING
    return _TOGETHER if target.is_answer else {}


def _says(value: Json) -> bool:
    return value is not None and value != {}
