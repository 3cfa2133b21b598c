"""How long a province's accounts take from their list: read, hash, write, print the slips, against hashing alone.

``python benchmarks/account_list.py [-n 277]``. A password's hash is slow by design, so the whole is told as a ratio of
processor time to hashing as many passwords one after another and nothing else; seconds on the clock vary with who else
is at work. argon2 works in four threads of its own for every hash, so that one after another keeps several cores busy
too; the list hashes two at a time, for the moments between. Exit 1 when the whole takes more than half as much again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from indicators import load_library  # noqa: E402 - the path comes first
from storage import open_store  # noqa: E402 - the path comes first
from storage.clock import now  # noqa: E402 - the path comes first
from workflow.accounts.listed_accounts import make_listed, preview_list  # noqa: E402 - the path comes first
from workflow.accounts.new_account import made_up  # noqa: E402 - the path comes first
from workflow.accounts.passwords import hash_password  # noqa: E402 - the path comes first
from workflow.accounts.slips import printed_slips  # noqa: E402 - the path comes first
from workflow.divisions import counties  # noqa: E402 - the path comes first
from workflow.office import Office  # noqa: E402 - the path comes first

AIM = 1.5


def listed(how_many: int) -> bytes:
    """A list of that many accounts of counties, as a province would write it."""
    lines = [
        f"{kind}{county.code},{county.name}{unit},{role},{county.code},"
        for county in counties("000000")
        for kind, unit, role in (("mz", "民政局", "县级民政部门"), ("zf", "人民政府", "县级人民政府"))
        if not county.demo
    ]
    return "\n".join(["账号,姓名,角色,行政区划代码,部门", *lines[:how_many]]).encode("gb18030")


def whole(how_many: int, var: Path) -> None:
    """From the bytes of the list to the bytes of the slips."""
    with open_store(var=var) as store:
        office = Office(store, load_library())
        preview = preview_list(office, None, listed(how_many))
        if preview.faults:
            raise SystemExit(str(preview.faults[0]))
        printed_slips(None, make_listed(office, None, preview.new, now()))


def hashing(how_many: int) -> None:
    """As many passwords hashed the same way, one after another, and nothing else."""
    for _ in range(how_many):
        hash_password(made_up())


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    what()
    return time.perf_counter() - began, time.process_time() - worked


def main() -> int:
    """Print both and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=277)
    how_many = parser.parse_args().n
    load_library()
    alone = timed(lambda: hashing(how_many))
    with tempfile.TemporaryDirectory() as folder:
        all_of_it = timed(lambda: whole(how_many, Path(folder)))
    ratio, clock = all_of_it[1] / alone[1], all_of_it[0] / alone[0]
    sys.stdout.write(
        f"{how_many} accounts: {all_of_it[0]:.1f} s ({all_of_it[1]:.1f} s CPU); hashing alone {alone[0]:.1f} s "
        f"({alone[1]:.1f} s CPU); ratio {ratio:.2f} (aim ≤ {AIM}), on the clock {clock:.2f}\n"
    )
    return 0 if ratio <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
