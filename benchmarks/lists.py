"""What a reviewer's lists cost the server: workbench and matrix of a whole province, against bare pages.

``python benchmarks/lists.py 129 2851`` makes a demo province of that many counties in a folder of its own (a province
of thousands takes some minutes), or uses the one that an earlier run left there, and serves it. Each page is run again
in turn with a bare page of as many widgets of the same kinds: compare ratios, not milliseconds. ``first``: the first
time anybody opens the page after the server was started, when nothing is in memory yet.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.load import PROVINCE, Step, looking  # noqa: E402 - the path comes first
from benchmarks.servers import Server, all_serving  # noqa: E402 - the path comes first
from benchmarks.websocket_session import Session, signed_in  # noqa: E402 - the path comes first
from indicators import load_library  # noqa: E402 - the path comes first
from storage import open_store  # noqa: E402 - the path comes first
from storage.clock import now  # noqa: E402 - the path comes first
from workflow.demo.seed import DEMO_PASSWORD, has_province, seed_demo, seed_province  # noqa: E402 - the path comes first
from workflow.office import Office  # noqa: E402 - the path comes first
from workflow.verdicts.rejudging import rejudge  # noqa: E402 - the path comes first

PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "workbench": ("", {}),
    "workbench, found by pinyin": ("", {"q": "jx"}),
    "workbench, sorted": ("", {"sort": "differing", "down": "1"}),
    "matrix": ("matrix", {}),
}
_CLICKS = 5


def province(var: Path, how_many: int) -> Office:
    """An office on a demo province of that many counties."""
    office = Office(open_store(var=var), load_library())
    if not has_province(office):
        seed_demo(office, ROOT, now())
        seed_province(office, ROOT, how_many, now())
    rejudge(office, now)  # one that an earlier release left
    return office


async def measured(servers: dict[str, Server], rounds: int) -> None:
    """A line for each page."""
    product, bare = servers["product"], servers["bare"]
    cookie = signed_in(product.address, PROVINCE, DEMO_PASSWORD)
    async with AsyncExitStack() as stack:
        pairs: list[tuple[Step, Step, float]] = []
        for name, (page, query) in PAGES.items():
            before = product.cpu()
            session = await stack.enter_async_context(Session(product.address, page, query, cookie))
            first = product.cpu() - before
            as_many = {kind: str(number) for kind, number in session.count().items()}
            plain = await stack.enter_async_context(Session(bare.address, "", as_many))
            pairs.append((Step(name, looking(session), product), Step("bare", looking(plain), bare), first))
        for number in range(rounds + 1):
            for step, beside, _ in pairs:
                await beside.turn(number, _CLICKS)
                await step.turn(number, _CLICKS)
    for step, beside, first in pairs:
        print(
            f"| {step.name} | {1000 * first:.0f} | {1000 * statistics.median(step.cpu):.0f} "
            f"| {1000 * statistics.median(step.seconds):.0f} | {step.received / 1000:.0f} | {step.ratio(beside):.1f} |"
        )


def main() -> int:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counties", type=int, nargs="*", default=[129, 2851])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "demo-provinces")
    parser.add_argument("-n", "--rounds", type=int, default=5)
    options = parser.parse_args()
    for how_many in options.counties:
        var = options.folder / str(how_many)
        province(var, how_many).store.close()
        print(f"\n{how_many} counties\n\n| page, run again | first, CPU ms | CPU ms | wait ms | kB | × bare page |")
        print("|---|---:|---:|---:|---:|---:|", flush=True)
        scripts = {"product": "app.py", "bare": "benchmarks/bare_page.py"}
        with (
            tempfile.TemporaryDirectory() as logs,
            all_serving(scripts, Path(logs), DATA_DIR=str(var), DEMO="1") as servers,
        ):
            asyncio.run(measured(servers, options.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
