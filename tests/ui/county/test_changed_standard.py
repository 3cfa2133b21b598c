"""A round whose standards were changed after it began stops its own submissions and no others."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from storage.clock import now
from tests.ui.county.pages import COORDINATOR, Page
from tests.ui.seeded import Screen, submission
from ui import navigation

pytestmark = pytest.mark.day
_NOT_GIVEN = {"created_at", "closed_at", "stamp", "repinning", "given"}  # what a round has by itself


@pytest.fixture
def broken(office):
    """甲县 has a submission in a second round, which pins a fingerprint nobody has any more."""
    first = submission(office, "甲县")
    with office.store.write("guanliyuan", now()) as tx:
        values = asdict(tx.rounds.get(first.round_id))
        values = {name: value for name, value in values.items() if name not in _NOT_GIVEN}
        values |= {"id": "changed", "title": "改动过的批次"}
        values["fingerprints"] = dict.fromkeys(values["fingerprints"], "0" * 64)
        tx.rounds.add(**values)
        return tx.submissions.add(
            round_id="changed", division_code=first.division_code, division_name="甲县", state="submitted"
        )


@pytest.mark.parametrize(("username", "other"), [(COORDINATOR, "自评达标"), ("yanshizhou", "丁市")])
def test_its_card_says_why_and_the_other_cards_are_as_ever(office, broken, username, other):
    page = Page(office, username, navigation.WORKBENCH)
    assert page.text.count("指纹不符") == 1
    assert "改动过的批次" in page.text
    assert other in page.text


@pytest.mark.parametrize("username", [COORDINATOR, "yanshizhou"])
def test_opened_it_says_why_and_the_way_forward_and_can_be_taken_out(office, broken, username):
    page = Page(office, username, navigation.READING, s=str(broken.id))
    assert "换用现行规则" in page.text
    assert "没有丢失" in page.text


def test_the_county_takes_its_content_out_as_it_stands(office, broken):
    page = Page(office, COORDINATOR, navigation.FACTS, s=str(broken.id))
    assert "指纹不符" in page.text
    assert [widget.label for widget in page.app.get("download_button")] == ["导出已填内容"]


def test_an_administrator_gives_it_the_installed_rules_and_it_opens(office, broken):
    screen = Screen(office, "guanliyuan", "rounds")
    assert "原规则没有保存，待换用" in screen.text
    screen.press("repin-look")
    assert "不能比较换用前后的结论" in screen.text
    screen.fill("text_area", "repin-changed-reason", "程序升级")
    screen.fill("checkbox", "repin-sure-changed", value=True)
    screen.press("repin-save")
    assert "批次“改动过的批次”换用现行规则" in screen.text
    page = Page(office, COORDINATOR, navigation.FACTS, s=str(broken.id))
    assert "指纹不符" not in page.text
