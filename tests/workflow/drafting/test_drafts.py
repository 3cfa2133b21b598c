"""What is typed and not saved: kept as it was typed, for its person alone, and never revived."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage import SaveFailed
from storage.__main__ import COMMANDS, REFUSALS
from storage.cli import run
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    DEPARTMENT,
    EARLIER,
    NEIGHBOUR,
    NOW,
    PREFECTURE,
    head,
    person,
)
from ui.form_keys import FormKey
from workflow.drafting.drafts import (
    LONGEST,
    MOST_CHARACTERS,
    Draft,
    DraftChange,
    clear,
    close,
    drafts_of,
    drop,
    keep,
    take_over,
)
from workflow.drafting.others import KEPT_AFTER, Drafting, drafting_in, purge
from workflow.drafting.scopes import for_submission
from workflow.people import Role
from workflow.targets import Target

ROW = "3.3.2"
MOBILE = "13800138000"


def identity_number() -> str:
    """An invented number whose check digit holds."""
    digits, weights = "11010119900307001", (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def key(submission_id: int, field: str = "note", *, seen: int = 1, generation: int = 0, **changes: Any) -> FormKey:
    return FormKey(for_submission(submission_id), "answer", ROW, seen, generation, field)._replace(**changes)


def typed(office, who, tab, *changes, now=NOW):
    return keep(office, who, tab, [DraftChange(*change) for change in changes], now)


def kept(office, who, submission_id: int, tab: str = "a") -> dict[str, Any]:
    draft = drafts_of(office, who, for_submission(submission_id)).of("answer", ROW, tab)
    return {} if draft is None else dict(draft.fields)


def test_what_is_typed_is_there_with_its_version_and_times(office, draft):
    later = NOW + timedelta(minutes=3)
    before = head(office)
    assert typed(office, COORDINATOR, "a", (key(draft), "核")) == ()
    assert typed(office, COORDINATOR, "a", (key(draft), "核对"), (key(draft, "claim"), "达标"), now=later) == ()
    (found,) = drafts_of(office, COORDINATOR, for_submission(draft)).drafts
    assert found == Draft(
        for_submission(draft), "answer", ROW, "a", 1, 0, {"note": "核对", "claim": "达标"}, NOW, later
    )
    assert found.target == Target.answer(ROW)
    assert head(office) == before


def test_the_last_of_two_values_in_one_message_stands(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "旧"), (key(draft), "新"))
    assert kept(office, COORDINATOR, draft) == {"note": "新"}


def test_a_closed_form_is_never_revived(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "已保存的话"))
    drop(office, COORDINATOR, for_submission(draft), [("answer", ROW)], tab="a", now=NOW)
    assert typed(office, COORDINATOR, "a", (key(draft), "晚到的旧消息")) == ()
    assert kept(office, COORDINATOR, draft) == {}
    book = drafts_of(office, COORDINATOR, for_submission(draft))
    assert book.generation("answer", ROW, "a") == 1
    assert book.generation("answer", ROW, "b") == 0
    typed(office, COORDINATOR, "a", (key(draft, generation=1), "之后的新话"))
    assert kept(office, COORDINATOR, draft) == {"note": "之后的新话"}


def test_a_save_closes_in_its_own_transaction_or_not_at_all(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "话"))

    def save_that_fails() -> None:
        with office.store.write(COORDINATOR.username, NOW) as tx:
            close(tx, COORDINATOR, for_submission(draft), [("answer", ROW)], "a")
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        save_that_fails()
    assert kept(office, COORDINATOR, draft) == {"note": "话"}
    with office.store.write(COORDINATOR.username, NOW) as tx:
        close(tx, COORDINATOR, for_submission(draft), [("answer", ROW)], "a")
    assert kept(office, COORDINATOR, draft) == {}


def test_a_window_older_than_its_closings_are_kept_goes_on_counting(office, draft):
    """Closings go after 30 days; a page open for longer still types in its generation 3, and closes it."""
    typed(office, COORDINATOR, "a", (key(draft, generation=3), "还在写"))
    assert kept(office, COORDINATOR, draft) == {"note": "还在写"}
    assert drafts_of(office, COORDINATOR, for_submission(draft)).generation("answer", ROW, "a") == 3
    drop(office, COORDINATOR, for_submission(draft), [("answer", ROW)], tab="a", now=NOW)
    typed(office, COORDINATOR, "a", (key(draft, generation=3), "晚到"))
    assert kept(office, COORDINATOR, draft) == {}


def test_two_tabs_are_kept_apart_and_both_shown(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "甲窗口"))
    typed(office, COORDINATOR, "b", (key(draft), "乙窗口"), now=NOW + timedelta(minutes=1))
    book = drafts_of(office, COORDINATOR, for_submission(draft))
    assert book.of("answer", ROW, "a").fields == {"note": "甲窗口"}
    assert [d.fields for d in book.elsewhere("answer", ROW, "a")] == [{"note": "乙窗口"}]
    drop(office, COORDINATOR, for_submission(draft), [("answer", ROW)], tab="a", now=NOW)
    assert kept(office, COORDINATOR, draft, "b") == {"note": "乙窗口"}


def test_nobody_else_sees_a_draft(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "只给自己看"))
    colleague = replace(COORDINATOR, account_id=COORDINATOR.account_id + 1, username="another")
    for other in (colleague, DEPARTMENT, PREFECTURE, ADMINISTRATOR):
        assert drafts_of(office, other, for_submission(draft)).drafts == ()


def test_a_value_that_may_be_older_does_not_take_the_place_of_a_newer(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "浏览器还没提交的最新文字"))
    typed(office, COORDINATOR, "a", (key(draft), "", False), (key(draft, "claim"), "达标", False))
    assert kept(office, COORDINATOR, draft) == {"note": "浏览器还没提交的最新文字", "claim": "达标"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (f"户主 {identity_number()}", "公民身份号码"),
        (f"电话 {MOBILE}", "手机号码"),
        (["甲", f"乙 {MOBILE}"], "手机号码"),
        ("长" * (LONGEST + 1), "10万字"),
        ("x" * 5_000_000, "10万字"),
        ({"a": 1}, "无法识别"),
    ],
)
def test_what_must_not_be_kept_is_told_and_the_rest_is_kept(office, draft, value, said):
    typed(office, COORDINATOR, "a", (key(draft), "早先的话"))
    (told,) = typed(office, COORDINATOR, "a", (key(draft), value), (key(draft, "claim"), "达标"))
    assert told.key == key(draft)
    assert said in told.words
    assert "没有暂存" in told.words
    assert identity_number() not in told.words
    assert MOBILE not in told.words
    assert kept(office, COORDINATOR, draft) == {"note": "早先的话", "claim": "达标"}


def test_the_forms_phone_fields_take_a_phone_but_no_identity_number(office, draft):
    phone = key(draft, "value", kind="form", key="leader_phone")
    assert typed(office, COORDINATOR, "a", (phone, MOBILE)) == ()
    (told,) = typed(office, COORDINATOR, "a", (phone, identity_number()))
    assert "公民身份号码" in told.words


def test_an_identifier_in_a_forged_name_is_not_kept_either(office, draft):
    for forged in (key(draft, key=identity_number()), key(draft, field=MOBILE), key(draft, field="x" * 300)):
        (told,) = typed(office, COORDINATOR, "a", (forged, "文字"))
        assert identity_number() not in told.words
    assert drafts_of(office, COORDINATOR, for_submission(draft)).drafts == ()


@pytest.mark.parametrize("tab", ["", "A", "x" * 41, "a b", "甲"])
def test_a_forged_window_is_refused(office, draft, tab):
    (told,) = typed(office, COORDINATOR, tab, (key(draft), "文字"))
    assert "刷新页面" in told.words


def test_one_person_cannot_fill_the_store(office, draft):
    text = "长" * LONGEST
    times = MOST_CHARACTERS // LONGEST + 1
    told = [typed(office, COORDINATOR, "a", (key(draft, f"note{n}"), text)) for n in range(times)]
    assert [len(one) for one in told].count(0) == times - 2  # the JSON's quotes count as well
    assert "先保存或者放弃" in told[-1][0].words
    assert typed(office, DEPARTMENT, "a", (key(draft), "别人不受影响")) == ()


def test_only_who_may_read_a_submission_may_keep_a_draft_in_it(office, draft):
    neighbour = person(Role.COUNTY_COORDINATOR, NEIGHBOUR)
    for stranger in (neighbour, PREFECTURE, ADMINISTRATOR):  # a draft is not the prefecture's to read yet
        (told,) = typed(office, stranger, "a", (key(draft), "文字"))
        assert "不能查看" in told.words
    (told,) = typed(office, COORDINATOR, "a", (key(99), "文字"))
    assert "不能查看" in told.words
    (told,) = typed(office, COORDINATOR, "a", (key(draft, scope="trial"), "试算只在内存里"))
    assert "没有暂存" in told.words
    new_account = FormKey("admin", "account", "new", 0, 0, "display_name")
    assert typed(office, ADMINISTRATOR, "a", (new_account, "张三")) == ()
    assert drafts_of(office, ADMINISTRATOR, "admin").of("account", "new", "a").target is None


def test_an_entry_that_is_frozen_meanwhile_still_takes_and_shows_what_was_being_typed(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "写到一半"))
    with office.store.write("scene", NOW) as tx:
        tx.moves.add(draft, move="scene", to_state="submitted", expected_version=1)
    assert typed(office, COORDINATOR, "a", (key(draft), "写到一半，没来得及保存")) == ()
    assert kept(office, COORDINATOR, draft) == {"note": "写到一半，没来得及保存"}


def test_the_clock_set_back_loses_nothing(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "先"))
    assert typed(office, COORDINATOR, "a", (key(draft), "后"), now=NOW - timedelta(days=400)) == ()
    assert kept(office, COORDINATOR, draft) == {"note": "后"}
    purge(office, NOW - timedelta(days=400))
    assert kept(office, COORDINATOR, draft) == {"note": "后"}
    drop(office, COORDINATOR, for_submission(draft), [("answer", ROW)], tab="a", now=NOW - timedelta(days=400))
    typed(office, COORDINATOR, "a", (key(draft), "晚到"))
    assert kept(office, COORDINATOR, draft) == {}


def test_half_a_character_does_not_stop_the_rest(office, draft):
    assert typed(office, COORDINATOR, "a", (key(draft), "半个\ud83d字")) == ()
    assert kept(office, COORDINATOR, draft) == {"note": "半个\ufffd字"}


def test_clearing_takes_what_says_nothing_and_no_newer_text(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), ""), (key(draft, "claim"), "新"))
    clear(office, COORDINATOR, "a", [DraftChange(key(draft), ""), DraftChange(key(draft, "claim"), "旧")], NOW)
    assert kept(office, COORDINATOR, draft) == {"claim": "新"}
    assert drafts_of(office, COORDINATOR, for_submission(draft)).generations == {}


def test_taking_over_goes_on_in_this_window_and_loses_neither_text(office, draft):
    typed(office, COORDINATOR, "old", (key(draft, seen=1), "旧窗口"), (key(draft, "claim", seen=1), "达标"))
    typed(office, COORDINATOR, "new", (key(draft, seen=2), "新窗口"))
    take_over(
        office, COORDINATOR, for_submission(draft), ("answer", ROW), from_tab="old", to_tab="new", now=NOW
    )  # fmt: skip
    book = drafts_of(office, COORDINATOR, for_submission(draft))
    taken, left = book.of("answer", ROW, "new"), book.of("answer", ROW, "old")
    assert (taken.fields, taken.seen, taken.generation) == ({"note": "旧窗口", "claim": "达标"}, 1, 1)
    assert (left.fields, left.seen, left.generation) == ({"note": "新窗口"}, 2, 0)
    assert book.generation("answer", ROW, "new") == 1
    typed(office, COORDINATOR, "new", (key(draft), "换手之前的消息"))
    assert kept(office, COORDINATOR, draft, "new") == {"note": "旧窗口", "claim": "达标"}


def test_a_store_that_cannot_be_written_says_so(office, draft):
    def refuse(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    event.listen(office.store.engine, "commit", refuse)
    with pytest.raises((SaveFailed, sqlite3.OperationalError)):
        typed(office, COORDINATOR, "a", (key(draft), "文字"))
    event.remove(office.store.engine, "commit", refuse)
    assert kept(office, COORDINATOR, draft) == {}


def accounts(office):
    """A coordinator, a department and a prefecture's reviewer who have accounts."""
    made = []
    with office.store.write("system", EARLIER) as tx:
        for who in (COORDINATOR, DEPARTMENT, PREFECTURE):
            account = tx.accounts.add(
                username=who.username, display_name=who.username, password_hash="$",  # noqa: S106 - a hash of nothing
                role=who.role.value,
                division_code=who.division_code, unit=who.unit,
            )  # fmt: skip
            made.append(replace(who, account_id=account.id))
    return made


def test_the_coordinator_learns_who_is_typing_where_and_never_what(office, draft):
    coordinator, department, reviewer = accounts(office)
    typed(office, department, "a", (key(draft), "部门的草稿"))
    typed(office, department, "b", (key(draft, "claim"), "达标"), now=NOW + timedelta(minutes=5))
    typed(office, coordinator, "a", (key(draft), "自己的"))
    office_of_reviewer = key(draft, kind="finding.prefecture")
    with office.store.write("scene", NOW) as tx:
        tx.moves.add(draft, move="scene", to_state="submitted", expected_version=1)
    assert typed(office, reviewer, "a", (office_of_reviewer, "评审的话")) == ()
    with office.store.read() as tx:
        record = tx.submissions.get(draft)
    assert drafting_in(office, coordinator, record) == (Drafting(DEPARTMENT.unit, Target.answer(ROW), NOW),)
    for other in (department, reviewer):
        assert drafting_in(office, other, record) == ()


def test_drafts_go_thirty_days_after_the_round_closed(office, draft):
    typed(office, COORDINATOR, "a", (key(draft), "文字"))
    typed(office, ADMINISTRATOR, "a", (FormKey("admin", "account", "new", 0, 0, "unit"), "科室"))
    drop(office, COORDINATOR, for_submission(draft), [("answer", "1.1.1")], tab="a", now=NOW)
    long_after = NOW + timedelta(days=400)
    assert purge(office, NOW + KEPT_AFTER) == 0
    assert drafts_of(office, COORDINATOR, for_submission(draft)).generations
    assert purge(office, long_after) == 1  # the administrator's; the round is still open
    assert drafts_of(office, COORDINATOR, for_submission(draft)).generations == {}
    with office.store.write("system", long_after) as tx:
        tx.rounds.close("2018")
    assert purge(office, long_after + KEPT_AFTER - timedelta(seconds=1)) == 0
    assert kept(office, COORDINATOR, draft) == {"note": "文字"}
    assert purge(office, long_after + KEPT_AFTER) == 1
    assert kept(office, COORDINATOR, draft) == {}


def test_the_command_tells_how_much_lies_where_and_never_what(office, draft, capsys, tmp_path):
    typed(office, COORDINATOR, "a", (key(draft), "谁也不该看到的文字"), (key(draft, "claim"), "达标"))

    def said(*arguments: str) -> str:
        assert run(["--var", str(tmp_path / "var"), "drafts", *arguments], COMMANDS, REFUSALS) == 0
        return capsys.readouterr().out

    assert "1 处 2 栏" in said("list")
    told = json.loads(said("list", "--json"))["drafts"]
    assert [(one["where"], one["forms"], one["fields"]) for one in told] == [("甲县（批次 2018）", 1, 2)]
    assert "谁也不该看到的文字" not in said("list") + said("list", "--json")
    assert said("purge") == "没有过期的暂存。\n"
    with office.store.write("system", NOW - KEPT_AFTER) as tx:
        tx.rounds.close("2018")
    assert said("purge") == "已清除过期的暂存 2 栏。\n"
    assert kept(office, COORDINATOR, draft) == {}
