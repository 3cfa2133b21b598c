"""Every table that is taken away: who may have it, what stands in it, and that a page offers it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scoring.spreadsheets.tables import Table, table_csv, table_xlsx
from storage.records import ReturnItem
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    GOVERNMENT,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    ROWS,
    copied,
    person,
    put_submission,
    review_content,
    whole_content,
)
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.states import State
from workflow.tables.asked import Asked
from workflow.tables.named import TABLES, named_table
from workflow.tables.notes import DEMO_WORDS
from workflow.targets import Target
from workflow.verdicts.rejudging import rejudge

UI = Path(__file__).parents[3] / "ui"
HOSTILE = "=cmd|'/c calc'!A1"
STRANGER = person(Role.COUNTY_COORDINATOR, NEIGHBOUR)
EVERYBODY = (COORDINATOR, GOVERNMENT, DEPARTMENT, PREFECTURE, PROVINCE, OBSERVER, ADMINISTRATOR, STRANGER)
OF_COUNTY = {COORDINATOR, GOVERNMENT, DEPARTMENT}
READERS = OF_COUNTY | {PREFECTURE, PROVINCE, OBSERVER}
ASSIGNING = {COORDINATOR, GOVERNMENT}
KEEPERS = {STRANGER, COORDINATOR, PREFECTURE, PROVINCE, ADMINISTRATOR}
# name → what its address asks, who gets it. 甲县's submission is asked for; a list over an area is everybody's, of
# what each may know of: how many lines each gets stands below.
RIGHTS = {
    "worklist": ({}, set(EVERYBODY)),
    "dividing": ({}, {PREFECTURE, PROVINCE}),
    "loads": ({}, {PREFECTURE, PROVINCE}),
    "pending": ({"round": "2018"}, set(EVERYBODY)),
    "matrix": ({"round": "2018", "level": "county", "standard": "national-2018"}, set(EVERYBODY) - {ADMINISTRATOR}),
    "rulings": ({"round": "2018", "level": "prefecture"}, set(EVERYBODY)),
    "habits": ({"round": "2018", "level": "prefecture"}, set(EVERYBODY)),
    "chasing": ({"s": "1"}, OF_COUNTY),
    "gaps": ({"s": "1"}, OF_COUNTY),
    "assignment": ({"s": "1"}, ASSIGNING),
    "departments": ({"s": "1"}, ASSIGNING),
    "register": ({"s": "1"}, READERS),
    "levels": ({"s": "1"}, READERS),
    "moves": ({"s": "1"}, READERS),
    "repins": ({"s": "1"}, READERS),
    "changes": ({"s": "1"}, READERS),
    "returns": ({"s": "1"}, READERS),
    "checks": ({"s": "1"}, READERS),
    "remarks": ({"s": "1", "level": "prefecture"}, READERS),
    "visits": ({"s": "1"}, READERS),
    "local": ({"s": "1"}, READERS),
    "accounts": ({}, KEEPERS),
    "log": ({}, {ADMINISTRATOR}),
    "rounds": ({}, {ADMINISTRATOR}),
    "standard": ({"id": "national-2018"}, set(EVERYBODY)),
    "policy": ({"id": "xuchang-2017-38"}, set(EVERYBODY)),
}
LINES_OVER_AN_AREA = {
    "worklist": {OBSERVER: 2, PROVINCE: 2, PREFECTURE: 2, COORDINATOR: 1, STRANGER: 1, ADMINISTRATOR: 0},
    "matrix": {OBSERVER: 2, PROVINCE: 2, PREFECTURE: 2, COORDINATOR: 1, STRANGER: 1},
    # 乙县's findings are in the making: the prefecture's own
    "rulings": {OBSERVER: len(ROWS), PREFECTURE: 2 * len(ROWS), COORDINATOR: len(ROWS), STRANGER: 0, ADMINISTRATOR: 0},
    "habits": {OBSERVER: 1, PREFECTURE: 1, STRANGER: 0, ADMINISTRATOR: 0},
    "remarks": {PREFECTURE: 2, PROVINCE: 1, OBSERVER: 0, COORDINATOR: 0},
}


@pytest.fixture(scope="module")
def office(begun: Callable[[bool], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = copied(begun(with_draft=False), tmp_path_factory.mktemp("tables") / "var")
    given = review_content("prefecture")
    content = whole_content()
    document = next(target for target in content if target.kind == "evidence")
    remarks = {
        Target.doubt("prefecture", "3.3.2"): {"reason": "花名册与系统相差三人", "settles": "逐人核对后说明"},
        Target.note("prefecture", "001"): {"to": "internal", "text": HOSTILE},
        document: {**content[document], "title": HOSTILE},
    }
    with made.store.write("shi", EARLIER) as tx:
        record = put_submission(tx, COUNTY, State.RETURNED, content | given | remarks)
        item = ReturnItem(1, "3.3.2", "花名册与系统相差三人，请核对")
        notice = tx.returns.add(record.id, level="prefecture", items=[item], due=date(2018, 7, 25))
        tx.returns.close(notice.id)
        for version, state in ((2, State.SUBMITTED), (3, State.PREFECTURE_RECOMMENDED)):
            tx.moves.add(record.id, move="scene", to_state=state.value, expected_version=version)
        put_submission(tx, NEIGHBOUR, State.SUBMITTED, whole_content(NEIGHBOUR) | given)
        for who in (PREFECTURE, PROVINCE):
            tx.accounts.add(
                username=who.username, display_name=who.display_name, password_hash=who.username, role=who.role,
                division_code=who.division_code,
            )  # fmt: skip
    rejudge(made, lambda: NOW)
    yield made
    made.store.close()


def table(office: Office, who: Person, name: str) -> Table:
    query = {key: (value,) for key, value in RIGHTS[name][0].items()}
    return named_table(name, Asked(office, who, NOW, query))


def test_the_table_of_rights_knows_every_table_and_no_other() -> None:
    assert RIGHTS.keys() == TABLES.keys()


@pytest.mark.parametrize("name", TABLES)
def test_whoever_may_have_a_table_gets_it_and_others_learn_nothing(office, name) -> None:
    for who in EVERYBODY:
        if who not in RIGHTS[name][1]:
            with pytest.raises(Refused) as refusal:
                table(office, who, name)
            assert refusal.value.code in {"not_found", "wrong_role"}, who.role
            continue
        made = table(office, who, name)
        assert all(len(row) == len(made.columns) for row in made.rows), who.role
        expected = LINES_OVER_AN_AREA.get(name, {}).get(who)
        assert expected in {None, len(made.rows)}, (who.role, len(made.rows))


@pytest.mark.parametrize("name", TABLES)
def test_each_is_written_dead_dated_and_the_same_twice(office, name) -> None:
    who = next(who for who in EVERYBODY if who in RIGHTS[name][1])
    made = table(office, who, name)
    written = table_xlsx(made)
    assert written == table_xlsx(table(office, who, name))
    book = load_workbook(BytesIO(written))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert (book.worksheets[0].freeze_panes, book.sheetnames[-1]) == ("A2", "说明")
    notes = {str(row[0].value): row[1].value for row in book["说明"].iter_rows()}
    assert notes["制表时间"].isoformat() == "2018-07-02T12:00:00"
    if "s" in RIGHTS[name][0] or "round" in RIGHTS[name][0]:
        assert notes["批次"] == "演示批次（2018）"
        assert DEMO_WORDS in notes
    assert table_csv(made).decode("utf-8-sig").count("\r\n") >= len(made.rows) + 1


def test_what_the_tables_say_is_what_was_entered(office) -> None:
    register = table(office, COORDINATOR, "register")
    assert HOSTILE in {row[1] for row in register.rows}
    assert any(isinstance(cell, date) for row in register.rows for cell in row)
    levels = {row[0]: row for row in table(office, PROVINCE, "levels").rows}
    assert levels["3.3.2"][2:5] == ("达标", "达标", "达标")
    assert list(levels) == list(ROWS)
    (item,) = table(office, COORDINATOR, "returns").rows
    assert (item[0], item[3], item[5], item[7]) == (1, date(2018, 7, 25), "3.3.2", "花名册与系统相差三人，请核对")
    assert len(table(office, COORDINATOR, "moves").rows) == 3
    of_reviewer = table(office, PREFECTURE, "moves").rows
    assert [line[1] for line in of_reviewer].count("一并认定") == 1
    matrix = table(office, PREFECTURE, "matrix")
    told = {row[2]: dict(zip(matrix.columns, row, strict=True)) for row in matrix.rows}
    assert told["甲县"]["3.3.2"] == "达标（存疑）"
    beside = {"id": ("national-2018",), "beside": ("yunnan-2018",)}
    standards = named_table("standard", Asked(office, COORDINATOR, NOW, beside))
    assert len(standards.rows) == 48
    assert standards.columns[-2:] == ("云南标准原文", "是否相同")
    same = {row[0]: row[-1] for row in standards.rows}
    assert (same["1.1.1"], same["1.1.3"]) == ("不同", "相同")
    assert {row[-1] for row in standards.rows} == {"相同", "不同"}


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("secrets", {}),
        ("register", {"s": ("4711",)}),
        ("register", {"s": ("1' OR 1=1",)}),
        ("register", {"s": ("9" * 40,)}),
        ("register", {}),
        ("matrix", {"round": ("2018",), "level": ("county",), "standard": ("none",)}),
        ("matrix", {"round": ("2018",), "level": ("village",), "standard": ("national-2018",)}),
        ("rulings", {"round": ("2019",), "level": ("prefecture",)}),
        ("standard", {"id": ("../x",)}),
        ("policy", {}),
        *(("log", {name: (day,)}) for name in ("first", "last") for day in ("0001-01-01", "9999-12-31", "20180702")),
    ],
)
def test_what_is_wrong_in_an_address_is_not_there(office, name, query) -> None:
    with pytest.raises(Refused) as refusal:
        named_table(name, Asked(office, ADMINISTRATOR if name == "log" else PROVINCE, NOW, query))
    assert refusal.value.code == "not_found"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "20180702", "2018-W01-1", "2018-02-30", "明天"])
def test_a_paper_is_dated_to_a_day_as_people_write_it(office, day) -> None:
    asked = Asked(office, PROVINCE, NOW, {"day": (day,)})
    with pytest.raises(Refused) as refusal:
        _ = asked.printed_on
    assert refusal.value.code == "not_found"


def test_a_page_offers_each_table_and_none_that_is_not_there() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    offered = set(re.findall(r"""(?:table_links|links_html)\(\s*["'](\w+)["']""", sources))
    assert offered == TABLES.keys()
