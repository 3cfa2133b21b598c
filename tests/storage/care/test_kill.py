"""Power cuts: whatever moment the process dies at, every acknowledged save is there and the store is whole.

SIGKILL stands for the power cut as far as a process can see it; that the bytes reach the platter is the matter of
`synchronous = FULL` and fsync, which test_store and test_files hold.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest

from storage import open_store
from storage.care.backup import make_backup
from storage.care.integrity import inspect_store
from tests.storage import saver
from tests.storage.care.test_backup import fill, note_in
from tests.storage.conftest import with_submission

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")


@pytest.fixture(scope="module")
def processes():
    """Forked from a server that has imported the store already: a life costs milliseconds, not a second."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["storage", "storage.care.restore", "storage.database.schema", "alembic.command"])
    return context


def live_and_die(processes, target: Callable, arguments: tuple, after: int, seconds: float) -> list[int]:
    """Start it, kill it ``seconds`` after it acknowledged ``after`` saves (on any machine in mid-work); its word."""
    hear, tell = processes.Pipe(duplex=False)
    process = processes.Process(target=target, args=(*arguments, tell))
    # Tests of the screens leave the page script behind as __main__, which a new process would run once more.
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process.start()
    tell.close()
    acknowledged = []
    try:
        assert hear.poll(120), "the process never began"
        assert hear.recv() == "ready"
        while len(acknowledged) < after:
            assert hear.poll(120), "it stopped saving"
            acknowledged.append(hear.recv())
        time.sleep(seconds)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    try:
        while hear.poll():
            acknowledged.append(hear.recv())
    except (EOFError, OSError):
        pass
    assert process.exitcode == -signal.SIGKILL, "it died of something else than the kill"
    return acknowledged


def moment(chance: random.Random) -> tuple[int, float]:
    return chance.randrange(8), chance.uniform(0.0, 0.03)


@pytest.mark.parametrize("lives", [6, pytest.param(50, marks=pytest.mark.soak)])
def test_every_acknowledged_save_survives_kills_in_mid_save(processes, var, record_property, lives):
    with open_store(var=var) as store:
        submission_id = with_submission(store)
    chance = random.Random(20180610)  # noqa: S311 - moments to die at, no secret
    acknowledged: list[int] = []
    for life in range(lives):
        arguments = (var, submission_id, 3 + life * 100_000)
        acknowledged += live_and_die(processes, saver.save_until_killed, arguments, *moment(chance))
    with open_store(var=var) as store:
        with store.read() as tx:
            held = {(entry.kind, entry.key): entry for entry in tx.entries.all(submission_id)}
            for number in acknowledged:
                if number % 3 == 0:
                    assert held["evidence", f"E{number}"].body == {"sha256": saver.digest_of(number)}
                    assert tx.files.get(submission_id, saver.digest_of(number)) is not None
                else:
                    entry = held["answer", f"{number}"]
                    assert (entry.version, entry.body) == (2, {"note": f"{number}" * 900})  # never the half of a save
            unacknowledged = len(held) - len(acknowledged)
        assert inspect_store(store).faults == ()
    assert len(acknowledged) > lives  # it was killed at work, not at rest
    # At most the one save in flight in each life was kept without its word having been heard.
    assert 0 <= unacknowledged <= lives
    record_property("acknowledged", len(acknowledged))
    print(f"{lives} kills, {len(acknowledged)} acknowledged saves all there, {unacknowledged} more kept unheard")


@pytest.mark.parametrize("lives", [2, pytest.param(8, marks=pytest.mark.soak)])
def test_a_store_whose_making_was_killed_opens(processes, var, lives):
    chance = random.Random(4)  # noqa: S311 - as above
    for life in range(lives):
        live_and_die(processes, saver.make_stores_until_killed, (var / str(life),), *moment(chance))
    made = [path.parent for path in var.glob("*/*/store.db")]
    assert made
    for folder in made[-12:]:
        with open_store(var=folder) as store:
            assert inspect_store(store).faults == ()


@pytest.mark.parametrize("lives", [4, pytest.param(10, marks=pytest.mark.soak)])
def test_a_restore_that_was_killed_leaves_the_old_store_or_the_new_one(processes, tmp_path: Path, now, lives):
    archives = []
    for name in ("甲", "乙"):
        fill(tmp_path / name, now, name)
        with open_store(var=tmp_path / name) as store:
            archives.append(make_backup(store, tmp_path / f"{name}.zip", now).path)
    var = tmp_path / "var"
    fill(var, now, "丙")
    chance = random.Random(10)  # noqa: S311 - as above
    seen = set()
    for _ in range(lives):
        live_and_die(processes, saver.restore_until_killed, (tuple(archives), var), *moment(chance))
        seen.add(note_in(var))
        with open_store(var=var) as store:
            assert inspect_store(store).faults == ()
    assert seen <= {"甲", "乙", "丙"}
    assert len(seen) > 1
