"""Verdicts of other judging code: never shown as current, judged anew in batches, stopped and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.workflow.office_room import (
    COUNTY,
    NEIGHBOUR,
    NOW,
    PROVINCE,
    copied,
    office_at,
    put_submission,
    whole_content,
)
from workflow.office import Office
from workflow.overview.matrix import matrix
from workflow.overview.worklist import worklist
from workflow.states import State
from workflow.verdicts import judging_code as code
from workflow.verdicts import keeping, reading, rejudging
from workflow.verdicts.rejudging import outdated, rejudge
from workflow.verdicts.verifying import verdict_faults


@pytest.fixture(scope="module")
def template(begun, tmp_path_factory) -> tuple[Path, tuple[int, int]]:
    """Two counties handed up, judged by this code. Made once, closed."""
    var = tmp_path_factory.mktemp("two") / "var"
    office = copied(begun(with_draft=False), var)
    with office.store.write("scene", NOW) as tx:
        first, second = (
            put_submission(tx, division, State.SUBMITTED, whole_content(division)).id
            for division in (COUNTY, NEIGHBOUR)
        )
    assert outdated(office) == (first, second)
    assert rejudge(office, lambda: NOW) == 2
    assert outdated(office) == ()
    office.store.close()
    return var, (first, second)


@pytest.fixture
def office(template, tmp_path) -> Iterator[Office]:
    """An office on a copy of it."""
    made = copied(template[0], tmp_path / "var")
    yield made
    made.store.close()


@pytest.fixture
def two(template) -> tuple[int, int]:
    """Their numbers."""
    return template[1]


def kept_in(office, tx):
    return reading.kept_verdicts(office, tx, tx.submissions.all(), {one.id: one for one in tx.rounds.all()})


def release_with_other_code(monkeypatch) -> None:
    for module in (keeping, reading, rejudging):
        monkeypatch.setattr(module, "judging_code", lambda: "0" * 64)
    assert code.judging_code() != "0" * 64


def test_old_verdicts_are_never_shown_as_current(office, two, monkeypatch) -> None:
    assert len(matrix(office, PROVINCE, "2018").told) == 2
    office = office_at(office.store.var)
    release_with_other_code(monkeypatch)
    picture = matrix(office, PROVINCE, "2018")
    assert (picture.told, len(picture.without(reading.REJUDGING))) == ((), 2)
    lines = worklist(office, PROVINCE, NOW)
    assert [(line.rejudging, line.differing) for line in lines] == [(True, None)] * 2
    assert rejudge(office, lambda: NOW) == 2
    assert len(matrix(office, PROVINCE, "2018").told) == 2
    assert not any(line.rejudging for line in worklist(office, PROVINCE, NOW))
    assert list(verdict_faults(office)) == []


def test_what_turned_is_named_and_nothing_else(office, two, monkeypatch) -> None:
    with office.store.write("scene", NOW) as tx:
        [kept] = [one for one in tx.verdicts.of(two[0]) if (one.level, one.standard) == ("county", "yunnan-2018")]
        verdicts = {**kept.verdicts, "3.3.2": "unproven", "V2": "present"}
        tx.verdicts.keep([replace(kept, verdicts=verdicts, eligible=False, code="1" * 64)])
    told: list[str] = []
    assert rejudge(office, lambda: NOW, tell=told.append) == 1
    [said] = told
    assert said.startswith("甲县（批次 2018，县级，yunnan-2018）：")
    assert {"3.3.2 佐证不足→达标", "V2 有此情形→无此情形", "总结论 尚不符合→符合"} == set(
        said.removesuffix("。").partition("：")[2].split("，")
    )
    release_with_other_code(monkeypatch)
    assert rejudge(office, lambda: NOW, tell=told.append) == 2
    assert told == [said], "judged by other code, and the same as before"


def test_stopped_half_way_it_goes_on_with_the_rest(office, two, monkeypatch) -> None:
    release_with_other_code(monkeypatch)
    monkeypatch.setattr(rejudging, "_AT_ONCE", 1)

    def stop(done: int, whole: int) -> None:
        assert (done, whole) == (1, 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rejudge(office, lambda: NOW, stop)
    assert outdated(office) == (two[1],)
    assert len(matrix(office, PROVINCE, "2018").told) == 1
    assert rejudge(office, lambda: NOW) == 1
    assert outdated(office) == ()


def test_people_write_between_two_batches(office, two, monkeypatch) -> None:
    release_with_other_code(monkeypatch)
    monkeypatch.setattr(rejudging, "_AT_ONCE", 1)
    wrote = []

    def somebody_else(done: int, _whole: int) -> None:
        with office.store.write("zhang", NOW) as tx:
            tx.entries.put(two[0], "form", f"note{done}", "文字", 0)
            wrote.append(done)

    rejudge(office, lambda: NOW, somebody_else)
    assert wrote == [1, 2]


def test_other_rules_of_a_round_make_its_verdicts_old(office, two) -> None:
    with office.store.write("scene", NOW) as tx:
        round_record = tx.rounds.get("2018")
        tx.rounds.repin("2018", {**round_record.fingerprints, "yunnan-2018": "0" * 64}, "另换")
    with office.store.read() as tx:
        assert kept_in(office, tx) == {}
    assert outdated(office) == (), "规则已不在的批次没有可判断的"


def test_points_by_another_scheme_are_not_shown_until_counted_anew(office, two, monkeypatch) -> None:
    with office.store.read() as tx:
        assert kept_in(office, tx)[two[0]].standards["national-2018"].score.value == 45
    for module in (keeping, reading, rejudging):
        monkeypatch.setattr(module, "scheme_name", lambda _scheme: "other 1")
    with office.store.read() as tx:
        kept = kept_in(office, tx)[two[0]].standards["national-2018"]
    assert (kept.score, kept.eligible) == (None, True)
    assert outdated(office) == tuple(two)


def test_what_can_no_longer_be_read_is_not_shown_and_stops_nobody(office, two) -> None:
    with office.store.write("scene", NOW) as tx:
        tx.entries.put(two[0], "answer", "9.9.9", {"claim": "met"}, 0)
        tx.verdicts.drop(two[1], [("county", "national-2018")])
    with office.store.write("scene", NOW) as tx:
        record = tx.submissions.get(two[0])
        keeping.keep_anew(office, tx, record, tx.rounds.get("2018"))
    assert rejudge(office, lambda: NOW) == 2
    picture = matrix(office, PROVINCE, "2018")
    assert [line.record.division_code for line in picture.told] == [NEIGHBOUR]
    assert [line.record.division_code for line in picture.without(reading.REJUDGING)] == [COUNTY]
