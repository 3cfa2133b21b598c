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

# Kinds of paper the proof rule knows by name (vocabulary `evidence_kinds`); a folder may lack them. No requirement asks
# for OTHER_KIND: it is what a register says of a paper that is none of the others.
STATEMENT_KIND, PHOTO_KIND, SCREENSHOT_KIND, OTHER_KIND = "statement", "photo", "screenshot", "other"


_MONEY = "元"
# 同一种东西的量词，写哪一个都是同一个数
ALIKE_UNITS = (
    frozenset("人名位"),
    frozenset("个家所处座"),
    frozenset("件起例宗"),
    frozenset(("次", "场", "期", "场次")),
)
SHARE_SCALES: Mapping[str, int] = {"percent": 100, "permille": 1000}
SHARE_SIGNS: Mapping[str, str] = {"percent": "%", "permille": "‰"}


class Unit(str):
    """A unit's identifier that knows its Chinese ``name`` and whether its figures may have ``decimals``."""

    __slots__ = ("decimals", "name")
    name: str
    decimals: bool

    def __new__(cls, identifier: str, name: str | None = None, *, decimals: bool = False) -> Unit:
        """``name`` None: the identifier is the name."""
        unit = super().__new__(cls, identifier)
        unit.name = identifier if name is None else name
        unit.decimals = decimals
        return unit


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists: list name → identifier → Chinese label, in printed order."""

    lists: Mapping[str, Mapping[str, str]]

    def label(self, list_name: str, identifier: str) -> str:
        """The Chinese label; raises KeyError for what the closed list does not hold."""
        return self.lists[list_name][identifier]

    def unit(self, identifier: str) -> Unit:
        """The unit with its name; one that the list does not hold is called by its identifier.

        A vocabulary without ``units_with_decimals`` lets shares and money have decimals.
        """
        with_decimals = self.lists.get("units_with_decimals")
        decimals = takes_decimals(identifier) if with_decimals is None else identifier in with_decimals
        name = self.lists.get("units", {}).get(identifier) or SHARE_SIGNS.get(identifier)
        return Unit(identifier, name, decimals=decimals)


def takes_decimals(unit: str | None) -> bool:
    """Whether figures of the unit may have decimals: as the vocabulary says, else shares and money may."""
    if isinstance(unit, Unit):
        return unit.decimals
    return unit is not None and (unit in SHARE_SCALES or unit.startswith(_MONEY))


NO_LABELS = Vocabulary({})
