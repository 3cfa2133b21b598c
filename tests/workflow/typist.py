"""The process that drafting/test_kill kills: a coordinator who types without pause and saves every third text."""

from __future__ import annotations

from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from tests.workflow.office_room import COORDINATOR, NOW, office_at
from ui.form_keys import FormKey, for_submission
from workflow.drafting.drafts import DraftChange, drafts_of, keep
from workflow.submission.saving import Closing, Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

TYPIST = replace(COORDINATOR, account_id=1)  # alike in every process
TARGET = Target.form("narrative")
TAB = "a"


def type_until_killed(var: Path, submission_id: int, first: int, tell: Connection) -> None:
    """``tell`` gets ``n`` once the text with that number is a durable draft, ``-n`` once it is saved."""
    office = office_at(var)
    scope = for_submission(submission_id)
    tell.send("ready")
    for number in range(first, first + 100_000):
        version = open_submission(office, TYPIST, submission_id).version(TARGET)
        generation = drafts_of(office, TYPIST, scope).generation(*TARGET, TAB)
        key = FormKey(scope, *TARGET, version, generation, "value")
        assert keep(office, TYPIST, TAB, [DraftChange(key, words(number))], NOW) == ()
        tell.send(number)
        if number % 3 == 0:
            edit = Edit(TARGET, words(number), version)
            save(office, TYPIST, submission_id, [edit], NOW, drafts=Closing(TAB))
            tell.send(-number)


def words(number: int) -> str:
    return f"第{number}次"


def number_in(text: object) -> int:
    """The reverse; 0 where there is none."""
    return int(str(text)[1:-1]) if text else 0
