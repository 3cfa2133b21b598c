"""What is looked at before an edit is written: may the person write it, is it fit to keep, does it read.

Every refusal says in words what is wrong, and where: its places are what a form marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.model import Library
from indicators.reading.located import Problem, ProblemsError
from scoring.assessment import Assessment
from scoring.checks.named_checks import keys_found
from scoring.entry.uses import still_used, uses
from scoring.judging.levels import fields_at_fault
from scoring.submission import REVIEW_LEVELS, ReviewLevel, Submission
from scoring.workbook.part import is_of_part
from storage.canonical import Json, dumps, loads
from workflow.errors import Place, Refused
from workflow.permissions import edit_refusal
from workflow.remarks.finding_faults import finding_faults, left_hanging
from workflow.submission.applying import applied, citing
from workflow.submission.entry_shape import entry_refusal
from workflow.submission.merging import differing
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import LOCAL_POLICIES, Target

# 条目在交换文件中的位置，错误信息由此说起。
_SECTIONS: Mapping[str, str] = {
    "fact": "facts",
    "form": "form",
    "answer": "answers",
    "veto": "vetoes",
    "evidence": "evidence",
    "finding.prefecture": "findings.prefecture",
    "finding.province": "findings.province",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry to write: its new body (None takes it out) and the version the person saw (0 = it was not there)."""

    target: Target
    body: Json
    expected_version: int


def differs(snapshot: SubmissionSnapshot, edit: Edit) -> bool:
    """Whether it changes anything."""
    entry = snapshot.entries.get(edit.target)
    return edit.body is not None if entry is None else bool(entry.body != edit.body)


def as_kept(body: Json) -> Json:
    """The body as it will be read back (tuples are lists); what cannot be kept stays, and is refused in words."""
    try:
        return loads(dumps(body))
    except (TypeError, ValueError):
        return body


def refuse(snapshot: SubmissionSnapshot, edits: Iterable[Edit], today: date, library: Library) -> None:
    """Raise Refused where the person may not write one of these, or one of them cannot be kept: all reasons at once."""
    refusals: list[Refused] = []
    places: list[Place] = []
    seen: set[Target] = set()
    for edit in edits:
        refusal = edit_refusal(snapshot.person, edit.target, snapshot.context) or _beyond_part(snapshot, edit)
        if refusal is None:
            refusal = entry_refusal(snapshot, edit.target, edit.body, today, library)
        if edit.target in seen:
            refusal = Refused("malformed", f"{edit.target.label}：同一处在一次保存中写了两遍。")
        seen.add(edit.target)
        if refusal is not None:
            refusals.append(refusal)
            places += refusal.places or ((edit.target, ()),)
    if refusals:
        reasons = dict.fromkeys(reason for refusal in refusals for reason in refusal.reasons)
        raise Refused(refusals[0].code, *reasons, places=places)


def _beyond_part(snapshot: SubmissionSnapshot, edit: Edit) -> Refused | None:
    """Why a helper may not write this: it changes more of the row than the figures that are its own."""
    part = snapshot.context.parts.get(edit.target.key) if edit.target.is_answer else None
    if part is None:
        return None
    entry = snapshot.entries.get(edit.target)
    rows = [row for standard in snapshot.standards if (row := standard.row(edit.target.key)) is not None]
    changed = differing(edit.target, None if entry is None else entry.body, edit.body)
    beyond = [path for path in changed if not is_of_part(rows, part, path)]
    if not beyond:
        return None
    return Refused("not_assigned", only_part(snapshot, edit.target), places=[(edit.target, path) for path in beyond])


def only_part(snapshot: SubmissionSnapshot, target: Target) -> str:
    """The sentence for a helper that would change more of a row than its own figures."""
    part = snapshot.context.parts.get(target.key, frozenset())
    rows = [row for standard in snapshot.standards if (row := standard.row(target.key)) is not None]
    labels = {measure.id: measure.label for row in reversed(rows) for measure in row.measures if measure.id in part}
    own = "、".join(labels.values())
    return f"您的单位在{target.label} 中只填：{own}（及其佐证材料）。其余由牵头单位填写，请不要改动。"


def refuse_unfounded(
    snapshot: SubmissionSnapshot, edits: Iterable[Edit], content: Submission, judged: Assessment
) -> None:  # fmt: skip
    """Raise Refused where a finding lacks what it takes to stand. ``content``, ``judged``: with it."""
    found = {edit.target.key: edit.target for edit in edits if edit.target.is_finding and edit.body is not None}
    faults = [fault for target in found.values() for fault in _unsupported(snapshot, target, content)]
    results = (r for standard in judged.standards.values() for r in standard.results if r.id in found)
    wanting = [(found[r.id], reason) for r in results for reason in r.reasons if fields_at_fault(reason)]
    faults += [((target, tuple(f.split("/"))), r.text) for target, r in wanting for f in fields_at_fault(r)]
    if faults:
        places, told = zip(*faults, strict=True)
        raise Refused("malformed", *dict.fromkeys(told), places=places)


def refuse_needless(edits: Iterable[Edit], judge: Callable[[], Assessment]) -> None:
    """Raise Refused where an explanation is of what no automatic check found. ``judge``: at the county's level."""
    explained = [edit.target for edit in edits if edit.target.kind == "explanation" and edit.body is not None]
    if not explained:
        return
    found = keys_found(judge())
    if needless := [target for target in explained if target.key not in found]:
        told = "没有这一提醒（可能已经改正），不必说明。请刷新页面后重试。"
        raise Refused("malformed", told, places=[(target, ()) for target in needless])


def _unsupported(snapshot: SubmissionSnapshot, target: Target, content: Submission) -> Iterator[tuple[Place, str]]:
    """What of a finding rests on nothing, with its field."""
    (level,) = _review_level(target)
    rows = [row for standard in snapshot.standards if (row := standard.row(target.key)) is not None]
    stood = snapshot.content.findings.get(level, {}).get(target.key)
    for path, told in finding_faults(rows, content, level, stood, snapshot.standards[0].vocabulary) if rows else ():
        yield (target, path), told


def read_edits(snapshot: SubmissionSnapshot, edits: Sequence[Edit], library: Library) -> Submission:
    """The submission's content with the edits written; raises Refused where the exchange format forbids one."""
    bodies = {edit.target: edit.body for edit in edits}
    try:
        content = applied(snapshot, bodies, library)
    except ProblemsError as error:
        told = dict.fromkeys(_told(snapshot, bodies, error.problems))
        places = (place for problem in error.problems for place in _places(bodies, problem.where))
        raise Refused("malformed", *told, places=places) from error
    _refuse_left_hanging(snapshot, bodies, content)
    return content


def _refuse_left_hanging(snapshot: SubmissionSnapshot, targets: Iterable[Target], content: Submission) -> None:
    """Raise Refused where findings rested on a visit's record and rest on nothing with this ``content``."""
    vocabulary = snapshot.standards[0].vocabulary
    hanging = [
        (target, told)
        for target in targets
        if target.kind == "site_visit"
        for level in _review_level(target)
        for told in left_hanging(snapshot.content, content, level, vocabulary)
    ]
    if hanging:
        raise Refused("malformed", *(told for _, told in hanging), places=[(target, ()) for target, _ in hanging])


def _review_level(target: Target) -> tuple[ReviewLevel, ...]:
    return tuple(level for level in REVIEW_LEVELS if level == target.level)


def _told(snapshot: SubmissionSnapshot, bodies: Mapping[Target, Json], problems: Sequence[Problem]) -> Iterator[str]:
    """The reader's words; where it misses a document that is taken out, which rows still name it."""
    still_citing = {
        f"{where}.": target.key
        for target, body in bodies.items()
        if target.kind == "evidence" and body is None
        for citing_target in citing(snapshot.content, {target.key})
        if citing_target not in bodies and (where := _where(citing_target)) is not None
    }
    for problem in problems:
        document = next((key for where, key in still_citing.items() if problem.where.startswith(where)), None)
        yield f"{problem.where}：{problem.message}" if document is None else _in_use(snapshot, bodies, document)


def _in_use(snapshot: SubmissionSnapshot, bodies: Mapping[Target, Json], document: str) -> str:
    those = uses(snapshot.content, snapshot.standards).get(document, ())
    standing = [u for u in those if (Target.veto if u.veto else Target.answer)(u.row_id) not in bodies]
    if standing:
        return still_used(document, standing)
    return f"{document} 已被评审人员的认定引用，不能删去；内容有误的可以改正。"


def _where(target: Target) -> str | None:
    section = _SECTIONS.get(target.kind)
    if section is not None:
        return f"{section}.{target.key}"
    if target.is_opinion or target.is_scan:
        kind, _, said = target.kind.partition(".")
        return f"opinions.{said}{'.scan' if kind == 'scan' else ''}"
    if target.kind == "local":
        return "local.policies" if target.key == LOCAL_POLICIES else f"local.answers.{'.'.join(target.parts)}"
    return None


def _places(bodies: Mapping[Target, Json], where: str) -> Iterator[Place]:
    """The field of an edited entry that a message of the reader is about."""
    for target in bodies:
        start = _where(target)
        if start is not None and (where == start or where.startswith(f"{start}.")):
            rest = where.removeprefix(start).removeprefix(".")
            yield target, tuple(rest.split(".")) if rest else ()
