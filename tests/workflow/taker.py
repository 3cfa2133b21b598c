"""The process that rounds/test_taking_kill kills: it takes the stricter rules, county by county."""

from __future__ import annotations

import signal
from multiprocessing.connection import Connection
from pathlib import Path

from storage import open_store
from tests.workflow.rounds.repin_scene import STRICTER
from workflow.office import Office
from workflow.rounds.taking import carry_on


def take_until_killed(var: Path, tell: Connection) -> None:
    """``tell`` gets how many counties have taken them, each time one more has durably, and 0 at the end."""
    office = Office(open_store(None, var), STRICTER)
    tell.send("ready")
    carry_on(office, "2018", lambda done, _: tell.send(done))
    tell.send(0)
    signal.pause()  # it ends by the kill alone
