"""What the sheet 说明 of a table taken away says: round, level, time, the rules' fingerprints, 演示数据."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from scoring.spreadsheets.tables import CellValue
from scoring.submission import Level
from storage.clock import BEIJING
from storage.records import RoundRecord
from workflow.office import Office

Notes = tuple[tuple[str, CellValue], ...]
DEMO_WORDS = "演示数据，不是真实申报"


def round_notes(office: Office, rounds: Iterable[RoundRecord], now: datetime, level: Level | None = None) -> Notes:
    """Name by name."""
    return tuple(_notes(office, rounds, now, level))


def _notes(
    office: Office, rounds: Iterable[RoundRecord], now: datetime, level: Level | None
) -> Iterator[tuple[str, CellValue]]:
    yield "制表时间", now.astimezone(BEIJING)
    if level is not None:
        yield "按哪一级", office.library.vocabulary.lists["levels"][level]
    for one in rounds:
        yield "批次", f"{one.title}（{one.id}）"
        if one.demo:
            yield DEMO_WORDS, f"批次 {one.id}"
        for standard_id in one.standards:
            standard = office.library.standards.get(standard_id)
            yield f"标准 {standard.title if standard else standard_id}", f"指纹 {one.fingerprints.get(standard_id, '')}"
