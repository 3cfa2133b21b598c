"""Every page of every role works in a round that pins the township standard, alone and beside the national one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from indicators.installation import RULES_DIR
from scoring.exchange.reading import read_submission_file
from scoring.exchange.writing import write_submission
from scoring.submission import Form
from storage import open_store
from storage.clock import now
from tests.scoring.filling import fill
from tests.township.rules import ELIGIBLE, SCHEME, STANDARD
from tests.ui.county.pages import Page
from ui import navigation
from ui import rules as installed
from ui.office import replace_office
from workflow.accounts.accounts import NewAccount, add_account
from workflow.content import bodies_from
from workflow.office import Office
from workflow.people import Role
from workflow.rounds.rounds import NewRound, add_round
from workflow.states import State
from workflow.targets import CONTENT_KINDS

pytestmark = pytest.mark.day_shown

PEOPLE = (
    NewAccount("xian", "甲县民政局", Role.COUNTY_COORDINATOR, "990121"),
    NewAccount("bumen", "甲县公安局", Role.COUNTY_DEPARTMENT, "990121", "甲县公安局"),
    NewAccount("zhengfu", "甲县人民政府", Role.COUNTY_GOVERNMENT, "990121"),
    NewAccount("shi", "演示州民政局", Role.PREFECTURE_REVIEWER, "990100"),
    NewAccount("sheng", "演示省民政厅", Role.PROVINCE_REVIEWER, "990000"),
    NewAccount("guancha", "观察员", Role.OBSERVER, "000000"),
    NewAccount("guanli", "系统管理员", Role.ADMINISTRATOR, "000000"),
)
VIEWS = ("row", "table", "agree", "visits", "changes", "opinion", "decide", "print")
_WITH_VIEWS = {navigation.APPRAISAL.path, navigation.FIELD.path, navigation.READING.path}
PINNED = {"alone": (STANDARD,), "beside": ("national-2018", STANDARD)}
FORM = Form("甲县民政局", "李某", "0990-5521016", "周某（股长）", "0990-5521018", "甲县位于演示州东部。")


@pytest.fixture(scope="module", params=PINNED)
def office(request, rules, library, tmp_path_factory) -> Iterator[Office]:
    """An office working by these rules, with one round and 甲县's submission in it, sent on; the tests only look."""
    setting = pytest.MonkeyPatch()
    setting.setenv(RULES_DIR, str(rules))
    installed.library.cache_clear()
    made = Office(open_store(None, tmp_path_factory.mktemp("township-var")), library, SCHEME)
    replace_office(made)
    for account in PEOPLE:
        add_account(made, None, account, now(), demo=True)
    pinned = PINNED[request.param]
    add_round(made, None, NewRound("r", "演示批次", pinned, date(2017, 1, 1), date(2018, 6, 30)), now(), demo=True)
    put_county(made, pinned)
    yield made
    replace_office(None)
    setting.undo()
    installed.library.cache_clear()
    made.store.close()


def put_county(office: Office, pinned: tuple[str, ...]) -> None:
    standards = [office.library.standards[one] for one in pinned]
    filled = replace(fill(standards, {"township_kind": "town"}), form=FORM)
    with office.store.write("scene", now()) as tx:
        record = tx.submissions.add(round_id="r", division_code="990121", division_name="甲县", state="draft")
        for (kind, key), body in bodies_from(filled).items():
            if kind in CONTENT_KINDS:
                tx.entries.put(record.id, kind, key, body, 0)
        tx.moves.add(record.id, move="scene", to_state=State.SUBMITTED.value, expected_version=1)


@pytest.mark.parametrize("account", PEOPLE, ids=lambda one: one.username)
def test_every_page_of_the_role_shows(office, account):
    page = Page(office, account.username, navigation.WORKBENCH)
    for one in navigation.pages_for(account.role):
        for view in VIEWS if one.path in _WITH_VIEWS else ("",):
            page.go(one, s="1", row="7.1.2", **({"view": view} if view else {}))
            assert page.text.strip(), (one.title, view)


def test_the_row_shows_its_own_words_measures_and_verdict(office):
    page = Page(office, "xian", navigation.ASSESS, s="1", row="6.1.2")
    assert "80%以上的村民小组至少确定1名联络员。" in page.text
    assert "村民小组数" in page.text


def test_a_veto_that_is_not_the_first_shows(office):
    page = Page(office, "xian", navigation.ASSESS, s="1", row="V4")
    assert "近一年内发生儿童溺亡事故的。" in page.text


def test_the_reviewer_finds_by_its_rows(office):
    page = Page(office, "shi", navigation.APPRAISAL, s="1", view="row", row="7.1.1")
    assert "设有寄宿学校的，宿管、校医、保安配备齐全。" in page.text


def test_the_trial_pages_judge_it_and_name_the_province_s_scheme(office):
    page = Page(office, "guancha", navigation.JUDGE)
    content = write_submission(read_submission_file(ELIGIBLE, office.library))
    page.app.get("file_uploader")[0].upload("township.yaml", content.encode(), "application/yaml")
    page.run()
    assert "7 项指标" in page.text
    assert "进度 100/100" in page.text
    assert "演示省优选计分办法（演示）" in page.text
    for one in (navigation.INDICATOR, navigation.COUNTY, navigation.EVIDENCE, navigation.FORM):
        page.go(one)
        assert page.text.strip()


def test_the_administrator_sees_what_the_round_pins(office):
    page = Page(office, "guanli", navigation.ROUNDS)
    assert "乡镇示范标准（演示）" in page.text
    assert office.library.standards[STANDARD].fingerprint[:12] in page.text


def test_the_page_of_standards_names_both_where_a_standard_prints_methods_and_units(office):
    page = Page(office, "guancha", navigation.STANDARDS, standard=STANDARD)
    assert "评估方法、责任单位" in page.text
    assert "7 项指标，1 项一票否决" in page.text
    page.go(navigation.STANDARDS, standard="national-2018")
    assert "责任单位" not in page.html.partition("<thead>")[2].partition("</thead>")[0]
