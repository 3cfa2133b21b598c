"""What other rules change in each row, short enough to be told at the row: words, thresholds, what is newly asked.

Beside `indicators.comparing.differences` (everything, whole) and `indicators.comparing.meanings` (other meanings).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indicators.model import EvidenceRequirement, Indicator, Library, Measure, Standard
from indicators.model.revisions import Revision, RowRevised, where_they_differ
from indicators.wording import Wording, short_name


def revised_in(old: Library, new: Library, standard_ids: Iterable[str]) -> tuple[RowRevised, ...]:
    """Every row that came, went, or asks something else, in printed order."""
    pairs = [(old.standards[one], new.standards[one]) for one in standard_ids]
    ids = dict.fromkeys(row.id for before, after in pairs for row in (*after.rows(), *before.rows()))
    found = (_revised(row_id, pairs, new) for row_id in ids)
    return tuple(one for one in found if one is not None)


def threshold_words(measure: Measure, words: Wording) -> str:
    """不低于70%, as the reasons of a verdict say it; empty where nothing is printed or implied."""
    said = words.threshold(measure)
    if measure.require is None or measure.each is not None:
        return said
    return said.replace("不少于", "不低于").replace("不多于", "不高于")


def _revised(row_id: str, pairs: Sequence[tuple[Standard, Standard]], new: Library) -> RowRevised | None:
    having = [(a, b) for a, b in pairs if a.row(row_id) is not None or b.row(row_id) is not None]
    if all(before.row(row_id) is None for before, _ in having):
        return RowRevised(row_id, "added")
    if all(after.row(row_id) is None for _, after in having):
        return RowRevised(row_id, "removed")
    found: dict[Revision, list[str]] = {}
    for before, after in having:
        words = (Wording(before, new.vocabulary), Wording(after, new.vocabulary))
        for one in _revisions(before.row(row_id), after.row(row_id), words):
            found.setdefault(one, []).append(short_name(after))
    told = tuple(
        one if len(names) == len(having) else replace(one, standards=tuple(names)) for one, names in found.items()
    )
    return RowRevised(row_id, "changed", told) if told else None


def _revisions(old: Indicator | None, new: Indicator | None, words: tuple[Wording, Wording]) -> Iterator[Revision]:
    if old is None or new is None:
        if old is not new:
            yield Revision("row", old="" if old is None else old.label, new="" if new is None else new.label)
        return
    if old.statement != new.statement:
        before, after = where_they_differ(old.statement, new.statement)
        yield Revision("statement", old=before, new=after)
    conditions = [
        one.condition(row.applies_when) if row.applies_when else "" for one, row in zip(words, (old, new), strict=True)
    ]
    if conditions[0] != conditions[1]:
        yield Revision("condition", old=conditions[0], new=conditions[1])
    yield from _measures(old, new, words)
    yield from _documents(old, new)


def _measures(old: Indicator, new: Indicator, words: tuple[Wording, Wording]) -> Iterator[Revision]:
    for one in new.measures:
        was, asked = old.measure(one.id), threshold_words(one, words[1])
        if was is None:
            yield Revision("measure", one.id, one.label, new=asked or one.label)
            continue
        before = threshold_words(was, words[0])
        if before != asked and was.kind == one.kind:
            yield Revision("threshold", one.id, one.label, before, asked)
        whole = [word.measure(replace(m, require=None, each=None)) for word, m in zip(words, (was, one), strict=True)]
        if whole[0] != whole[1]:
            yield Revision("measure", one.id, one.label, *where_they_differ(*whole))
    for one in old.measures:
        if new.measure(one.id) is None:
            yield Revision("measure", one.id, one.label, old=one.label)


def _documents(old: Indicator, new: Indicator) -> Iterator[Revision]:
    """Those that are required, or were."""
    for one in new.evidence:
        was = old.requirement(one.id)
        if one.required and not _required(was):
            yield Revision("evidence", one.id, one.label, new=one.label)
        elif was is not None and was.required and not one.required:
            yield Revision("evidence", one.id, one.label, old=one.label)
    for one in old.evidence:
        if one.required and new.requirement(one.id) is None:
            yield Revision("evidence", one.id, one.label, old=one.label)


def _required(one: EvidenceRequirement | None) -> bool:
    return one is not None and one.required
