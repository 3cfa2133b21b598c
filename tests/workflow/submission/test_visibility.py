"""A level's findings, visits and opinion are its own until it has moved the submission on."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scoring.exchange.reading import read_submission
from scoring.submission import OPINION_LEVELS
from storage.clock import local_date
from tests.workflow.office_room import COUNTY, EARLIER, LIBRARY, add_round, office_at, put_submission
from workflow.analysis.tidy import tidy_table
from workflow.errors import Refused
from workflow.papers.rounds import RoundAsked, round_paper
from workflow.people import Person, Role
from workflow.states import State
from workflow.submission.exchanging import export_submission
from workflow.submission.snapshot import open_submission
from workflow.submission.tracing import history_of, moves_made
from workflow.targets import Target

AREAS = {
    Role.COUNTY_COORDINATOR: COUNTY,
    Role.COUNTY_GOVERNMENT: COUNTY,
    Role.PREFECTURE_REVIEWER: COUNTY[:4] + "00",
    Role.PROVINCE_REVIEWER: COUNTY[:2] + "0000",
    Role.OBSERVER: "000000",
}
GIVEN_FROM = {
    "county": {State.SUBMITTED, State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, State.DECLINED},
    "prefecture": {State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED},
    "province": {State.PROVINCE_RECOMMENDED},
}
WRITER = {
    "county": Role.COUNTY_GOVERNMENT,
    "prefecture": Role.PREFECTURE_REVIEWER,
    "province": Role.PROVINCE_REVIEWER,
}
NOW = datetime(2018, 7, 1, tzinfo=UTC)
WORDS = {
    Target.finding("prefecture", "1.1.1"): {"finding": "met", "date": "2018-07-01"},
    Target.finding("province", "1.1.1"): {"finding": "met", "date": "2018-07-01"},
    Target("site_visit", "prefecture/001"): {"level": "prefecture", "date": "2018-07-01", "places": ["演示乡"]},
    Target("site_visit", "province/001"): {"level": "province", "date": "2018-07-01", "places": ["演示乡"]},
    Target.doubt("prefecture", "1.1.1"): {"reason": "市级的疑点", "settles": "市级要看的材料"},
    Target.doubt("province", "1.1.1"): {"reason": "省级的疑点", "settles": "省级要看的材料"},
    Target.note("prefecture", "001"): {"to": "internal", "text": "市级自己看的"},
    Target.note("province", "001"): {"to": "county", "text": "省级要告知县里补充的材料"},
    Target.visit_plan("prefecture"): {"places": ["演示乡"]},
    Target.visit_plan("province"): {"places": ["演示乡"]},
    Target.opinion("county_government"): {"text": "县级意见", "date": "2018-06-01"},
    Target.opinion("prefecture"): {"text": "市级意见", "date": "2018-06-02"},
    Target.opinion("province"): {"text": "省级意见", "date": "2018-06-03"},
    **{Target.scan(level): {"file": "盖章.pdf", "sha256": "0" * 64} for level in OPINION_LEVELS},
}


@pytest.fixture
def office(tmp_path):
    made = office_at(tmp_path / "var")
    yield made
    made.store.close()


def somebody(role: Role) -> Person:
    return Person(1, "someone", "某人", role, AREAS[role])


@pytest.mark.parametrize(("state", "role"), list(itertools.product(State, AREAS)))
def test_words_not_given_yet_are_seen_by_their_own_level_alone(office, state: State, role: Role) -> None:
    with office.store.write("scene", EARLIER) as tx:
        add_round(tx)
        number = put_submission(tx, COUNTY, state).id
        for (kind, key), body in WORDS.items():
            tx.entries.put(number, kind, key, body, 0)
    person = somebody(role)
    try:
        opened = open_submission(office, person, number)
    except Refused:
        pytest.skip("此环节此身份看不到申报内容")
    expected = {t for t in WORDS if state in GIVEN_FROM[t.level] or role is WRITER[t.level]}
    if role is not Role.PREFECTURE_REVIEWER:
        above = role is Role.PROVINCE_REVIEWER and state in GIVEN_FROM["prefecture"]
        expected -= set() if above else {Target.doubt("prefecture", "1.1.1"), Target.visit_plan("prefecture")}
    if role is not Role.PROVINCE_REVIEWER:
        expected -= {Target.doubt("province", "1.1.1"), Target.visit_plan("province")}
    expected -= {t for t in WORDS if t.is_note and role is not WRITER[t.level]}
    assert set(opened.entries) & set(WORDS) == expected
    assert {Target.of(line) for line in history_of(office, person, number, list(WORDS))} == expected
    exported = read_submission(export_submission(office, person, number), "out", LIBRARY)
    assert {f"opinion.{name}" for name in exported.opinions} == {k for k, _ in expected if k.startswith("opinion.")}
    assert {f"finding.{name}" for name in exported.findings} == {k for k, _ in expected if k.startswith("finding.")}
    assert len(exported.site_visits) == sum(kind == "site_visit" for kind, _ in expected)


INNER = "县内的话：数字先核准再报"


def test_what_the_county_s_people_wrote_to_one_another_stays_with_them(office) -> None:
    path = ("hand_over", "awaiting_government"), ("hand_back", "draft"), ("hand_over", "awaiting_government")
    with office.store.write("scene", EARLIER) as tx:
        add_round(tx)
        number = put_submission(tx, COUNTY, State.DRAFT).id
        for version, (name, state) in enumerate((*path, ("release", "submitted")), start=1):
            tx.moves.add(number, move=name, to_state=state, expected_version=version, reason=INNER)
    told = {role: [one.reason for one in moves_made(office, somebody(role), number).values()] for role in AREAS}
    for role, reasons in told.items():
        within = role in {Role.COUNTY_COORDINATOR, Role.COUNTY_GOVERNMENT}
        assert reasons == [INNER if within else None] * 3 + [INNER], role
    table = tidy_table(office, somebody(Role.PREFECTURE_REVIEWER), "moves", NOW, "2018")
    assert [row[-1] for row in table.rows] == [None, None, None, INNER]
    asked = RoundAsked(somebody(Role.OBSERVER), "2018", "county", local_date(NOW), "xlsx")
    book = load_workbook(BytesIO(round_paper(office, "decisions", asked).content))
    assert [row[-1].value for row in book.worksheets[0].iter_rows(min_row=2)] == [None, None, None, INNER]
