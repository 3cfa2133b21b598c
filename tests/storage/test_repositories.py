"""Accounts, sign-in, rounds, submissions, moves, returns: each write is kept, audited, and refused in words."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from storage import AlreadyExists, NotThere, ReadOnly, ReturnItem, Store, Transaction, VersionConflict
from storage.database.tables import metadata
from storage.repositories.entries import EntryChange
from storage.repositories.repository import Repository
from storage.repositories.sign_in import Failures
from tests.storage.on_both import store

__all__ = ["store"]

ANYONE = {
    "display_name": "张三",
    "password_hash": "$argon2id$x",
    "role": "county_coordinator",
    "division_code": "990121",
}
ROUND = {
    "title": "演示",
    "standards": ["national-2018"],
    "fingerprints": {"national-2018": "a" * 64},
    "period_first": date(2017, 1, 1),
    "period_last": date(2018, 6, 30),
}


@pytest.fixture
def account(store, now):
    with store.write("system", now) as tx:
        return tx.accounts.add(username="zhang", **ANYONE)


ACCOUNT = SUBMISSION = 1  # the first ids of a fresh store

# Every method of every repository that writes and is audited: how to call it, and the action it leaves in the log.
WRITES: dict[tuple[str, str], tuple[Callable[[Transaction], object], str]] = {
    ("accounts", "add"): (lambda tx: tx.accounts.add(username="li", **ANYONE), "account.add"),
    ("accounts", "change"): (lambda tx: tx.accounts.change(ACCOUNT, disabled=True), "account.change"),
    ("accounts", "set_password"): (
        lambda tx: tx.accounts.set_password(ACCOUNT, "$new", must_change=False),
        "account.set_password",
    ),
    ("departments", "put"): (
        lambda tx: tx.departments.put("990121", [{"name": "甲县公安局", "aliases": ["公安"], "contact": ""}]),
        "departments.list",
    ),
    ("attempts", "forget"): (lambda tx: tx.attempts.forget(ACCOUNT, ["zhang"]), "account.unlock"),
    ("sessions", "add"): (lambda tx: tx.sessions.add("f" * 64, ACCOUNT, LATER), "session.open"),
    ("sessions", "revoke"): (lambda tx: tx.sessions.revoke("0" * 64), "session.revoke"),
    ("sessions", "revoke_all"): (lambda tx: tx.sessions.revoke_all(ACCOUNT), "session.revoke"),
    ("rounds", "add"): (lambda tx: tx.rounds.add(id="2019", **ROUND), "round.add"),
    ("rounds", "change"): (lambda tx: tx.rounds.change("2018", apply_by=date(2018, 7, 1)), "round.change"),
    ("rounds", "repin"): (
        lambda tx: tx.rounds.repin("2018", {"national-2018": "c" * 64}, "规则更正"),
        "round.repin",
    ),
    ("rounds", "begin_repin"): (
        lambda tx: tx.rounds.begin_repin("2018", {"national-2018": "c" * 64}, "规则更正", {}),
        "round.repinning",
    ),
    ("rounds", "keep_policies"): (lambda tx: tx.rounds.keep_policies("2018", {"a": "c" * 64}), "round.keep_policies"),
    ("rounds", "give"): (lambda tx: tx.rounds.give("2018", "990000", "province_rate", 1), "round.give"),
    ("rounds", "close"): (lambda tx: tx.rounds.close("2018"), "round.close"),
    ("pinned_standards", "keep"): (
        lambda tx: tx.pinned_standards.keep("national-2018", sha256(b"{}").hexdigest(), "{}"),
        "standard.keep",
    ),
    ("pinned_policies", "keep"): (
        lambda tx: tx.pinned_policies.keep("xuchang-2017-38", sha256(b"{}").hexdigest(), "{}"),
        "policy.keep",
    ),
    ("submissions", "add"): (
        lambda tx: tx.submissions.add(round_id="2018", division_code="990122", division_name="乙县", state="draft"),
        "submission.add",
    ),
    ("submissions", "extend"): (
        lambda tx: tx.submissions.extend(SUBMISSION, date(2018, 8, 1), "汛期停工停课"),
        "submission.extend",
    ),
    ("reviewers", "put"): (
        lambda tx: tx.reviewers.put(tx.submissions.get(SUBMISSION), "prefecture", {"": "zhang"}),
        "submission.assign",
    ),
    ("moves", "add"): (
        lambda tx: tx.moves.add(SUBMISSION, move="withdraw", to_state="withdrawn", expected_version=1, reason="暂缓"),
        "submission.move",
    ),
    ("returns", "add"): (
        lambda tx: tx.returns.add(SUBMISSION, level="prefecture", items=[ReturnItem(1, "3.3.2", "缺凭证")]),
        "return.open",
    ),
    ("returns", "close"): (lambda tx: tx.returns.close(tx.returns.open_one(SUBMISSION).id), "return.close"),
    ("returns", "extend"): (
        lambda tx: tx.returns.extend(tx.returns.open_one(SUBMISSION).id, date(2018, 7, 31)),
        "return.extend",
    ),
    ("returns", "reopen"): (lambda tx: tx.returns.reopen(tx.returns.open_one(SUBMISSION).id), "return.reopen"),
    ("returns", "take_back"): (
        lambda tx: tx.returns.take_back(tx.returns.open_one(SUBMISSION).id),
        "return.take_back",
    ),
    ("entries", "put"): (lambda tx: tx.entries.put(SUBMISSION, "answer", "1.1.1", {}, 0), "entry.put"),
    ("entries", "add_all"): (lambda tx: tx.entries.add_all(SUBMISSION, {("answer", "1.1.2"): {}}), "entry.put"),
    ("entries", "write"): (
        lambda tx: tx.entries.write(SUBMISSION, [EntryChange("answer", "1.1.3", {}, 0)]),
        "entry.put",
    ),
    ("entries", "remove"): (lambda tx: tx.entries.remove(SUBMISSION, "form", "narrative", 1), "entry.remove"),
    ("files", "register"): (
        lambda tx: tx.files.register(SUBMISSION, FILE, name="a.pdf", media_type="application/pdf"),
        "file.register",
    ),
}
NOT_AUDITED = {
    ("sessions", "touch"), ("sessions", "prune"), ("attempts", "add"), ("attempts", "prune"),
    ("submissions", "raise_stamp"), ("submissions", "repinned"), ("verdicts", "keep"), ("verdicts", "drop"),
    ("files", "remark"), ("printed_forms", "add"),
}  # fmt: skip
# Whose write raises the stamp of the submission, and whose the round's. The others keep nothing of either: accounts,
# texts that are named by their own digests, what is typed and not saved, what follows from the entries;
# of what is only begun nobody can have kept anything.
OF_A_SUBMISSION = {"entries", "moves", "reviewers", "returns", "files", "departments"}
OF_A_ROUND = {"rounds"}
OF_NEITHER = {
    "accounts", "attempts", "sessions", "pinned_standards", "pinned_policies", "drafts", "verdicts", "printed_forms",
}  # fmt: skip
BEGINS = {("submissions", "add"), ("rounds", "add")}
LATER = datetime.fromisoformat("2018-06-01T20:00:00+00:00")
FILE = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"  # of "hello"


@pytest.fixture
def furnished(store, submission_id, account, now, tmp_path):
    """A store where every write of the table has something to work on."""
    hello = tmp_path / "hello"
    hello.write_bytes(b"hello")
    with hello.open("rb") as stream:
        assert store.files.put(stream) == FILE
    with store.write("system", now) as tx:
        tx.sessions.add("0" * 64, account.id, LATER)
        tx.attempts.add("zhang", "10.0.0.1", succeeded=False)
        tx.entries.put(submission_id, "form", "narrative", "文字", 0)
        tx.returns.add(submission_id, level="province", items=[])
    return store


@pytest.mark.parametrize("write", WRITES, ids=".".join)
def test_each_write_leaves_one_audit_entry_and_raises_the_stamp_of_what_it_belongs_to(furnished, now, write):
    act, action = WRITES[write]
    with furnished.read() as tx:
        stamps = tx.submissions.stamps(SUBMISSION)
    with furnished.write("li", now) as tx:
        before = tx.audit.head().seq
        act(tx)
        assert tx.audit.head().seq == before + 1
    with furnished.read() as tx:
        newest = tx.audit.entries(limit=1)[0]
        assert (newest.actor, newest.at, newest.action) == ("li", now, action)
        assert tx.audit.verify() is None
        after = tx.submissions.stamps(SUBMISSION)
        brought = tx.submissions.get(SUBMISSION).stamp, tx.rounds.get("2018").stamp
    assert after == brought
    if write not in BEGINS:
        assert (after[0] > stamps[0]) == (write[0] in OF_A_SUBMISSION or write[0] == "submissions")
        assert (after[1] > stamps[1]) == (write[0] in OF_A_ROUND)


def test_no_write_works_while_only_reading(furnished):
    let_through = set()
    for write, (act, _) in WRITES.items():
        with suppress(ReadOnly), furnished.read() as tx:
            act(tx)
            let_through.add(write)
    assert not let_through


def test_the_table_above_names_every_method_that_writes(store):
    """A method that calls `_writer` writes: a new one without a case above fails here."""
    found = set()
    with store.read() as tx:
        for name, repository in vars(tx).items():
            if isinstance(repository, Repository):
                for method, function in inspect.getmembers(type(repository), inspect.isfunction):
                    source = inspect.getsource(function)
                    writes = any(word in source for word in ("_writer()", "_revoke_where(", "self.write("))
                    if not method.startswith("_") and writes:
                        found.add((name, method))
    assert found == WRITES.keys() | NOT_AUDITED


def test_every_repository_is_of_a_submission_of_a_round_or_of_neither(store):
    with store.read() as tx:
        known = {name for name, repository in vars(tx).items() if isinstance(repository, Repository)}
    assert known == OF_A_SUBMISSION | OF_A_ROUND | OF_NEITHER | {"submissions"}


def test_what_workflow_tells_of_a_submission_by_the_log_raises_its_stamp_too(furnished, now):
    with furnished.write("li", now) as tx:
        before = tx.submissions.stamps(SUBMISSION)
        tx.submissions.raise_stamp(SUBMISSION)
        assert tx.submissions.stamps(SUBMISSION) == (before[0] + 1, before[1])
        assert tx.submissions.stamps(99) is None


def test_no_password_and_no_whole_token_enters_the_log(furnished, account, now):
    with furnished.write("system", now) as tx:
        tx.accounts.set_password(account.id, "$argon2id$secret", must_change=True)
        tx.sessions.add("e" * 64, account.id, LATER)
        log = str(tx.audit.entries(limit=1000))
    assert "argon2id" not in log
    assert "e" * 64 not in log


def test_a_username_is_taken_once(store, account, now):
    with pytest.raises(AlreadyExists, match="zhang"), store.write("system", now) as tx:
        tx.accounts.add(username="zhang", **ANYONE)


def test_an_account_changes_where_it_may_and_nowhere_else(store, account, now):
    with store.write("admin", now + timedelta(days=1)) as tx:
        changed = tx.accounts.change(account.id, disabled=True, unit="县教育局")
        assert (changed.disabled, changed.unit, changed.username) == (True, "县教育局", "zhang")
        reset = tx.accounts.set_password(account.id, "$new", must_change=True)
        assert (reset.password_hash, reset.must_change_password) == ("$new", True)
        assert reset.password_set_at == now + timedelta(days=1)
        assert tx.audit.entries(action="account.change")[0].detail["unit"] == {"from": None, "to": "县教育局"}
    with pytest.raises(TypeError), store.write("admin", now) as tx:
        tx.accounts.change(account.id, username="li")
    with pytest.raises(NotThere), store.write("admin", now) as tx:
        tx.accounts.change(account.id + 1, disabled=True)


@pytest.mark.parametrize(("prefix", "names"), [("", "abcd"), ("99", "abc"), ("9901", "ab"), ("990121", "a"), ("%", "")])
def test_accounts_and_submissions_are_listed_by_area(store, submission_id, now, prefix, names):
    with store.write("system", now) as tx:
        for name, code in [("b", "990122"), ("c", "999001"), ("d", "530102")]:
            tx.accounts.add(username=name, **ANYONE | {"division_code": code})
            tx.submissions.add(round_id="2018", division_code=code, division_name=name, state="draft")
        tx.accounts.add(username="a", **ANYONE)
        assert {account.username for account in tx.accounts.all(division_prefix=prefix)} == set(names)
        listed = {sub.division_name.replace("甲县", "a") for sub in tx.submissions.all(division_prefix=prefix)}
        assert listed == set(names)


def test_a_session_is_found_with_its_account_until_it_is_revoked(store, account, now):
    with store.write("zhang", now) as tx:
        tx.sessions.add("a" * 64, account.id, LATER)
        tx.sessions.add("b" * 64, account.id, LATER)
    with store.write("zhang", now + timedelta(minutes=5)) as tx:
        tx.sessions.touch("a" * 64)
    with store.read() as tx:
        session, whose = tx.sessions.with_account("a" * 64)
        assert whose == account
        assert session == tx.sessions.get("a" * 64)
        assert (session.last_seen_at, session.created_at, session.expires_at) == (
            now + timedelta(minutes=5),
            now,
            LATER,
        )
        assert tx.sessions.with_account("c" * 64) is None
    with store.write("zhang", now) as tx:
        assert tx.sessions.revoke_all(account.id, but="a" * 64) == 1
        assert tx.sessions.get("a" * 64).revoked_at is None
        assert tx.sessions.get("b" * 64).revoked_at == now
        assert tx.sessions.revoke("a" * 64)
        assert not tx.sessions.revoke("a" * 64)  # a second sign-out changes nothing
        assert tx.sessions.prune(LATER + timedelta(seconds=1)) == 2
        assert tx.sessions.get("a" * 64) is None


def test_failures_count_from_the_last_success_of_that_name(store: Store, now):
    def after(minute: int) -> datetime:
        return now + timedelta(minutes=minute)

    def attempt(minute: int, name: str, *, succeeded: bool, address: str = "10.0.0.1") -> None:
        with store.write("system", after(minute)) as tx:
            tx.attempts.add(name, address, succeeded=succeeded)

    attempt(0, "zhang", succeeded=False)
    attempt(1, "zhang", succeeded=True)
    attempt(2, "zhang", succeeded=False)
    attempt(3, "zhang", succeeded=False, address="10.0.0.2")
    attempt(4, "li", succeeded=False)
    with store.read() as tx:
        assert tx.attempts.failures_of_name("zhang", now - timedelta(hours=1)) == 2
        assert tx.attempts.failures_of_name("zhang", now + timedelta(minutes=2)) == 1
        assert tx.attempts.failures_of_name("wang", now - timedelta(hours=1)) == 0
        assert tx.attempts.failures_of_address("10.0.0.1", now - timedelta(hours=1)) == 3
        hour_ago = now - timedelta(hours=1)
        assert tx.attempts.failures_of_pair("zhang", "10.0.0.1", hour_ago) == Failures(1, after(2))
        assert tx.attempts.failures_of_pair("zhang", "10.0.0.2", hour_ago) == Failures(1, after(3))
        assert tx.attempts.failures_of_strangers("zhang", hour_ago) == Failures(1, after(3))
        assert tx.attempts.failures_of_strangers("li", hour_ago) == Failures(1, after(4))
        assert tx.attempts.failures_of_strangers("wang", hour_ago) == Failures(0, None)
        assert tx.attempts.all_failures_of_name("zhang", hour_ago) == 3
        assert [tx.attempts.came_from("zhang", a) for a in ("10.0.0.1", "10.0.0.2")] == [True, False]
    with store.write("system", now) as tx:
        assert tx.attempts.prune(now + timedelta(minutes=4), successes_before=now) == 3
        assert tx.attempts.came_from("zhang", "10.0.0.1")
        assert tx.attempts.prune(now + timedelta(minutes=4)) == 1
        assert tx.attempts.failures_of_name("zhang", now - timedelta(hours=1)) == 0


def test_what_is_typed_as_a_name_is_not_kept_in_the_clear(store, now, var):
    with store.write("system", now) as tx:
        tx.attempts.add("MyPassw0rd-typed-here", "10.0.0.1", succeeded=False)
    with store.engine.connect() as connection:
        rows = {table.name: connection.execute(select(table)).all() for table in metadata.sorted_tables}
    assert any("attempt" in name and kept for name, kept in rows.items())
    assert "MyPassw0rd" not in repr(rows)
    store.close()
    assert b"MyPassw0rd" not in b"".join(path.read_bytes() for path in var.glob("store.db*"))


def test_a_round_keeps_its_standards_and_its_first_closing(store, submission_id, now):
    with store.write("system", now) as tx:
        found = tx.rounds.get("2018")
        assert found.standards == ("national-2018", "yunnan-2018")
        assert found.fingerprints == {"national-2018": "a" * 64, "yunnan-2018": "b" * 64}
        assert (found.period_first, found.apply_by, found.closed_at) == (date(2017, 1, 1), None, None)
        changed = tx.rounds.change("2018", apply_by=date(2018, 7, 1), quota_per_prefecture=1)
        assert (changed.apply_by, changed.quota_per_prefecture) == (date(2018, 7, 1), 1)
        assert tx.rounds.close("2018").closed_at == now
    with store.write("system", now + timedelta(days=1)) as tx:
        assert tx.rounds.close("2018").closed_at == now
        tx.rounds.add(id="2019", **ROUND)
        assert [one.id for one in tx.rounds.all()] == ["2019", "2018"]
    with pytest.raises(TypeError), store.write("system", now) as tx:
        tx.rounds.change("2018", standards=["mine"])
    with pytest.raises(AlreadyExists, match="2018"), store.write("system", now) as tx:
        tx.rounds.add(id="2018", **ROUND)
    with pytest.raises(NotThere), store.write("system", now) as tx:
        tx.rounds.close("1999")


def test_a_county_applies_once_in_a_round(store, submission_id, now):
    with pytest.raises(AlreadyExists, match="甲县"), store.write("system", now) as tx:
        tx.submissions.add(round_id="2018", division_code="990121", division_name="甲县", state="draft")


def test_a_move_changes_the_state_and_is_recorded(store, submission_id, now):
    later = now + timedelta(days=1)
    with store.write("zhang", later) as tx:
        move = tx.moves.add(submission_id, move="hand_over", to_state="awaiting_government", expected_version=1)
        assert (move.from_state, move.to_state, move.by, move.at, move.reason) == (
            "draft",
            "awaiting_government",
            "zhang",
            later,
            None,
        )
        found = tx.submissions.get(submission_id)
        assert (found.state, found.version, found.state_since, found.created_at) == (
            "awaiting_government",
            2,
            later,
            now,
        )
        assert tx.moves.all(submission_id) == (move,)
        assert tx.submissions.all(states=["draft"]) == ()
        assert tx.submissions.all(round_id="2018", states=["awaiting_government"]) == (found,)
        assert tx.submissions.all(round_id="2019") == ()


def test_a_move_from_a_state_no_longer_standing_is_a_conflict(store, submission_id, now):
    with store.write("zhang", now) as tx:
        tx.moves.add(submission_id, move="hand_over", to_state="awaiting_government", expected_version=1)
    with pytest.raises(VersionConflict, match="甲县") as refused, store.write("li", now) as tx:
        tx.moves.add(submission_id, move="withdraw", to_state="withdrawn", expected_version=1)
    assert refused.value.current.state == "awaiting_government"
    with store.read() as tx:
        assert len(tx.moves.all(submission_id)) == 1
    with pytest.raises(NotThere), store.write("li", now) as tx:
        tx.moves.add(submission_id + 1, move="withdraw", to_state="withdrawn", expected_version=1)


def test_returns_are_numbered_and_closed_once(store, submission_id, now):
    items = [ReturnItem(1, "3.3.2", "缺支付凭证"), ReturnItem(2, "V1", "说明未盖章")]
    with store.write("wang", now) as tx:
        first = tx.returns.add(submission_id, level="prefecture", items=items, reason="补正", due=date(2018, 7, 20))
        second = tx.returns.add(submission_id, level="province", items=[])
        assert (first.number, second.number) == (1, 2)
        assert (first.items, first.due, first.created_by) == (tuple(items), date(2018, 7, 20), "wang")
        assert tx.returns.open_one(submission_id) == second
        assert tx.returns.close(second.id).closed_at == now
        assert tx.returns.open_one(submission_id) == first
    with store.write("wang", now + timedelta(days=1)) as tx:
        assert tx.returns.close(second.id).closed_at == now
        assert [one.number for one in tx.returns.all(submission_id)] == [1, 2]
    with pytest.raises(NotThere), store.write("wang", now) as tx:
        tx.returns.close(99)
    with pytest.raises(NotThere), store.write("wang", now) as tx:
        tx.returns.add(99, level="province", items=[])
