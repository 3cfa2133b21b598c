"""A round pins the township standard, alone or beside the national one, and a county goes the whole way in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from scoring.exchange.writing import write_submission
from scoring.submission import Division, Round
from storage import open_store
from tests.scoring.filling import fill
from tests.township.rules import SCHEME, STANDARD
from tests.workflow.office_room import (
    COORDINATOR,
    FORM,
    GOVERNMENT,
    NOW,
    PREFECTURE,
    PROVINCE,
    good_finding,
    move,
    opened_by,
    write,
)
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.matrix import matrix
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.procedure.reviewing import rows_to_find
from workflow.rounds.rounds import NewRound, add_round, start_submission
from workflow.submission.exchanging import import_submission, plan_import
from workflow.targets import Target
from workflow.verdicts.reading import kept_verdicts

PINNED = {"alone": (STANDARD,), "beside": ("national-2018", STANDARD)}
PERIOD = (date(2017, 1, 1), date(2018, 6, 30))


@pytest.fixture
def office(library, tmp_path) -> Iterator[Office]:
    with open_store(None, tmp_path / "var") as store:
        yield Office(store, library, SCHEME)


def give_opinion(office, who, number, level):
    opened = opened_by(office, who, number)
    body = {"text": draft_opinion(office, opened, level), "date": "2018-07-02", "by": opinion_author(opened, level)}
    write(office, who, number, (Target.opinion(level), body))


def find_all(office, who, number, level):
    left = rows_to_find(opened_by(office, who, number), level)
    write(office, who, number, *((Target.finding(level, row), good_finding(row)) for row in left))
    return left


@pytest.mark.parametrize("pinned", PINNED.values(), ids=PINNED)
def test_a_county_goes_from_the_first_answer_to_the_ministry(pinned, office):
    made = add_round(office, None, NewRound("2018", "演示批次", pinned, *PERIOD), NOW, demo=True)
    assert made.fingerprints == {one: office.library.standards[one].fingerprint for one in pinned}
    number = start_submission(office, COORDINATOR, "2018", NOW).id
    filled = replace(
        fill([office.library.standards[one] for one in pinned], {"township_kind": "town"}),
        division=Division("990121", "甲县"),
        form=FORM,
    )
    filled = replace(filled, round=Round("2018", pinned, filled.round.period))
    plan = plan_import(office, COORDINATOR, number, write_submission(filled), "county.yaml")
    import_submission(office, COORDINATOR, number, plan, NOW)
    assert move(office, COORDINATOR, number, "hand_over").state == "awaiting_government"
    give_opinion(office, GOVERNMENT, number, "county_government")
    assert move(office, GOVERNMENT, number, "release").state == "submitted"
    rows = find_all(office, PREFECTURE, number, "prefecture")
    assert len(rows) == sum(len(office.library.standards[one].rows()) for one in pinned)
    give_opinion(office, PREFECTURE, number, "prefecture")
    assert move(office, PREFECTURE, number, "prefecture_recommend").state == "prefecture_recommended"
    visit = {"level": "province", "date": "2018-07-02", "places": ["城关镇儿童之家"], "methods": ["site_visit"]}
    write(office, PROVINCE, number, (Target("site_visit", "province/001"), visit))
    find_all(office, PROVINCE, number, "province")
    give_opinion(office, PROVINCE, number, "province")
    assert move(office, PROVINCE, number, "province_recommend").state == "province_recommended"
    area = matrix(office, PROVINCE, "2018", "province")
    assert area is not None
    assert [line.eligible for line in area.told] == [True]
    with office.store.read() as tx:
        [kept] = kept_verdicts(office, tx, [area.told[0].record], {area.round.id: area.round}, "province").values()
    assert kept.standards[STANDARD].score.scheme == SCHEME


def test_a_county_with_the_veto_present_is_not_handed_over(office):
    add_round(office, None, NewRound("2018", "演示批次", (STANDARD,), *PERIOD), NOW, demo=True)
    number = start_submission(office, COORDINATOR, "2018", NOW).id
    filled = replace(fill(office.library.standards[STANDARD], {"township_kind": "town"}), form=FORM)
    filled = replace(filled, division=Division("990121", "甲县"))
    text = re.sub(r"drownings: 0", "drownings: 1", write_submission(filled))
    import_submission(office, COORDINATOR, number, plan_import(office, COORDINATOR, number, text, "x.yaml"), NOW)
    with pytest.raises(Refused, match="V4"):
        move(office, COORDINATOR, number, "hand_over")


def test_a_round_of_strangers_with_the_same_numbers_is_refused(office):
    national = replace(office.library.standards["national-2018"], id="other-2020")
    standards = {**office.library.standards, "other-2020": national}
    with_stranger = Office(office.store, replace(office.library, standards=standards))
    with pytest.raises(Refused, match=r"national-2018 与 other-2020 互不叠加，却都有编号 1\.1\.1"):
        add_round(with_stranger, None, NewRound("2018", "演示", ("national-2018", "other-2020"), *PERIOD), NOW)
