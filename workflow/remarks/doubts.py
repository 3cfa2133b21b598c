"""存疑: what a review level doubts about a row, what would settle it, and why it no longer does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from indicators.model import Vocabulary
from scoring.substance import reason_lacks
from storage.canonical import Json
from workflow.targets import Path

_FIELDS = frozenset({"reason", "settles", "resolved"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """``settles``: what would settle it. ``resolved``: why it is none any more; empty while it is open."""

    row_id: str
    reason: str
    settles: str
    resolved: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still stands in the way of recommending."""
        return not self.resolved


def read_doubt(row_id: str, body: Json) -> Doubt:
    """A doubt from its entry's body."""
    stored = body if isinstance(body, Mapping) else {}
    resolved = stored.get("resolved")
    why = resolved.get("reason") if isinstance(resolved, Mapping) else None
    return Doubt(row_id, str(stored.get("reason") or ""), str(stored.get("settles") or ""), str(why or ""))


def doubt_body(doubt: Doubt) -> dict[str, Json]:
    """The body of its entry."""
    body: dict[str, Json] = {"reason": doubt.reason.strip(), "settles": doubt.settles.strip()}
    return body if doubt.is_open else {**body, "resolved": {"reason": doubt.resolved.strip()}}


def doubt_faults(
    row_id: str, body: Json, stands: Json, known_rows: Collection[str], vocabulary: Vocabulary
) -> Iterator[tuple[Path, str]]:
    """What keeps a doubt from being kept: the field, and the sentence. ``stands``: the doubt there is."""
    if row_id not in known_rows:
        yield (), f"没有编号为“{row_id}”的指标，不能存疑。请从列表中选取。"
    if not isinstance(body, Mapping) or not set(body) <= _FIELDS:
        yield (), f"存疑 {row_id}：内容与要求的形式不符。请刷新页面后重试。"
        return
    doubt = read_doubt(row_id, body)
    asked: dict[Path, tuple[str, str]] = {
        ("reason",): ("存疑的理由", doubt.reason),
        ("settles",): ("怎样才能消除", doubt.settles),
    }
    if "resolved" in body:
        asked["resolved", "reason"] = ("解除的理由", doubt.resolved)
        stood = read_doubt(row_id, stands)
        if not stood.is_open or (stood.reason, stood.settles) != (doubt.reason, doubt.settles):
            told = "只解除还没有解除的存疑，解除时不改写疑点。要改写的，请先保存存疑，再写明理由解除。"
            yield ("resolved", "reason"), f"存疑 {row_id}：{told}"
    for path, (what, text) in asked.items():
        if lacks := reason_lacks(text, 1, vocabulary):
            yield path, f"存疑 {row_id}：{what}{lacks}。请写明查到了什么、凭什么。"
