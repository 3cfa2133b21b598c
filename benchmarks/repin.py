"""How long 换用现行规则 keeps everybody else from writing: its longest transaction beside an ordinary save's.

``python benchmarks/repin.py 129`` makes a demo province of that many counties, or uses the one an earlier run left
there, takes a copy of it, raises a threshold, has the round take the new rules and times each writing transaction from
its BEGIN to its COMMIT.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import update  # noqa: E402 - the path comes first

from benchmarks.lists import province  # noqa: E402 - the path comes first
from storage.clock import now  # noqa: E402 - the path comes first
from storage.database.tables import submissions  # noqa: E402 - the path comes first
from storage.records import SubmissionRecord  # noqa: E402 - the path comes first
from storage.store import Store, Transaction  # noqa: E402 - the path comes first
from tests.workflow.upgraded import repin_round, stricter, with_standards  # noqa: E402 - the path comes first
from workflow.accounts.accounts import person_of  # noqa: E402 - the path comes first
from workflow.demo.seed import DEMO_ROUND  # noqa: E402 - the path comes first
from workflow.office import Office  # noqa: E402 - the path comes first
from workflow.states import State  # noqa: E402 - the path comes first
from workflow.submission.checking import Edit  # noqa: E402 - the path comes first
from workflow.submission.saving import save  # noqa: E402 - the path comes first
from workflow.submission.snapshot import open_submission  # noqa: E402 - the path comes first
from workflow.targets import Target  # noqa: E402 - the path comes first

_DECIDED = (State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, State.DECLINED)
_SAVES = 40


class Timed:
    """Times each writing transaction of a store while it is in force."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.processor: list[float] = []  # the same whatever else the machine does

    @contextmanager
    def watching(self) -> Iterator[None]:
        """In here."""
        original = Store.write

        @contextmanager
        def write(store: Store, *arguments: Any, **named: Any) -> Iterator[Transaction]:  # noqa: ANN401 - passed on
            with original(store, *arguments, **named) as tx:
                clock, processor = time.perf_counter(), time.thread_time()
                yield tx
            self.clock.append(time.perf_counter() - clock)
            self.processor.append(time.thread_time() - processor)

        Store.write = write  # type: ignore[method-assign]  # what is measured
        try:
            yield
        finally:
            Store.write = original  # type: ignore[method-assign]  # as it was


def undecided(office: Office) -> list[SubmissionRecord]:
    """A round in which a level has decided keeps its rules: here nobody has."""
    with office.store.engine.begin() as connection:
        connection.execute(
            update(submissions).where(submissions.c.state.in_([s.value for s in _DECIDED])).values(state="submitted")
        )
    with office.store.read() as tx:
        return list(tx.submissions.all(round_id=DEMO_ROUND))


def saves(office: Office, drafts: list[SubmissionRecord]) -> Timed:
    """The writing transactions of a clerk's saves."""
    timed = Timed()
    for number, record in enumerate((drafts * _SAVES)[:_SAVES]):
        with office.store.read() as tx:
            account = tx.accounts.by_username(f"xian{record.division_code}")
        if account is None:
            raise RuntimeError(f"no clerk in {record.division_code}")
        clerk, target = person_of(account), Target.answer("3.3.2")
        opened = open_submission(office, clerk, record.id)
        entry = opened.entries.get(target)
        body = {} if entry is None else entry.body
        edit = Edit(target, {**body, "note": f"第{number}次核对"}, opened.version(target))
        with timed.watching():
            save(office, clerk, record.id, [edit], now())
    return timed


def main() -> int:
    """Measure one size."""
    parser = argparse.ArgumentParser(description="Time the longest lock of a round's taking other rules.")
    parser.add_argument("counties", type=int, nargs="?", default=129)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "demo-provinces")
    options = parser.parse_args()
    made = options.folder / str(options.counties)
    province(made, options.counties).store.close()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(made, Path(folder) / "var"))
        office = province(copied, options.counties)
        records = undecided(office)
        drafts = [r for r in records if r.state == State.DRAFT and r.division_code.startswith("99")]
        clerks = [r for r in drafts if _has_clerk(office, r)]
        ordinary = saves(office, clerks)
        later = replace(office, library=with_standards(stricter()))
        timed, begun = Timed(), time.perf_counter()
        with timed.watching():
            repin_round(later, None, DEMO_ROUND, "试", now())
        whole = time.perf_counter() - begun
        office.store.close()
    print(f"{len(records)} counties: {whole:.1f} s in all, {len(timed.clock)} writing transactions")
    for what, here, beside in (
        ("by the clock", timed.clock, ordinary.clock),
        ("processor", timed.processor, ordinary.processor),
    ):
        save_s, longest, middle = statistics.median(beside), max(here), statistics.median(here)
        print(
            f"{what:12} an ordinary save {save_s * 1000:7.1f} ms, the longest here {longest * 1000:8.1f} ms "
            f"({longest / save_s:.1f} times), the median {middle * 1000:7.1f} ms ({middle / save_s:.1f} times)"
        )
    return 0


def _has_clerk(office: Office, record: SubmissionRecord) -> bool:
    with office.store.read() as tx:
        return tx.accounts.by_username(f"xian{record.division_code}") is not None


if __name__ == "__main__":
    sys.exit(main())
