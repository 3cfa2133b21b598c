"""Reading only what is written, held to its referee: the reader of the whole file, over mutated samples."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from indicators.reading.located import ProblemsError
from scoring.exchange.reading import read_submission_file
from scoring.submission import Submission
from storage.records import Entry, RoundRecord, SubmissionRecord
from tests.workflow.office_room import COORDINATOR, LIBRARY, review_content, whole_content
from workflow.content import bodies_from, bodies_of, read_content
from workflow.permissions import EditContext
from workflow.states import State
from workflow.submission.applying import applied
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import Target

SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))
AT = datetime(2018, 7, 1, tzinfo=UTC)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, Decimal("0.5"), Decimal(-3), 10**40, "", "文字", "met", "E01", "E404", "2018-06-30",
    "2018-13-01", "文" * 200_001, [], ["E01"], ["E01", "E01"], ["E404"], [None], [1], {}, {"x": 1}, {"value": True},
    {"fulfilled": True, "reason": "好"}, {"numerator": 1, "denominator": 0}, {"2017": 1}, {"20x7": 1}, {"claim": "met"},
)  # fmt: skip
STRANGERS = (
    Target.answer("9.9.9"), Target.answer("V1"), Target.veto("1.1.1"), Target.fact("no_such"), Target.form("no_such"),
    Target.evidence("E 1"), Target.evidence("E77"), Target.finding("province", "9.9.9"), Target("local", "no/such"),
    Target("local", "xuchang-2017-38/no_such"), Target.local_policies(), Target("site_visit", "province/007"),
    Target.opinion("province"), Target.finding("prefecture", "1.1.1"),
)  # fmt: skip


def stored(sample: Path) -> dict[Target, Any]:
    return bodies_from(read_submission_file(sample, LIBRARY))


CASES: dict[str, tuple[dict[Target, Any], tuple[str, ...]]] = {
    "reviewed": ({**whole_content(), **review_content("prefecture"), **review_content("province")}, ()),
    **{sample.stem: (stored(sample), read_submission_file(sample, LIBRARY).round.standards) for sample in SAMPLES},
}


def snapshot_of(bodies: Mapping[Target, Any], standards: tuple[str, ...]) -> SubmissionSnapshot:
    """A snapshot as the store would give it."""
    record = SubmissionRecord(1, "2018", "990121", "甲县", "draft", 1, AT, AT)
    pinned = standards or ("national-2018", "yunnan-2018")
    round_record = RoundRecord(
        id="2018",
        title="演示批次",
        standards=pinned,
        fingerprints={},
        period_first=date(2017, 1, 1),
        period_last=date(2018, 6, 30),
        apply_by=None,
        recommend_by=None,
        quota_per_prefecture=None,
        demo=True,
        created_at=AT,
        closed_at=None,
    )
    entries = {t: Entry(1, *t, body, 1, "li", AT) for t, body in sorted(bodies.items())}
    content = read_content(record, round_record, bodies_of(entries.values()), LIBRARY)
    context = EditContext(record.division_code, State.DRAFT)
    return SubmissionSnapshot(COORDINATOR, record, round_record, (), content, entries, None, context)


def mutated(rng: Random, body: Any) -> Any:
    """The body with one of its parts changed, added or taken out."""
    if isinstance(body, dict) and body and rng.random() < 0.8:
        changed, key = dict(body), rng.choice(sorted(body))
        act = rng.random()
        if act < 0.2:
            del changed[key]
        elif act < 0.3:
            changed[rng.choice(["no_such", "claims", "evidence", "measures", "nil_return", "note"])] = rng.choice(ODD)
        else:
            changed[key] = mutated(rng, body[key])
        return changed
    if isinstance(body, list) and body and rng.random() < 0.6:
        return [mutated(rng, body[0]), *body[1:]] if rng.random() < 0.5 else [*body, rng.choice(ODD)]
    return copy.deepcopy(rng.choice(ODD))


def edits(rng: Random, bodies: Mapping[Target, Any]) -> dict[Target, Any]:
    """One to four entries: mutated, taken out, swapped with another's body, or new."""
    made: dict[Target, Any] = {}
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        target = rng.choice(sorted(bodies))
        act = rng.random()
        if act < 0.2:
            made[target] = None
        elif act < 0.35:
            made[rng.choice(STRANGERS)] = rng.choice((*ODD, bodies[target]))
        elif act < 0.45:
            made[target] = bodies[rng.choice(sorted(bodies))]
        else:
            made[target] = mutated(rng, bodies[target])
    return made


def whole(snapshot: SubmissionSnapshot, written: Mapping[Target, Any]) -> Submission | list[str]:
    """What the referee says: the content, or its problems in words."""
    bodies = {t: b for t, b in {**bodies_of(snapshot.entries.values()), **written}.items() if b is not None}
    in_order = dict(sorted(bodies.items()))
    kept = {target for target, body in written.items() if body is not None}
    try:
        return read_content(snapshot.record, snapshot.round, in_order, LIBRARY, written=kept)
    except ProblemsError as error:
        return [f"{problem.where}：{problem.message}" for problem in error.problems]


def by_entry(snapshot: SubmissionSnapshot, written: Mapping[Target, Any]) -> Submission | list[str]:
    try:
        return applied(snapshot, written, LIBRARY)
    except ProblemsError as error:
        return [f"{problem.where}：{problem.message}" for problem in error.problems]


def orders(content: Submission) -> Iterator[list[Any]]:
    """The order in which a reader meets what is kept by key."""
    for part in fields(content):
        value = getattr(content, part.name)
        if isinstance(value, Mapping):
            yield list(value)


@pytest.mark.parametrize("mutations", [60, pytest.param(1000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", CASES)
def test_entry_by_entry_is_accepted_and_refused_what_the_whole_file_would_be(name: str, mutations: int) -> None:
    bodies, standards = CASES[name]
    snapshot = snapshot_of(bodies, standards)
    rng = Random(name)  # noqa: S311 - invented faults, no secret
    accepted = refused = 0
    for _ in range(mutations):
        written = edits(rng, bodies)
        expected, got = whole(snapshot, written), by_entry(snapshot, written)
        if isinstance(expected, Submission):
            accepted += 1
            assert got == expected, written
            assert list(orders(got)) == list(orders(expected)), written
        else:
            refused += 1
            assert sorted(got) == sorted(expected), written
    assert accepted > mutations / 30  # three in sixty are enough to say that not everything is refused
    assert refused > mutations / 20


def test_what_is_cited_cannot_be_taken_out_alone() -> None:
    snapshot = snapshot_of(CASES["reviewed"][0], ())
    cited = next(iter(snapshot.content.answers["3.3.2"].evidence.values()))[0]
    refused = by_entry(snapshot, {Target.evidence(cited): None})
    assert isinstance(refused, list)
    assert refused == whole(snapshot, {Target.evidence(cited): None})
