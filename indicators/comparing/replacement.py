"""What stands in for what when a standard is rehearsed: the new, the old, and overlays that change along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from indicators.comparing.row_difference import standard_difference
from indicators.comparing.told import difference_lines, redefined
from indicators.library import Draft, try_draft
from indicators.model import Library, Standard
from indicators.model.rule_changes import InRound, ReplacedRules, RuleLine
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


def replaced_rules(change: Replacement, judged: Iterable[InRound], library: Library) -> ReplacedRules:
    """``judged``: every standard of each submission; where rounds keep different editions of the old one, each is
    compared. ``library`` names documents and closed lists.
    """
    kept = [each for each in judged if each[2].id == change.old.id]
    counted = Counter((round_id, name, old.fingerprint) for round_id, name, old in kept)
    editions = {old.fingerprint: old for *_, old in kept}
    replaced = tuple(((round_id, name, editions[mark]), many) for (round_id, name, mark), many in counted.items())
    differences = [
        standard_difference(old, change.new, library.vocabulary, library.policies)
        for old in editions.values() or [change.old]
    ]
    lines: list[RuleLine] = []
    for difference in differences:
        edition = list(difference_lines(difference))
        if len(differences) > 1:
            mark = difference.old.fingerprint
            names = "、".join(dict.fromkeys(f"“{name}”" for _, name, of in counted if of == mark))
            head = f"批次{names}采用的《{difference.old.title}》（指纹 {mark[:16]}）：{'' if edition else '内容相同'}"
            edition = [RuleLine(0, head), *(replace(line, depth=line.depth + 1) for line in edition)]
        lines += edition
    notes = tuple(map(str, change.notes))
    return ReplacedRules(change.old, change.new, notes, replaced, tuple(lines), redefined(differences))


def not_concerned(pinned: Iterable[str], installed: Mapping[str, Standard], change: Replacement) -> str:
    """Why a round is not rehearsed: what it is judged by has nothing to do with the change."""
    named = "、".join(installed[each].short_name if each in installed else each for each in pinned)
    return f"批次采用的是{named}，不含{change.old.short_name}"


def replacement(
    library: Library, new: str | Draft, instead_of: str | None = None, rules: Path | None = None
) -> Replacement:
    """An installed standard, or a draft's folder, in the place of ``instead_of``, else of the installed standard with
    the draft's id, else of the one it extends.

    Raises `ProblemsError` (the draft's faults, all at once, located), NoReplacementError.
    """
    if isinstance(new, str):
        standard = library.standards[new]
        old = _old(library, new, instead_of or standard.extends)
        return Replacement(old, standard, {old.id: standard}, (library,))
    trial = try_draft(new, rules)
    standard, installed = trial.library.standards[trial.draft], library.standards
    old = _old(library, standard.id, instead_of or (standard.id if standard.id in installed else standard.extends))
    # 草案改了被叠加的标准，叠加在上面的标准跟着变。
    tried = {key: one for key, one in trial.library.standards.items() if key != standard.id and key in installed}
    along = {key: one for key, one in tried.items() if one.fingerprint != installed[key].fingerprint}
    return Replacement(old, standard, {**along, old.id: standard}, (library, trial.library), trial.notes)


def _old(library: Library, new_id: str, old_id: str | None) -> Standard:
    known = "、".join(library.standards)
    if old_id is None and new_id in library.standards:
        why = f"标准“{new_id}”不叠加在别的标准上；请指明它代替哪一个，写它自己即与原来采用的内容相比，可写：{known}"
    elif old_id is None:
        why = f"标准“{new_id}”没有同名的已安装标准，也不叠加在别的标准上；请指明它代替哪一个：{known}"
    elif old_id not in library.standards:
        why = f"没有已安装的标准“{old_id}”；可写：{known}"
    else:
        return library.standards[old_id]
    raise NoReplacementError(why)
