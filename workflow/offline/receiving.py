"""Taking in an exchange package: the administrator of the receiving network, after a look at what it would change.

A county that is not there yet, or mends what was returned, comes up with its content; where it is being reviewed its
content stays, and what comes back is the reviewers' words and where the submission stands then. Whatever else a package
holds is refused in words, and taking one in twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import BinaryIO

from indicators.reading.located import ProblemsError
from scoring.archives.package import BadPackageError, Manifest, Package, PackedFile, open_package
from scoring.exchange.reading import read_submission
from scoring.submission import Submission
from storage.canonical import Json
from storage.clock import local_date
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.content import bodies_from, bodies_of
from workflow.divisions import has_prefecture, place, prefecture_of, province_of
from workflow.entries.attached import attached, digests
from workflow.errors import Refused
from workflow.file_text.findings import remarks_on
from workflow.file_text.kept import keep
from workflow.file_text.reading import text_of
from workflow.office import Office
from workflow.offline.differences import corrected, differing, explained, other_words, voided, written
from workflow.offline.limits import refuse_beyond_limits
from workflow.offline.misdated import refuse_misdated
from workflow.offline.standing import understood
from workflow.offline.trail import decided_here
from workflow.offline.way import Way, refuse_begun, released_here, trail_here, walk, way_of
from workflow.people import Person, Role
from workflow.privacy import masked, refuse_identifiers, refuse_identifiers_in_text
from workflow.procedure.moving import recommended_beside
from workflow.procedure.transitions import Effect
from workflow.rounds.giving import bring_given
from workflow.states import State
from workflow.submission.checking import as_kept
from workflow.submission.uploads import MAX_BYTES, CheckedFile, check_file, tells_more
from workflow.targets import Target
from workflow.verdicts.keeping import keep_anew


@dataclass(frozen=True, slots=True)
class Incoming:
    """What taking a package in would do. ``standing``: the submission as it is here, None where it is not yet.

    ``entries``: what is written (None: taken out). ``way``: the moves it makes. ``new_files``: those whose bytes are
    not kept here; the others are recognised by their digest. ``named``: the digests that documents name.
    """

    package: Package
    round: RoundRecord
    standing: SubmissionRecord | None
    entries: Mapping[Target, Json]
    way: Way
    files: tuple[PackedFile, ...]
    new_files: tuple[PackedFile, ...]
    named: frozenset[str]

    @property
    def changes_nothing(self) -> bool:
        """Whether it is here already."""
        return self.standing is not None and not (self.entries or self.way.steps or self.files)


def plan_package(office: Office, person: Person | None, stream: BinaryIO, now: datetime) -> Incoming:
    """Read a package and compare; nothing is written. ``person`` None is the command line.

    Raises Refused: ``wrong_role``, ``bad_file`` (the package, its content or its place in the procedure),
    ``no_round``, ``demo_mixed``, ``other_period``, ``personal_identifier`` and as an uploaded file.
    """
    if person is not None and person.role is not Role.ADMINISTRATOR:
        raise Refused("wrong_role", "交换包由收的一方的系统管理员收入。请与系统管理员联系。")
    try:
        package = open_package(stream)
    except BadPackageError as bad:
        raise Refused("bad_file", masked(bad.sentence)) from bad
    with office.store.read() as tx:
        incoming = _planned(office, tx, package, local_date(now))
    for packed in incoming.files:
        _checked(package, packed)
    for packed in package.material:
        if packed.sha256 not in incoming.named:
            told = f"包里的文件“{masked(packed.name)}”没有一份材料写明，不收。请对方重新制作交换包。"
            raise Refused("bad_file", told)
    return incoming


def take_package(office: Office, person: Person | None, stream: BinaryIO, now: datetime) -> Incoming:
    """Take it in, all of it or nothing; durable on return. Raises as `plan_package`."""
    incoming = plan_package(office, person, stream, now)
    if incoming.changes_nothing:
        return incoming
    checked = {packed.sha256: _checked(incoming.package, packed) for packed in incoming.files}
    remarks = {}
    for packed in incoming.new_files:
        data = incoming.package.read(packed)
        remarks[packed.sha256] = remarks_on(checked[packed.sha256].name, text_of(data))
    for packed in incoming.new_files:
        office.store.files.put(BytesIO(incoming.package.read(packed)), max_bytes=MAX_BYTES)
    stored = incoming.new_files
    with office.store.write("system" if person is None else person.username, now) as tx:
        incoming = replace(
            _planned(office, tx, incoming.package, local_date(now)), new_files=stored
        )  # 其间可能有人办过
        record = incoming.standing or tx.submissions.add(
            round_id=incoming.round.id,
            division_code=incoming.package.manifest.division[0],
            division_name=incoming.package.manifest.division[1],
            state=State.DRAFT.value,
        )
        for digest, one in remarks.items():
            keep(tx, digest, one)
        for packed in incoming.files:
            kind = checked[packed.sha256]  # what its bytes are, not what the package says of them
            tx.files.register(record.id, packed.sha256, name=kind.name, media_type=kind.media_type)
        standing = {Target.of(entry): entry.version for entry in tx.entries.all(record.id)}
        for target, body in incoming.entries.items():
            if body is None:
                tx.entries.remove(record.id, *target, standing[target])
            else:
                tx.entries.put(record.id, *target, body, standing.get(target, 0))
        if incoming.standing is None:
            bring_given(tx, record, incoming.round, office.standards(incoming.round))
        walk(tx, record, incoming.way)
        after = tx.submissions.get(record.id) or record
        keep_anew(office, tx, after, incoming.round)
    return incoming


def _planned(office: Office, tx: Transaction, package: Package, today: date) -> Incoming:
    manifest = package.manifest
    round_record = _round(tx, manifest)
    record = tx.submissions.find(round_record.id, manifest.division[0])
    read, bodies = _read(office, package, round_record)
    standards = office.standards(round_record)
    there = understood(manifest.procedure, standards, today)
    stands = {} if record is None else dict(bodies_of(tx.entries.all(record.id)))
    ours = () if record is None else trail_here(tx, record)
    way = way_of(record, manifest.division[0], there, ours)
    apart = there.given & _given_here(manifest.division[0], round_record) if way.up else there.given
    given = {Target.given(fact): bodies.pop(Target.fact(fact), None) for fact in sorted(apart)}
    compared = {t: body for t, body in stands.items() if t.kind != "fact" or t.key not in apart}
    others = differing(bodies, compared)
    if record is not None:
        refuse_begun(tx, record, way, there, others_words=bool(others))
    if others and not way.up and not way.apart:
        raise other_words(others, crossed=way.crossed)
    entries = written(way, there.state, bodies, compared, decided_here(ours))
    if not way.up:
        entries |= {t: body for t, body in given.items() if body is not None and stands.get(t) != body}
    if any(Effect.VOID_OPINIONS in row.writes for row in way.rows):
        entries |= {t: None for t in stands if (t.is_opinion or t.is_scan) and t not in bodies}
    if record is not None:
        entries |= voided(entries, standards, read, stands)
    if way.up:
        open_one = None if record is None else tx.returns.open_one(record.id)
        entries |= corrected(there, way, open_one, stands)
        entries |= explained(there, stands)
    released = None if record is None else released_here(tx, record)
    refuse_misdated(entries, read, standards, today, released)
    goes_by, code = round_record if record is None else round_record.of(record), manifest.division[0]
    used = partial(recommended_beside, tx, round_record.id, code)
    refuse_beyond_limits(way, there.trail, goes_by, used, sent_from_here=released is not None)
    own = set() if record is None else {file.sha256 for file in tx.files.all(record.id)}
    files = tuple(packed for packed in package.material if packed.sha256 not in own)
    new = tuple(packed for packed in files if not office.store.files.exists(packed.sha256))
    return Incoming(package, round_record, record, entries, way, files, new, frozenset(attached(read)))


def _round(tx: Transaction, manifest: Manifest) -> RoundRecord:
    """The round here that the package is of. Raises Refused for another county, round or edition."""
    code, name = manifest.division
    division, round_record = place(code), tx.rounds.get(manifest.round)
    if division is None or division.name != name:
        raise Refused("bad_file", f"交换包是{masked(name)}（{masked(code)}）的，本网没有这个县。请核对来源。")
    if round_record is None or round_record.closed_at is not None:
        raise Refused("bad_file", f"交换包属于批次 {masked(manifest.round)}，本网没有这个批次或已结束。请先新增批次。")
    if round_record.demo != division.demo:
        raise Refused("demo_mixed")
    if round_record.repinning is not None:
        raise Refused("repinning")
    if dict(round_record.fingerprints) != dict(manifest.standards):
        raise Refused("bad_file", "交换包所按的标准与本网这一批次的不是同一版。请双方换用同一版规则后重新制作。")
    return round_record


def _read(office: Office, package: Package, round_record: RoundRecord) -> tuple[Submission, dict[Target, Json]]:
    try:
        read = read_submission(package.submission, "submission.yaml", office.rules_of(round_record))
    except ProblemsError as error:
        raise Refused("bad_file", *(masked(str(problem)) for problem in error.problems)) from error
    if (read.division.code, read.round.id) != (package.manifest.division[0], round_record.id):
        raise Refused("bad_file", "交换包里的申报与清单不是同一个县、同一批次。请核对来源。")
    ours, theirs = (
        (round_record.period_first, round_record.period_last),
        (read.round.period.first, read.round.period.last),
    )
    if ours != theirs:
        raise Refused("other_period", theirs=f"{theirs[0]}至{theirs[1]}", ours=f"{ours[0]}至{ours[1]}")
    bodies = {target: as_kept(body) for target, body in bodies_from(read).items()}
    if bodies.get(Target.fact("has_prefecture"), direct := has_prefecture(read.division.code)) is not direct:
        raise Refused("bad_file", "交换包里写的有没有上级市，与行政区划不符，被改动过，不收。请核对来源。")
    for target, body in bodies.items():
        refuse_identifiers(target, body)
    packed = {one.sha256 for one in package.material}
    for target, body in bodies.items():
        if digests(target, body) - packed:
            named = f"材料 {target.key}" if target.kind == "evidence" else target.label
            raise Refused("bad_file", f"{named} 写明了文件，包里没有。请对方重新制作交换包。")
    return read, bodies


def _given_here(code: str, round_record: RoundRecord) -> frozenset[str]:
    """The facts that this network's own prefecture or province gives the county."""
    givers = (giver.code for giver in (prefecture_of(code), province_of(code)) if giver is not None)
    given = (item for giver in givers for item in round_record.given.get(giver, {}).items())
    return frozenset(fact for fact, gift in given if gift.value is not None)


def _checked(package: Package, packed: PackedFile) -> CheckedFile:
    """As an uploaded file: its name and its kind, a photo without what it knows about a place. Raises Refused."""
    for text in (packed.name, *packed.items):
        refuse_identifiers_in_text("交换包中的文件", "file", text)
    data = package.read(packed)
    checked = check_file(packed.name, data)
    if tells_more(data):
        told = f"图片“{checked.name}”带有拍摄时间、地点一类的信息，不收。请对方重新上传这幅图片，再制作交换包。"
        raise Refused("bad_file", told)
    return checked
