"""The two exceptions of use cases: `Refused` (a rule forbids it) and `Conflict` (somebody saved first)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.canonical import Json
from workflow.refusals import REFUSALS, Code
from workflow.targets import Path, Target

OTHERS, OWN_WINDOW = "他人", "您的另一窗口"
LONGEST_REASON = 2_000
# An entry and a field within it; the empty path is the whole entry, and no entry what a form asks that writes none.
Place = tuple[Target | None, Path]


class Refused(Exception):
    """A rule forbids it. ``code`` is stable; ``reasons`` are whole Chinese sentences: what, where, what to do.

    Without reasons the code's own sentence of `workflow.refusals` is told, its ``fields`` filled in. ``places``: where
    a form is to mark what the sentences are about.
    """

    def __init__(self, code: Code, *reasons: str, places: Iterable[Place] = (), **fields: object) -> None:
        told = reasons or (REFUSALS[code].says.format_map(fields),)
        super().__init__("\n".join(told))
        self.code: Code = code
        self.reasons: tuple[str, ...] = told
        self.places: tuple[Place, ...] = tuple(dict.fromkeys(places))


def refuse_overlong(what: str, where: str, text: str, path: Path) -> None:
    """Raise Refused (``too_long``) for a reason nobody reads to its end. ``path``: where a form asks it."""
    if len(text) > LONGEST_REASON:
        told = f"{what}{where}有{len(text)}字，超过{LONGEST_REASON}字的限制。请精简。"
        raise Refused("too_long", told, places=[(None, path)])


@dataclass(frozen=True, slots=True)
class Clash:
    """Both versions of one entry: ``yours`` is what was about to be saved, ``current`` what stands.

    ``fields``: those both changed. ``merged``: both versions' other fields, and those as they stand; taking some of
    them from ``yours`` (`workflow.submission.merging.taken_from`) gives what to save on ``current_version``.
    """

    target: Target
    yours: Json
    current: Json
    current_version: int
    updated_by: str
    fields: tuple[Path, ...] = ((),)
    merged: Json = None


class Conflict(Exception):
    """Someone saved first. Nothing of the refused save was written; ``clashes`` holds both texts.

    ``rest``: what else it would have written, each with the version it is to replace. ``saver``: the account that came
    second; ``first`` says who came first, in words to that person.
    """

    def __init__(self, clashes: tuple[Clash, ...], rest: Mapping[Target, tuple[Json, int]], saver: str) -> None:
        super().__init__("\n".join(f"{c.target}：{c.updated_by} 已先保存。请对照后再保存。" for c in clashes))
        self.clashes = clashes
        self.first = OWN_WINDOW if {clash.updated_by for clash in clashes} == {saver} else OTHERS
        self.rest = rest
