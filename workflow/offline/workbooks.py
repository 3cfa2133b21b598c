"""The workbook of a county or of one of its departments: made for a person, and taken back from one.

A department's holds its rows only, of those it helps with only its figures open. What comes back touches what the
person may write; all else in the file is told entry by entry and left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.model import Library
from indicators.reading.located import ProblemsError
from scoring.entry.editing import following_number
from scoring.exchange.writing import write_submission
from scoring.workbook.applying import apply_changes, cited_in
from scoring.workbook.part import Key, Part, is_of_part
from scoring.workbook.reading import Fault, FilledWorkbook, WorkbookError, read_workbook
from scoring.workbook.writing import write_workbook
from storage.canonical import Json
from storage.clock import local_date
from storage.store import Transaction
from workflow.content import bodies_from, body_of
from workflow.errors import Clash, Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import edit_refusal
from workflow.privacy import PHONE_FIELDS, identifiers, masked, refuse_identified
from workflow.submission.applying import applied
from workflow.submission.assigning import row_assignments
from workflow.submission.checking import Edit, as_kept, only_part
from workflow.submission.exchanging import ImportPlan, plan_import, refuse_other
from workflow.submission.merging import Merged, bodies_seen, settled
from workflow.submission.snapshot import Opened, SubmissionSnapshot, read_opened
from workflow.targets import Target

_FILE_FIELDS = frozenset({"file", "sha256"})
_NAMING = frozenset({("evidence",), ("nil_return",)})  # the cells of an answer that name documents
_UNKNOWN = -1  # a version, of a workbook that names none, which is not the one that stands


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What of an entry the person may not write, or cannot any more: its cells, and why."""

    target: Target
    places: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """``plan``: what would be written. ``clashes``: entries saved since the workbook was made, with the fields changed
    on both sides, which stay as they are unless `choosing` says otherwise; ``merged``: with fields changed on one.

    ``not_taken``: what the person may not write. ``numbers``: documents by the number in the file that stand, or will,
    under another one in the register. ``places``: where in the file the cells of each entry are that were changed.
    """

    plan: ImportPlan
    clashes: tuple[Clash, ...] = ()
    merged: tuple[Merged, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    numbers: Mapping[str, str] | None = None
    places: Mapping[Target, tuple[str, ...]] | None = None

    def choosing(self, chosen: Mapping[Target, Json]) -> ImportPlan:
        """The plan with these bodies for entries that clash."""
        made = [
            Edit(clash.target, chosen[clash.target], clash.current_version)
            for clash in self.clashes
            if clash.target in chosen and chosen[clash.target] != clash.current
        ]
        replaced = {edit.target for edit in made}
        return replace(self.plan, edits=(*(e for e in self.plan.edits if e.target not in replaced), *made))


def departments_with_rows(snapshot: SubmissionSnapshot) -> dict[str, int]:
    """The departments that rows are given to, and how many: what the coordinator may make a workbook for."""
    units = [unit for given in row_assignments(snapshot).values() for unit in given.units]
    return {unit: units.count(unit) for unit in sorted(set(units))}


def workbook_of(
    office: Office, person: Person, submission_id: int, now: datetime, department: str | None = None
) -> bytes:
    """The workbook of the county, or of a department by any of its names; a department's person gets its own.

    Raises Refused: ``not_found``, ``wrong_role``, ``not_assigned`` (no row is that department's).
    """
    with office.store.read() as tx:
        opened = read_opened(office, tx, person, submission_id)
    snapshot, library = opened.seen, office.rules_of(opened.rows.round)
    unit = _whose(snapshot, department)
    part = None if unit is None else _part(snapshot, unit)
    made_on = local_date(now).isoformat()
    title = opened.rows.round.title
    versions = {str(target): entry.version for target, entry in snapshot.entries.items() if target.is_content}
    given = opened.rows.numbers_given
    return write_workbook(snapshot.content, library, part, made_on, given, round_title=title, versions=versions)


def _whose(snapshot: SubmissionSnapshot, department: str | None) -> str | None:
    person, name_of = snapshot.person, snapshot.departments.name_of
    if person.role is Role.COUNTY_DEPARTMENT:
        own = name_of(person.unit or "")
        if department is not None and name_of(department) != own:
            raise Refused("wrong_role", f"您只能下载本部门（{own}）的填报表。")
        return own
    if department is None:
        return None
    if person.role is not Role.COUNTY_COORDINATOR:
        raise Refused("wrong_role", "各部门的填报表由县级民政部门（牵头填报）下载。")
    if snapshot.departments.find(department) is None:
        raise Refused("bad_department", snapshot.departments.unknown(department))
    return name_of(department)


def _part(snapshot: SubmissionSnapshot, unit: str) -> Part:
    given = {row: one for row, one in row_assignments(snapshot).items() if unit in one.units}
    if not given:
        raise Refused("not_assigned", f"还没有分给{unit}的指标，没有可填的表。请县级民政部门先在“分工”页分配。")
    if snapshot.person.role is Role.COUNTY_DEPARTMENT:
        own = snapshot.context.own_evidence
    else:
        name_of = snapshot.departments.name_of
        register = snapshot.content.evidence.items()
        own = frozenset(name for name, item in register if name_of(item.holder or "") == unit)
    return Part(unit, {row: one.part_of(unit) for row, one in given.items()}, own)


def plan_workbook(office: Office, person: Person, submission_id: int, content: bytes, name: str) -> WorkbookPlan:
    """Read a workbook and compare; nothing is written.

    Raises Refused: ``bad_file`` (every cell at fault), ``personal_identifier`` (every cell that holds one), and as
    `workflow.submission.exchanging.plan_import`.
    """
    with office.store.read() as tx:
        opened = read_opened(office, tx, person, submission_id)
        snapshot, library = opened.seen, office.rules_of(opened.rows.round)
        try:
            filled = read_workbook(content, library)
        except WorkbookError as error:
            raise _bad(error) from error
        refuse_other(snapshot, filled.identity.base)
        _refuse_cells(filled)
        numbers = _numbers(tx, opened, filled)
    places = {_renumbered(key, numbers): filled.places[key] for key in filled.changed}
    changed = {_renumbered(key, numbers): _naming(key, text, numbers) for key, text in filled.changed.items()}
    lost = (filled.identity.base.evidence.keys() | opened.rows.numbers_given) - snapshot.content.evidence.keys()
    not_taken = (*_not_taken(snapshot, changed, places), *_gone(changed, places, lost))
    refused = {key for one in not_taken for key in changed if _where(places[key]) in one.places}
    taken = {key: text for key, text in changed.items() if key not in refused}
    edits, bases = _made(office, snapshot, replace(filled, changed=taken), numbers, library)
    done, merged, clashes = settled(snapshot, edits, bases)
    standing = {clash.target: clash.merged for clash in clashes}
    bodies = {edit.target: standing.get(edit.target, edit.body) for edit in done}
    try:
        whole = applied(snapshot, bodies, library)
    except ProblemsError as error:
        raise Refused("bad_file", *(masked(str(problem)) for problem in error.problems)) from error
    plan = plan_import(office, person, submission_id, write_submission(whole), name)
    edits = [edit for edit in plan.edits if edit.target in bodies]
    edits += [Edit(target, None, snapshot.version(target)) for target in plan.standing if target in bodies]
    in_order = tuple(sorted(edits, key=lambda edit: list(bodies).index(edit.target)))
    moved = {old: new for old, new in numbers.items() if old != new}
    where = {target: tuple(_where(places[key]) for key in taken if _target(key) == target) for target in bodies}
    plan = replace(plan, edits=in_order, standing=())
    return WorkbookPlan(plan, clashes, merged, not_taken, moved, where)


def _made(
    office: Office, snapshot: SubmissionSnapshot, filled: FilledWorkbook, numbers: Mapping[str, str], library: Library
) -> tuple[list[Edit], dict[Target, Json]]:
    """What the workbook makes of the entries it changes, on the versions it was made of; and what those said.

    A document that came from a free line of it before is the one that was registered then. A workbook that names no
    versions says itself what stood.
    """
    before, versions = filled.identity.base, filled.identity.versions
    after, refusals = apply_changes(before, library, filled.changed)
    if refusals:
        raise _bad(WorkbookError([Fault(refusal.code, "", "", refusal.text) for refusal in refusals]))
    stood, bodies = ({t: as_kept(body) for t, body in bodies_from(one).items()} for one in (before, after))
    added = {Target.evidence(number) for number in numbers.values()}

    def version_of(target: Target) -> int:
        if target in added:
            return int(snapshot.version(target) > 0)
        if versions is not None:
            return versions.get(str(target), 0)
        entry = snapshot.entries.get(target)
        return 0 if target not in stood else entry.version if entry and entry.body == stood[target] else _UNKNOWN

    touched = dict.fromkeys(_target(key) for key in filled.changed)
    edits = [Edit(target, bodies.get(target), version_of(target)) for target in touched]
    said = bodies_seen(office, snapshot, edits)
    return edits, {edit.target: stood[edit.target] for edit in edits if edit.expected_version == _UNKNOWN} | said


def _gone(changed: Mapping[Key, str], places: Mapping[Key, tuple[str, str]], lost: Set[str]) -> Iterable[NotTaken]:
    """What speaks of a document that was in the register and is no more: it does not come back."""
    for key, text in changed.items():
        named = [key[1]] if key[0] == "evidence" else cited_in(text) if key[2:3] in _NAMING else ()
        missing = [item for item in named if item in lost]
        if missing:
            told = f"材料 {'、'.join(missing)} 已从材料目录删去，不再恢复。"
            yield NotTaken(_target(key), (_where(places[key]),), told)


def _bad(error: WorkbookError) -> Refused:
    return Refused("bad_file", *(masked(str(fault)) for fault in error.faults))


def _numbers(tx: Transaction, opened: Opened, filled: FilledWorkbook) -> dict[str, str]:
    """The number in the register of each document the workbook adds.

    Several offices fill in workbooks at the same time, whose free lines bear the same numbers. A document that came
    from such a line before is known by what it said when it was registered; a number once given is not given again.
    """
    base = filled.identity.base.evidence
    added = {name: item for name, item in filled.submission.evidence.items() if name not in base}
    given = opened.rows.numbers_given
    since = given - base.keys()
    with_first = tx.entries.bodies_at(opened.rows.record.id, {("evidence", name): 1 for name in since}) if added else {}
    first = {name: _words(body) for (_, name), body in with_first.items()}
    taken, numbers = {*given, *added}, dict[str, str]()
    for name, item in added.items():
        words = _words(as_kept(body_of(item)))
        same = [one for one in (name, *sorted(first)) if first.get(one) == words]
        own = name in opened.whole.context.own_evidence and opened.whole.content.evidence[name].title == item.title
        if same or own or name not in given:
            numbers[name] = same[0] if same else name
        else:
            numbers[name] = following_number(taken)
            taken.add(numbers[name])
    return numbers


def _words(body: Json) -> dict[str, Json]:
    return {k: v for k, v in body.items() if k not in _FILE_FIELDS} if isinstance(body, Mapping) else {}


def _renumbered(key: Key, numbers: Mapping[str, str]) -> Key:
    return (key[0], numbers.get(key[1], key[1]), *key[2:]) if key[0] == "evidence" else key


def _naming(key: Key, text: str, numbers: Mapping[str, str]) -> str:
    """A cell that names documents, with their numbers in the register."""
    if key[2:3] not in _NAMING or not any(name in numbers for name in cited_in(text)):
        return text
    return "、".join(numbers.get(name, name) for name in cited_in(text))


def _not_taken(
    snapshot: SubmissionSnapshot, changed: Iterable[Key], places: Mapping[Key, tuple[str, str]]
) -> Iterable[NotTaken]:
    by_target: dict[Target, list[Key]] = {}
    for key in changed:
        by_target.setdefault(_target(key), []).append(key)
    for target, keys in by_target.items():
        refusal = edit_refusal(snapshot.person, target, snapshot.context)
        if refusal is not None:
            yield NotTaken(target, tuple(_where(places[key]) for key in keys), "；".join(refusal.reasons))
            continue
        part = snapshot.context.parts.get(target.key) if target.is_answer else None
        rows = [row for standard in snapshot.standards if (row := standard.row(target.key)) is not None]
        beyond = [] if part is None else [key for key in keys if not is_of_part(rows, part, key[2:])]
        if beyond:
            yield NotTaken(target, tuple(_where(places[key]) for key in beyond), only_part(snapshot, target))


def _where(place: tuple[str, str]) -> str:
    sheet, cell = place
    return f"工作表“{sheet}”的 {cell}"


def _refuse_cells(filled: FilledWorkbook) -> None:
    cells = ((filled.places[key], key, text) for key, text in filled.changed.items())
    refuse_identified(
        (f"{_where(place)} ", kind)
        for place, key, text in cells
        for kind in identifiers(text, phones_allowed=_target(key) in PHONE_FIELDS)
    )


def _target(key: Key) -> Target:
    """The entry a cell belongs to."""
    made = {"facts": Target.fact, "form": Target.form, "answers": Target.answer, "vetoes": Target.veto}
    return made.get(key[0], Target.evidence)(key[1])
