"""Entries: what was saved comes back unchanged, nobody overwrites unseen, and every version stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from storage import SaveFailed, Store, VersionConflict
from storage.care.integrity import inspect_store
from tests.storage.on_both import store

__all__ = ["store"]


def put(store: Store, submission_id: int, body: object, expected: int, *, by: str = "zhang", at: datetime, key="3.3.2"):
    with store.write(by, at) as tx:
        return tx.entries.put(submission_id, "answer", key, body, expected)


BODIES = [
    {"claim": "met", "measures": {"out_of_pocket_reimbursement": {"numerator": 812000, "denominator": 1100000}}},
    {"measures": {"share": Decimal("69.90"), "huge": 10**30, "small": Decimal("0.1") + Decimal("0.2")}},
    {"z": 1, "a": {"2018": 1, "2017": 2}},
    {"note": "引号“”、换行\n、制表\t、反斜杠\\、𬭩、\u2028、\x00 与 <script>alert(1)</script>"},
    [],
    {},
    "文字",
    True,
    0,
    None,
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_comes_back_as_it_went_in(store, submission_id, now, body):
    saved = put(store, submission_id, body, 0, at=now)
    with store.read() as tx:
        found = tx.entries.get(submission_id, "answer", "3.3.2")
    assert found == saved
    assert repr(found.body) == repr(body)  # repr: 1 is not True, 1.50 is not 1.5, and the order of keys stays


@pytest.mark.parametrize(
    "body", [{"share": 69.9}, {"share": Decimal("NaN")}, {2017: 1}, {"note": "\ud800"}, {"x": object()}]
)
def test_what_cannot_be_kept_without_loss_is_refused_and_leaves_nothing(store, submission_id, now, body):
    with pytest.raises((TypeError, ValueError)):
        put(store, submission_id, body, 0, at=now)
    with store.read() as tx:
        assert tx.entries.all(submission_id) == ()


def test_versions_count_from_one_and_all_stay_in_the_history(store, submission_id, now):
    for number, by in enumerate(["zhang", "li", "zhang"]):
        put(store, submission_id, {"note": str(number)}, number, by=by, at=now + timedelta(minutes=number))
    with store.read() as tx:
        history = tx.entries.history(submission_id, "answer", "3.3.2")
        standing = tx.entries.get(submission_id, "answer", "3.3.2")
        assert tx.entries.history(submission_id, since=now + timedelta(minutes=1)) == history[2:]
        assert tx.entries.history(submission_id, "answer", "1.1.1") == ()
    assert [(line.version, line.by, line.body["note"], line.removed) for line in history] == [
        (1, "zhang", "0", False),
        (2, "li", "1", False),
        (3, "zhang", "2", False),
    ]
    assert (standing.version, standing.updated_by, standing.updated_at) == (3, "zhang", now + timedelta(minutes=2))


def test_the_second_of_two_writers_gets_the_first_ones_text_and_writes_nothing(store, submission_id, now):
    put(store, submission_id, {"note": "甲"}, 0, by="zhang", at=now)
    put(store, submission_id, {"note": "乙"}, 1, by="zhang", at=now)
    with pytest.raises(VersionConflict) as refused:
        put(store, submission_id, {"note": "丙"}, 1, by="li", at=now)
    assert refused.value.current.body == {"note": "乙"}
    assert refused.value.current.updated_by == "zhang"
    assert "第 1 版" in str(refused.value)
    assert "第 2 版" in str(refused.value)
    with store.read() as tx:
        assert len(tx.entries.history(submission_id)) == 2


def test_a_new_entry_where_one_stands_is_a_conflict(store, submission_id, now):
    put(store, submission_id, {"note": "甲"}, 0, at=now)
    with pytest.raises(VersionConflict):
        put(store, submission_id, {"note": "乙"}, 0, at=now)


def test_an_edit_of_a_removed_entry_is_a_conflict_that_says_removed(store, submission_id, now):
    put(store, submission_id, {"note": "甲"}, 0, at=now)
    with store.write("li", now) as tx:
        tx.entries.remove(submission_id, "answer", "3.3.2", 1)
    with pytest.raises(VersionConflict, match="已被删除") as refused:
        put(store, submission_id, {"note": "乙"}, 1, at=now)
    assert refused.value.current is None


def test_a_removed_text_stays_in_the_history_and_its_version_is_not_used_again(store, submission_id, now):
    put(store, submission_id, {"note": "甲"}, 0, at=now)
    with store.write("li", now) as tx:
        tx.entries.remove(submission_id, "answer", "3.3.2", 1)
        assert tx.entries.get(submission_id, "answer", "3.3.2") is None
    again = put(store, submission_id, {"note": "再"}, 0, at=now)
    assert again.version == 3  # a page that knows version 1 must not take this for its own
    with store.read() as tx:
        history = tx.entries.history(submission_id)
    assert [(line.version, line.removed, line.body["note"]) for line in history] == [
        (1, False, "甲"),
        (2, True, "甲"),
        (3, False, "再"),
    ]


def test_removing_what_is_not_there_is_a_conflict(store, submission_id, now):
    with pytest.raises(VersionConflict), store.write("li", now) as tx:
        tx.entries.remove(submission_id, "answer", "3.3.2", 0)


def test_an_entry_of_no_submission_is_refused_in_words(store, submission_id, now):
    with pytest.raises(SaveFailed, match="未保存"):
        put(store, submission_id + 1, {}, 0, at=now)


def test_entries_of_several_submissions_come_in_one_answer(store, submission_id, now):
    with store.write("zhang", now) as tx:
        other = tx.submissions.add(round_id="2018", division_code="990122", division_name="乙县", state="draft").id
        tx.entries.put(submission_id, "fact", "population", 430000, 0)
        tx.entries.put(submission_id, "answer", "1.1.1", {}, 0)
    with store.read() as tx:
        held = tx.entries.of_many([submission_id, other])
        assert [(e.kind, e.key) for e in held[submission_id]] == [("answer", "1.1.1"), ("fact", "population")]
        assert held[other] == ()
        assert tx.entries.all(submission_id) == held[submission_id]


@pytest.mark.parametrize("table", ["entry_versions", "moves", "audit"])
@pytest.mark.parametrize("act", ["update {} set {} = 'x'", "delete from {}"])
def test_the_database_itself_refuses_to_rewrite_history(store, submission_id, now, table, act):
    put(store, submission_id, {}, 0, at=now)
    with store.write("zhang", now) as tx:
        tx.moves.add(submission_id, move="hand_over", to_state="awaiting_government", expected_version=1)
    column = {"entry_versions": "by", "moves": "by", "audit": "actor"}[table]
    with pytest.raises(Exception, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(act.format(table, f'"{column}"')))


def test_the_timeline_is_the_history_without_its_texts(store, submission_id, now):
    put(store, submission_id, {"note": "甲"}, 0, at=now)
    put(store, submission_id, {"note": "乙"}, 1, at=now + timedelta(seconds=1))
    with store.write("li", now + timedelta(seconds=2)) as tx:
        tx.entries.remove(submission_id, "answer", "3.3.2", 2)
    with store.read() as tx:
        steps = tx.entries.timeline(submission_id)
        whole = tx.entries.history(submission_id)
    assert [(s.kind, s.key, s.version, s.removed, s.by, s.at) for s in steps] == [
        (v.kind, v.key, v.version, v.removed, v.by, v.at) for v in whole
    ]
    assert [s.removed for s in steps] == [False, False, True]


def test_many_new_entries_are_written_as_one_by_one(store, submission_id, now):
    bodies = {("answer", "3.3.2"): {"claim": "met"}, ("fact", "population"): 430000, ("form", "narrative"): "文字"}
    with store.write("zhang", now) as tx:
        tx.entries.add_all(submission_id, bodies)
        tx.entries.add_all(submission_id, {})
    with store.read() as tx:
        assert {(entry.kind, entry.key): entry.body for entry in tx.entries.all(submission_id)} == bodies
        assert {entry.version for entry in tx.entries.all(submission_id)} == {1}
        assert [line.by for line in tx.entries.history(submission_id)] == ["zhang"] * 3
    assert inspect_store(store).faults == ()
    with pytest.raises(SaveFailed), store.write("zhang", now) as tx:
        tx.entries.add_all(submission_id, {("answer", "3.3.2"): {"claim": "met"}})


def test_a_body_that_cannot_be_kept_keeps_the_others_out_too(store, submission_id, now):
    with pytest.raises(TypeError), store.write("zhang", now) as tx:
        tx.entries.add_all(submission_id, {("answer", "1.1.1"): {"note": "好"}, ("answer", "1.1.2"): {"share": 0.5}})
    with store.read() as tx:
        assert tx.entries.all(submission_id) == ()
