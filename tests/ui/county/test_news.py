"""Whoever saved first is told once, on the next look, what another's save put beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.canonical import Json
from storage.clock import now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from tests.ui.seeded import person
from ui import navigation
from workflow.submission.saving import Edit, save
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


def test_what_another_wrote_where_one_has_saved_nothing_is_no_news(office):
    row = min(opened(office, DEPARTMENT).context.assigned)
    write(office, COORDINATOR, Target.answer(row), opened(office).version(Target.answer(row)), note="只有牵头部门写过")
    page = Page(office, DEPARTMENT, navigation.ASSESS, row=row)
    assert "在您之后改了" not in page.text
