"""What stands in for what when a standard is rehearsed: the new, the old, and overlays that change along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from indicators.comparing.differences import differences
from indicators.comparing.meanings import redefined
from indicators.library import Draft, try_draft
from indicators.model import Library, Policy, Standard, Vocabulary
from indicators.model.meanings import Asked, Redefinition
from indicators.reading.problems import Problem
from indicators.wording import short_name

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


def rules_that_differ(
    change: Replacement,
    olds: Iterable[tuple[str, Standard]],
    vocabulary: Vocabulary,
    policies: Mapping[str, Policy] = MappingProxyType({}),
) -> list[str]:
    """What differs between the new standard and what it replaces, line by line.

    ``olds``: (round as people know it, the standard as that round keeps it); where rounds keep different ones, each is
    compared.
    """
    kept: dict[str, list[tuple[str, Standard]]] = {}
    for round_name, old in olds:
        kept.setdefault(old.fingerprint, []).append((round_name, old))
    if len(kept) < _SEVERAL:
        old = next((same[0][1] for same in kept.values()), change.old)
        return list(differences(old, change.new, vocabulary, policies=policies))
    lines: list[str] = []
    for same in kept.values():
        rounds, old = "、".join(dict.fromkeys(f"“{name}”" for name, _ in same)), same[0][1]
        found = [f"  {line}" for line in differences(old, change.new, vocabulary, policies=policies)]
        lines.append(f"批次{rounds}采用的《{old.title}》（指纹 {old.fingerprint[:16]}）：{'' if found else '内容相同'}")
        lines += found
    return lines


def redefined_by(change: Replacement, olds: Iterable[Standard], vocabulary: Vocabulary) -> tuple[Redefinition, ...]:
    """What the new standard asks under an id of the old ones in another meaning; ``olds`` as the rounds keep them."""
    kept = {old.fingerprint: old for old in olds} or {change.old.fingerprint: change.old}
    found: dict[Asked, Redefinition] = {}
    for old in kept.values():
        for one in redefined(old, change.new, vocabulary):
            found.setdefault(one.key, one)
    return tuple(found.values())


def names_of(change: Replacement) -> dict[str, str]:
    """Every standard of a replacement as people know it, by id: 云南标准."""
    standards = (change.old, change.new, *change.replaced.values())
    return {one.id: short_name(one) for one in standards}


def not_concerned(pinned: Iterable[str], installed: Mapping[str, Standard], change: Replacement) -> str:
    """Why a round is not rehearsed: what it is judged by has nothing to do with the change."""
    named = "、".join(short_name(installed[one]) if one in installed else one for one in pinned)
    return f"批次采用的是{named}，不含{short_name(change.old)}"


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
