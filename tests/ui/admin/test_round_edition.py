"""标准: whoever is judged by other contents than those installed is told so, and may read them."""

from __future__ import annotations

import pytest

from indicators.building.pinned import kept_text
from storage.clock import now
from tests.ui.hostile_store import HOSTILE
from tests.ui.seeded import Screen
from tests.workflow.upgraded import stricter
from ui.components import verbatim

SAVED = "按开始时保存的规则评估"


@pytest.fixture
def another(office):
    """The round of the demonstration pins other contents of the national standard than those installed."""
    other = stricter(least=95)
    with office.store.write("system", now()) as tx:
        tx.pinned_standards.keep(other.id, other.fingerprint, kept_text(other))
        (record,) = tx.rounds.all()
        tx.rounds.repin(record.id, {**record.fingerprints, other.id: other.fingerprint}, "演示")
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


def test_a_round_s_title_is_text_among_the_choices(another):
    with another.store.write("system", now()) as tx:
        tx.rounds.change("demo", title=HOSTILE)
    screen = Screen(another, "jiaxian_minzheng", "standards")
    (choice,) = [radio for radio in screen.app.radio if radio.key == "edition-national-2018"]
    assert choice.options[1] == verbatim.markdown(f"批次“{HOSTILE}”保存的规则")


def test_of_a_round_whose_rules_are_nowhere_it_is_not_said_that_they_were_kept(office):
    with office.store.write("system", now()) as tx:
        (record,) = tx.rounds.all()
        tx.rounds.repin(record.id, {**record.fingerprints, "national-2018": "0" * 64}, "演示")
    screen = Screen(office, "jiaxian_minzheng", "standards")
    assert SAVED not in screen.text
    assert "没有保存，暂时不能评估" in screen.text
    assert not screen.app.radio
