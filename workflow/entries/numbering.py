"""New documents of the register get their numbers when they are saved: E01, E02, …, none of them twice; notes likewise.

A form that registers a document or writes a note writes it under a key that begins with `workflow.targets.NEW`; entries
saved with a document name it by that key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.entry.editing import following_number
from storage.canonical import Json
from workflow.targets import Target

Numbers = Mapping[str, str]  # the key a new document or note was written under → its number


def numbers_for(targets: Iterable[Target], ever: Iterable[str]) -> dict[str, str]:
    """``ever``: every number that is, or was, given: one that was taken out is not given again."""
    taken, numbers = set(ever), dict[str, str]()
    for target in targets:
        if target.is_new:
            numbers[target.key] = _following_note(taken) if target.is_note else following_number(taken)
            taken.add(numbers[target.key])
    return numbers


def _following_note(taken: Iterable[str]) -> str:
    return f"{max((int(key) for key in taken if key.isdecimal()), default=0) + 1:03d}"


def numbered(target: Target, numbers: Numbers) -> Target:
    """The entry under its number."""
    return target._replace(key=numbers[target.key]) if target.is_new else target


def naming(target: Target, body: Json, numbers: Numbers) -> Json:
    """An answer's body with the numbers in the place of the keys."""
    if not numbers or not target.is_answer or not isinstance(body, Mapping):
        return body
    named = dict(body)
    if isinstance(cited := body.get("evidence"), Mapping):
        named["evidence"] = {slot: _given(ids, numbers) for slot, ids in cited.items()}
    if isinstance(proof := body.get("nil_return"), str):
        named["nil_return"] = numbers.get(proof, proof)
    return named


def told(words: str, numbers: Numbers) -> str:
    """A sentence about new documents with their numbers: 材料 +（未附文件） → 材料 E12（未附文件）."""
    for key in sorted(numbers, key=len, reverse=True):
        words = words.replace(f"材料 {key}", f"材料 {numbers[key]}")
    return words


def _given(ids: Json, numbers: Numbers) -> Json:
    return [numbers.get(str(one), one) for one in ids] if isinstance(ids, list | tuple) else ids
