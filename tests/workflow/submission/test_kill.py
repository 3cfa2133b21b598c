"""Killed in mid-save through the use case: what was acknowledged is there, and the two entries of a save agree."""

from __future__ import annotations

import multiprocessing
import random
import signal

import pytest

from storage.care.integrity import inspect_store
from tests.storage.care.test_kill import live_and_die
from tests.workflow import saver
from tests.workflow.office_room import COUNTY, EARLIER, add_round, office_at, put_submission
from workflow.states import State

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")


@pytest.mark.parametrize("lives", [3, pytest.param(30, marks=pytest.mark.soak)])
def test_an_acknowledged_save_survives_and_no_half_of_one_is_kept(tmp_path, record_property, lives) -> None:
    var = tmp_path / "var"
    office = office_at(var)
    with office.store.write("scene", EARLIER) as tx:
        add_round(tx)
        number = put_submission(tx, COUNTY, State.DRAFT).id
    office.store.close()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.workflow.saver"])
    chance = random.Random(2018)  # noqa: S311 - moments to die at, no secret
    acknowledged: list[int] = []
    for life in range(lives):
        given = (var, number, 1 + life * 1000)
        acknowledged += live_and_die(
            processes, saver.save_until_killed, given, chance.randrange(4), chance.uniform(0, 0.03)
        )
    office = office_at(var)
    with office.store.read() as tx:
        texts = {target: [v.body for v in tx.entries.history(number, *target)] for target in saver.TARGETS}
    assert inspect_store(office.store).faults == ()
    office.store.close()
    one, other = texts.values()
    assert one == other  # both or neither, every time
    assert {f"第{n}次保存" for n in acknowledged} <= set(one)
    assert len(one) - len(acknowledged) <= lives
    record_property("acknowledged", len(acknowledged))
    print(f"{lives} kills, {len(acknowledged)} acknowledged saves all there")
