"""An earlier round taken over on the page: offered, marked on every field, counted only once saved; jumps told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.clock import now
from tests.ui.county.pages import COORDINATOR, Page
from tests.ui.seeded import person, submission
from ui import navigation
from workflow.office import Office
from workflow.rounds.rounds import start_submission
from workflow.submission.snapshot import SubmissionSnapshot, open_submission

pytestmark = pytest.mark.day


@pytest.fixture
def number(office: Office) -> str:
    """甲县's submission in a second round of the same rules."""
    with office.store.write("scene", now()) as tx:
        first = tx.rounds.get("demo")
        assert first is not None
        days = {"period_first": timedelta(181), "period_last": timedelta(181), "apply_by": timedelta(181)}
        later = {name: getattr(first, name) + more for name, more in days.items()}
        fields = ("standards", "fingerprints", "policies", "recommend_by", "quota_per_prefecture", "demo")
        tx.rounds.add(id="next", title="演示批次（下一批）", **{name: getattr(first, name) for name in fields}, **later)
    return str(start_submission(office, person(office, COORDINATOR), "next", now()).id)


def test_taken_over_confirmed_by_saving_and_far_moved_figures_told(office: Office, number: str) -> None:
    bench = Page(office, COORDINATOR, navigation.WORKBENCH, s=number)
    bench.press("carry-do")
    assert "已沿用：" in bench.text
    assert "项待确认，确认以前按未填报计算" in bench.html
    facts = Page(office, COORDINATOR, navigation.FACTS, s=number)
    population = facts.field("text_input", "fact-population-value")
    assert population.label.endswith(":orange-badge[待确认]")
    twice = 2 * int(population.value)
    assert "按“保存”即为确认" in facts.html
    before = _opened(office, number).content.facts
    assert "population" not in before
    facts.type("text_input", "fact-population-value", str(twice))
    facts.press("save-facts")
    assert _opened(office, number).content.facts["population"] == twice
    assert "待确认" not in facts.field("text_input", "fact-population-value").label
    assert "变动超过30%，请核对" in facts.html
    assert "（+100.0%）" in facts.html
    assert submission(office, "甲县").id != int(number)


def _opened(office: Office, number: str) -> SubmissionSnapshot:
    return open_submission(office, person(office, COORDINATOR), int(number))
