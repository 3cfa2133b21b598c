"""What the repositories give back: plain frozen rows. Moments are aware UTC datetimes, days are dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from storage.acts import Act, Detail
from storage.canonical import Json


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account. ``password_hash``: never in the audit log; ``predecessors``: usernames, blanks between."""

    id: int
    username: str
    display_name: str
    password_hash: str
    role: str
    division_code: str
    unit: str | None
    must_change_password: bool
    disabled: bool
    demo: bool
    created_at: datetime
    password_set_at: datetime
    predecessors: str | None = None

    @property
    def taken_over(self) -> tuple[str, ...]:
        """Whose work it goes on with."""
        return tuple((self.predecessors or "").split())


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser, known by the hash of its token. ``address``, ``device``: None where not noted."""

    token_hash: str
    account_id: int
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    address: str | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Repinning:
    """A round is taking other rules, county by county: which ones, and who began it, when and why."""

    fingerprints: Mapping[str, str]
    policies: Mapping[str, str]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """A fact a division gives to its counties. ``value`` None: taken back; ``version`` counts, ``by`` is a username."""

    value: Decimal | int | None
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """批次: standards pinned in order, each with its fingerprint. ``apply_by``/``recommend_by`` are days, included.

    ``policies``: policy document → fingerprint of what was kept of it; empty where the round is older than that.
    ``stamp`` grows with each write to the round; it says nothing of what the round is. ``repinning``: it is taking
    other rules; until that is done the fingerprints are the old ones. ``given``: by division code and fact id.
    ``second_reviewer``: at each level who finds on rows gives no opinion and does not recommend.
    """

    id: str
    title: str
    standards: tuple[str, ...]
    fingerprints: Mapping[str, str]
    period_first: date
    period_last: date
    apply_by: date | None
    recommend_by: date | None
    quota_per_prefecture: int | None
    demo: bool
    created_at: datetime
    closed_at: datetime | None
    policies: Mapping[str, str] = field(default_factory=dict)
    stamp: int = field(default=0, compare=False)
    repinning: Repinning | None = None
    given: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)
    second_reviewer: bool = False

    def of(self, submission: SubmissionRecord) -> RoundRecord:
        """The round as one of its submissions goes by it: by the other rules if taken already, by its own deadline."""
        going_by, longer = self.taken if submission.repinned else self, submission.extended_to
        if longer is None or going_by.apply_by is None:
            return going_by
        return replace(going_by, apply_by=max(longer, going_by.apply_by))

    @property
    def taken(self) -> RoundRecord:
        """The round by the rules it is taking; itself where it takes none."""
        if self.repinning is None:
            return self
        return replace(self, fingerprints=self.repinning.fingerprints, policies=self.repinning.policies)


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """One county in one round. ``version`` grows with each move, ``stamp`` with each write to anything of it.

    ``repinned``: it has taken the rules its round takes. ``extended_to``: its own, later 申报截止. ``reviewers``:
    level → section (empty: all of it) → username. ``return_due``: the latest day any return for correction gave it.
    """

    id: int
    round_id: str
    division_code: str
    division_name: str
    state: str
    version: int
    created_at: datetime
    state_since: datetime
    stamp: int = field(default=0, compare=False)
    repinned: bool = field(default=False, compare=False)
    extended_to: date | None = field(default=None, compare=False)
    reviewers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    return_due: date | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ListedSubmission:
    """A submission in a list. ``stamp``: its own and its round's as the list was read."""

    record: SubmissionRecord
    round_title: str
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a submission: ``body`` is the fragment of the exchange file under this kind and key."""

    submission_id: int
    kind: str
    key: str
    body: Json
    version: int
    updated_by: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """One line of an entry's history. ``removed`` marks a removal; its ``body`` is what was removed."""

    submission_id: int
    kind: str
    key: str
    version: int
    body: Json
    removed: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryStep:
    """One line of an entry's history without its body."""

    kind: str
    key: str
    version: int
    removed: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """A submission went from one state to another."""

    id: int
    submission_id: int
    move: str
    from_state: str
    to_state: str
    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """One numbered item of a 退回补正 notice."""

    number: int
    row_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Return:
    """退回补正: numbered per submission, open until ``closed_at``; ``taken_back_at``: it counts for nothing."""

    id: int
    submission_id: int
    number: int
    level: str
    reason: str | None
    due: date | None
    items: tuple[ReturnItem, ...]
    created_by: str
    created_at: datetime
    closed_at: datetime | None
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a submission's evidence: bytes by SHA-256, its name and type as shown to people."""

    submission_id: int
    sha256: str
    name: str
    media_type: str
    size: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class DraftField:
    """One field of a form as it was typed and not saved. ``since``: when its typing began; ``at``: last change."""

    account_id: int
    scope: str
    kind: str
    key: str
    tab: str
    field: str
    seen: int
    generation: int
    value: Json
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptVerdicts:
    """What judging one submission under one standard at one level gave: each row's verdict (veto rows: their state).

    ``blocking``: of rows that stand in the way, the codes of their reasons. ``score``: points and of how many, under
    ``scheme`` (id and digest). ``rules``: the standard's fingerprint; ``code``: the judging code's.
    """

    submission_id: int
    level: str
    standard: str
    verdicts: Mapping[str, str]
    blocking: Mapping[str, Sequence[str]]
    eligible: bool
    scheme: str
    score: Sequence[Decimal | int]
    rules: str
    code: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the audit chain: ``hash`` covers ``previous_hash`` and everything else in this row.

    ``detail`` is what was stored, for showing and hashing; `detail_as` gives it its type.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    submission_id: int | None
    detail: Mapping[str, object]
    previous_hash: str
    hash: str

    def detail_as(self, act: Act[Detail]) -> Detail:
        """``detail`` with the shape of this act. ValueError where the entry records another."""
        if self.action != act:
            raise ValueError(f"a link of {self.action}, not of {act}")
        # the chain vouches for what was written, and `AuditLog.append` takes an act with its own shape only
        return cast("Detail", self.detail)
