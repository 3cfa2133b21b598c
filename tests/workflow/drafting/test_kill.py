"""Killed while typing and saving: every acknowledged save and draft is there, and no draft outlives its own save."""

from __future__ import annotations

import multiprocessing
import random
import signal

import pytest

from storage.care.integrity import inspect_store
from tests.storage.care.test_kill import live_and_die
from tests.workflow import typist
from tests.workflow.office_room import COUNTY, EARLIER, add_round, office_at, put_submission
from ui.form_keys import for_submission
from workflow.drafting.drafts import drafts_of
from workflow.states import State

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")


@pytest.mark.parametrize("lives", [3, pytest.param(200, marks=pytest.mark.soak)])
def test_nothing_acknowledged_is_lost_and_nothing_saved_is_a_draft_again(tmp_path, record_property, lives) -> None:
    var = tmp_path / "var"
    office = office_at(var)
    with office.store.write("scene", EARLIER) as tx:
        add_round(tx)
        number = put_submission(tx, COUNTY, State.DRAFT).id
    office.store.close()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.workflow.typist"])
    chance = random.Random(2018)  # noqa: S311 - moments to die at, no secret
    drafted = saved = 0
    for life in range(lives):
        given = (var, number, 1 + life * 1000)
        told = live_and_die(processes, typist.type_until_killed, given, chance.randrange(8), chance.uniform(0, 0.03))
        office = office_at(var)
        with office.store.read() as tx:
            entry = tx.entries.get(number, *typist.TARGET)
        draft = drafts_of(office, typist.TYPIST, for_submission(number)).of(*typist.TARGET, typist.TAB)
        office.store.close()
        in_store = typist.number_in(entry.body if entry else None)
        in_draft = typist.number_in(draft.fields["value"] if draft else None)
        drafted, saved = drafted + sum(one > 0 for one in told), saved + sum(one < 0 for one in told)
        assert max(in_store, in_draft) >= max((one for one in told if one > 0), default=0)
        assert in_store >= max((-one for one in told if one < 0), default=0)
        assert draft is None or in_draft > in_store
    office = office_at(var)
    assert inspect_store(office.store).faults == ()
    office.store.close()
    record_property("drafts", drafted)
    record_property("saves", saved)
    print(f"{lives} kills, {drafted} acknowledged drafts and {saved} saves all there")
