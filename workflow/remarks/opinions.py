"""推荐意见 and its sealed scan: what keeps them from being kept beyond the exchange format's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scoring.substance import brief_lacks
from storage.canonical import Json
from workflow.entries.attached import SCANS
from workflow.targets import ONLY, Path, Target


def opinion_faults(target: Target, body: Json, *, given: bool) -> Iterator[tuple[Path, str]]:
    """The field and the sentence; nothing for entries of other kinds. ``given``: whether the opinion to scan stands."""
    if not (target.is_opinion or target.is_scan):
        return
    said = body if isinstance(body, Mapping) else {}
    if target.key != ONLY:
        yield (), f"{target.label}：每级只有一份。请刷新页面后重试。"
    if target.is_opinion:
        if lacks := brief_lacks(str(said.get("text") or "")):
            yield ("text",), f"推荐意见{lacks}。请写明是否同意推荐，为什么。"
        return
    if not given:
        yield ("file",), f"还没有保存推荐意见，不能附{target.label}。请先保存意见。"
    if str(said.get("file")).rpartition(".")[2].lower() not in SCANS:
        yield ("file",), f"{target.label}须为 pdf、jpg 或 png。请重新选择文件。"
