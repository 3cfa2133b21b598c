"""The memory of what each window said: what it lets through to the drafts, and in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.errors import SaveFailed
from tests.ui.web.conftest import World, filled, papers, world
from tests.ui.web.typing import OTHER_TAB, TAB, note_of
from ui import typed
from ui.form_keys import TRIAL, FormKey, for_submission
from ui.typed import TypedText

__all__ = ["World", "filled", "papers", "world"]
ROW = ("answer", "3.3.2")


@pytest.fixture
def jia(world):
    return world.person("jia")


def held(jia, scope: str, tab: str = TAB) -> dict[str, object]:
    draft = typed.book(jia, scope).of(*ROW, tab)
    return {} if draft is None else dict(draft.fields)


def scopes(papers) -> list[tuple[str, FormKey]]:
    stored = note_of(papers.submission_id)
    return [(stored.scope, stored), (TRIAL, stored._replace(scope=TRIAL))]


def test_store_and_memory_do_the_same(world, papers, jia):
    for scope, key in scopes(papers):
        now = world.clock()
        typed.baseline(jia.account_id, TAB, str(key), "")
        assert typed.note(jia, TAB, {str(key): ""}, now) == ()
        assert held(jia, scope) == {}
        typed.note(jia, TAB, {str(key): "一", str(key._replace(field="claim")): True}, now)
        typed.note(jia, TAB, {str(key): "一二"}, now + timedelta(minutes=1))
        (draft,) = typed.book(jia, scope).drafts
        assert (draft.fields, draft.since, draft.at) == (
            {"note": "一二", "claim": True}, now, now + timedelta(minutes=1),
        )  # fmt: skip
        typed.clear(jia, TAB, {str(key._replace(field="claim")): True, str(key): "别的"}, now)
        assert held(jia, scope) == {"note": "一二"}
        typed.note(jia, OTHER_TAB, {str(key): "另一窗口"}, now)
        typed.take_over(jia, scope, ROW, from_tab=OTHER_TAB, to_tab=TAB, now=now)
        assert held(jia, scope) == {"note": "另一窗口"}
        assert held(jia, scope, OTHER_TAB) == {"note": "一二"}
        assert typed.book(jia, scope).generation(*ROW, TAB) == 1
        typed.note(jia, TAB, {str(key): "换手前的"}, now)
        assert held(jia, scope) == {"note": "另一窗口"}
        typed.give_up(jia, TAB, scope, [ROW], now)
        assert held(jia, scope) == {}
        assert typed.book(jia, scope).generation(*ROW, TAB) == 2
        typed.note(jia, TAB, {str(key._replace(generation=1)): "放弃前的"}, now)
        assert held(jia, scope) == {}
        assert typed.note(jia, TAB, {str(key._replace(generation=2)): {"no": "text"}}, now)[0].words


def test_a_text_told_and_then_committed_is_written_once(world, papers, jia, monkeypatch):
    key, now = str(note_of(papers.submission_id)), world.clock()
    typed.baseline(jia.account_id, TAB, key, "")
    typed.hear_typed(jia.account_id, TAB, [TypedText(key, "一", 1)])
    typed.put_down(jia, TAB, now)
    with monkeypatch.context() as patched:
        patched.delattr(typed.drafts, "keep")
        assert typed.hear(jia.account_id, TAB, {key: "一"})  # the gate is to know that the field was left
        assert not typed.waits(jia.account_id, TAB)
        assert typed.put_down(jia, TAB, now) == ()
    assert held(jia, for_submission(papers.submission_id)) == {"note": "一"}
    for committed in ("一二", "一"):
        assert typed.hear(jia.account_id, TAB, {key: committed})
        assert typed.waits(jia.account_id, TAB)
        typed.put_down(jia, TAB, now)
        assert held(jia, for_submission(papers.submission_id)) == {"note": committed}


def test_trial_stays_out_of_the_store(world, jia):
    key = FormKey(TRIAL, *ROW, 0, 0, "note")
    typed.note(jia, TAB, {str(key): "试算"}, world.clock())
    with world.office.store.read() as tx:
        assert tx.drafts.scopes(jia.account_id) == ()
    (told,) = typed.note(jia, TAB, {str(key): "长" * 100_001}, world.clock())
    assert "10万字" in told.words
    for number in range(6):
        told = typed.note(jia, TAB, {str(key._replace(field=f"m{number}")): "长" * 99_990}, world.clock())
    assert "已经太多" in told[0].words


def test_text_being_typed_is_not_overwritten_by_the_older_committed_value(world, papers, jia):
    key = str(note_of(papers.submission_id))
    scope, now = for_submission(papers.submission_id), world.clock()
    typed.baseline(jia.account_id, TAB, key, "")
    typed.hear_typed(jia.account_id, TAB, [TypedText(key, "正在写", 1)])
    typed.put_down(jia, TAB, now)
    other = str(note_of(papers.submission_id, "claim"))
    typed.note(jia, TAB, {key: "", other: True}, now)  # another field's change, this one not left yet
    assert held(jia, scope) == {"note": "正在写", "claim": True}
    typed.note(jia, TAB, {key: "正在写完", other: True}, now)
    assert held(jia, scope)["note"] == "正在写完"
    typed.forget_everything()  # the process is another one: the field still holds the text not committed
    typed.note(jia, TAB, {key: "", other: False}, now)
    assert held(jia, scope) == {"note": "正在写完", "claim": False}


def test_of_two_texts_the_higher_number_is_the_newer(world, papers, jia):
    key = str(note_of(papers.submission_id))
    for text, number in (("二", 2), ("一", 1), ("二", 2)):
        typed.hear_typed(jia.account_id, TAB, [TypedText(key, text, number)])
        typed.put_down(jia, TAB, world.clock())
    assert held(jia, for_submission(papers.submission_id)) == {"note": "二"}
    typed.hear_typed(jia.account_id, TAB, [TypedText("no key of ours", "x", 9)])
    assert typed.put_down(jia, TAB, world.clock()) == ()


def test_what_could_not_be_written_waits_and_a_newer_value_goes_first(world, papers, jia, monkeypatch):
    key = str(note_of(papers.submission_id))

    def absent(*_args, **_more):
        raise SaveFailed("未暂存：连不上数据库")

    with monkeypatch.context() as patch:
        patch.setattr("workflow.drafting.drafts.keep", absent)
        for text in ("旧", "新"):
            with pytest.raises(SaveFailed):
                typed.note(jia, TAB, {key: text}, world.clock())
    typed.put_down(jia, TAB, world.clock())
    assert held(jia, for_submission(papers.submission_id)) == {"note": "新"}


def test_a_refusal_stands_until_the_field_holds_something_else(world, papers, jia):
    key = note_of(papers.submission_id)
    (told,) = typed.note(jia, TAB, {str(key): "电话13800138000"}, world.clock())
    assert typed.refusals(jia.account_id, TAB) == {key: told.words}
    # the gate is told first; the page that is drawn then is told as well
    assert typed.note(jia, TAB, {str(key): "电话13800138000"}, world.clock()) == (told,)
    typed.note(jia, TAB, {str(key): "电话见名册"}, world.clock())
    assert typed.refusals(jia.account_id, TAB) == {}


def test_old_drafts_go_while_the_server_runs(world, papers, jia, monkeypatch):
    purged: list[object] = []
    monkeypatch.setattr("ui.typed.purge", lambda _office, now: purged.append(now))
    key = str(note_of(papers.submission_id))
    for day in (0, 0, 2, 2):
        typed.note(jia, TAB, {key: f"{len(purged)}-{day}-{world.clock()}"}, world.clock() + timedelta(days=day))
        world.clock.pass_time(minutes=1)
    assert len(purged) == 1


def test_the_memory_is_bounded(world, papers, jia, monkeypatch):
    monkeypatch.setattr("ui.typed._MOST_WINDOWS", 3)
    monkeypatch.setattr("ui.typed._MOST_FIELDS", 5)
    for number in range(20):
        typed.note(jia, f"{TAB}{number}", {str(note_of(papers.submission_id)): "话"}, world.clock())
    for number in range(20):
        typed.baseline(jia.account_id, TAB, str(note_of(papers.submission_id, f"m{number}")), "")
    assert len(typed._windows) == 3
    assert len(typed._windows[jia.account_id, TAB].said) == 5
    assert len(typed.book(jia, for_submission(papers.submission_id)).drafts) == 20
