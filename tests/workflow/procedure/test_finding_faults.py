"""What a finding's methods must rest on, where each fault is marked, and that its measures decide nothing."""

from __future__ import annotations

import pytest

from tests.workflow.office_room import (
    COUNTY,
    LIBRARY,
    NOW,
    PREFECTURE,
    opened_by,
    put_everywhere,
    put_submission,
    whole_content,
    write,
)
from workflow.errors import Refused
from workflow.states import State
from workflow.submission.judging import judged_at
from workflow.targets import Target

ROW = "4.3.1"  # 审阅材料、听取汇报、舆情监测、走访居民
WHY = "县里没有报来台账，到派出所看了出警记录"
MET = {"finding": "met", "date": "2018-07-02"}
SEARCH = {"scope": "本县涉及儿童的警情和报道", "where": "本市政务舆情系统", "date": "2018-07-02", "results": 0}
VISIT = {
    "level": "prefecture",
    "date": "2018-07-02",
    "places": ["城关派出所"],
    "methods": ["resident_visit"],
    "rows": {ROW: "翻看出警记录三十份，都有回访"},
}
TARGET, VISITED = Target.finding("prefecture", ROW), Target.site_visit("prefecture", 1)


@pytest.fixture
def county(office) -> int:
    with office.store.write("scene", NOW) as tx:
        return put_submission(tx, COUNTY, State.SUBMITTED, whole_content()).id


REFUSED = {
    "a visit nobody recorded": (
        {},
        {"methods": ["resident_visit"]},
        "须有本级的实地评估记录",
        ("methods", "resident_visit"),
    ),
    "a visit by another method": (
        {VISITED: {**VISIT, "methods": ["site_visit"]}},
        {"methods": ["resident_visit"]},
        "须有本级的实地评估记录",
        ("methods", "resident_visit"),
    ),
    "a visit that does not name the row": (
        {VISITED: {**VISIT, "rows": {"4.3.2": VISIT["rows"][ROW]}}},
        {"methods": ["resident_visit"]},
        "须有本级的实地评估记录",
        ("methods", "resident_visit"),
    ),
    "the other level's visit": (
        {Target.site_visit("province", 1): {**VISIT, "level": "province"}},
        {"methods": ["resident_visit"]},
        "须有本级的实地评估记录",
        ("methods", "resident_visit"),
    ),
    "a search nobody recorded": (
        {},
        {"methods": ["public_opinion_monitoring"]},
        "检索记录没有写明",
        ("searched", "scope"),
    ),
    "a method the standards do not print, without a word": (
        {VISITED: {**VISIT, "methods": ["on_site_check"]}},
        {"methods": ["on_site_check"]},
        "不是标准对本项列明的评估方法",
        ("reason",),
    ),
    "met, with a measure that is not": (
        {},
        {"measures": {"cases_notified": "not_met"}},
        "没有认定为达标",
        ("measures", "cases_notified"),
    ),
    "a measure the row does not have": ({}, {"measures": {"villages": "met"}}, "villages", ("measures", "villages")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_finding_that_rests_on_nothing_is_refused_at_its_field(office, county, case) -> None:
    there, more, told, path = REFUSED[case]
    put_everywhere(office, county, there)
    with pytest.raises(Refused, match=told) as refusal:
        write(office, PREFECTURE, county, (TARGET, {**MET, **more}))
    assert (TARGET, path) in refusal.value.places


KEPT = {
    "a visit of this level that names the row": {"methods": ["resident_visit"]},
    "a recorded search": {"methods": ["public_opinion_monitoring"], "searched": SEARCH},
    "another method, with why": {"methods": ["on_site_check"], "reason": WHY},
    "a measure by itself": {"finding": "not_met", "reason": WHY, "measures": {"cases_notified": "not_met"}},
    "the material looked at": {"evidence": {"notification_summary": ["E01"]}},
}


@pytest.mark.parametrize("case", KEPT)
def test_a_finding_that_rests_on_its_record_is_kept(office, county, case) -> None:
    methods = [*VISIT["methods"], "on_site_check"]
    put_everywhere(
        office, county, {VISITED: {**VISIT, "methods": methods}, Target.evidence("E01"): {"title": "对照表"}}
    )
    write(office, PREFECTURE, county, (TARGET, {**MET, **KEPT[case]}))
    assert opened_by(office, PREFECTURE, county).entries[TARGET].body == {**MET, **KEPT[case]}


def test_a_method_that_stood_before_does_not_keep_its_reason_from_being_mended(office, county) -> None:
    put_everywhere(office, county, {TARGET: {**MET, "methods": ["resident_visit"]}})
    write(office, PREFECTURE, county, (TARGET, {**MET, "methods": ["resident_visit"], "reason": WHY}))
    assert opened_by(office, PREFECTURE, county).content.findings["prefecture"][ROW].reason == WHY


def test_what_is_found_of_a_measure_decides_nothing(office, county) -> None:
    not_met = {**MET, "finding": "not_met", "reason": WHY}
    write(office, PREFECTURE, county, (TARGET, not_met))
    before = judged_at(office, opened_by(office, PREFECTURE, county), "prefecture")
    write(
        office,
        PREFECTURE,
        county,
        (TARGET, {**not_met, "measures": {"cases_notified": "met", "fulfilment": "not_met"}}),
    )
    assert judged_at(office, opened_by(office, PREFECTURE, county), "prefecture") == before
    assert {m.id for m in LIBRARY.standards["national-2018"].row(ROW).measures} >= {"cases_notified", "fulfilment"}


def test_a_visit_a_finding_rests_on_is_not_taken_from_under_it(office, county) -> None:
    put_everywhere(office, county, {VISITED: VISIT})
    write(office, PREFECTURE, county, (TARGET, {**MET, "methods": ["resident_visit"]}))
    for body in (None, {**VISIT, "rows": {}}, {**VISIT, "methods": ["site_visit"]}):
        with pytest.raises(Refused, match=f"{ROW} 的认定采用“走访居民”"):
            write(office, PREFECTURE, county, (VISITED, body))
    write(office, PREFECTURE, county, (VISITED, {**VISIT, "notes": "又看了一处"}))
    write(office, PREFECTURE, county, (TARGET, {**MET, "methods": ["document_review"]}))
    write(office, PREFECTURE, county, (VISITED, None))
    assert opened_by(office, PREFECTURE, county).content.site_visits == ()
