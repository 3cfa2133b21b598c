"""What a page drawn again without a change asks the store, the gate's one question of every message included."""

from __future__ import annotations

import pytest

from storage.clock import now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, GOVERNMENT, Page, opened
from tests.ui.seeded import person, submission
from tests.workflow.submission.test_statements import AGAIN, statements
from ui import navigation
from workflow.submission.saving import Edit, save
from workflow.targets import Target

pytestmark = pytest.mark.day_shown

GATE, WORKBENCH, MATRIX, REVIEWERS = 1, 8, 9, 14


@pytest.mark.parametrize(
    ("username", "county", "page", "most"),
    [
        (COORDINATOR, "甲县", navigation.ASSESS, AGAIN),
        (GOVERNMENT, "甲县", navigation.ASSESS, AGAIN),
        ("yanshizhou", "丁市", navigation.APPRAISAL, AGAIN),
        ("yanshisheng", "丁市", navigation.FIELD, AGAIN),
        ("yanshisheng", "丁市", navigation.READING, AGAIN),
        (COORDINATOR, "甲县", navigation.REGISTER, AGAIN),
        (COORDINATOR, "甲县", navigation.WORKBENCH, WORKBENCH),
        ("dingshi_minzheng", "丁市", navigation.WORKBENCH, WORKBENCH),
        ("yanshizhou", "丁市", navigation.WORKBENCH, REVIEWERS),
        ("yanshisheng", "丁市", navigation.WORKBENCH, REVIEWERS),
        ("yanshisheng", "丁市", navigation.MATRIX, MATRIX),
    ],
    ids=[
        "a clerk's row",
        "a row that is shut",
        "a prefecture's row",
        "a province's row",
        "what is only read",
        "a register",
        "a workbench",
        "one of what was sent up",
        "a prefecture's list",
        "a province's list",
        "a matrix",
    ],
)
def test_a_page_again_without_a_change(office, username, county, page, most):
    drawn = Page(office, username, page, s=str(submission(office, county).id), row="3.3.2")
    with statements(office) as asked:
        drawn.run()
    assert GATE < len(asked) + GATE <= most, asked


def test_what_is_kept_shows_anothers_save_and_outlives_no_right(office):
    row = min(opened(office, DEPARTMENT).context.assigned)
    target = Target.answer(row)
    pages = [Page(office, username, navigation.ASSESS, row=row) for username in (COORDINATOR, DEPARTMENT)]
    snapshot = opened(office)
    edit = Edit(target, {**snapshot.entries[target].body, "note": "刚写的说明"}, snapshot.version(target))
    save(office, person(office, COORDINATOR), snapshot.record.id, [edit], now())
    for page in pages:
        page.run()
        assert page.field("text_area", f"answer-{row}-note").value == "刚写的说明"
    account = person(office, DEPARTMENT).account_id
    with office.store.write("system", now()) as tx:
        tx.accounts.change(account, unit="甲县财政局")
    pages[1].run()
    assert not pages[1].has("text_area", f"answer-{row}-note"), "given to another department"
    with office.store.write("system", now()) as tx:
        tx.accounts.change(account, disabled=True)
    pages[1].run()
    assert "登录状态无效" in pages[1].text
    assert row not in pages[1].html
