"""A submission as an exchange file, and back: planned entry by entry, then saved as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.reading.located import Problem, ProblemsError
from scoring.exchange.reading import read_submission
from scoring.exchange.writing import write_submission, write_submission_json
from scoring.submission import Submission
from storage.canonical import Json, dumps
from workflow.content import bodies_from, bodies_of, data_of
from workflow.errors import Refused
from workflow.office import RULES_LOST, Office
from workflow.people import Person
from workflow.privacy import masked
from workflow.states import State
from workflow.submission.entry_shape import refuse_persons
from workflow.submission.saving import Edit, Saved, save
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.targets import Target
from workflow.visibility import shows


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write: ``edits`` against the versions just read, and what of the file stays outside.

    ``kept_out``: findings, opinions and visits in the file are the reviewers' words, never imported for a county; nor
    is a fact that they have given otherwise.
    ``standing``: entries of the store that the file does not hold; an import never deletes them. ``without_file``:
    documents whose SHA-256 in the file names bytes that were never uploaded here; it is left out of their edits.
    """

    edits: tuple[Edit, ...]
    kept_out: tuple[Target, ...]
    standing: tuple[Target, ...]
    without_file: tuple[Target, ...] = ()


def export_submission(office: Office, person: Person, submission_id: int, *, as_json: bool = False) -> str:
    """The submission as an exchange file. Raises Refused ``not_found``.

    Where its round's rules are nowhere any more, what was entered is written as it stands, as JSON (which is YAML too).
    """
    try:
        content = open_submission(office, person, submission_id).content
    except Refused as refused:
        if refused.code not in RULES_LOST:
            raise
        return _as_it_stands(office, person, submission_id)
    return write_submission_json(content) if as_json else write_submission(content)


def _as_it_stands(office: Office, person: Person, submission_id: int) -> str:
    """The raw entries a person may see, as an exchange file, where the round's rules are lost."""
    with office.store.read() as tx:
        record = tx.submissions.get(submission_id)
        round_record = None if record is None else tx.rounds.get(record.round_id)
        if record is None or round_record is None:
            raise Refused("not_found")
        bodies = bodies_of(tx.entries.all(submission_id))
    visible = {t: body for t, body in bodies.items() if shows(person.role, State(record.state), t)}
    return f"{dumps(data_of(record, round_record, visible))}\n"


def plan_import(office: Office, person: Person, submission_id: int, text: str, name: str) -> ImportPlan:
    """Read a file and compare.

    Raises Refused: ``bad_file`` (every located line), ``personal_identifier``, ``other_county``, ``not_found``.
    """
    snapshot = open_submission(office, person, submission_id)
    try:
        read = read_submission(text, name, office.rules_of(snapshot.round))
    except ProblemsError as error:
        raise Refused("bad_file", *(_told(problem) for problem in error.problems)) from error
    refuse_other(snapshot, read)
    bodies, without_file = _files_held(snapshot, bodies_from(read))
    edits = tuple(
        Edit(target, body, snapshot.version(target))
        for target, body in bodies.items()
        if _importable(snapshot, target) and _standing_body(snapshot, target) != body
    )
    _refuse_persons(snapshot, edits)
    outside = tuple(t for t in bodies if not t.is_content or _given_otherwise(snapshot, t, bodies[t]))
    standing = tuple(target for target in snapshot.entries if target.is_content and target not in bodies)
    return ImportPlan(edits, outside, standing, without_file)


def import_submission(office: Office, person: Person, submission_id: int, plan: ImportPlan, now: datetime) -> Saved:
    """Carry out a plan under the same rules as any save: all of it or nothing."""
    return save(office, person, submission_id, plan.edits, now)


def _refuse_persons(snapshot: SubmissionSnapshot, edits: tuple[Edit, ...]) -> None:
    """What saving would refuse is refused before it is shown: every place at once."""
    reasons: dict[str, None] = {}
    for edit in edits:
        try:
            refuse_persons(snapshot, edit.target, edit.body)
        except Refused as refused:
            reasons |= dict.fromkeys(refused.reasons)
    if reasons:
        raise Refused("personal_identifier", *reasons)


def _files_held(
    snapshot: SubmissionSnapshot, bodies: dict[Target, Json]
) -> tuple[dict[Target, Json], tuple[Target, ...]]:
    """The bodies without digests of files nobody uploaded here, and the documents they were taken from.

    A digest that stands already stays: an import must not change what it says nothing new about.
    """
    importable = dict(bodies)
    without_file: list[Target] = []
    for target, body in bodies.items():
        if target.kind != "evidence" or not isinstance(body, Mapping):
            continue
        digest = body.get("sha256")
        if digest is None or digest in snapshot.held_files:
            continue
        without_file.append(target)
        standing = _standing_body(snapshot, target)
        if not isinstance(standing, Mapping) or standing.get("sha256") != digest:
            importable[target] = {name: value for name, value in body.items() if name != "sha256"}
    return importable, tuple(without_file)


def _importable(snapshot: SubmissionSnapshot, target: Target) -> bool:
    return target.is_content and not (target.kind == "fact" and target.key in snapshot.context.given)


def _given_otherwise(snapshot: SubmissionSnapshot, target: Target, body: Json) -> bool:
    """Whether the file says something else than prefecture or province have given."""
    return not _importable(snapshot, target) and _standing_body(snapshot, Target.given(target.key)) != body


def _told(problem: Problem) -> str:
    """The located line; what a refused file holds must not come back as a message (messages reach screens and logs)."""
    return str(
        replace(problem, file=masked(problem.file), where=masked(problem.where), message=masked(problem.message))
    )


def _standing_body(snapshot: SubmissionSnapshot, target: Target) -> object:
    entry = snapshot.entries.get(target)
    return None if entry is None else entry.body


def refuse_other(snapshot: SubmissionSnapshot, read: Submission) -> None:
    """Raises Refused for what is of another county, period or round."""
    record, round_record = snapshot.record, snapshot.round
    if read.division.code != record.division_code:
        raise Refused(
            "other_county",
            theirs=masked(read.division.name),
            their_code=masked(read.division.code),
            ours=record.division_name,
            our_code=record.division_code,
        )
    theirs = (read.round.period.first, read.round.period.last)
    ours = (round_record.period_first, round_record.period_last)
    if theirs != ours:
        raise Refused("other_period", theirs=f"{theirs[0]}至{theirs[1]}", ours=f"{ours[0]}至{ours[1]}")
    if read.round.id != round_record.id:
        raise Refused("other_round", theirs=masked(read.round.id), ours=round_record.id)
