"""What others may know of drafts: that somebody is typing, never what; and how long drafts are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple, cast

from storage.records import SubmissionRecord
from storage.store import Transaction
from workflow.drafting.scopes import for_submission, submission_of
from workflow.office import Office
from workflow.people import Person, Role
from workflow.targets import CONTENT_KINDS, KINDS, Kind, Target

KEPT_AFTER = timedelta(days=30)  # the round closed; and for what belongs to no round, the last change
_WRITERS = frozenset({Role.COUNTY_COORDINATOR.value, Role.COUNTY_DEPARTMENT.value})
_THEIRS = CONTENT_KINDS | {"correction", "explanation"}


class Drafting(NamedTuple):
    """Somebody of the county has begun to type in an entry."""

    who: str
    target: Target
    since: datetime


def drafting_in(office: Office, person: Person, record: SubmissionRecord) -> tuple[Drafting, ...]:
    """For the county's coordinator: which departments have something unsaved, and where. Nobody else is told."""
    if person.role is not Role.COUNTY_COORDINATOR or record.division_code != person.division_code:
        return ()
    with office.store.glance() as tx:
        begun = tx.drafts.begun_by_others(person.account_id, for_submission(record.id))
    return tuple(
        Drafting(account.unit or account.display_name, Target(cast("Kind", kind), key), since)  # its kind: asked below
        for account, kind, key, since in begun
        if kind in _THEIRS
        and not account.disabled  # 停用的账号不能再保存，问也无从问起
        and account.role in _WRITERS
        and account.division_code == record.division_code
    )


def left_behind(office: Office, person: Person, submission_id: int) -> tuple[Drafting, ...]:
    """What those whose work the person goes on with typed and did not save: whose and where, never what."""
    if not person.predecessors:
        return ()
    with office.store.glance() as tx:
        begun = tx.drafts.begun_by_others(person.account_id, for_submission(submission_id))
    return tuple(
        Drafting(account.display_name, Target(cast("Kind", kind), key), since)  # one of the kinds: asked below
        for account, kind, key, since in begun
        if kind in KINDS and account.username in person.predecessors
    )


class Lying(NamedTuple):
    """Drafts that lie in the store: whose, where in words, how many forms and fields, since and until when."""

    username: str
    where: str
    forms: int
    fields: int
    since: datetime
    at: datetime


def lying(office: Office) -> tuple[Lying, ...]:
    """Everybody's drafts by account and submission, for who keeps the machine; never a text."""
    with office.store.read() as tx:
        return tuple(
            Lying(_username(tx, held.account_id), _where(tx, held.scope), held.forms, held.fields, held.since, held.at)
            for held in tx.drafts.lying()
        )


def _username(tx: Transaction, account_id: int) -> str:
    account = tx.accounts.get(account_id)
    return str(account_id) if account is None else account.username


def _where(tx: Transaction, scope: str) -> str:
    submission_id = submission_of(scope)
    record = None if submission_id is None else tx.submissions.get(submission_id)
    return "管理页面" if record is None else f"{record.division_name}（批次 {record.round_id}）"


def purge(office: Office, now: datetime) -> int:
    """Delete the drafts of rounds that closed 30 days ago; how many fields went. Raises SaveFailed."""
    before = now - KEPT_AFTER
    with office.store.jot(now) as tx:
        closed_at = {one.id: one.closed_at for one in tx.rounds.all()}
        over: set[str] = set()
        living: set[str] = set()
        for scope in tx.drafts.all_scopes():
            submission_id = submission_of(scope)
            record = None if submission_id is None else tx.submissions.get(submission_id)
            if record is None:
                continue
            closed = closed_at[record.round_id]
            (living if closed is None or closed > before else over).add(scope)
        return tx.drafts.prune(scopes=over, others_before=before, kept=living)
