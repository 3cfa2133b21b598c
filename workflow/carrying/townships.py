"""What townships and subdistricts count, summed: a proposal in the rows that waits to be confirmed.

One entry of the submission holds it, ``{made, townships, proposed: {"answer/1.1.2": {version, measures: {id: figure}},
"fact/orphans": {version, value}}}``. A proposal waits while its entry is as it was then; saving the form confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scoring.submission import Submission
from scoring.workbook.applying import apply_changes
from scoring.workbook.reading import WorkbookError
from scoring.workbook.townships import (
    Count,
    TownshipSums,
    counts_of,
    lines_asked,
    read_township_sheet,
    write_township_sheet,
)
from storage.canonical import Json
from storage.clock import local_date
from workflow.content import body_of
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import edit_refusal
from workflow.privacy import identifiers, masked, refuse_identified
from workflow.submission.checking import as_kept
from workflow.submission.snapshot import Opened, SubmissionSnapshot, read_opened
from workflow.targets import Target


@dataclass(frozen=True, slots=True)
class SumChange:
    """A sum that differs from what stands: of which entry, what it counts, what stands, the sum."""

    target: Target
    count: Count
    current: str
    proposed: int


@dataclass(frozen=True, slots=True)
class TownshipPlan:
    """``asked``: how many townships and subdistricts the county's facts say. ``changes``: what would be proposed;
    ``shut``: entries that may not be changed now, left out. ``proposed``: by entry, as it is kept."""

    sums: TownshipSums
    asked: int | None
    changes: tuple[SumChange, ...]
    shut: tuple[Target, ...]
    proposed: Mapping[str, Json]


def township_refusal(snapshot: SubmissionSnapshot) -> Refused | None:
    """Why this person neither gives out nor takes in the sheets, or None."""
    if snapshot.person.role is Role.COUNTY_COORDINATOR:
        return None
    return Refused("wrong_role", "乡镇（街道）汇总表由县级民政部门（牵头填报）下载和导入。")


def township_sheet(office: Office, person: Person, submission_id: int) -> bytes:
    """The empty sheet for this county and round. Raises Refused: ``not_found``, ``wrong_role``."""
    opened = _opened(office, person, submission_id)
    return write_township_sheet(opened.seen.content, office.rules_of(opened.rows.round))


def plan_townships(office: Office, person: Person, submission_id: int, content: bytes) -> TownshipPlan:
    """Read a sheet and compare; nothing is written.

    Raises Refused: ``wrong_role``, ``bad_file`` (every cell at fault), ``personal_identifier`` (every cell).
    """
    return _plan(office, _opened(office, person, submission_id), content)


def propose_sums(office: Office, person: Person, submission_id: int, content: bytes, now: datetime) -> TownshipPlan:
    """Keep the sums as proposals, in the place of those of an earlier sheet. Raises as `plan_townships`."""
    planned = plan_townships(office, person, submission_id, content)
    if not planned.changes:
        return planned
    with office.store.write(person.username, now) as tx:
        opened = read_opened(office, tx, person, submission_id)
        planned = _plan(office, opened, content)  # 其间可能有人保存过
        made: dict[str, Json] = {
            "made": local_date(now).isoformat(),
            "townships": planned.sums.townships,
            "proposed": dict(planned.proposed),
        }
        tx.entries.put(submission_id, *Target.townships(), made, opened.whole.version(Target.townships()))
    return planned


def withdraw_sums(office: Office, person: Person, submission_id: int, now: datetime) -> None:
    """Take the proposals away; what was confirmed stays. Raises Refused."""
    with office.store.write(person.username, now) as tx:
        snapshot = read_opened(office, tx, person, submission_id).whole
        refusal = township_refusal(snapshot)
        if refusal is None and snapshot.context.round_closed:
            refusal = Refused("round_closed")
        elif refusal is None and snapshot.context.repinning:
            refusal = Refused("repinning")
        if refusal is not None:
            raise refusal
        version = snapshot.version(Target.townships())
        if version:
            tx.entries.remove(submission_id, *Target.townships(), version)


def _opened(office: Office, person: Person, submission_id: int) -> Opened:
    with office.store.read() as tx:
        opened = read_opened(office, tx, person, submission_id)
    refusal = township_refusal(opened.whole)
    if refusal is not None:
        raise refusal
    return opened


def _plan(office: Office, opened: Opened, content: bytes) -> TownshipPlan:
    snapshot, library = opened.whole, office.rules_of(opened.rows.round)
    submission = snapshot.content
    try:
        sums = read_township_sheet(content, submission, library)
    except WorkbookError as error:
        raise Refused("bad_file", *(masked(str(fault)) for fault in error.faults)) from error
    refuse_identified((f"{place} ", kind) for place, text in sums.cells for kind in identifiers(text))
    asked = {count.key for count in counts_of(submission, library)}
    changes, shut = [], dict[Target, None]()
    for count, total in sums.sums.items():
        target = _target(count)
        current = _figure(submission, count)
        if count.key not in asked or current == str(total):
            continue
        if edit_refusal(snapshot.person, target, snapshot.context) is not None:
            shut[target] = None
        else:
            changes.append(SumChange(target, count, current, total))
    typed = {change.count.key: str(change.proposed) for change in changes}
    after, refusals = apply_changes(submission, library, typed)
    if refusals:
        raise Refused("bad_file", *(refusal.text for refusal in refusals))
    targets = dict.fromkeys(change.target for change in changes)
    figures = {t: {change.count.key[3] for change in changes if change.target == t} for t in targets if t.is_answer}
    proposed = {str(t): _proposal(snapshot, after, t, figures.get(t, set())) for t in targets}
    return TownshipPlan(sums, lines_asked(submission), tuple(changes), tuple(shut), proposed)


def _target(count: Count) -> Target:
    made = {"facts": Target.fact, "vetoes": Target.veto}.get(count.key[0], Target.answer)
    return made(count.key[1])


def _figure(submission: Submission, count: Count) -> str:
    """What stands in the place of a sum, as text; empty where nothing does."""
    if count.key[0] == "facts":
        return str(submission.facts.get(count.key[1], ""))
    answers = submission.vetoes if count.key[0] == "vetoes" else submission.answers
    answer = answers.get(count.key[1])
    body = body_of(answer) if answer else None
    value: Json = body
    for step in ("measures", *count.key[3:]):
        value = value.get(step) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)


def _proposal(snapshot: SubmissionSnapshot, after: Submission, target: Target, measures: set[str]) -> Json:
    version = snapshot.version(target)
    if target.kind == "fact":
        return {"version": version, "value": as_kept(body_of(after.facts[target.key]))}
    body = as_kept(body_of((after.vetoes if target.kind == "veto" else after.answers)[target.key]))
    figures = body["measures"] if isinstance(body, Mapping) else {}
    return {"version": version, "measures": {name: figures[name] for name in sorted(measures)}}
