"""Beginning from an earlier round: what fits becomes a proposal, nothing counts before it is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    LIBRARY,
    NEIGHBOUR,
    STANDARDS,
    add_round,
    copied,
    head,
    opened_by,
    put_everywhere,
    put_submission,
    whole_content,
    write,
)
from workflow.carrying.carried import Carried, carried
from workflow.carrying.carrying_over import carry_over, earlier_submissions
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.states import State
from workflow.targets import CONTENT_KINDS, Target
from workflow.verdicts.reading import kept_verdicts

NOW = datetime(2020, 7, 1, 4, 0, tzinfo=UTC)
_LATER = {"period_first": date(2019, 1, 1), "period_last": date(2020, 6, 30), "apply_by": date(2020, 7, 15)}


@pytest.fixture(scope="module")
def template(begun, tmp_path_factory) -> tuple[Path, tuple[int, int]]:
    """甲县's submission of 2018, released, and an empty one of 2020; 乙县's too, of 2018. Made once, closed."""
    var = tmp_path_factory.mktemp("two") / "var"
    office = copied(begun(with_draft=False), var)
    with office.store.write("scene", EARLIER) as tx:
        add_round(tx, id="2020", title="2020年批次", recommend_by=date(2020, 9, 30), **_LATER)
        former = put_submission(tx, COUNTY, State.SUBMITTED, whole_content())
        put_submission(tx, NEIGHBOUR, State.SUBMITTED, whole_content(NEIGHBOUR))
        numbers = former.id, put_submission(tx, COUNTY, State.DRAFT, round_id="2020").id
    office.store.close()
    return var, numbers


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


def seen(office: Office, number: int, who: Person = COORDINATOR) -> Carried:
    snapshot = opened_by(office, who, number)
    return carried(snapshot, office.rules_of(snapshot.round))


def test_everything_that_fits_waits_and_nothing_counts(office, two) -> None:
    former, number = two
    snapshot = opened_by(office, COORDINATOR, number)
    assert [one.record.id for one in earlier_submissions(office, snapshot)] == [former]
    count = carry_over(office, COORDINATOR, number, former, NOW)
    after, waiting = opened_by(office, COORDINATOR, number), seen(office, number)
    assert count == len(waiting.waiting) == len(waiting.former) > 60
    assert {target.kind for target in waiting.waiting} == {"fact", "form", "answer", "veto"}
    assert not after.content.answers
    assert not after.content.facts
    with office.store.read() as tx:
        [kept] = kept_verdicts(office, tx, [after.record], {after.round.id: after.round}).values()
    assert "met" not in set(kept.standards["national-2018"].verdicts.values())
    assert earlier_submissions(office, after) == ()


def test_papers_stay_by_the_rule_that_dates_them_and_the_others_are_named(office, two) -> None:
    former, number = two
    carry_over(office, COORDINATOR, number, former, NOW)
    after, told = opened_by(office, COORDINATOR, number), seen(office, number)
    assert set(after.content.evidence) == told.papers
    rows = {row.id: row for name in STANDARDS for row in LIBRARY.standards[name].rows()}
    asked = {need.id: need.dated for row in rows.values() for need in row.evidence}
    cited = [need for body in told.former.values() if isinstance(body, Mapping) for need in body.get("evidence", ())]
    assert cited
    assert {asked[need] for need in cited} == {"in_force"}
    assert told.dropped
    assert all(paper.title and paper.rows for paper in told.dropped)


@pytest.mark.parametrize(("dated", "stays"), [("2020-07-01", True), ("2020-07-02", False)])
def test_a_paper_dated_after_today_is_not_registered_again(office, two, dated: str, stays: bool) -> None:
    former, number = two
    entries = opened_by(office, COORDINATOR, former).entries
    papers = {target: {**entry.body, "date": dated} for target, entry in entries.items() if target.kind == "evidence"}
    put_everywhere(office, former, papers)
    carry_over(office, COORDINATOR, number, former, NOW)
    assert bool(opened_by(office, COORDINATOR, number).content.evidence) is stays
    assert {paper.date for paper in seen(office, number).dropped} == {dated}


def test_figures_of_years_outside_the_new_period_are_left_out(office, two) -> None:
    former, number = two
    carry_over(office, COORDINATOR, number, former, NOW)
    figures = [
        figure
        for body in seen(office, number).former.values()
        if isinstance(body, Mapping)
        for figure in body.get("measures", {}).values()
    ]
    assert figures
    assert not [figure for figure in figures if isinstance(figure, Mapping) and {"2017", "2018"} & set(figure)]


def test_saving_confirms_and_a_departments_rows_show_what_waits(office, two) -> None:
    former, number = two
    carry_over(office, COORDINATOR, number, former, NOW)
    target = Target.answer("1.1.1")
    body = seen(office, number).waiting[target]
    assert seen(office, number, DEPARTMENT).waiting[target] == body
    write(office, COORDINATOR, number, (target, body), now=NOW)
    told = seen(office, number)
    assert target not in told.waiting
    assert told.former[target] == body
    assert opened_by(office, COORDINATOR, number).content.answers["1.1.1"].claim


def test_a_document_taken_out_or_numbered_already_breaks_nothing(office, two) -> None:
    former, number = two
    own = {"title": "本县新文件", "kind": "document", "date": "2020-03-01"}
    with office.store.read() as tx:
        first = min(e.key for e in tx.entries.all(former) if e.kind == "evidence")
    write(office, COORDINATOR, number, (Target.evidence(first), own), now=NOW)
    carry_over(office, COORDINATOR, number, former, NOW)
    after = opened_by(office, COORDINATOR, number)
    assert after.content.evidence[first].title == "本县新文件"
    told = seen(office, number)
    paper = min(told.papers)
    citing = {t for t, b in told.waiting.items() if isinstance(b, Mapping) and paper in str(b.get("evidence"))}
    assert citing
    write(office, COORDINATOR, number, (Target.evidence(paper), None), now=NOW)
    assert set(told.waiting) - set(seen(office, number).waiting) == citing


@pytest.mark.parametrize(
    ("who", "what", "code"),
    [
        (DEPARTMENT, "former", "wrong_role"),
        (COORDINATOR, "number", "not_found"),
        (COORDINATOR, "neighbour", "not_found"),
    ],
)
def test_what_is_not_theirs_or_not_there_is_refused_and_nothing_written(office, two, who, what, code) -> None:
    former, number = two
    before = head(office)
    with pytest.raises(Refused) as refused:
        carry_over(office, who, number, {"former": former, "number": number, "neighbour": former + 1}[what], NOW)
    assert refused.value.code == code
    assert head(office) == before


def test_only_once_and_only_while_filling_in(office, two) -> None:
    former, number = two
    carry_over(office, COORDINATOR, number, former, NOW)
    with pytest.raises(Refused) as again:
        carry_over(office, COORDINATOR, number, former, NOW)
    assert again.value.code == "already_carried"
    with pytest.raises(Refused) as late:
        carry_over(office, COORDINATOR, former, number, NOW)
    assert late.value.code == "wrong_state"
    with pytest.raises(Refused):
        write(office, COORDINATOR, number, (Target.carried(), {"bodies": {}}), now=NOW)
    assert "carried" not in CONTENT_KINDS
