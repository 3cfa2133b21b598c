"""What a person types: the fields of a form, and what is said when something typed cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

FieldForm = Literal["number", "yes_no", "items"]
Path = tuple[str, ...]
TypedValue = str | bool | tuple[str, ...] | None


class EntryError(ValueError):
    """Something typed cannot be read; ``problems`` are Chinese sentences: where, what, what to do.

    ``paths``: the fields they are about, within what was typed.
    """

    def __init__(self, problems: Iterable[str], paths: Iterable[Path] = ()) -> None:
        self.problems, self.paths = tuple(problems), tuple(paths)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: ``path`` below the measure is () or a year, a part, or a year and a part."""

    path: Path
    form: FieldForm
    label: str
    unit: str | None = None
