"""改动记录 of one submission as a table: a line for each field of each save."""

from __future__ import annotations

from scoring.spreadsheets.tables import CellValue, Table
from storage.clock import BEIJING
from workflow.tables.asked import Asked
from workflow.words.written import Wanted, written

Line = tuple[CellValue, ...]
COLUMNS = ("时间", "办理人", "对象", "做了什么", "第几版", "栏目", "改动前", "改动后")


def changes_of(asked: Asked) -> Table:
    """Under the same filters as on the screen, the newest save first."""
    wanted = Wanted(row=asked.text("row"), by=asked.text("by"))
    lines: list[Line] = []
    for one in written(asked.office, asked.snapshot, wanted):
        about = one.at.astimezone(BEIJING), one.who, one.name, one.act, one.version
        lines += [(*about, field.label, field.before, field.after) for field in one.fields] or [
            (*about, "", None, None)
        ]
    return Table("改动记录", COLUMNS, lines, asked.submission_notes())
