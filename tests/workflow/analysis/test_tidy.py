"""Tidy tables: what stands in them, for whom, in every format; and ``docs/tables.md``, whose Python runs as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from scoring.spreadsheets.parquet import table_parquet
from scoring.spreadsheets.tables import table_csv, table_xlsx
from storage.__main__ import COMMANDS, REFUSALS
from storage.cli import run
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DIRECT,
    EARLIER,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    ROWS,
    copied,
    put_submission,
    review_content,
    whole_content,
)
from workflow.analysis.columns import TIDY_TABLES
from workflow.analysis.tidy import tidy_table
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.states import State
from workflow.tables.notes import DEMO_WORDS
from workflow.targets import Target
from workflow.verdicts.rejudging import rejudge

PAGE = (Path(__file__).parents[3] / "docs" / "tables.md").read_text(encoding="utf-8")
KINDS = {"text": "文字", "count": "整数", "number": "数", "truth": "是或否", "date": "日期", "datetime": "时刻"}


@pytest.fixture(scope="module")
def made(begun: Callable[[bool], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Path]]:
    """甲县 recommended by its prefecture, 乙县 still there with findings in the making, a draft under the province."""
    var = tmp_path_factory.mktemp("analysis") / "var"
    office = copied(begun(with_draft=False), var)
    given = review_content("prefecture")
    with office.store.write("shi", EARLIER) as tx:
        put_submission(tx, COUNTY, State.PREFECTURE_RECOMMENDED, whole_content() | given)
        put_submission(tx, NEIGHBOUR, State.SUBMITTED, whole_content(NEIGHBOUR) | given)
        put_submission(tx, DIRECT, State.DRAFT, whole_content(DIRECT))
    rejudge(office, lambda: NOW)
    yield office, var
    office.store.close()


def frame(office: Office, person: Person, name: str) -> pd.DataFrame:
    return pd.read_parquet(BytesIO(table_parquet(tidy_table(office, person, name, NOW, "2018"))))


def test_the_tables_join_and_say_what_the_store_says(made) -> None:
    office, _ = made
    submissions = frame(office, OBSERVER, "submissions").set_index("division_code")
    assert list(submissions.readable) == [True, True, False]
    assert (submissions.eligible_county[COUNTY], submissions.eligible_county[DIRECT]) == (True, None)
    assert submissions.submission.dtype == "int64"
    ids = submissions.submission
    verdicts = frame(office, OBSERVER, "verdicts")
    assert set(verdicts.submission) == {ids[COUNTY], ids[NEIGHBOUR]}
    assert len(verdicts[(verdicts.level == "county") & (verdicts.submission == ids[COUNTY])]) == 2 * 48
    assert verdicts[verdicts.level == "county"].passed.all()
    figures = frame(office, OBSERVER, "figures")
    of_county = figures[(figures.submission == ids[COUNTY]) & (figures.row == "3.3.2")]
    stored = whole_content()[Target.answer("3.3.2")]
    rate = of_county[of_county.measure == "out_of_pocket_reimbursement"].set_index("part").value
    assert {name: Decimal(int(value)) for name, value in rate.items()} == stored["measures"][
        "out_of_pocket_reimbursement"
    ]
    judged = of_county[of_county.kind == "judgement"].iloc[0]
    assert (judged.value, judged.text) == (1, next(iter(stored["judgements"].values()))["reason"])
    assert figures[(figures.measure == "population") & (figures.submission == ids[COUNTY])].kind.item() == "fact"
    evidence = frame(office, OBSERVER, "evidence")
    assert {target.key for target in whole_content() if target.kind == "evidence"} == set(evidence.evidence)
    assert set(evidence[evidence.row == "3.3.2"].requirement) <= set(stored["evidence"]) | {"nil_return"}
    assert isinstance(evidence.date.dropna().iloc[0], date)
    moves = frame(office, OBSERVER, "moves")
    assert list(moves.number) == [1, 1]


@pytest.mark.parametrize(
    ("person", "readable", "counties_with_findings"),
    [
        (OBSERVER, {COUNTY, NEIGHBOUR}, {COUNTY}),
        (PROVINCE, {COUNTY, NEIGHBOUR}, {COUNTY}),
        (PREFECTURE, {COUNTY, NEIGHBOUR}, {COUNTY, NEIGHBOUR}),
        (COORDINATOR, {COUNTY}, {COUNTY}),
        (ADMINISTRATOR, set(), set()),
    ],
    ids=lambda value: getattr(value, "role", None),
)
def test_each_gets_what_it_may_read_and_no_finding_in_the_making(
    made, person, readable, counties_with_findings
) -> None:
    office, _ = made
    everybody = frame(office, OBSERVER, "submissions").set_index("submission").division_code
    for name in ("figures", "evidence", "moves"):
        assert set(frame(office, person, name).submission.map(everybody)) == readable, name
    findings, verdicts = frame(office, person, "findings"), frame(office, person, "verdicts")
    assert set(findings.submission.map(everybody)) == counties_with_findings
    assert len(findings) == len(counties_with_findings) * len(ROWS)
    at_prefecture = verdicts[verdicts.level == "prefecture"]
    assert set(at_prefecture.submission.map(everybody)) == counties_with_findings
    making = {everybody[one] for one in at_prefecture[at_prefecture.in_making].submission}
    assert making == counties_with_findings & {NEIGHBOUR}


def test_the_sheet_of_notes_tells_round_rules_columns_and_the_demonstration(made) -> None:
    office, _ = made
    table = tidy_table(office, OBSERVER, "findings", NOW)
    notes = load_workbook(BytesIO(table_xlsx(table)))["说明"]
    told = {str(row[0].value): str(row[1].value) for row in notes.iter_rows()}
    assert told["批次"] == "演示批次（2018）"
    assert DEMO_WORDS in told
    fingerprints = {standard.fingerprint for standard in office.library.standards.values()}
    assert sum(any(one in words for one in fingerprints) for words in told.values()) == 2
    assert {f"列“{column.heading}”" for column in table.typed} <= set(told)
    for write in (table_xlsx, table_csv, table_parquet):
        assert write(table) == write(tidy_table(office, OBSERVER, "findings", NOW))
    with pytest.raises(Refused, match="没有编号为“2019”的批次"):
        tidy_table(office, OBSERVER, "findings", NOW, "2019")


def test_the_page_lists_every_column_and_no_other() -> None:
    told = {}
    for part in PAGE.split("\n## `")[1:]:
        name, _, rest = part.partition("`")
        told[name] = re.findall(r"^\| `(\w+)` \| (\S+) \| (.+) \|$", rest, re.MULTILINE)
    assert told == {
        name: [(column.heading, KINDS[column.kind], column.means) for column in table.columns]
        for name, table in TIDY_TABLES.items()
    }


def test_the_page_s_python_answers_its_question_from_the_command_s_files(made, tmp_path, monkeypatch, capfdbinary):
    _, var = made
    monkeypatch.chdir(tmp_path)
    for name in ("submissions", "verdicts"):
        assert run(["table", name, "-o", f"{name}.parquet", "--var", str(var)], COMMANDS, REFUSALS) == 0
    names: dict[str, object] = {}
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(block, "docs/tables.md", "exec"), names)  # noqa: S102 - the page's own code is the subject
    assert names["answer"].empty  # 两县都全部达标
    assert names["verdicts"].groupby(["submission", "level", "standard"]).row.nunique().eq(48).all()
    capfdbinary.readouterr()
    assert run(["table", "moves", "-o", "-", "--var", str(var)], COMMANDS, REFUSALS) == 0
    assert capfdbinary.readouterr().out.decode("utf-8-sig").startswith("submission,round,number,")
    for wrong in (["-o", "x.ods"], ["-o", "verdicts.parquet"], ["-o", "x.csv", "--as", "nobody"]):
        assert run(["table", "verdicts", *wrong, "--var", str(var)], COMMANDS, REFUSALS) == 2
