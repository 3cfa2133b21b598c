"""Giving a local document's commitments to departments: an `assignment` entry per commitment, as for rows.

Its key is that of the answer it hands out: ``policy/commitment``. What a document prints — the department a commitment
names, else its clause's 责任单位 where they are few — is a suggestion: nothing is assigned until it is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scoring.departments import departments, departments_in_charge, named_units, only_departments
from scoring.local.profile import DocumentProfile, LocalCheck
from workflow.assignment import Assignment
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Role
from workflow.submission.assigning import all_assignments, assign
from workflow.submission.saving import Saved
from workflow.submission.snapshot import SubmissionSnapshot

# 一条列了许多责任单位的，说不出哪一项归谁，不作建议。
_FEW = 3


@dataclass(frozen=True, slots=True)
class LocalProposal:
    """Who might answer a commitment. ``printed``: the clause's 责任单位 it comes from; empty where the commitment's own
    words name who shall do it."""

    units: tuple[str, ...]
    printed: tuple[str, ...]


def key_of(check: LocalCheck) -> str:
    """The key of the commitment's answer and of its assignment."""
    return f"{check.policy}/{check.id}"


def assigned_commitments(snapshot: SubmissionSnapshot) -> dict[str, tuple[str, ...]]:
    """``policy/commitment`` → the departments it is assigned to."""
    return {key: given.units for key, given in given_commitments(snapshot).items()}


def given_commitments(snapshot: SubmissionSnapshot) -> dict[str, Assignment]:
    """The same with deadlines. A commitment is one figure or one judgement, so that no helper has a part of it."""
    return {key: given for key, given in all_assignments(snapshot).items() if "/" in key}


def asked_here(document: DocumentProfile) -> tuple[LocalCheck, ...]:
    """The commitments a county answers for this document itself: those that can be assigned."""
    return tuple(check for check in document.checks if check.place is None)


def own_commitments(snapshot: SubmissionSnapshot, document: DocumentProfile) -> frozenset[str]:
    """Keys of what this person's unit answers: a department what is assigned to it, the coordinator what is not given
    to others; nobody else anything."""
    keys = frozenset(key_of(check) for check in asked_here(document))
    person = snapshot.person
    if person.role is Role.COUNTY_DEPARTMENT:
        return keys & snapshot.context.assigned
    if person.role is not Role.COUNTY_COORDINATOR:
        return frozenset()
    name_of = snapshot.departments.name_of
    own = {name_of(name) for name in (person.unit, person.display_name) if name}
    others = {
        key for key, units in assigned_commitments(snapshot).items() if units and not own & set(map(name_of, units))
    }
    return keys - others


def local_proposals(snapshot: SubmissionSnapshot, document: DocumentProfile) -> dict[str, LocalProposal]:
    """A suggestion by key for each commitment whose own words, or whose clause, name departments."""
    proposed: dict[str, LocalProposal] = {}
    for check in asked_here(document):
        commitment = check.commitment
        alone = departments_in_charge(commitment.quote) or only_departments(commitment.object.partition("：")[0])
        printed = alone or departments(check.clause.responsible_units)
        if not printed or len(printed) > _FEW:
            continue
        units = named_units(snapshot.departments, printed)
        if units:
            proposed[key_of(check)] = LocalProposal(units, () if alone else check.clause.responsible_units)
    return proposed


def assign_commitments(
    office: Office, snapshot: SubmissionSnapshot, keys: Iterable[str], units: Iterable[str], now: datetime
) -> Saved:
    """Give these commitments to these departments; no units takes the assignment away. Raises as `assign`."""
    wanted = tuple(units)
    return assign(office, snapshot.person, snapshot.record.id, dict.fromkeys(keys, wanted), now)


def accept_local_proposals(
    office: Office, snapshot: SubmissionSnapshot, document: DocumentProfile, now: datetime
) -> Saved:
    """Assign what nobody has yet as proposed. Raises Refused (``nothing_to_assign``)."""
    assigned = assigned_commitments(snapshot)
    proposed: Mapping[str, LocalProposal] = local_proposals(snapshot, document)
    split = {key: proposal.units for key, proposal in proposed.items() if key not in assigned}
    if not split:
        raise Refused("nothing_to_assign", "文件写明责任单位的各项均已分配。请在下面按条款或逐项分配。")
    return assign(office, snapshot.person, snapshot.record.id, split, now)
