"""The store goes while a save is written, the clock is set back: nothing lost, nothing half-written, one sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.care.integrity import inspect_store
from storage.errors import StoreMissing
from storage.store import DATABASE
from tests.workflow.office_room import COORDINATOR, NOW, head, move, opened_by, write
from ui.form_keys import FormKey
from workflow.drafting.drafts import DraftChange, drafts_of, keep
from workflow.drafting.scopes import for_submission
from workflow.errors import Refused
from workflow.submission import saving
from workflow.submission.saving import Closing, Edit, save
from workflow.targets import Target
from workflow.verdicts.verifying import verdict_faults

TARGET = Target.answer("3.3.2")
LONG_AGO = NOW - timedelta(days=400)


def in_order(office) -> bool:
    return inspect_store(office.store, [lambda _: verdict_faults(office)]).faults == ()


@pytest.mark.parametrize("moment", ["_plan", "keep", "_write", "_close"])
def test_the_store_gone_in_mid_save(office, draft, monkeypatch, moment) -> None:
    """While it is worked out, among the writes, before the commit, with the drafts."""
    scope, before = for_submission(draft), opened_by(office, COORDINATOR, draft)
    version = before.version(TARGET)
    body = {**before.entries[TARGET].body, "note": "写好了"}
    keep(office, COORDINATOR, "a", [DraftChange(FormKey(scope, *TARGET, version, 0, "note"), "写好了")], NOW)
    seq, path = head(office), office.store.var / DATABASE
    original = getattr(saving, moment)

    def going(*arguments, **named):
        done = original(*arguments, **named)
        if path.exists():
            path.rename(path.with_name("away.db"))
        return done

    edit = Edit(TARGET, body, version)
    with monkeypatch.context() as patch:
        patch.setattr(saving, moment, going)
        with pytest.raises(StoreMissing):
            save(office, COORDINATOR, draft, [edit], NOW, drafts=Closing("a"))
    assert not path.exists()
    path.with_name("away.db").rename(path)
    assert (head(office), opened_by(office, COORDINATOR, draft).entries[TARGET].version) == (seq, version)
    assert drafts_of(office, COORDINATOR, scope).of(*TARGET, "a").fields == {"note": "写好了"}
    assert in_order(office)
    save(office, COORDINATOR, draft, [edit], NOW, drafts=Closing("a"))
    assert opened_by(office, COORDINATOR, draft).content.answers["3.3.2"].note == "写好了"
    assert drafts_of(office, COORDINATOR, scope).drafts == ()
    assert in_order(office)


def test_the_clock_set_back_loses_no_save_and_stops_none(office, draft) -> None:
    former = opened_by(office, COORDINATOR, draft).entries[TARGET].body
    write(office, COORDINATOR, draft, (TARGET, {**former, "note": "先"}))
    write(office, COORDINATOR, draft, (TARGET, {**former, "note": "后"}), now=LONG_AGO)
    opened = opened_by(office, COORDINATOR, draft)
    assert (opened.entries[TARGET].body["note"], opened.entries[TARGET].version) == ("后", 3)
    with office.store.read() as tx:
        notes = [line.body.get("note") for line in tx.entries.history(draft, *TARGET)]
    assert notes[1:] == ["先", "后"]
    move(office, COORDINATOR, draft, "withdraw", now=LONG_AGO, reason="本县另有安排暂缓申报")
    with pytest.raises(Refused, match="申报现处于"):
        write(office, COORDINATOR, draft, (TARGET, former), now=LONG_AGO)
    assert in_order(office)
