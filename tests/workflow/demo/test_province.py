"""The demo province: every state, nothing the procedure would have refused, the same counties each time."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest

from scoring.assessment import VERDICTS, Assessment
from scoring.submission import Submission
from storage.care.integrity import inspect_store
from storage.clock import local_date
from storage.records import SubmissionRecord
from tests.demonstration import COUNTIES, PROJECT
from tests.demonstration import PROVINCE_DAY as TODAY
from tests.workflow.office_room import office_at
from workflow.accounts.accounts import person_of
from workflow.accounts.sign_in import sign_in
from workflow.demo.seed import DEMO_PASSWORD, MOST_COUNTIES, has_province, seed_demo, seed_province, shown_accounts
from workflow.divisions import has_prefecture, prefecture_of
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.matrix import matrix
from workflow.overview.worklist import worklist
from workflow.rounds.contents import read_many
from workflow.states import State


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """Made once: these tests only look."""
    office = office_at(tmp_path_factory.mktemp("province") / "var")
    seed_demo(office, PROJECT, TODAY)
    yield office, seed_province(office, PROJECT, COUNTIES, TODAY)
    office.store.close()


class Judged(NamedTuple):
    record: SubmissionRecord
    content: Submission
    assessment: Assessment


@pytest.fixture(scope="module")
def invented(province) -> Callable[[str], list[Judged]]:
    """The invented counties judged at a level; each level once."""
    office, _ = province
    return cache(lambda level: judged_at(office, level))


def judged_at(office: Office, level: str) -> list[Judged]:
    with office.store.read() as tx:
        records = [record for record in tx.submissions.all() if record.division_code >= "990300"]
        several = read_many(office, tx, [record for record in records if record.division_code != "999001"])
    return [Judged(one.record, one.content, office.judge(one.content, one.round, level)) for one in several]


def test_counties_stand_in_every_state_and_some_have_not_begun(province, invented) -> None:
    office, made = province
    assert made.total() == COUNTIES - 7
    assert set(made) == {*State, None}
    states = Counter(State(judged.record.state) for judged in invented("county"))
    assert states == Counter({state: count for state, count in made.items() if state is not None})
    seen = matrix(office, shown(office, "yanshisheng"), "demo")
    assert len(seen.lines) + len(seen.missing) == COUNTIES


def shown(office: Office, username: str):
    return next(person_of(account) for account in shown_accounts(office) if account.username == username)


def test_what_was_handed_on_qualifies_and_no_prefecture_recommends_more_than_one(invented) -> None:
    unreached = {State.DRAFT, State.WITHDRAWN}
    assert all(j.assessment.eligible for j in invented("county") if State(j.record.state) not in unreached)
    for level, states in (
        ("prefecture", {State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED}),
        ("province", {State.PROVINCE_RECOMMENDED}),
    ):
        judged = [
            j
            for j in invented(level)
            if State(j.record.state) in states and (level == "province" or has_prefecture(j.record.division_code))
        ]
        assert judged
        assert all(j.assessment.eligible for j in judged)
        assert "finding_before_opinion" not in {one.code for j in judged for one in j.assessment.warnings}
    recommended = Counter(
        prefecture_of(j.record.division_code)
        for j in invented("county")
        if State(j.record.state) in {State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED}
    )
    recommended.pop(None, None)
    assert set(recommended.values()) == {1}


def test_figures_differ_and_verdicts_are_of_every_kind(province, invented) -> None:
    office, _ = province
    judged = invented("county")
    assert len({j.content.facts["population"] for j in judged if "population" in j.content.facts}) > COUNTIES * 0.8
    given = Counter(
        result.verdict for j in judged for result in j.assessment.standards["yunnan-2018"].indicators.values()
    )
    assert set(VERDICTS) - given.keys() <= {"needs_judgement"}
    returned = [j for j in judged if j.record.state == State.RETURNED]
    with office.store.read() as tx:
        notices = [tx.returns.open_one(j.record.id) for j in returned]
    assert all(notice.items for notice in notices)
    assert {notice.due < local_date(TODAY) for notice in notices} == {True, False}


def test_the_store_is_sound_and_nothing_was_done_in_the_future(province) -> None:
    office, _ = province
    inspection = inspect_store(office.store)
    assert inspection.faults == ()
    with office.store.read() as tx:
        assert max(entry.at for entry in tx.audit.entries(limit=None)) <= TODAY
        assert {entry.actor for entry in tx.audit.entries(limit=None, action="submission.move")} > {"yanshisheng"}


def test_its_people_sign_in_and_see_their_own(province) -> None:
    office, _ = province
    with office.store.read() as tx:
        codes = sorted({a.division_code for a in tx.accounts.all(division_prefix="9903")})
    prefecture, county = codes[0], codes[1]
    for username in (f"shi{prefecture}", f"xian{county}", f"zhengfu{county}"):
        sign_in(office, username, DEMO_PASSWORD, "127.0.0.1", TODAY)
    with office.store.read() as tx:
        reviewer = person_of(tx.accounts.by_username(f"shi{prefecture}"))
    assert {line.record.division_code[:4] for line in worklist(office, reviewer, TODAY)} == {"9903"}


def test_the_same_number_makes_the_same_province(province, seeded_province, tmp_path) -> None:
    office, _ = province
    again = office_at(shutil.copytree(seeded_province, tmp_path / "var"))
    assert written(office) == written(again)
    again.store.close()


def written(office: Office) -> list[tuple[object, ...]]:
    """Every act but signing in, whose sessions are other tests' doing."""
    with office.store.read() as tx:
        entries = tx.audit.entries(limit=None)
    return [
        (e.at, e.actor, e.action, e.subject, e.submission_id, e.detail) for e in entries if "session" not in e.action
    ]


@pytest.mark.parametrize("how_many", [7, MOST_COUNTIES + 1])
def test_too_few_and_too_many_are_refused(tmp_path, how_many) -> None:
    office = office_at(tmp_path / "var")
    with pytest.raises(Refused) as refused:
        seed_province(office, PROJECT, how_many, TODAY)
    assert refused.value.code == "bad_counties"
    assert not has_province(office)
    office.store.close()


def test_said_twice_it_is_refused(province) -> None:
    office, _ = province
    assert has_province(office)
    with pytest.raises(Refused) as refused:
        seed_province(office, PROJECT, COUNTIES, TODAY)
    assert refused.value.code == "already_seeded"
