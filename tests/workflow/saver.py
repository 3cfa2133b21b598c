"""The process that test_kill kills: a coordinator who saves without pause, two entries at a time."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from tests.workflow.office_room import COORDINATOR, NOW, office_at
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

TARGETS = (Target.form("narrative"), Target.form("unit_name"))


def save_until_killed(var: Path, submission_id: int, first: int, tell: Connection) -> None:
    """Each save writes its number into both entries; ``tell`` gets the number once it is durable."""
    office = office_at(var)
    tell.send("ready")
    for number in range(first, first + 100_000):
        opened = open_submission(office, COORDINATOR, submission_id)
        edits = [Edit(target, f"第{number}次保存", opened.version(target)) for target in TARGETS]
        save(office, COORDINATOR, submission_id, edits, NOW)
        tell.send(number)
