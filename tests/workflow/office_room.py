"""Test support: offices on small stores, invented people, and submissions put where a test needs them.

Setting a scene writes past the use cases on purpose (any state, any content); what is tested goes through them.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from indicators import load_library
from scoring.submission import FORM_FIELDS, Form
from storage import open_store
from storage.records import ReturnItem, SubmissionRecord
from storage.store import Transaction
from tests.scoring.filling import fill
from workflow.content import bodies_from
from workflow.divisions import has_prefecture, place
from workflow.office import Office
from workflow.people import Person, Role
from workflow.procedure.moving import perform
from workflow.procedure.situation import MoveRequest
from workflow.states import State
from workflow.submission.saving import Edit, Saved, save
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.targets import Target

NOW = datetime(2018, 7, 2, 4, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(days=10)
APPLY_BY, RECOMMEND_BY = date(2018, 7, 15), date(2018, 9, 30)
DUE = date(2018, 7, 25)
STANDARDS = ("national-2018", "yunnan-2018")
LIBRARY = load_library()
ROWS = tuple(dict.fromkeys(row.id for s in STANDARDS for row in LIBRARY.standards[s].rows()))
COUNTY, NEIGHBOUR, DIRECT = "990121", "990122", "999001"
UNIT = "甲县公安局"
FORM = Form(
    **{name: field.label for name, field in FORM_FIELDS.items()}
    | {"unit_name": "甲县民政局", "leader_phone": "0990-5521016", "contact_phones": "0990-5521018"}
)


def person(role: Role, division: str | None = None, *, name: str | None = None, unit: str | None = None) -> Person:
    """Someone of that role, of 甲县's area unless told."""
    default = {
        Role.PREFECTURE_REVIEWER: "990100",
        Role.PROVINCE_REVIEWER: "990000",
        Role.OBSERVER: "000000",
        Role.ADMINISTRATOR: "000000",
    }
    where = division or default.get(role, COUNTY)
    if role is Role.COUNTY_DEPARTMENT and unit is None:
        unit = UNIT
    username = name or f"{role.value}-{where}"
    return Person(abs(hash(username)) % 10**6, username, username, role, where, unit)


COORDINATOR, GOVERNMENT, DEPARTMENT, PREFECTURE, PROVINCE, OBSERVER, ADMINISTRATOR = (
    person(role)
    for role in (
        Role.COUNTY_COORDINATOR, Role.COUNTY_GOVERNMENT, Role.COUNTY_DEPARTMENT, Role.PREFECTURE_REVIEWER,
        Role.PROVINCE_REVIEWER, Role.OBSERVER, Role.ADMINISTRATOR,
    )
)  # fmt: skip


def office_at(var: Path) -> Office:
    """An office on the store of that folder."""
    return Office(open_store(None, var), LIBRARY)


def copied(template: Path, var: Path) -> Office:
    """An office on a copy of a store made earlier: cheaper than making it again."""
    shutil.copytree(template, var)
    return office_at(var)


def add_round(tx: Transaction, **changes: Any) -> str:
    """The round every test works in."""
    fields = {
        "id": "2018",
        "title": "演示批次",
        "standards": list(STANDARDS),
        "fingerprints": {s: LIBRARY.standards[s].fingerprint for s in STANDARDS},
        "period_first": date(2017, 1, 1),
        "period_last": date(2018, 6, 30),
        "apply_by": APPLY_BY,
        "recommend_by": RECOMMEND_BY,
        "quota_per_prefecture": 1,
        "demo": True,
    }
    return tx.rounds.add(**(fields | changes)).id


def whole_content(division: str = COUNTY) -> dict[Target, Any]:
    """A submission's content that qualifies under both standards."""
    facts = {} if has_prefecture(division) else {"has_prefecture": False, "prefecture_dropout_rate": None}
    filled = replace(fill([LIBRARY.standards[s] for s in STANDARDS], facts), form=FORM)
    bodies = {t: b for t, b in bodies_from(filled).items() if t.is_content}
    if not has_prefecture(division):
        bodies[Target.answer("5.1.1")] = {"claim": "not_applicable", "note": "本县由省直接管辖，没有上级市。"}
    return bodies


def good_finding(row_id: str) -> dict[str, Any]:
    """A finding that lets the row pass."""
    if row_id.startswith("V"):
        reason = "到县民政局、公安局逐户比对系统和户籍"
        return {"finding": "clear", "methods": ["document_review"], "reason": reason, "date": "2018-07-02"}
    return {"finding": "met", "date": "2018-07-02"}


def review_content(level: str, division: str = COUNTY) -> dict[Target, Any]:
    """Findings on every row, an opinion and a visit of a level: everything its recommendation asks."""
    bodies: dict[Target, Any] = {Target.finding(level, row): good_finding(row) for row in ROWS}
    if not has_prefecture(division):
        note = {"finding": "not_applicable", "reason": "由省直接管辖，没有上级市", "date": "2018-07-02"}
        bodies[Target.finding(level, "5.1.1")] = note
    bodies[Target.opinion(level)] = {"text": "同意推荐。", "date": "2018-07-02", "by": "演示机关"}
    visit = {"level": level, "date": "2018-07-02", "places": ["城关镇儿童之家"], "methods": ["site_visit"]}
    bodies[Target("site_visit", f"{level}/001")] = visit
    return bodies


GOVERNMENT_OPINION = {Target.opinion("county_government"): {"text": "同意推荐。", "date": "2018-06-29", "by": "县政府"}}


def put_submission(
    tx: Transaction, division: str, state: State, bodies: dict[Target, Any] | None = None, *, round_id: str = "2018"
) -> SubmissionRecord:
    """A submission with this content, put into a state without asking the table."""
    found = place(division)
    record = tx.submissions.add(round_id=round_id, division_code=division, division_name=found.name, state="draft")
    for (kind, key), body in (bodies or {}).items():
        tx.entries.put(record.id, kind, key, body, 0)
    if state is not State.DRAFT:
        tx.moves.add(record.id, move="scene", to_state=state.value, expected_version=1)
    return tx.submissions.get(record.id)


def open_return(tx: Transaction, submission_id: int, *rows: str, level: str = "prefecture", due: date = DUE) -> None:
    """An open return naming these rows."""
    items = [ReturnItem(number, row, "请补充") for number, row in enumerate(rows or ("3.3.2",), start=1)]
    tx.returns.add(submission_id, level=level, items=items, due=due)


def put_at(office: Office, submission_id: int, state: State, *, at: datetime = NOW) -> None:
    """In that state, without asking anybody."""
    with office.store.write("scene", at) as tx:
        version = tx.submissions.get(submission_id).version
        tx.moves.add(submission_id, move="scene", to_state=state.value, expected_version=version)


def put_returned(office: Office, submission_id: int, *rows: str, due: date = DUE) -> None:
    """Returned for these rows, without asking anybody."""
    put_at(office, submission_id, State.RETURNED, at=EARLIER)
    with office.store.write("scene", EARLIER) as tx:
        open_return(tx, submission_id, *rows, due=due)


def put_assigned(office: Office, submission_id: int, row_id: str) -> None:
    """The row is the public security department's to fill in."""
    put_everywhere(office, submission_id, {Target.assignment(row_id): {"units": [UNIT]}})


def put_everywhere(
    office: Office, submission_id: int, bodies: dict[Target, Any], by: str = "scene", at: datetime = EARLIER
) -> None:
    """Write entries over whatever stands (None takes one out), without asking anybody."""
    with office.store.write(by, at) as tx:
        for (kind, key), body in bodies.items():
            standing = tx.entries.get(submission_id, kind, key)
            version = standing.version if standing else 0
            if body is None:
                if standing:
                    tx.entries.remove(submission_id, kind, key, version)
            else:
                tx.entries.put(submission_id, kind, key, body, version)


def write(office: Office, who: Person, submission_id: int, *edits: tuple[Target, Any], now: datetime = NOW) -> Saved:
    """Save through the use case, on the versions that stand."""
    opened = open_submission(office, who, submission_id)
    return save(office, who, submission_id, [Edit(t, body, opened.version(t)) for t, body in edits], now)


def move(office: Office, who: Person, submission_id: int, name: str, *, now: datetime = NOW, **given: Any):
    """Move through the use case, on the version that stands."""
    version = record_of(office, submission_id).version
    return perform(office, who, submission_id, name, MoveRequest(**given), expected_version=version, now=now)


def record_of(office: Office, submission_id: int) -> SubmissionRecord:
    """The submission as it stands."""
    with office.store.read() as tx:
        return tx.submissions.get(submission_id)


def opened_by(office: Office, who: Person, submission_id: int) -> SubmissionSnapshot:
    """Its snapshot."""
    return open_submission(office, who, submission_id)


def head(office: Office) -> int:
    """How many audit entries there are: unchanged = nothing was written."""
    with office.store.read() as tx:
        return tx.audit.head().seq
