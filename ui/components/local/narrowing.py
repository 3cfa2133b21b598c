"""What of a document is in sight: still to be filled in, short, everything; one's own department's, or everyone's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from scoring.local.profile import DocumentProfile, LocalCheck
from ui.components import labels
from ui.components.case.stored_forms import StoredForms
from workflow.people import Role
from workflow.submission.local_assigning import asked_here, assigned_commitments, key_of, own_commitments

OPEN, SHORT, ALL = "open", "short", "all"
_OWN, _EVERYONE = "own", "everyone"
_TO_FILL_IN = frozenset({"unfilled", "needs_judgement"})
_WORDS = {OPEN: "待填", ALL: "全部", _OWN: "我部门", _EVERYONE: "全部"}


@dataclass(frozen=True, slots=True)
class Sight:
    """The choices made, and the checks within the reach (``scope``) in the document's order."""

    shown: str
    scope: str
    within: tuple[LocalCheck, ...]

    @property
    def told(self) -> str | None:
        """What the number of one's own is made of; None where all of it is answered here, or all is in sight."""
        taken = any(one.place is not None for one in self.within)
        return f"{counted(self.within)}。" if taken and self.scope == _OWN else None

    @property
    def checks(self) -> tuple[LocalCheck, ...]:
        """Those that are asked to be seen now."""
        return tuple(one for one in self.within if seen(one, self.shown))


def to_fill_in(check: LocalCheck) -> bool:
    """Whether the county still has something to fill in or to judge."""
    return check.state in _TO_FILL_IN


def seen(check: LocalCheck, shown: str) -> bool:
    """Whether a check is one of the choice."""
    return shown == ALL or (to_fill_in(check) if shown == OPEN else check.state == shown)


def narrowed(within: Sequence[LocalCheck], key: str, default: str = OPEN) -> str:
    """What the person asks to see, by the strip of choices with their numbers."""
    counts = {one: sum(seen(check, one) for check in within) for one in (OPEN, SHORT, ALL)}
    return _strip("显示", counts, default, key)


def sight(desk: StoredForms, document: DocumentProfile) -> Sight:
    """The county's two strips; whose work it is is asked only where something was given to departments."""
    place = desk.place("local", document.policy.id)
    every = document.checks
    keys = {key_of(one) for one in asked_here(document)}
    given = keys & set(assigned_commitments(desk.snapshot))
    if desk.person.role not in {Role.COUNTY_COORDINATOR, Role.COUNTY_DEPARTMENT} or not given:
        return Sight(narrowed(every, f"{place}|local-shown"), _EVERYONE, every)
    mine = own_checks(desk, document)
    counts = {_OWN: len(mine), _EVERYONE: len(every)}
    scope = _strip("范围", counts, _OWN if mine else _EVERYONE, f"{place}|local-scope")
    within = mine if scope == _OWN else every
    return Sight(narrowed(within, f"{place}|local-shown"), scope, within)


def own_checks(desk: StoredForms, document: DocumentProfile) -> tuple[LocalCheck, ...]:
    """What one's own department has before it in the document, in its order: to answer, or to read."""
    own = own_commitments(desk.snapshot, document)
    return tuple(one for one in document.checks if _among(desk, one, own))


def counted(mine: Sequence[LocalCheck]) -> str:
    """How many are one's own, in the same words wherever it is told: 94 项：由本部门填 89 项，取自……5 项."""
    taken = sum(one.place is not None for one in mine)
    if not taken:
        return f"由本部门填的 {len(mine)} 项"
    return f"我部门 {len(mine)} 项：由本部门填的 {len(mine) - taken} 项，取自指标和县情、不用另填的 {taken} 项"


def _among(desk: StoredForms, check: LocalCheck, own: frozenset[str]) -> bool:
    """The lead department also reads what is taken from elsewhere; a department sees its own alone."""
    if check.place is not None:
        return desk.person.role is Role.COUNTY_COORDINATOR
    return key_of(check) in own


def _strip(label: str, counts: dict[str, int], default: str, key: str) -> str:
    chosen = st.segmented_control(
        label,
        list(counts),
        default=default,
        format_func=lambda one: f"{_WORDS.get(one) or labels.word('local_states', one)} {counts[one]}",
        key=key,
        required=True,
        persist_state="session",
    )
    return str(chosen or default)
