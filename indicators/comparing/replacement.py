"""What stands in for what when a standard is rehearsed: the new, the old, and overlays that change along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indicators.comparing.row_difference import standard_difference
from indicators.comparing.told import difference_lines, redefined
from indicators.library import Draft, try_draft
from indicators.model import Library, Standard
from indicators.model.rule_changes import Replaced, ReplacedRules, RuleLine
from indicators.reading.problems import Problem


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


def compare_replaced(
    change: Replacement, judged: Iterable[tuple[str, str, Sequence[Standard]]], library: Library
) -> ReplacedRules:
    """``judged``: (round, its name, its standards) of each submission; where rounds keep different editions of the old
    standard, each is compared. ``library`` names documents and closed lists.
    """
    replaced: dict[tuple[str, str], Replaced] = {}
    for round_id, name, standards in judged:
        for old in (standard for standard in standards if standard.id == change.old.id):
            so_far = replaced.get((round_id, old.fingerprint))
            submissions = 1 + (so_far.submissions if so_far else 0)
            replaced[round_id, old.fingerprint] = Replaced(round_id, old, submissions, name)
    editions = {one.old.fingerprint: one.old for one in replaced.values()} or {change.old.fingerprint: change.old}
    differences = [
        standard_difference(old, change.new, library.vocabulary, library.policies) for old in editions.values()
    ]
    lines: list[RuleLine] = []
    for difference in differences:
        edition = list(difference_lines(difference))
        if len(differences) > 1:
            mark = difference.old.fingerprint
            names = (f"“{one.name}”" for one in replaced.values() if one.old.fingerprint == mark)
            head = f"批次{'、'.join(dict.fromkeys(names))}采用的《{difference.old.title}》（指纹 {mark[:16]}）："
            inner = (replace(line, depth=line.depth + 1) for line in edition)
            edition = [RuleLine(0, head if edition else f"{head}内容相同"), *inner]
        lines += edition
    notes = tuple(map(str, change.notes))
    return ReplacedRules(change.old, change.new, notes, tuple(replaced.values()), tuple(lines), redefined(differences))


def not_concerned(pinned: Iterable[str], installed: Mapping[str, Standard], change: Replacement) -> str:
    """Why a round is not rehearsed: what it is judged by has nothing to do with the change."""
    named = "、".join(
        installed[standard_id].short_name if standard_id in installed else standard_id for standard_id in pinned
    )
    return f"批次采用的是{named}，不含{change.old.short_name}"


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
        standard_id: standard
        for standard_id, standard in trial.library.standards.items()
        if standard_id != new.id
        and standard_id in library.standards
        and standard.fingerprint != library.standards[standard_id].fingerprint
    }
    return Replacement(old, new, {**along, old.id: new}, (library, trial.library), notes=trial.notes)


def replacement_by_installed(library: Library, new_id: str, instead_of: str | None = None) -> Replacement:
    """An installed standard in the place of ``instead_of``, else of the one it extends. Raises NoReplacementError."""
    new = library.standards[new_id]
    old = _old(library, new_id, instead_of or new.extends)
    return Replacement(old, new, {old.id: new}, (library,))


def _old(library: Library, new_id: str, old_id: str | None) -> Standard:
    known = "、".join(library.standards)
    if old_id is None and new_id in library.standards:
        raise NoReplacementError(
            f"标准“{new_id}”不叠加在别的标准上；请指明它代替哪一个，写它自己即与原来采用的内容相比，可写：{known}"
        )
    if old_id is None:
        raise NoReplacementError(
            f"标准“{new_id}”没有同名的已安装标准，也不叠加在别的标准上；请指明它代替哪一个：{known}"
        )
    if old_id not in library.standards:
        raise NoReplacementError(f"没有已安装的标准“{old_id}”；可写：{known}")
    return library.standards[old_id]
