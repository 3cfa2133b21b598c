"""Rounds (批次)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from sqlalchemy import select, update

from storage.acts import (
    ROUND_ADD,
    ROUND_CHANGE,
    ROUND_CLOSE,
    ROUND_GIVE,
    ROUND_KEEP_POLICIES,
    ROUND_REPIN,
    ROUND_REPINNING,
    WHY,
    ChangesDetail,
    GivenDetail,
    KeptPoliciesDetail,
    NoDetail,
    RepinDetail,
    RepinningDetail,
    RoundDetail,
    changes_of,
)
from storage.canonical import Json
from storage.database.tables import rounds, submissions
from storage.errors import AlreadyExists, NotThere
from storage.records import Given, Repinning, RoundRecord
from storage.repositories.repository import Repository


class RoundUpdate(TypedDict, total=False):
    """What `Rounds.change` may change: never the standards or the period a county is judged by."""

    title: str
    apply_by: date | None
    recommend_by: date | None
    quota_per_prefecture: int | None
    second_reviewer: bool


class Rounds(Repository):
    """A round pins its standards with their fingerprints; only `repin` changes what it judges by."""

    def add(
        self,
        *,
        id: str,  # noqa: A002 - the record's own name for it
        title: str,
        standards: Sequence[str],
        fingerprints: Mapping[str, str],
        period_first: date,
        period_last: date,
        apply_by: date | None = None,
        recommend_by: date | None = None,
        quota_per_prefecture: int | None = None,
        demo: bool = False,
        policies: Mapping[str, str] | None = None,
        second_reviewer: bool = False,
    ) -> RoundRecord:
        """A new round. Raises AlreadyExists."""
        _, now = self._writer()
        if self.get(id) is not None:
            raise AlreadyExists(f"批次“{id}”已存在，请另取编号。")
        detail = RoundDetail(
            id=id,
            title=title,
            standards=list(standards),
            fingerprints=dict(fingerprints),
            period_first=period_first.isoformat(),
            period_last=period_last.isoformat(),
            apply_by=apply_by.isoformat() if apply_by else None,
            recommend_by=recommend_by.isoformat() if recommend_by else None,
            quota_per_prefecture=quota_per_prefecture,
            demo=demo,
            policies=dict(policies or {}),
            second_reviewer=second_reviewer,
        )
        days = {
            "period_first": period_first,
            "period_last": period_last,
            "apply_by": apply_by,
            "recommend_by": recommend_by,
        }
        self._connection.execute(rounds.insert().values({**detail, **days, "created_at": now}))
        self._record(ROUND_ADD, f"round/{id}", detail)
        return self._existing(id)

    def change(self, round_id: str, why: str | None = None, **changes: Unpack[RoundUpdate]) -> RoundRecord:
        """Change the named fields; ``why`` is told in the log. Raises NotThere; TypeError for a field not in
        `RoundUpdate`.
        """
        self._writer()
        if unknown := changes.keys() - RoundUpdate.__annotations__.keys():
            raise TypeError(f"not changeable: {sorted(unknown)}")
        former = self._existing(round_id)
        self._update(round_id, changes)
        told: ChangesDetail = {WHY: {"from": None, "to": why}} if why else {}
        self._record(ROUND_CHANGE, f"round/{round_id}", {**changes_of(former, changes), **told})
        return self._existing(round_id)

    def begin_repin(
        self, round_id: str, fingerprints: Mapping[str, str], reason: str, policies: Mapping[str, str]
    ) -> RoundRecord:
        """Mark it as taking these rules, until `repin`; its submissions do so one by one (`Submissions.repinned`).

        Raises NotThere; ValueError where it is taking others.
        """
        by, now = self._writer()
        if self._existing(round_id).repinning is not None:
            raise ValueError(f"round {round_id} is being repinned")
        detail = RepinningDetail(fingerprints=dict(fingerprints), policies=dict(policies), reason=reason)
        self._update(round_id, {"repinning": {**detail, "by": by, "at": now.isoformat()}})
        self._record(ROUND_REPINNING, f"round/{round_id}", detail)
        return self._existing(round_id)

    def repin(
        self, round_id: str, fingerprints: Mapping[str, str], reason: str, policies: Mapping[str, str] | None = None
    ) -> RoundRecord:
        """Other contents of the same standards from now on, with the reason; ``policies`` None: the documents stay.

        A mark of `begin_repin` is gone then. Raises NotThere.
        """
        self._writer()
        former = self._existing(round_id)
        new_policies = former.policies if policies is None else policies
        new = {"fingerprints": dict(fingerprints), "policies": dict(new_policies), "repinning": None}
        self._update(round_id, new)
        marked = submissions.c.round_id == round_id, submissions.c.repinned
        self._connection.execute(update(submissions).where(*marked).values(repinned=False))
        detail = RepinDetail(
            fingerprints={"from": dict(former.fingerprints), "to": dict(fingerprints)},
            policies={"from": dict(former.policies), "to": dict(new_policies)},
            reason=reason,
        )
        self._record(ROUND_REPIN, f"round/{round_id}", detail)
        return self._existing(round_id)

    def keep_policies(self, round_id: str, policies: Mapping[str, str]) -> RoundRecord:
        """The documents a round from before they were kept goes by, from now on. Raises NotThere."""
        self._writer()
        former = self._existing(round_id)
        self._update(round_id, {"policies": dict(policies)})
        detail = KeptPoliciesDetail(policies={"from": dict(former.policies), "to": dict(policies)})
        self._record(ROUND_KEEP_POLICIES, f"round/{round_id}", detail)
        return self._existing(round_id)

    def give(self, round_id: str, division_code: str, fact: str, value: Decimal | int | None) -> RoundRecord:
        """A fact that this division's counties take from it; None takes it back. Raises NotThere."""
        by, now = self._writer()
        given = {code: dict(facts) for code, facts in self._existing(round_id).given.items()}
        former = given.setdefault(division_code, {}).get(fact)
        version = 1 if former is None else former.version + 1
        given[division_code][fact] = Given(value, version, by, now)
        self._update(round_id, {"given": {code: _given_columns(facts) for code, facts in given.items()}})
        detail = GivenDetail(division_code=division_code, fact=fact, value=value, version=version)
        self._record(ROUND_GIVE, f"round/{round_id}", detail)
        return self._existing(round_id)

    def close(self, round_id: str) -> RoundRecord:
        """Closed now; a closed round keeps its first moment. Raises NotThere."""
        _, now = self._writer()
        record = self._existing(round_id)
        if record.closed_at is not None:
            return record
        self._update(round_id, {"closed_at": now})
        self._record(ROUND_CLOSE, f"round/{round_id}", NoDetail())
        return self._existing(round_id)

    def get(self, round_id: str) -> RoundRecord | None:
        """By id."""
        row = self._connection.execute(select(rounds).where(rounds.c.id == round_id)).one_or_none()
        return None if row is None else round_of(dict(row._mapping))

    def all(self) -> tuple[RoundRecord, ...]:
        """The newest first."""
        query = select(rounds).order_by(rounds.c.created_at.desc(), rounds.c.id)
        return tuple(round_of(dict(row._mapping)) for row in self._connection.execute(query))

    def _update(self, round_id: str, values: Mapping[str, object]) -> None:
        """Every change of a round raises its stamp."""
        changed = update(rounds).where(rounds.c.id == round_id).values({**values, "stamp": rounds.c.stamp + 1})
        self._connection.execute(changed)

    def _existing(self, round_id: str) -> RoundRecord:
        record = self.get(round_id)
        if record is None:
            raise NotThere(f"没有编号为“{round_id}”的批次。")
        return record


def round_of(fields: Mapping[str, Any]) -> RoundRecord:
    """The record of a row's columns."""
    mark = fields["repinning"]
    read = {
        "standards": tuple(fields["standards"]),
        "policies": fields["policies"] or {},
        "repinning": mark and Repinning(**{**mark, "at": datetime.fromisoformat(mark["at"])}),
        "given": {
            code: {fact: Given(**{**one, "at": datetime.fromisoformat(one["at"])}) for fact, one in facts.items()}
            for code, facts in (fields["given"] or {}).items()
        },
    }
    return RoundRecord(**{**fields, **read})


def _given_columns(facts: Mapping[str, Given]) -> dict[str, Json]:
    return {
        fact: {"value": one.value, "version": one.version, "by": one.by, "at": one.at.isoformat()}
        for fact, one in facts.items()
    }
