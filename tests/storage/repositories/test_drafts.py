"""Drafts on both engines: beside the record, the account's own, and never back once their form was closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from storage import ReadOnly
from storage.records import DraftField
from storage.repositories.drafts import DraftsHeld, Window
from tests.storage.conftest import NOW
from tests.storage.on_both import store

__all__ = ["store"]

HERE = Window(7, "s1", "a")
ANSWER = ("answer", "1.1.1")
LATER = NOW + timedelta(hours=1)


def field(name: str, value="文字", *, window: Window = HERE, form=ANSWER, **changes) -> DraftField:
    made = DraftField(window.account_id, window.scope, *form, window.tab, name, 2, 0, value, NOW, NOW)
    return replace(made, **changes)


def jot(store, *fields: DraftField, over: bool = True) -> None:
    with store.jot(NOW) as tx:
        tx.drafts.put(fields, over=over)


def held(store, window: Window = HERE) -> dict[str, object]:
    with store.glance() as tx:
        rows = tx.drafts.book(window.account_id, window.scope)[0]
    return {row.field: row.value for row in rows if row.tab == window.tab}


@pytest.mark.parametrize("value", ["文字\n第二行\x00", "", None, True, False, 12, ["甲", "乙"], [], "𬭩"])
def test_a_field_comes_back_as_it_was_typed(store, value):
    jot(store, field("note", value))
    assert held(store) == {"note": value}


def test_a_change_keeps_when_typing_began(store):
    jot(store, field("note", "一"))
    jot(store, field("note", "一二", since=LATER, at=LATER, seen=3, generation=1))
    with store.read() as tx:
        (row,) = tx.drafts.book(7, "s1")[0]
    assert row == field("note", "一二", since=NOW, at=LATER, seen=3, generation=1)


def test_what_may_be_older_only_fills_a_gap(store):
    jot(store, field("note", "新"))
    jot(store, field("note", "旧"), field("claim", "met"), over=False)
    assert held(store) == {"note": "新", "claim": "met"}


def test_a_glance_is_no_transaction_and_the_next_one_on_its_connection_is(store):
    jot(store, field("note", "一"))
    for changed in ("二", "三"):
        with store.glance() as tx:
            jot(store, field("note", changed))
            assert [row.value for row in tx.drafts.book(7, "s1")[0]] == [changed]
            with pytest.raises(ReadOnly):
                tx.drafts.put([field("note")])
        with store.read() as tx:
            before = tx.drafts.book(7, "s1")
            jot(store, field("note", "又改"))
            assert tx.drafts.book(7, "s1") == before


def test_closing_takes_this_windows_form_and_counts(store):
    other_tab, other_form = HERE._replace(tab="b"), ("answer", "1.1.2")
    other_account, other_scope = HERE._replace(account_id=8), HERE._replace(scope="s2")
    jot(store, field("note"), field("claim"), field("note", form=other_form))
    jot(store, *(field("note", window=window) for window in (other_tab, other_account, other_scope)))
    for times in (1, 2):
        with store.jot(LATER) as tx:
            tx.drafts.close(HERE, [ANSWER, ANSWER, ("fact", "population")])
        with store.read() as tx:
            assert tx.drafts.closings(7, "s1") == {(*ANSWER, "a"): times, ("fact", "population", "a"): times}
    with store.read() as tx:
        left = {(row.kind, row.key) for row in tx.drafts.book(7, "s1")[0] if row.tab == "a"}
    assert left == {other_form}
    for window in (other_tab, other_account, other_scope):
        assert held(store, window) == {"note": "文字"}


def test_a_field_is_taken_out_only_while_it_holds_that_value(store):
    jot(store, field("note", "甲"), field("claim", "met"))
    with store.jot(NOW) as tx:
        tx.drafts.remove_fields([field("note", "乙"), field("claim", "met")])
    assert held(store) == {"note": "甲"}


def test_how_much_an_account_holds(store):
    assert_held(store, DraftsHeld(0, 0))
    jot(store, field("note", "四个字呢"), field("x", "", window=HERE._replace(scope="s2")))
    assert_held(store, DraftsHeld(2, 6 + 2))  # with the quotes of the JSON text


def assert_held(store, expected: DraftsHeld) -> None:
    with store.read() as tx:
        assert tx.drafts.held(7) == expected
        assert tx.drafts.held(99) == DraftsHeld(0, 0)


def test_drafts_are_no_part_of_the_audit_log(store, submission_id):
    with store.read() as tx:
        before = tx.audit.head()
    jot(store, field("note", "只给自己看的话"))
    with store.jot(NOW) as tx:
        tx.drafts.close(HERE, [ANSWER])
    with store.read() as tx:
        assert tx.audit.head() == before
        assert tx.audit.verify() is None


def test_a_jot_writes_nothing_but_drafts(store, submission_id):
    with pytest.raises(ReadOnly), store.jot(NOW) as tx:
        tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
    with pytest.raises(ReadOnly), store.jot(NOW) as tx:
        tx.sessions.touch("a" * 64)
    with pytest.raises(ReadOnly), store.read() as tx:
        tx.drafts.put([field("note")])


def test_an_error_leaves_nothing_of_a_jot(store):
    def fail() -> None:
        with store.jot(NOW) as tx:
            tx.drafts.put([field("note")])
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail()
    assert held(store) == {}


def test_many_windows_at_once_lose_nothing(store):
    def type_on(tab: str) -> None:
        for number in range(25):
            with store.jot(NOW) as tx:
                tx.drafts.stand_in_line(7)
                tx.drafts.put([field(f"f{number}", number, window=HERE._replace(tab=tab))])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(type_on, "abcd"))
    for tab in "abcd":
        assert held(store, HERE._replace(tab=tab)) == {f"f{number}": number for number in range(25)}
