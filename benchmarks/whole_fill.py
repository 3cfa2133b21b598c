"""A county's whole work in a browser, from nothing to a submission that may be handed over, counted as people feel it.

``python benchmarks/whole_fill.py [-o docs/whole-fill.md] [--keep FOLDER]`` starts the product on an empty store, with a
round of the national standard, and fills in what `sample_submissions/01` says: the coordinator begins, states facts,
accepts the proposed split; three departments upload their scans and answer their rows; the coordinator does the rest.
Every scan is without text, and a third are named 扫描件001.pdf and the like. At the end the exported file is judged and
compared with the sample, row by row. Needs Chromium; takes some minutes. Exit 1 where an aim is missed.

Counted: a value typed; one chosen (of a list, a tick, files picked); one proposed and left as it stood, which somebody
has to look at all the same; presses of a button that saves; pages and rows opened.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
_INSTANT = "2018-06-12T02:00:00+00:00"  # within the sample's round, after its last document
os.environ.setdefault("TEST_NOW", _INSTANT)

from benchmarks.clerk_at_work import CHOSEN, PROPOSED, TYPED, Clerk, Count  # noqa: E402 - run as a script from anywhere, at an instant
from indicators import load_library  # noqa: E402 - run as a script from anywhere, at an instant
from indicators.model import Indicator, Library  # noqa: E402 - as above
from scoring.exchange.reading import read_submission, read_submission_file  # noqa: E402 - as above
from scoring.judging.assess import assess  # noqa: E402 - as above
from scoring.submission import Submission  # noqa: E402 - as above
from storage import open_store  # noqa: E402 - as above
from tests.e2e import chromium  # noqa: E402 - as above
from tests.e2e.conftest import Server, visiting  # noqa: E402 - as above
from ui import navigation  # noqa: E402 - as above
from workflow.accounts.accounts import add_account, person_of  # noqa: E402 - as above
from workflow.accounts.new_account import NewAccount  # noqa: E402 - as above
from workflow.demo.seed import DEMO_PASSWORD, DEMO_ROUND  # noqa: E402 - as above
from workflow.office import Office  # noqa: E402 - as above
from workflow.people import Person, Role  # noqa: E402 - as above
from workflow.rounds.rounds import NewRound, add_round, submissions_in_area  # noqa: E402 - as above
from workflow.submission.assigning import assigned_units  # noqa: E402 - as above
from workflow.submission.exchanging import export_submission  # noqa: E402 - as above
from workflow.submission.snapshot import open_submission  # noqa: E402 - as above

SAMPLE = ROOT / "sample_submissions" / "01-fully-eligible.yaml"
STANDARD, COUNTY = "national-2018", "990222"
COORDINATOR = "minzheng"
DEPARTMENTS = {"gongan": "公安局", "jiaoyu": "教育局", "caizheng": "财政局"}
AIM = 600
_WAYS = (TYPED, CHOSEN, PROPOSED)
_HEAD = """# 一个县从头填到可以送县级人民政府：要填多少

`python benchmarks/whole_fill.py -o docs/whole-fill.md` 在 Chromium 里照样例一的数据走一遍（空的数据目录，
国家标准45项和3项一票否决，一个县级民政部门账号、三个部门账号，账号事先建好）。扫描件都没有文字，每三个有一个叫“扫描件001.pdf”。
县情、分工（按建议）、各部门成批登记材料并填自己牵头的项、县级民政部门填其余各项和申报表。"""
_TAIL = """- **键入、选取**：填进一格，选中一个选项、勾一下、选一份材料，各算一个；一次选好一批文件算一个。
- **照建议未改**：系统先填好、看过没有改的（文件名提出的题名，题名或“用于”提出的种类，整批共同的保管单位，
  区划代码定出的县情），不必动手，也各算一个核对的。
- **合计**是以上三样之和，目标不超过 600；页面上问到的每一处都算在内。
- 不问、所以没有算的：“用于”的那项材料只能是一种文件，而题名说的不是别的，种类就不再问；登记时选了“用于”的，到那一项里
  不用再选；整批共同的责任者填一次，只算一次，不同的各件另填，另算。
- 没有算的：登录，建账号，用不着的格（页数、盒号、说明）。照着现成的数填，不含找材料、催办的时间。
- 题名定种类的词表参照过样例一的题名，别的县照建议未改的会少些。

上一版（2026年11月30日以前）同样数法是 676 个：键入、选取 559 个，照建议未改 117 个。当时与现在不同的：种类 70 个
（现在大多照“用于”，不再问），责任者 70 个（现在同一批的只填一次），清单勾选 82 个（现在两条的清单也可以勾“全部都有”），
整批共同的没有这一行；各项里选材料 75 个，现在在登记时选“用于”；其余各行相同。
更早估计一个县键入、选取约 1000 处，保存 121 次（不是用这个脚本数的）。

离线填报表另由 `python benchmarks/libreoffice_fill.py` 在 LibreOffice 里逐格填写（样例一两个标准共 905 格）、
存盘、读回：各处与样例一相同。
"""


class _Told(dict[str, Count]):
    def __setitem__(self, who: str, count: Count) -> None:
        super().__setitem__(who, count)
        sys.stderr.write(f"{who} {count}\n")


@dataclass(frozen=True)
class Work:
    """Where it is done, and what is to be filled in."""

    browser: Browser
    address: str
    folder: Path
    library: Library
    sample: Submission

    @property
    def rows(self) -> dict[str, Indicator]:
        """Indicators, then vetoes."""
        standard = self.library.standards[STANDARD]
        return {row.id: row for row in (*standard.rows(), *standard.vetoes)}

    @contextmanager
    def clerk(self, username: str) -> Iterator[Clerk]:
        """Signed in, on the workbench; where they stuck a picture stays."""
        with visiting(self.browser, self.address) as visit:
            visit.pass_the_form(self.address, username)
            person = Clerk(visit, self.address, self.rows, self.sample)
            person.open(navigation.WORKBENCH)
            try:
                yield person
            except Exception:
                visit.page.screenshot(path=self.folder / "stuck.png", full_page=True)
                raise
            if visit.unexcused():
                sys.stderr.write(f"{username}'s browser complained: {visit.unexcused()}\n")
                visit.complaints.clear()

    def documents_of(self, row_ids: Sequence[str], but: set[str]) -> list[str]:
        """The sample's documents for these rows, each once, ``but`` those registered already."""
        wanted: dict[str, None] = {}
        for row_id in row_ids:
            answer = self.sample.vetoes.get(row_id) or self.sample.answers[row_id]
            asked = {requirement.id for requirement in self.rows[row_id].evidence}
            for requirement, documents in answer.evidence.items():
                if requirement in asked:
                    wanted |= dict.fromkeys(one for one in documents if one not in but)
        return list(wanted)

    def done(self) -> dict[str, Count]:
        """Everybody's work, in the order it is done; each is told when it is."""
        counts = _Told()
        registered: set[str] = set()
        with self.clerk(COORDINATOR) as county:
            county.save("开始自评", "填报步骤")
            county.facts()
            county.split()
            counts["县级民政部门：开始、县情、分工"] = county.count
        led = _led(self.folder / "var", self.library)
        for name, unit in DEPARTMENTS.items():
            with self.clerk(name) as department:
                own = [row for row, lead in led.items() if lead == f"庚县{unit}"]
                papers = self.documents_of(own, registered)
                department.register(papers, own, self.folder)
                department.answer_all(own)
                registered |= set(papers)
                counts[f"{unit}：{len(papers)} 件材料、{len(own)} 项"] = department.count
        others = {f"庚县{unit}" for unit in DEPARTMENTS.values()}
        with self.clerk(COORDINATOR) as county:
            rest = [row for row in self.rows if led.get(row) not in others]
            papers = self.documents_of(rest, registered)
            county.register(papers, rest, self.folder)
            county.answer_all(rest)
            county.form()
            county.open(navigation.WORKBENCH)
            button = county.visit.page.get_by_role("button", name="送县级人民政府", exact=True)
            expect(button).to_be_enabled(timeout=30_000)
            counts[f"县级民政部门：{len(papers)} 件材料、其余 {len(rest)} 项、申报表"] = county.count
        return counts


def prepared(var: Path, library: Library, sample: Submission) -> None:
    """The round and the accounts, as an administrator has made them."""
    at = datetime.fromisoformat(_INSTANT) - timedelta(days=30)
    period = sample.round.period
    with open_store(var=var) as store:
        office = Office(store, library)
        new = NewRound(DEMO_ROUND, "2018年批次", (STANDARD,), period.first, period.last, apply_by=date(2018, 6, 30))
        add_round(office, None, new, at, demo=True)
        accounts = [NewAccount(COORDINATOR, "庚县民政局", Role.COUNTY_COORDINATOR, COUNTY)]
        accounts += [
            NewAccount(name, f"庚县{unit}", Role.COUNTY_DEPARTMENT, COUNTY, f"庚县{unit}")
            for name, unit in DEPARTMENTS.items()
        ]
        for account in accounts:
            add_account(office, None, account, at, password=DEMO_PASSWORD, demo=True)


def coordinator_of(office: Office) -> Person:
    """The county's."""
    with office.store.read() as tx:
        return next(person_of(account) for account in tx.accounts.all() if account.username == COORDINATOR)


def _led(var: Path, library: Library) -> dict[str, str]:
    """Who leads which row, as the split stands."""
    with open_store(var=var) as store:
        office = Office(store, library)
        person = coordinator_of(office)
        [listed] = submissions_in_area(office, person)
        return {
            row: units[0] for row, units in assigned_units(open_submission(office, person, listed.record.id)).items()
        }


def exported(var: Path, library: Library) -> str:
    """The exchange file, as the coordinator exports it."""
    with open_store(var=var) as store:
        office = Office(store, library)
        person = coordinator_of(office)
        [listed] = submissions_in_area(office, person)
        return export_submission(office, person, listed.record.id)


def differing(filled: Submission, sample: Submission, library: Library) -> list[str]:
    """Rows and vetoes whose verdict is not the sample's under the standard."""
    standard, scheme = library.standards[STANDARD], library.schemes["equal"]
    verdicts = []
    for submission in (filled, sample):
        judged = assess(submission, [standard], scheme).standards[standard.id]
        verdicts.append({result.id: result.outcome for result in (*judged.indicators.values(), *judged.vetoes)})
    return [
        f"{row}: {verdicts[0][row]} ≠ {verdicts[1][row]}" for row in verdicts[1] if verdicts[0][row] != verdicts[1][row]
    ]


def table(counts: Mapping[str, Count], differs: Sequence[str], minutes: float) -> str:
    """Markdown."""
    whole = Count()
    for count in counts.values():
        whole.add(count)
    by_person = [_line(who, _cells(count)) for who, count in counts.items()]
    by_sort = [
        _line(what, (*(whole.number(what=what, how=how) for how in _WAYS), whole.number(what=what)))
        for what in dict.fromkeys(what for what, _ in whole.inputs)
    ]
    same = "与样例一逐项相同" if not differs else f"与样例一不同：{'、'.join(differs)}"
    return (
        f"{_HEAD}\n\n{_heads('谁、做什么', *_WAYS, '合计', '保存', '打开页面或一项')}\n"
        + "\n".join((*by_person, _line("**全县**", _cells(whole))))
        + f"\n\n其中，按填的是什么：\n\n{_heads('填的是什么', *_WAYS, '合计')}\n"
        + "\n".join(by_sort)
        + f"\n\n导出的文件按国家标准评估，结论{same}。脚本共用 {minutes:.0f} 分钟；"
        f"要按第二次才办成的保存 {whole.pressed_again} 次。\n\n{_TAIL}"
    )


def _heads(*heads: str) -> str:
    return f"| {' | '.join(heads)} |\n|---|{'---:|' * (len(heads) - 1)}"


def _line(first: str, numbers: Sequence[int]) -> str:
    return f"| {first} | {' | '.join(map(str, numbers))} |"


def _cells(count: Count) -> tuple[int, ...]:
    return *(count.number(how=how) for how in _WAYS), count.number(), count.saves, count.loads


def main() -> int:
    """Fill in, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--keep", type=Path, help="an empty folder for store, scans and exported file")
    arguments = parser.parse_args()
    library = load_library()
    sample = read_submission_file(SAMPLE, library)
    browser_path = chromium.find()
    if browser_path is None:
        raise SystemExit(chromium.MISSING)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = arguments.keep or Path(temporary)
        prepared(folder / "var", library, sample)
        server = Server(folder, environment={"DEMO": "1"})
        server.start()
        fonts = folder / "fonts.conf"
        fonts.write_text(f'<?xml version="1.0"?><fontconfig><dir>{ROOT}/templates/fonts</dir></fontconfig>')
        drawing: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(chromium.FLAGS), env=drawing)
        try:
            counts = Work(browser, server.address, folder, library, sample).done()
        finally:
            browser.close()
            server.stop()
        text = exported(folder / "var", library)
        (folder / "filled.yaml").write_text(text, encoding="utf-8")
        differs = differing(read_submission(text, "filled.yaml", library), sample, library)
    told = table(counts, differs, (time.monotonic() - began) / 60)
    sys.stdout.write(told)
    if arguments.output:
        arguments.output.write_text(told, encoding="utf-8")
    return 1 if differs or sum(count.number() for count in counts.values()) > AIM else 0


if __name__ == "__main__":
    sys.exit(main())
