"""The exchange package of a submission: what goes from one isolated network to another, up or down.

Inside is what the county itself may see, so that nothing a level has not given yet leaves with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO

from indicators.installation import VERSION
from scoring.archives.package import MATERIAL, Manifest, PackedFile, write_package
from scoring.exchange.writing import write_submission
from scoring.submission import LEVELS, Submission
from storage.clock import local_date
from storage.errors import StoreError
from storage.records import FileRecord
from workflow.content import only_levels
from workflow.entries.attached import attached
from workflow.errors import Refused
from workflow.office import Office
from workflow.offline.standing import told
from workflow.offline.way import trail_here
from workflow.people import REVIEWER_LEVELS, Person, Role
from workflow.permissions import UNRELEASED
from workflow.remarks.explanations import EXPLANATION, explanations
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.visibility import sees

_MAKERS = frozenset({Role.COUNTY_COORDINATOR, *REVIEWER_LEVELS})


def package_refusal(person: Person) -> Refused | None:
    """Why this person makes no packages, or None."""
    if person.role in _MAKERS:
        return None
    return Refused("wrong_role", "交换包由县级民政部门（牵头填报）或者评审人员制作。")


def obstacle(office: Office, snapshot: SubmissionSnapshot) -> Refused | None:
    """Why no package can be made of it now, or None: nobody would take it, or a file's bytes are gone."""
    # 收回上报、报过以后撤回申报，也要让对方知道
    names = [move.move for move in snapshot.moves]
    to_be_told = names[-1:] == ["release_take_back"] or (names[-1:] == ["withdraw"] and "release" in names)
    if snapshot.state in UNRELEASED and not to_be_told:
        return Refused("wrong_state", "县级人民政府上报以后才能制作交换包，此前对方不收。")
    register = snapshot.content.evidence.values()
    held = ((item, item.sha256) for item in register if item.sha256 in snapshot.held_files)
    lost = next((item for item, digest in held if digest and not office.store.files.exists(digest)), None)
    return None if lost is None else Refused("file_missing", file=lost.file or lost.title or "")


def make_package(office: Office, person: Person, submission_id: int, now: datetime, out: BinaryIO) -> Manifest:
    """Write the package of a submission, its files included. Raises Refused: ``not_found``, ``wrong_role``,
    ``wrong_state`` (nobody would take it), ``file_missing``."""
    refusal = package_refusal(person)
    if refusal is not None:
        raise refusal
    snapshot = open_submission(office, person, submission_id)
    in_the_way = obstacle(office, snapshot)
    if in_the_way is not None:
        raise in_the_way
    with office.store.read() as tx:
        records = {record.sha256: record for record in tx.files.all(submission_id)}
        steps = trail_here(tx, snapshot.record)
    given = [level for level in LEVELS if sees(Role.COUNTY_COORDINATOR, snapshot.state, level)]
    corrections = {
        t.key: str(entry.body.get(EXPLANATION, ""))
        for t, entry in snapshot.entries.items()
        if t.kind == "correction" and isinstance(entry.body, Mapping)
    }
    procedure = told(
        snapshot.state,
        steps,
        corrections,
        snapshot.context.given,
        explanations=explanations(snapshot.entries),
    )
    record, round_record = snapshot.record, snapshot.round
    about = Manifest(
        VERSION,
        local_date(now).isoformat(),
        person.role.value,
        round_record.id,
        dict(round_record.fingerprints),
        (record.division_code, record.division_name),
        procedure,
    )
    content = only_levels(snapshot.content, given)
    packed = [_packed(content, digest, records[digest]) for digest in _digests(content, records)]
    material = [(one, lambda one=one: _bytes(office, one)) for one in packed]
    return write_package(out, about, write_submission(content), material)


def _digests(content: Submission, records: dict[str, FileRecord]) -> list[str]:
    """The files that the content names, each once."""
    return [digest for digest in attached(content) if digest in records]


def _packed(content: Submission, digest: str, record: FileRecord) -> PackedFile:
    items = tuple(name for name, item in content.evidence.items() if item.sha256 == digest)
    ending = record.name.rpartition(".")[2].lower()
    path = f"{MATERIAL}{items[0] if items else f'other-{digest[:16]}'}.{ending}"
    return PackedFile(path, digest, record.size, record.name, record.media_type, items)


def _bytes(office: Office, packed: PackedFile) -> bytes:
    try:
        with office.store.files.open(packed.sha256) as stream:
            return stream.read()
    except (OSError, StoreError) as error:
        raise Refused("file_missing", file=packed.name) from error
