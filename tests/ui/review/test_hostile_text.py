"""What people wrote is shown as they wrote it on every reviewers' and administrators' screen."""

from __future__ import annotations

import shutil

import pytest

from scoring.submission import Finding
from storage.clock import local_date, now
from storage.records import SubmissionRecord
from tests.instant import DAY
from tests.ui.review.acts import find, give_opinion, move, released_again
from tests.ui.seeded import Screen, office_at, person, submission
from ui.components import verbatim
from ui.office import replace_office
from workflow.accounts.accounts import NewAccount, add_account
from workflow.office import Office
from workflow.people import Role
from workflow.procedure.situation import RequestedItem
from workflow.remarks.explanations import EXPLANATION
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

pytestmark = pytest.mark.day

HOSTILE = (
    '<img src="http://outside.example/x.png" onerror="alert(1)"> **粗** $x^2$ :red[红] [链接](http://outside.example)'
    " 花名册缺两个社区"
)
_PARSED = ("markdown", "caption", "error", "warning", "info", "success")
_LABELS = ("button", "radio", "checkbox", "selectbox", "text_area", "text_input", "multiselect")


def _seen_nowhere_raw(screen: Screen) -> None:
    assert "<img" not in screen.html
    for kind in _PARSED:
        assert not any(HOSTILE in str(element.value) for element in screen.app.get(kind)), kind
    for kind in _LABELS:
        assert not any(HOSTILE in element.label for element in screen.app.get(kind)), kind


@pytest.fixture(scope="module")
def spoilt(seeded, tmp_path_factory):
    """The demonstration with hostile text in 丙区, made once: these screens are only looked at."""
    var = tmp_path_factory.mktemp("hostile") / "var"
    shutil.copytree(seeded, var)
    made = office_at(var)
    yield made, written(made)
    made.store.close()


@pytest.fixture
def office(spoilt):
    """An office on it."""
    made, _ = spoilt
    replace_office(made)
    yield made
    replace_office(None)


@pytest.fixture
def number(spoilt) -> str:
    """丙区's submission."""
    return str(spoilt[1].id)


def written(office: Office) -> SubmissionRecord:
    """丙区 with hostile text in finding, return, the county's change and opinion; an account with a hostile name."""
    record = released_again(office)
    find(office, record.id, "5.3.2", Finding("needs_correction", reason=f"花名册缺两个社区{HOSTILE}", date=DAY))
    items = (RequestedItem("5.3.2", HOSTILE),)
    record = move(office, "yanshizhou", record, "prefecture_return", items=items, due=local_date(now()), reason=HOSTILE)
    county = person(office, "bingqu_minzheng")
    opened = open_submission(office, county, record.id)
    body = {**opened.entries[Target.answer("5.3.2")].body, "note": HOSTILE}
    save(office, county, record.id, [Edit(Target.answer("5.3.2"), body, opened.version(Target.answer("5.3.2")))], now())
    save(office, county, record.id, [Edit(Target("correction", "2/1"), {EXPLANATION: HOSTILE}, 0)], now())
    record = move(office, "bingqu_minzheng", record, "hand_over")
    give_opinion(office, "bingqu_zhengfu", record.id, "county_government")
    record = move(office, "bingqu_zhengfu", record, "release")
    find(office, record.id, "5.3.2", Finding("needs_correction", reason=f"花名册缺两个社区{HOSTILE}", date=DAY))
    give_opinion(office, "yanshizhou", record.id, "prefecture")
    add_account(office, None, NewAccount("hostile", "<b>坏</b> **名**", Role.OBSERVER, "990000"), now())
    return record


@pytest.mark.parametrize("view", ["row", "table", "agree", "changes", "opinion", "decide", "print"])
def test_on_every_view_of_the_appraisal(office, number, view):
    screen = Screen(office, "yanshizhou", "basic_appraisal", s=number, row="5.3.2", view=view)
    _seen_nowhere_raw(screen)
    if view in {"row", "changes"}:
        assert verbatim.markup(HOSTILE) in screen.html


@pytest.mark.parametrize("view", ["row", "table", "visits", "changes", "opinion", "print"])
def test_on_every_view_of_the_reading_page(office, number, view):
    _seen_nowhere_raw(Screen(office, "guanchayuan", "reading", s=number, row="5.3.2", view=view))


@pytest.mark.parametrize("screen", ["accounts", "audit_log", "rounds"])
def test_on_every_administrators_page(office, number, screen):
    seen = Screen(office, "guanliyuan", screen)
    assert "<b>坏" not in seen.html
    for kind in _PARSED:
        assert not any("<b>坏" in str(element.value) for element in seen.app.get(kind))
    assert str(submission(office, "丙区").id) == number
