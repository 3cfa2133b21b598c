"""Which checks of a document are shown: to fill in, falling short or all; one's own department's or everyone's."""

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
class CheckFilter:
    """The choices made (``shown``, ``scope``), and the document's checks of that scope in its order."""

    shown: str
    scope: str
    within: tuple[LocalCheck, ...]

    @property
    def summary(self) -> str | None:
        """How many of one's own checks are filled in here, how many elsewhere; None where there is nothing to tell."""
        taken = any(check.place is not None for check in self.within)
        return f"{own_checks_words(self.within)}。" if taken and self.scope == _OWN else None

    @property
    def checks(self) -> tuple[LocalCheck, ...]:
        """Those of ``within`` that are shown."""
        return tuple(check for check in self.within if is_shown(check, self.shown))


def to_fill_in(check: LocalCheck) -> bool:
    """Whether the county still has something to fill in or to judge."""
    return check.state in _TO_FILL_IN


def is_shown(check: LocalCheck, shown: str) -> bool:
    """Whether the choice ``shown`` shows a check."""
    return shown == ALL or (to_fill_in(check) if shown == OPEN else check.state == shown)


def filter_strip(within: Sequence[LocalCheck], key: str, default: str = OPEN) -> str:
    """The strip 显示 with the number of checks of each choice; returns the choice."""
    counts = {state: sum(is_shown(check, state) for check in within) for state in (OPEN, SHORT, ALL)}
    return _strip("显示", counts, default, key)


def check_filter(forms: StoredForms, document: DocumentProfile) -> CheckFilter:
    """The county's strips 范围 and 显示; 范围 only where something was assigned to departments."""
    place = forms.place("local", document.policy.id)
    every = document.checks
    keys = {key_of(check) for check in asked_here(document)}
    assigned = keys & set(assigned_commitments(forms.snapshot))
    if forms.person.role not in {Role.COUNTY_COORDINATOR, Role.COUNTY_DEPARTMENT} or not assigned:
        return CheckFilter(filter_strip(every, f"{place}|local-shown"), _EVERYONE, every)
    own = own_checks(forms, document)
    counts = {_OWN: len(own), _EVERYONE: len(every)}
    scope = _strip("范围", counts, _OWN if own else _EVERYONE, f"{place}|local-scope")
    within = own if scope == _OWN else every
    return CheckFilter(filter_strip(within, f"{place}|local-shown"), scope, within)


def own_checks(forms: StoredForms, document: DocumentProfile) -> tuple[LocalCheck, ...]:
    """The document's checks that the person's department answers or reads, in its order."""
    own_keys = own_commitments(forms.snapshot, document)
    return tuple(check for check in document.checks if _among(forms, check, own_keys))


def own_checks_words(own: Sequence[LocalCheck]) -> str:
    """How many checks are one's own, as a phrase: 94 项：由本部门填 89 项，取自……5 项."""
    taken = sum(check.place is not None for check in own)
    if not taken:
        return f"由本部门填的 {len(own)} 项"
    return f"我部门 {len(own)} 项：由本部门填的 {len(own) - taken} 项，取自指标和县情、不用另填的 {taken} 项"


def _among(forms: StoredForms, check: LocalCheck, own_keys: frozenset[str]) -> bool:
    """Whether a check is the person's: what is taken from elsewhere only the lead department reads."""
    if check.place is not None:
        return forms.person.role is Role.COUNTY_COORDINATOR
    return key_of(check) in own_keys


def _strip(label: str, counts: dict[str, int], default: str, key: str) -> str:
    chosen = st.segmented_control(
        label,
        list(counts),
        default=default,
        format_func=lambda choice: f"{_WORDS.get(choice) or labels.word('local_states', choice)} {counts[choice]}",
        key=key,
        required=True,
        persist_state="session",
    )
    return str(chosen or default)
