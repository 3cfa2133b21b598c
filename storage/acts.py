"""The acts the audit log records, each with the shape of its ``detail``: what writers put in and readers find.

The shapes are those of every link ever written, so a key that came later is `NotRequired`, and none may be renamed or
dropped. Days and moments are ISO text. What other rules did is told by
acts that `workflow.submission` declares itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Generic, NotRequired, TypedDict, TypeVar, cast

from storage.canonical import Json

Detail = TypeVar("Detail", bound=Mapping[str, object])


class Act(str, Generic[Detail]):
    """The name of an act as the log keeps it ("entry.put"); its type parameter is the type of its ``detail``."""

    __slots__ = ()


Change = TypedDict("Change", {"from": Json, "to": Json})
ChangesDetail = Mapping[str, Change]  # by field; under WHY the reason of the change, which is no field
WHY = "reason"
DueDetail = TypedDict("DueDetail", {"from": str | None, "to": str})
FingerprintChange = TypedDict("FingerprintChange", {"from": Mapping[str, str], "to": Mapping[str, str]})


class NoDetail(TypedDict):
    """The act and its subject say it all."""


def changes_of(record: object, changes: Mapping[str, object]) -> ChangesDetail:
    """Field by field what the record has and what it gets; days as ISO text."""
    return {name: {"from": _plain(getattr(record, name)), "to": _plain(value)} for name, value in changes.items()}


def _plain(value: object) -> Json:
    return value.isoformat() if isinstance(value, date) else cast("Json", value)  # a field of a record


class AccountDetail(TypedDict):
    """A new account; never its password."""

    username: str
    display_name: str
    role: str
    division_code: str
    unit: str | None
    demo: bool


class PasswordDetail(TypedDict):
    """``must_change``: set by someone else, to be changed at the next sign-in."""

    must_change: bool


class UnlockDetail(TypedDict):
    """How many failed sign-ins were forgotten."""

    failures: int


class SessionDetail(TypedDict):
    """The first 12 characters of the token's hash."""

    session: str


class RoundDetail(TypedDict):
    """A new round with what it pins: id → fingerprint."""

    id: str
    title: str
    standards: list[str]
    fingerprints: Mapping[str, str]
    period_first: str
    period_last: str
    apply_by: str | None
    recommend_by: str | None
    quota_per_prefecture: int | None
    demo: bool
    policies: NotRequired[Mapping[str, str]]
    second_reviewer: NotRequired[bool]


class KeptPoliciesDetail(TypedDict):
    """The policy documents a round goes by from now on."""

    policies: FingerprintChange


class RepinDetail(TypedDict):
    """A round judges by other contents of its standards and policy documents."""

    fingerprints: FingerprintChange
    policies: NotRequired[FingerprintChange]
    reason: str


class RepinningDetail(TypedDict):
    """A round begins to take these rules, county by county; `RepinDetail` when every county has."""

    fingerprints: Mapping[str, str]
    policies: Mapping[str, str]
    reason: str


class GivenDetail(TypedDict):
    """A division gives this fact to its counties in the round; ``value`` None: it takes it back."""

    division_code: str
    fact: str
    value: Decimal | int | None
    version: int


class StandardDetail(TypedDict):
    """A standard's text was kept."""

    standard_id: str


class PolicyDetail(TypedDict):
    """A policy document's text was kept."""

    policy_id: str


class SubmissionDetail(TypedDict):
    """A county began a submission in a round; ``state``: its first."""

    round_id: str
    division_code: str
    division_name: str
    state: str


class MoveDetail(TypedDict):
    """A submission went from one state to another."""

    move: str
    from_state: str
    to_state: str
    reason: str | None


class ReturnDetail(TypedDict):
    """退回补正. ``items``: number, row id, reason."""

    level: str
    reason: str | None
    due: str | None
    items: Sequence[Sequence[int | str]]


class EntryDetail(TypedDict):
    """An entry's new version and the digest of its body; the body itself is in the history."""

    version: int
    body_sha256: str


class FileDetail(TypedDict):
    """``size`` in bytes."""

    name: str
    media_type: str
    size: int


class ListedDepartment(TypedDict):
    """A department of a county, as its coordinator lists it. ``contact``: an office, never a person."""

    name: str
    aliases: list[str]
    contact: str


class DepartmentsDetail(TypedDict):
    """A county's departments, all of them, as they stand from now on."""

    listed: Sequence[ListedDepartment]


class ExtensionDetail(TypedDict):
    """A county's own later deadline for applying, and why."""

    to: str
    reason: str


ReviewersDetail = TypedDict(  # section (empty: the whole county) → username
    "ReviewersDetail",
    {"level": str, "from": Mapping[str, str], "to": Mapping[str, str], "reason": str | None},
)


class BackupDetail(TypedDict):
    """The name of the backup file."""

    file: str


class RestoreDetail(TypedDict):
    """The backup file that was brought back, and when it had been made."""

    file: str
    made_at: str


class ServedDetail(TypedDict):
    """The rules the service judges by: id → fingerprint. Absent in links older than the policy documents."""

    rules: NotRequired[Mapping[str, str]]


ACCOUNT_ADD = Act[AccountDetail]("account.add")
ACCOUNT_CHANGE = Act[ChangesDetail]("account.change")
ACCOUNT_SET_PASSWORD = Act[PasswordDetail]("account.set_password")
ACCOUNT_UNLOCK = Act[UnlockDetail]("account.unlock")
SESSION_OPEN = Act[SessionDetail]("session.open")
SESSION_REVOKE = Act[SessionDetail]("session.revoke")
ROUND_ADD = Act[RoundDetail]("round.add")
ROUND_CHANGE = Act[ChangesDetail]("round.change")
ROUND_REPINNING = Act[RepinningDetail]("round.repinning")
ROUND_REPIN = Act[RepinDetail]("round.repin")
ROUND_KEEP_POLICIES = Act[KeptPoliciesDetail]("round.keep_policies")
ROUND_GIVE = Act[GivenDetail]("round.give")
ROUND_CLOSE = Act[NoDetail]("round.close")
STANDARD_KEEP = Act[StandardDetail]("standard.keep")
POLICY_KEEP = Act[PolicyDetail]("policy.keep")
SUBMISSION_ADD = Act[SubmissionDetail]("submission.add")
SUBMISSION_EXTEND = Act[ExtensionDetail]("submission.extend")
SUBMISSION_ASSIGN = Act[ReviewersDetail]("submission.assign")
SUBMISSION_MOVE = Act[MoveDetail]("submission.move")
RETURN_OPEN = Act[ReturnDetail]("return.open")
RETURN_EXTEND = Act[DueDetail]("return.extend")
RETURN_CLOSE = Act[NoDetail]("return.close")
RETURN_REOPEN = Act[NoDetail]("return.reopen")
RETURN_TAKE_BACK = Act[NoDetail]("return.take_back")
ENTRY_PUT = Act[EntryDetail]("entry.put")
ENTRY_REMOVE = Act[EntryDetail]("entry.remove")
DEPARTMENTS_LIST = Act[DepartmentsDetail]("departments.list")
FILE_REGISTER = Act[FileDetail]("file.register")
RULES_SERVE = Act[ServedDetail]("rules.serve")
STORE_BACKUP = Act[BackupDetail]("store.backup")
STORE_RESTORE = Act[RestoreDetail]("store.restore")
