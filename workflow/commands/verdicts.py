"""``judge``: after a release that judges otherwise, judge anew at the machine what the service else does at its start;
and what ``verify`` asks of kept verdicts.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from indicators import load_library
from indicators.installation import scheme_id
from indicators.reading.problems import ProblemsError
from storage.cli import Command, say
from storage.clock import now
from storage.store import Store
from workflow.commands.opening import office_of
from workflow.errors import Refused
from workflow.office import Office, known_scheme
from workflow.verdicts.rejudging import rejudge
from workflow.verdicts.verifying import verdict_faults


def kept_verdicts_hold(store: Store) -> Iterator[str]:
    """Each kept verdict that is not what judging anew gives; one line where the rules cannot be read."""
    try:
        library = load_library()
        office = Office(store, library, known_scheme(library, scheme_id()))
    except (ProblemsError, Refused) as broken:
        yield f"结论没有核对，因为读不出规则：{broken}"
        return
    yield from verdict_faults(office)


def _arguments(_: ArgumentParser) -> None:
    pass


def _run(arguments: Namespace) -> int:
    with office_of(arguments, create=False) as office:
        done = rejudge(office, now, tell=lambda turned: say(f"结论有变：{turned}"))
    say(f"已重新判断 {done} 件申报。" if done else "各件申报的结论都是本程序按现行判断方法作出的，没有要重新判断的。")
    return 0


JUDGE = Command("judge", "升级后重新判断结论已旧的申报（服务启动时也会自动进行）", _arguments, _run)
