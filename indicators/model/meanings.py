"""Redefinitions as data: an id whose question means something else now. `indicators.comparing.meanings` finds them.

Standard library only, as `indicators.model.standard`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

What = Literal["measure", "evidence", "fact"]
Asked = tuple[What, str, str]  # what, row id ("" for a fact), id: one meaning in every standard


@dataclass(frozen=True, slots=True)
class Redefinition:
    """Something asked under the same id that now means something else. ``label`` as the new rules name it.

    ``changes``: (what of it, the old words, the new words).
    """

    what: What
    row: str
    id: str
    label: str
    changes: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> Asked:
        """What is asked, in every standard alike."""
        return self.what, self.row, self.id


def redefinition_lines(redefinitions: Iterable[Redefinition]) -> list[str]:
    """3.3.2“医疗救助人数”, then each change with both wordings, as `comparing.differences.paired` reads them."""
    lines: list[str] = []
    for redefinition in redefinitions:
        place = {"fact": "县情", "evidence": f"{redefinition.row} 佐证材料", "measure": redefinition.row}[
            redefinition.what
        ]
        lines.append(f"{place}“{redefinition.label}”")
        for what, old, new in redefinition.changes:
            lines += (f"  {what}　原：{old}", f"  {what}　新：{new}")
    return lines
