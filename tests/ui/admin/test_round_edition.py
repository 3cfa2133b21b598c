"""标准: whoever is judged by other contents than those installed is told so, and may read them."""

from __future__ import annotations

import pytest

from indicators.pinned import kept_text
from tests.ui.seeded import Screen
from tests.workflow.upgraded import stricter
from ui.clock import now

SAVED = "按开始时保存的规则评估"


@pytest.fixture
def another(office):
    """The round of the demonstration pins other contents of the national standard than those installed."""
    other = stricter(least=95)
    with office.store.write("system", now()) as tx:
        tx.pinned_standards.keep(other.id, other.fingerprint, kept_text(other))
        (one,) = tx.rounds.all()
        tx.rounds.repin(one.id, {**one.fingerprints, other.id: other.fingerprint}, "演示")
    return office


@pytest.mark.parametrize(
    ("username", "whose"),
    [("jiaxian_minzheng", "本县所在批次"), ("yanshizhou", "辖区内的批次"), ("guanliyuan", "批次“")],
)
def test_who_has_a_round_on_other_contents_is_told_at_the_top_and_may_read_them(another, username, whose):
    screen = Screen(another, username, "standards")
    assert whose in screen.text
    assert SAVED in screen.text
    assert "不少于70%" in screen.text
    screen.fill("radio", "edition-national-2018", "demo")
    assert "不少于95%" in screen.text
    assert "下载 PDF" not in screen.text


def test_of_a_standard_whose_contents_are_the_installed_ones_nothing_is_said(another):
    assert SAVED not in Screen(another, "jiaxian_minzheng", "standards", standard="yunnan-2018").text


def test_nothing_is_said_where_the_round_follows_the_installed_rules(office):
    assert SAVED not in Screen(office, "jiaxian_minzheng", "standards").text


def test_nothing_is_said_of_a_round_that_is_over(another):
    with another.store.write("system", now()) as tx:
        tx.rounds.close("demo")
    assert SAVED not in Screen(another, "jiaxian_minzheng", "standards").text
