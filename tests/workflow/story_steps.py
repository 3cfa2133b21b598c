"""Steps of the path that several stories take: filled in, every row found on, an opinion given."""

from __future__ import annotations

from datetime import timedelta

from tests.workflow.office_room import COORDINATOR, NOW, good_finding, opened_by, put_at, whole_content, write
from workflow.office import Office
from workflow.people import Person
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.procedure.reviewing import rows_to_find
from workflow.rounds.rounds import start_submission
from workflow.states import State
from workflow.targets import Target


def fill_in(office: Office, who: Person) -> int:
    """The coordinator begins and fills in everything."""
    record = start_submission(office, who, "2018", NOW)
    write(office, who, record.id, *whole_content(who.division_code).items())
    return record.id


def give_opinion(office: Office, who: Person, number: int, level: str, now=NOW) -> str:
    """The drafted opinion, given; its text."""
    opened = opened_by(office, who, number)
    body = {"text": draft_opinion(office, opened, level), "date": "2018-07-02", "by": opinion_author(opened, level)}
    write(office, who, number, (Target.opinion(level), body), now=now)
    return body["text"]


def find_all(office: Office, who: Person, number: int, level: str, now=NOW) -> None:
    """A finding on every row that has none."""
    left = rows_to_find(opened_by(office, who, number), level)
    write(office, who, number, *((Target.finding(level, row), good_finding(row)) for row in left), now=now)


def mend(office: Office, number: int, row_id: str, now=NOW + timedelta(hours=1)) -> None:
    """The county changes a row."""
    target = Target.answer(row_id)
    body = {**opened_by(office, COORDINATOR, number).entries[target].body, "note": "已补充分月明细，核对无误。"}
    write(office, COORDINATOR, number, (target, body), now=now)


def back_and_mended(office: Office, number: int, row_id: str) -> None:
    """The county gets it back, changes the row, and sends it up again."""
    put_at(office, number, State.DRAFT)
    mend(office, number, row_id)
    put_at(office, number, State.SUBMITTED)


def state(office: Office, number: int) -> str:
    with office.store.read() as tx:
        return tx.submissions.get(number).state
