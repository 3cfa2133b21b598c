"""What stands in for what when a standard is rehearsed: the new, the old, and overlays that change along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indicators.differences import differences
from indicators.library import Draft, try_draft
from indicators.model import Library, Standard, Vocabulary
from indicators.problems import Problem

_SEVERAL = 2


class NoReplacementError(Exception):
    """It cannot be told what the new standard stands in for; ``str()`` is a Chinese sentence: what to give."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``old`` and ``new`` as read; ``replaced``: id → successor, for ``old`` and every overlay that changes with it.

    ``reading``: the libraries to read submissions with, the installed one first. ``notes``: what in installed files
    would have to follow (`indicators.library.Trial`).
    """

    old: Standard
    new: Standard
    replaced: Mapping[str, Standard]
    reading: tuple[Library, ...]
    notes: tuple[Problem, ...] = ()


def rules_that_differ(change: Replacement, olds: Iterable[tuple[str, Standard]], vocabulary: Vocabulary) -> list[str]:
    """What differs between the new standard and what it replaces, line by line.

    ``olds``: (round, the standard as that round keeps it); where rounds keep different ones, each is compared.
    """
    kept: dict[str, list[tuple[str, Standard]]] = {}
    for round_id, old in olds:
        kept.setdefault(old.fingerprint, []).append((round_id, old))
    if len(kept) < _SEVERAL:
        old = next((same[0][1] for same in kept.values()), change.old)
        return list(differences(old, change.new, vocabulary))
    lines: list[str] = []
    for same in kept.values():
        rounds, old = "、".join(dict.fromkeys(round_id for round_id, _ in same)), same[0][1]
        found = [f"  {line}" for line in differences(old, change.new, vocabulary)]
        lines.append(f"批次 {rounds} 采用的 {old.id}（指纹 {old.fingerprint[:16]}）：{'' if found else '内容相同'}")
        lines += found
    return lines


def replacement_by_draft(
    library: Library, draft: Draft, rules: Path | None = None, instead_of: str | None = None
) -> Replacement:
    """A draft's folder in the place of ``instead_of``, else of the installed standard with its id, else of its base.

    Raises `ProblemsError` (the draft's faults, all at once, located), NoReplacementError.
    """
    trial = try_draft(draft, rules)
    new = trial.library.standards[trial.draft]
    usual = new.id if new.id in library.standards else new.extends
    old = _old(library, new.id, instead_of or usual)
    # 草案改了被叠加的标准，叠加在上面的标准跟着变。
    along = {
        standard_id: one
        for standard_id, one in trial.library.standards.items()
        if standard_id != new.id
        and standard_id in library.standards
        and one.fingerprint != library.standards[standard_id].fingerprint
    }
    return Replacement(old, new, {**along, old.id: new}, (library, trial.library), notes=trial.notes)


def replacement_by_installed(library: Library, new_id: str, instead_of: str | None = None) -> Replacement:
    """An installed standard in the place of ``instead_of``, else of the one it extends. Raises NoReplacementError."""
    if new_id not in library.standards:
        raise NoReplacementError(f"没有标准“{new_id}”，也没有这个文件夹；已安装的有：{'、'.join(library.standards)}")
    new = library.standards[new_id]
    old = _old(library, new_id, instead_of or new.extends)
    return Replacement(old, new, {old.id: new}, (library,))


def _old(library: Library, new_id: str, old_id: str | None) -> Standard:
    known = "、".join(library.standards)
    if old_id is None:
        raise NoReplacementError(
            f"标准“{new_id}”没有同名的已安装标准，也不叠加在别的标准上；请指明它代替哪一个：{known}"
        )
    if old_id not in library.standards:
        raise NoReplacementError(f"没有已安装的标准“{old_id}”；可写：{known}")
    return library.standards[old_id]
