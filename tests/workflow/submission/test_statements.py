"""What a save and an opening cost the store: counted, BEGIN included, so that it cannot grow unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

import workflow.content
from tests.workflow.office_room import (
    COORDINATOR,
    NOW,
    ROWS,
    open_return,
    opened_by,
    put_everywhere,
    review_content,
    whole_content,
)
from workflow.office import Office
from workflow.states import State
from workflow.submission.saving import Closing, Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

ANSWER = Target.answer("3.3.2")
WRITING, PRESS, AGAIN, MORE = 15, 26, 5, 4  # the limits; the gate and the page need nine of a press


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(*about: Any) -> None:
        asked.append(about[2])

    event.listen(office.store.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(office.store.engine, "before_cursor_execute", note)


def writing(asked: list[str]) -> int:
    return len(asked) - next(at for at, words in enumerate(asked) if words == "BEGIN IMMEDIATE")


def pressed(office: Office, number: int, *edits: tuple[Target, Any]) -> list[str]:
    opened = open_submission(office, COORDINATOR, number)
    listed = [Edit(target, body, opened.version(target)) for target, body in edits]
    with statements(office) as asked:
        save(office, COORDINATOR, number, listed, NOW, drafts=Closing("a1"))
    return asked


def test_what_is_opened_again_unchanged_costs_one_query(office, draft) -> None:
    open_submission(office, COORDINATOR, draft)
    with statements(office) as asked:
        open_submission(office, COORDINATOR, draft)
    assert len(asked) == 2
    assert len(asked) <= AGAIN


CHANGED = {"claim": "not_met", "note": "改"}


@pytest.mark.parametrize(
    "edits",
    [
        [(ANSWER, CHANGED)],
        [(Target.evidence("E90"), {"title": "新"})],
        [(ANSWER, {**CHANGED, "evidence": {"other": ["E90"]}}), (Target.evidence("E90"), {"title": "新"})],
        [(ANSWER, None), (Target.evidence("E90"), {"title": "新"}), (Target.fact("population"), 5)],
        [(target, None) for target in whole_content() if target.kind == "form"],
        [(Target.answer(row), CHANGED) for row in ROWS if not row.startswith("V")],
    ],
    ids=["one", "a new one", "both", "out, in and changed", "taken out", "every answer"],
)
def test_a_save_asks_the_store_little_however_much_is_written(office, draft, edits) -> None:
    asked = pressed(office, draft, *edits)
    assert writing(asked) <= WRITING
    assert len(asked) <= PRESS - 9


def test_what_is_opened_after_a_save_is_there_already_and_judged(office, draft, monkeypatch) -> None:
    opened_by(office, COORDINATOR, draft)
    read = workflow.content.read_submission_data
    readings, judgings = [], []
    judge = Office.judge

    def reading(*given: Any) -> Any:
        readings.append(given)
        return read(*given)

    def judging(*given: Any) -> Any:
        judgings.append(given)
        return judge(*given)

    monkeypatch.setattr(workflow.content, "read_submission_data", reading)
    pressed(office, draft, (ANSWER, CHANGED))
    assert len(readings) == 1
    monkeypatch.setattr(Office, "judge", judging)
    asked = pressed(office, draft, (ANSWER, {**CHANGED, "note": "再改"}))
    assert len(judgings) == 1
    assert writing(asked) == len(asked)
    with statements(office) as again:
        open_submission(office, COORDINATOR, draft)
    assert len(again) == 2


def test_each_voided_finding_costs_four_more_at_most(office, draft) -> None:
    put_everywhere(office, draft, review_content("prefecture"))
    with office.store.write("scene", NOW) as tx:
        tx.moves.add(draft, move="scene", to_state=State.RETURNED.value, expected_version=1)
        open_return(tx, draft, *(row for row in ROWS if not row.startswith("V")))
    for rows in (("3.3.2",), ("1.1.1", "1.1.2"), [row for row in ROWS if row.startswith("2.")]):
        before = len(opened_by(office, COORDINATOR, draft).entries)
        asked = pressed(office, draft, *((Target.answer(row), CHANGED) for row in rows))
        assert writing(asked) <= WRITING + MORE * len(rows)
        with office.store.read() as tx:
            fallen = [v for v in tx.entries.history(draft, "finding.prefecture") if v.removed and v.key in rows]
        assert len(fallen) == len(rows)
        assert len(opened_by(office, COORDINATOR, draft).entries) == before
