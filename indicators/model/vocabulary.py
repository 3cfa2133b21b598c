"""The closed lists of a rules folder and their Chinese labels, as plain, frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# The lists whose members the code knows by heart; a vocabulary only labels them.
Level = Literal["county", "prefecture", "province"]
OpinionLevel = Literal["county_government", "prefecture", "province"]
Verdict = Literal["met", "not_met", "unproven", "contradicted", "needs_judgement", "not_applicable", "unanswered"]
VetoState = Literal["clear", "present", "unproven", "undeclared"]
LocalState = Literal["kept", "short", "not_due", "unfilled", "needs_judgement"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists: list name → identifier → Chinese label, in printed order."""

    lists: Mapping[str, Mapping[str, str]]

    def label(self, list_name: str, identifier: str) -> str:
        """The Chinese label; raises KeyError for what the closed list does not hold."""
        return self.lists[list_name][identifier]


NO_LABELS = Vocabulary({})
