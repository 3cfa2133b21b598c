"""备注: a level's own for ever, or told to the county by the next return and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    DUE,
    EARLIER,
    GOVERNMENT,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    move,
    opened_by,
    person,
    put_at,
    put_everywhere,
    put_submission,
    record_of,
    write,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.procedure.notes import notes, notes_to_tell, told_in, with_notes
from workflow.procedure.situation import MoveRequest, RequestedItem
from workflow.remarks.notes import Note, joined, note_body
from workflow.states import State
from workflow.submission.exchanging import export_submission
from workflow.submission.tracing import history_of
from workflow.targets import NEW, Target

ROW_WORDS, GENERAL, OWN = "请补充分月的结算明细", "请统一各表的统计口径后重新核对", "与县财政口径对不上，下次问"
NEW_NOTE = Target.note("prefecture", NEW)


@pytest.fixture
def number(office) -> int:
    with office.store.write("scene", EARLIER) as tx:
        return put_submission(tx, COUNTY, State.SUBMITTED).id


def told(office, number: int):
    """The return that stands open, as the county reads it."""
    return opened_by(office, COORDINATOR, number).open_return


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"to": "internal", "text": " "}, ("text",)),
        ({"to": "county", "text": "请补充"}, ("text",)),
        ({"to": "county", "text": ROW_WORDS * 60}, ("text",)),
        ({"to": "county", "text": ROW_WORDS, "row_id": "9.9.9"}, ("row_id",)),
        ({"to": "everybody", "text": ROW_WORDS}, ()),
        ({"to": "internal", "text": OWN, "resolved": "是"}, ()),
        ({"to": "internal", "text": OWN, "by": "某人"}, ()),
        (OWN, ()),
    ],
)
def test_a_note_says_something_and_to_whom(office, number, body, where) -> None:
    with pytest.raises(Refused) as caught:
        write(office, PREFECTURE, number, (NEW_NOTE, body))
    assert caught.value.code == "malformed"
    assert (NEW_NOTE, where) in caught.value.places


def test_new_notes_are_numbered_in_turn_and_no_number_is_given_twice(office, number) -> None:
    colleague = person(Role.PREFECTURE_REVIEWER, name="colleague")
    for who in (PREFECTURE, colleague):  # each opened the form when there was none yet
        write(office, who, number, (NEW_NOTE, note_body(Note(NEW, OWN))))
    write(office, PREFECTURE, number, (Target.note("prefecture", "002"), None))
    write(office, PREFECTURE, number, (Target.note("prefecture", f"{NEW}3.3.2"), note_body(Note(NEW, OWN))))
    assert [note.number for note in notes(opened_by(office, PREFECTURE, number), "prefecture")] == ["001", "003"]


def test_what_is_for_the_county_stands_in_the_next_notice_once(office, number) -> None:
    for note in (Note(NEW, ROW_WORDS, "county", "3.3.2"), Note(NEW, GENERAL, "county"), Note(NEW, OWN)):
        write(office, PREFECTURE, number, (NEW_NOTE, note_body(note)))
    done = Note(NEW, "请另附一份乡镇的统计说明", "county", "1.1.1", resolved=True)
    write(office, PREFECTURE, number, (NEW_NOTE, note_body(done)))
    seen = opened_by(office, PREFECTURE, number)
    asked = MoveRequest("", (RequestedItem("1.1.3", "请补充会议的签到和决定事项"),), DUE)
    preview = with_notes(asked, notes_to_tell(seen, "prefecture", ()))
    move(office, PREFECTURE, number, "prefecture_return", items=asked.items, due=DUE)
    notice = told(office, number)
    assert [(item.row_id, item.reason) for item in notice.items] == [
        ("1.1.3", "请补充会议的签到和决定事项"),
        ("3.3.2", ROW_WORDS),
    ]
    assert notice.reason == GENERAL
    assert [(item.row_id, item.reason) for item in preview.items] == [(i.row_id, i.reason) for i in notice.items]
    assert preview.reason == notice.reason
    after = opened_by(office, PREFECTURE, number)
    assert notes_to_tell(after, "prefecture", (notice,)) == ()
    assert [told_in(note, (notice,), "prefecture") is notice for note in notes(after, "prefecture")] == [
        True,
        True,
        False,
        False,
    ]
    assert notes_to_tell(after, "province", (notice,)) == ()
    assert len(notes_to_tell(after, "prefecture", (replace(notice, taken_back_at=NOW),))) == 2


def test_a_note_joins_the_item_of_its_row_and_is_enough_for_a_return(office, number) -> None:
    note = Note("001", ROW_WORDS, "county", "3.3.2")
    item = RequestedItem("3.3.2", "封顶线的文件没有文号")
    assert with_notes(MoveRequest(items=(item,)), [note]).items[0].reason == f"{item.reason}；{ROW_WORDS}"
    assert joined(["", "甲。", "乙", "", "丙"]) == "甲。乙；丙"
    assert joined([]) == ""
    twice = MoveRequest(items=(RequestedItem("3.3.2", f"{ROW_WORDS}，并写明来源"),))
    assert with_notes(twice, [note]) == twice
    write(office, PREFECTURE, number, (NEW_NOTE, note_body(note)))
    move(office, PREFECTURE, number, "prefecture_return", items=(), due=DUE)
    assert State(record_of(office, number).state) is State.RETURNED


def test_a_notice_grown_too_long_by_notes_is_not_sent(office, number) -> None:
    for _ in range(5):
        text = "".join(f"请补第{n}处的结算明细；" for n in range(len(ROW_WORDS), 48))
        write(office, PREFECTURE, number, (NEW_NOTE, note_body(Note(NEW, f"{text}{_}", "county"))))
    with pytest.raises(Refused, match="超过2000字") as caught:
        move(office, PREFECTURE, number, "prefecture_return", items=(RequestedItem("3.3.2", ROW_WORDS),), due=DUE)
    assert caught.value.code == "too_long"
    assert told(office, number) is None


def test_nobody_else_ever_reads_a_note(office, number) -> None:
    own, county = Target.note("prefecture", "001"), Target.note("prefecture", "002")
    put_everywhere(office, number, {own: note_body(Note("", OWN)), county: note_body(Note("", GENERAL, "county"))})
    for state in (State.SUBMITTED, State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED):
        if state is not State.SUBMITTED:
            put_at(office, number, state, at=NOW + timedelta(minutes=1))
        for who in (COORDINATOR, DEPARTMENT, GOVERNMENT, PROVINCE, OBSERVER):
            seen = opened_by(office, who, number)
            assert not any(target.is_note for target in seen.entries)
            assert history_of(office, who, number, [Target.note("prefecture", "")]) == ()
            exported = export_submission(office, who, number)
            assert OWN not in exported
            assert GENERAL not in exported
        assert len(notes(opened_by(office, PREFECTURE, number), "prefecture")) == 2
