"""The county's words on what an automatic check found: read beside the warning, they never change a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from indicators.model import Vocabulary
from scoring.substance import reason_lacks
from storage.canonical import Json
from workflow.targets import Path, Target

EXPLANATION = "explanation"  # the one field of such an entry's body


class _Entry(Protocol):
    @property
    def body(self) -> Json:
        """What stands in it."""


def explanations(entries: Mapping[Target, _Entry]) -> dict[str, str]:
    """Every explanation among these entries by its key."""
    return {target.key: read_explanation(entry.body) for target, entry in entries.items() if target.kind == EXPLANATION}


def read_explanation(body: Json) -> str:
    """The words of an entry's body."""
    return str(body.get(EXPLANATION) or "") if isinstance(body, Mapping) else ""


def explanation_faults(body: Json, vocabulary: Vocabulary) -> Iterator[tuple[Path, str]]:
    """What keeps an explanation from being kept: the field, and the sentence."""
    if not isinstance(body, Mapping) or set(body) != {EXPLANATION} or not isinstance(body[EXPLANATION], str):
        yield (), "对提醒的说明：内容与要求的形式不符。请刷新页面后重试。"
    elif lacks := reason_lacks(body[EXPLANATION], 1, vocabulary):
        yield (EXPLANATION,), f"对提醒的说明{lacks}。请写明为什么会这样、凭什么，或者直接改正所填内容。"
