"""How long a reviewer's lists take: workbench and matrix of a whole province, from kept verdicts and judged anew.

``python benchmarks/lists.py 129 2851`` makes a demo province of that many counties in a folder of its own (a province
of thousands takes some minutes), or uses the one that an earlier run left there, and times what the pages read.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from indicators import load_library  # noqa: E402 - the path comes first
from scoring.memory import tune_gc  # noqa: E402 - the path comes first
from storage import open_store  # noqa: E402 - the path comes first
from storage.clock import now  # noqa: E402 - the path comes first
from workflow.accounts.accounts import person_of  # noqa: E402 - the path comes first
from workflow.demo.seed import DEMO_ROUND, has_province, seed_demo, seed_province  # noqa: E402 - the path comes first
from workflow.office import Office  # noqa: E402 - the path comes first
from workflow.overview.matrix import matrix  # noqa: E402 - the path comes first
from workflow.overview.overview import workbench  # noqa: E402 - the path comes first
from workflow.people import Person  # noqa: E402 - the path comes first
from workflow.permissions import may_read  # noqa: E402 - the path comes first
from workflow.rounds.contents import read_many  # noqa: E402 - the path comes first
from workflow.states import State  # noqa: E402 - the path comes first

REVIEWER = "yanshisheng"


def province(var: Path, how_many: int) -> Office:
    """An office on a demo province of that many counties."""
    office = Office(open_store(var=var), load_library())
    if not has_province(office):
        seed_demo(office, ROOT, now())
        seed_province(office, ROOT, how_many, now())
    return office


def judged_anew(office: Office, person: Person) -> None:
    """What a list did before verdicts were kept: read and judge whatever the person may read."""
    with office.store.read() as tx:
        records = tx.submissions.all(round_id=DEMO_ROUND)
        readable = [record for record in records if may_read(person, record.division_code, State(record.state))]
        for one in read_many(office, tx, readable):
            office.judge(one.content, one.round)


def seconds(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median of processor time and of time by the clock."""
    spent: list[tuple[float, float]] = []
    for _ in range(rounds):
        gc.collect()
        processor, clock = time.process_time(), time.perf_counter()
        run()
        spent.append((time.process_time() - processor, time.perf_counter() - clock))
    return statistics.median(p for p, _ in spent), statistics.median(c for _, c in spent)


def main() -> int:
    """Measure each size."""
    parser = argparse.ArgumentParser(description="Time the reviewers' lists over demo provinces.")
    parser.add_argument("counties", type=int, nargs="*", default=[129, 2851])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "demo-provinces")
    parser.add_argument("-n", "--rounds", type=int, default=5)
    options = parser.parse_args()
    for how_many in options.counties:
        office = province(options.folder / str(how_many), how_many)
        tune_gc()
        with office.store.read() as tx:
            account = tx.accounts.by_username(REVIEWER)
        if account is None:
            raise RuntimeError(f"no account {REVIEWER} in {options.folder}")
        person = person_of(account)
        lists: dict[str, Callable[[], object]] = {
            "workbench": lambda: workbench(office, person, now()),  # noqa: B023 - run within this turn
            "matrix, county": lambda: matrix(office, person, DEMO_ROUND),  # noqa: B023
            "matrix, province": lambda: matrix(office, person, DEMO_ROUND, "province"),  # noqa: B023
        }
        before, _ = seconds(lambda: judged_anew(office, person), 1)  # noqa: B023
        print(f"{how_many} counties: read and judged anew {before * 1000:.0f} ms of processor time")
        for name, run in lists.items():
            processor, clock = seconds(run, options.rounds)
            print(
                f"  {name:<18} {processor * 1000:7.0f} ms processor, {clock * 1000:7.0f} ms clock"
                f"   judged anew / it {before / processor:6.1f}"
            )
        office.store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
