"""换用现行规则, killed (-9) again and again on its way: in order at every stop, and in the end as if never stopped."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from indicators.building.pinned import kept_text
from storage import open_store
from storage.care.integrity import inspect_store
from storage.store import Store
from tests.storage.care.test_kill import live_and_die
from tests.workflow import taker
from tests.workflow.office_room import (
    ADMINISTRATOR,
    EARLIER,
    LIBRARY,
    NOW,
    STANDARDS,
    add_round,
    office_at,
    put_submission,
    review_content,
    whole_content,
)
from tests.workflow.rounds.repin_scene import REASON, STRICTER
from workflow.demo.province import SEED
from workflow.invented_divisions import invented_counties
from workflow.office import Office
from workflow.rounds.repinning import begin_repin
from workflow.rounds.taking import carry_on, under_way
from workflow.states import State
from workflow.verdicts.rejudging import rejudge
from workflow.verdicts.verifying import verdict_faults

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")
COUNTIES = 12
RELEASED = (State.SUBMITTED, review_content("prefecture"))


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(1, 9))
def test_killed_on_its_way_it_is_in_order_and_ends_as_if_never_stopped(tmp_path, record_property, turn) -> None:
    var, straight = tmp_path / "var", tmp_path / "straight"
    begun(var)
    shutil.copytree(var, straight)
    with open_store(None, straight) as store:
        carry_on(Office(store, STRICTER), "2018")
        wanted = standing(store)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.workflow.taker"])
    chance = random.Random(turn)  # noqa: S311 - moments to die at, no secret
    kills = last = 0
    while last < COUNTIES:
        after = chance.randint(0, min(2, COUNTIES - last))
        told = live_and_die(processes, taker.take_until_killed, (var,), after, chance.uniform(0, 0.06))
        kills += 1
        with open_store(None, var) as store:
            office = Office(store, STRICTER)
            assert inspect_store(store, [lambda _, office=office: verdict_faults(office)]).faults == ()
            done = next((each.done for each in under_way(office)), COUNTIES)
        assert done >= max(told, default=last)
        last = done
    with open_store(None, var) as store:
        carry_on(Office(store, STRICTER), "2018")  # the last kill may have come before the end
        assert standing(store) == wanted
        assert inspect_store(store).faults == ()
    record_property("kills", kills)
    record_property("counties", COUNTIES)


def begun(var: Path) -> None:
    """A round of many counties, in half of which the prefecture has found, marked as taking the stricter rules."""
    office = office_at(var)
    with office.store.write("scene", EARLIER) as tx:
        add_round(tx)
        for one in STANDARDS:
            standard = LIBRARY.standards[one]
            tx.pinned_standards.keep(one, standard.fingerprint, kept_text(standard))
        for number, code in enumerate(invented_counties(COUNTIES, SEED)):
            state, bodies = RELEASED if number % 2 else (State.DRAFT, {})
            put_submission(tx, code, state, whole_content(code) | bodies)
    rejudge(office, lambda: EARLIER)
    begin_repin(Office(office.store, STRICTER), ADMINISTRATOR, "2018", REASON, NOW)
    office.store.close()


def standing(store: Store) -> object:
    """All that a repin changes; what was written when, and by whom, is in the log."""
    with store.read() as tx:
        numbers = [record.id for record in tx.submissions.all()]
        entries = [[(e.kind, e.key, e.body, e.version) for e in tx.entries.all(number)] for number in numbers]
        log = [(e.actor, e.action, e.subject, e.at) for e in tx.audit.entries(limit=None)]
        records = [replace(record, stamp=0) for record in tx.submissions.all()]
        return tx.rounds.all(), entries, [tx.verdicts.of(number) for number in numbers], records, log
