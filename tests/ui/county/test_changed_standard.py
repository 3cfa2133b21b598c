"""A round whose standards were changed after it began stops its own submissions and no others."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from tests.ui.county.pages import COORDINATOR, Page
from tests.ui.seeded import submission
from ui import navigation
from ui.clock import now


@pytest.fixture
def broken(office):
    """甲县 has a submission in a second round, which pins a fingerprint nobody has any more."""
    first = submission(office, "甲县")
    with office.store.write("guanliyuan", now()) as tx:
        given = asdict(tx.rounds.get(first.round_id))
        given = {name: value for name, value in given.items() if name not in {"created_at", "closed_at"}}
        given |= {"id": "changed", "title": "改动过的批次"}
        given["fingerprints"] = dict.fromkeys(given["fingerprints"], "0" * 64)
        tx.rounds.add(**given)
        return tx.submissions.add(
            round_id="changed", division_code=first.division_code, division_name="甲县", state="submitted"
        )


@pytest.mark.parametrize(("username", "other"), [(COORDINATOR, "自评达标"), ("yanshizhou", "丁市")])
def test_its_card_says_why_and_the_other_cards_are_as_ever(office, broken, username, other):
    page = Page(office, username, navigation.WORKBENCH)
    assert page.text.count("指纹不符") == 1
    assert "改动过的批次" in page.text
    assert other in page.text
    assert "自评达标" in page.text
