"""Whoever saved first is told once, on the next look, what another's save put beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.canonical import Json
from storage.clock import local_date, now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from tests.ui.seeded import person, submission
from ui import navigation
from workflow.accounts.accounts import NewAccount, add_account
from workflow.demo.seed import DEMO_PASSWORD
from workflow.people import Role
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

pytestmark = pytest.mark.day_shown


def write(office, username: str, target: Target, seen: int, **fields: Json) -> None:
    """Over the version they saw, as the form does."""
    snapshot = opened(office, username)
    at = now() + timedelta(minutes=snapshot.version(target))
    edit = Edit(target, {**snapshot.entries[target].body, **fields}, seen)
    save(office, person(office, username), snapshot.record.id, [edit], at)


def test_who_saved_first_is_told_once_of_the_merge(office):
    row, other = sorted(opened(office, DEPARTMENT).context.assigned)[:2]
    target = Target.answer(row)
    seen = opened(office).version(target)
    write(office, COORDINATOR, target, seen, note="牵头部门写的说明")
    write(office, DEPARTMENT, target, opened(office).version(target), claim="not_met")
    page = Page(office, COORDINATOR, navigation.ASSESS, row=row)
    assert "甲县公安局" in page.text
    assert "在您之后改了自评" in page.text
    assert "，您保存的其他内容没有变。" in page.text
    page.run()
    assert "在您之后改了" in page.text, "as long as the row is open"
    page.go(navigation.ASSESS, row=other)
    assert "在您之后改了" not in page.text
    for again in (page, Page(office, COORDINATOR, navigation.ASSESS)):
        again.go(navigation.ASSESS, row=row)
        assert "在您之后改了" not in again.text, "nor after signing in anew"
    write(office, DEPARTMENT, target, opened(office).version(target), note="公安局又写的说明")
    page = Page(office, COORDINATOR, navigation.ASSESS, row=row)
    assert "在您之后改了" in page.text, "of each save once"
    department = Page(office, DEPARTMENT, navigation.ASSESS, row=row)
    assert "在您之后改了" not in department.text, "who saved last was told beside the button"


def shut_answer(office) -> Page:
    row = min(opened(office, DEPARTMENT).context.assigned)
    target = Target.answer(row)
    write(office, DEPARTMENT, target, opened(office).version(target), claim="not_met")
    write(office, COORDINATOR, target, opened(office).version(target), note="牵头部门写的说明")
    with office.store.write("scene", now()) as tx:
        record = submission(office, "甲县")
        tx.moves.add(record.id, move="scene", to_state="awaiting_government", expected_version=record.version)
    return Page(office, DEPARTMENT, navigation.ASSESS, row=row)


def document(office) -> Page:
    target = Target.evidence("E901")
    number = opened(office).record.id
    save(
        office,
        person(office, DEPARTMENT),
        number,
        [Edit(target, {"title": "登记表", "document_number": "1号"}, 0)],
        now(),
    )
    write(office, COORDINATOR, target, 1, document_number="2号")
    return Page(office, DEPARTMENT, navigation.REGISTER)


def finding(office) -> Page:
    new = NewAccount("yanshizhou2", "演示州二科", Role.PREFECTURE_REVIEWER, "990100")
    add_account(office, None, new, now(), password=DEMO_PASSWORD, demo=True)
    record, target = submission(office, "丁市"), Target.finding("prefecture", "5.3.2")
    said = {"finding": "met", "reason": "查看台账和现场，与县级自评一致。", "date": local_date(now()).isoformat()}
    for who, method in (("yanshizhou", "document_review"), ("yanshizhou2", "report_hearing")):
        opened_by = open_submission(office, person(office, who), record.id)
        edit = Edit(target, {**said, "methods": [method]}, opened_by.version(target))
        save(office, person(office, who), record.id, [edit], now())
    return Page(office, "yanshizhou", navigation.APPRAISAL, s=str(record.id), view="row", row="5.3.2")


@pytest.mark.parametrize("told_on", [shut_answer, document, finding])
def test_it_is_told_wherever_such_an_entry_stands(office, told_on):
    page = told_on(office)
    assert "在您之后改了" in page.text
    assert "，您保存的其他内容没有变。" in page.text


def test_what_another_wrote_where_one_has_saved_nothing_is_no_news(office):
    row = min(opened(office, DEPARTMENT).context.assigned)
    write(office, COORDINATOR, Target.answer(row), opened(office).version(Target.answer(row)), note="只有牵头部门写过")
    page = Page(office, DEPARTMENT, navigation.ASSESS, row=row)
    assert "在您之后改了" not in page.text
