"""Submissions, their moves, and returns for correction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, func, select, update

from storage.acts import (
    RETURN_CLOSE,
    RETURN_EXTEND,
    RETURN_OPEN,
    RETURN_REOPEN,
    RETURN_TAKE_BACK,
    SUBMISSION_ADD,
    SUBMISSION_EXTEND,
    SUBMISSION_MOVE,
    DueDetail,
    ExtensionDetail,
    MoveDetail,
    NoDetail,
    ReturnDetail,
    SubmissionDetail,
)
from storage.database.tables import moves, returns, rounds, submissions
from storage.errors import AlreadyExists, NotThere, VersionConflict
from storage.records import ListedSubmission, Move, Return, ReturnItem, RoundRecord, SubmissionRecord
from storage.repositories.repository import Repository, inserted_id
from storage.repositories.rounds import round_of

_RETURN_DUE = (
    select(func.max(returns.c.due))
    .where(returns.c.submission_id == submissions.c.id, returns.c.taken_back_at.is_(None))
    .scalar_subquery()
    .label("return_due")
)
_RECORD = (*submissions.c, _RETURN_DUE)
# Made once: every click asks some of these, and making a statement costs as much as asking it.
_GET = select(*_RECORD).where(submissions.c.id == bindparam("number"))
_WITH_ROUND: Select[Any] = (
    select(*_RECORD, rounds)
    .join(rounds, rounds.c.id == submissions.c.round_id)
    .where(submissions.c.id == bindparam("number"))
)
_STAMPS = (
    select(submissions.c.stamp, rounds.c.stamp)
    .join(rounds, rounds.c.id == submissions.c.round_id)
    .where(submissions.c.id == bindparam("number"))
)
_LISTED = (
    select(*_RECORD, rounds.c.title, rounds.c.stamp)
    .join(rounds, rounds.c.id == submissions.c.round_id)
    .where(submissions.c.division_code.startswith(bindparam("area", type_=String)))
    .order_by(submissions.c.division_code, submissions.c.id)
)
_ROUND_NAMES = [column.name for column in rounds.c]


class Submissions(Repository):
    """One per county and round. Its state changes through `Moves.add` only."""

    def add(self, *, round_id: str, division_code: str, division_name: str, state: str) -> SubmissionRecord:
        """A new submission in its first state. Raises AlreadyExists."""
        _, now = self._writer()
        if self.find(round_id, division_code) is not None:
            raise AlreadyExists(f"{division_name}（{division_code}）在批次“{round_id}”中已有申报。")
        inserted = self._connection.execute(
            submissions.insert().values(
                round_id=round_id,
                division_code=division_code,
                division_name=division_name,
                state=state,
                version=1,
                created_at=now,
                state_since=now,
            )
        )
        number = inserted_id(inserted)
        detail = SubmissionDetail(
            round_id=round_id, division_code=division_code, division_name=division_name, state=state
        )
        self._record(SUBMISSION_ADD, f"submission/{number}", detail, number)
        return _existing(self, number)

    def get(self, submission_id: int) -> SubmissionRecord | None:
        """By id."""
        row = self._connection.execute(_GET, {"number": submission_id}).one_or_none()
        return None if row is None else SubmissionRecord(*row)

    def with_round(self, submission_id: int) -> tuple[SubmissionRecord, RoundRecord] | None:
        """A submission and its round as it goes by it (`RoundRecord.of`), in one query."""
        row = self._connection.execute(_WITH_ROUND, {"number": submission_id}).one_or_none()
        if row is None:
            return None
        own = len(_RECORD)
        record = SubmissionRecord(*row[:own])
        return record, round_of(dict(zip(_ROUND_NAMES, row[own:], strict=True))).of(record)

    def listed(self, division_prefix: str) -> tuple[ListedSubmission, ...]:
        """Of an area ("99", "9901", "990121"), by division code, in one query; a prefix of digits."""
        own = len(_RECORD)
        records = (
            (SubmissionRecord(*row[:own]), row) for row in self._connection.execute(_LISTED, {"area": division_prefix})
        )
        return tuple(ListedSubmission(record, row[own], (record.stamp, row[own + 1])) for record, row in records)

    def stamps(self, submission_id: int) -> tuple[int, int] | None:
        """The stamps of a submission and its round, in one query: the same as long as nothing of either is written."""
        row = self._connection.execute(_STAMPS, {"number": submission_id}).one_or_none()
        return None if row is None else (row[0], row[1])

    def raise_stamp(self, submission_id: int) -> None:
        """For what workflow itself appends to the audit log and tells of a submission."""
        self._writer()
        self._raise_stamp(submission_id)

    def repinned(self, submission_id: int) -> None:
        """It has taken the rules its round is taking (`Rounds.begin_repin`); what that did is workflow's to record."""
        self._writer()
        raised = {"repinned": True, "stamp": submissions.c.stamp + 1}
        self._connection.execute(update(submissions).where(submissions.c.id == submission_id).values(raised))

    def extend(self, submission_id: int, to: date, why: str) -> SubmissionRecord:
        """Its own deadline for applying. Raises NotThere."""
        self._writer()
        _existing(self, submission_id)
        self._connection.execute(update(submissions).where(submissions.c.id == submission_id).values(extended_to=to))
        detail = ExtensionDetail(to=to.isoformat(), reason=why)
        self._record(SUBMISSION_EXTEND, f"submission/{submission_id}", detail, submission_id)
        return _existing(self, submission_id)

    def find(self, round_id: str, division_code: str) -> SubmissionRecord | None:
        """A county's submission in a round."""
        query = select(*_RECORD).where(submissions.c.round_id == round_id, submissions.c.division_code == division_code)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else SubmissionRecord(**row._mapping)

    def all(
        self, *, round_id: str | None = None, division_prefix: str = "", states: Collection[str] | None = None
    ) -> tuple[SubmissionRecord, ...]:
        """By division code; ``division_prefix`` limits to an area ("99", "9901", "990121")."""
        query = (
            select(*_RECORD)
            .where(submissions.c.division_code.startswith(division_prefix, autoescape=True))
            .order_by(submissions.c.division_code, submissions.c.id)
        )
        if round_id is not None:
            query = query.where(submissions.c.round_id == round_id)
        if states is not None:
            query = query.where(submissions.c.state.in_(states))
        return tuple(SubmissionRecord(**row._mapping) for row in self._connection.execute(query))


class Moves(Repository):
    """A submission's way through the states: the new state and its record are one write."""

    def add(
        self, submission_id: int, *, move: str, to_state: str, expected_version: int, reason: str | None = None
    ) -> Move:
        """Move on from the state in which the caller saw it. Raises NotThere, VersionConflict."""
        by, now = self._writer()
        submission = _existing(self, submission_id)
        if submission.version != expected_version:
            raise VersionConflict(f"{submission.division_name}的申报", expected_version, submission)
        self._connection.execute(
            update(submissions)
            .where(submissions.c.id == submission_id)
            .values(state=to_state, version=submission.version + 1, state_since=now)
        )
        detail = MoveDetail(move=move, from_state=submission.state, to_state=to_state, reason=reason)
        inserted = self._connection.execute(moves.insert().values(submission_id=submission_id, by=by, at=now, **detail))
        self._record(SUBMISSION_MOVE, f"submission/{submission_id}", detail, submission_id)
        query = select(moves).where(moves.c.id == inserted_id(inserted))
        return Move(**self._connection.execute(query).one()._mapping)

    def all(self, submission_id: int) -> tuple[Move, ...]:
        """The first move first."""
        return self.among((submission_id,))

    def among(self, submission_ids: Collection[int]) -> tuple[Move, ...]:
        """`all` of several submissions, one after the other."""
        those = moves.c.submission_id.in_(submission_ids)
        query = select(moves).where(those).order_by(moves.c.submission_id, moves.c.id)
        return tuple(Move(**row._mapping) for row in self._connection.execute(query))


class Returns(Repository):
    """退回补正, numbered within the submission."""

    def add(
        self,
        submission_id: int,
        *,
        level: str,
        items: Sequence[ReturnItem],
        reason: str | None = None,
        due: date | None = None,
    ) -> Return:
        """A new notice with its numbered items. Raises NotThere."""
        by, now = self._writer()
        _existing(self, submission_id)
        last = select(func.max(returns.c.number)).where(returns.c.submission_id == submission_id)
        number = (self._connection.execute(last).scalar() or 0) + 1
        listed: list[list[int | str]] = [[item.number, item.row_id, item.reason] for item in items]
        inserted = self._connection.execute(
            returns.insert().values(
                submission_id=submission_id,
                number=number,
                level=level,
                reason=reason,
                due=due,
                items=listed,
                created_by=by,
                created_at=now,
            )
        )
        detail = ReturnDetail(level=level, reason=reason, due=due.isoformat() if due else None, items=listed)
        self._record(RETURN_OPEN, f"return/{number}", detail, submission_id)
        return self._existing(inserted_id(inserted))

    def close(self, return_id: int) -> Return:
        """Settled now; a closed one keeps its first moment. Raises NotThere."""
        _, now = self._writer()
        notice = self._existing(return_id)
        if notice.closed_at is not None:
            return notice
        self._connection.execute(update(returns).where(returns.c.id == return_id).values(closed_at=now))
        self._record(RETURN_CLOSE, f"return/{notice.number}", NoDetail(), notice.submission_id)
        return self._existing(return_id)

    def reopen(self, return_id: int) -> Return:
        """Open again: what closed it was taken back, be it its own taking back. Raises NotThere."""
        self._writer()
        notice = self._existing(return_id)
        open_again = update(returns).where(returns.c.id == return_id).values(closed_at=None, taken_back_at=None)
        self._connection.execute(open_again)
        self._record(RETURN_REOPEN, f"return/{notice.number}", NoDetail(), notice.submission_id)
        return self._existing(return_id)

    def take_back(self, return_id: int) -> Return:
        """An open one, by the level that made it: closed, and its day counts no more. Raises NotThere."""
        _, now = self._writer()
        notice = self._existing(return_id)
        ended = {"closed_at": now, "taken_back_at": now}
        self._connection.execute(update(returns).where(returns.c.id == return_id).values(ended))
        self._record(RETURN_TAKE_BACK, f"return/{notice.number}", NoDetail(), notice.submission_id)
        return self._existing(return_id)

    def extend(self, return_id: int, due: date) -> Return:
        """A later day for an open one. Raises NotThere."""
        self._writer()
        notice = self._existing(return_id)
        self._connection.execute(update(returns).where(returns.c.id == return_id).values(due=due))
        detail: DueDetail = {"from": notice.due.isoformat() if notice.due else None, "to": due.isoformat()}
        self._record(RETURN_EXTEND, f"return/{notice.number}", detail, notice.submission_id)
        return self._existing(return_id)

    def all(self, submission_id: int, *, taken_back: bool = False) -> tuple[Return, ...]:
        """The first notice first; those that were taken back only where ``taken_back`` asks for them too."""
        which = [returns.c.submission_id == submission_id, *([] if taken_back else [returns.c.taken_back_at.is_(None)])]
        query = select(returns).where(*which).order_by(returns.c.number)
        return tuple(_return_of(row) for row in self._connection.execute(query))

    def counted(self, submission_ids: Collection[int]) -> dict[int, int]:
        """How many notices each of these was given, those taken back not counted, where there were any."""
        query = (
            select(returns.c.submission_id, func.count())
            .where(returns.c.submission_id.in_(submission_ids), returns.c.taken_back_at.is_(None))
            .group_by(returns.c.submission_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def open_one(self, submission_id: int) -> Return | None:
        """The latest notice not yet closed."""
        return next((notice for notice in reversed(self.all(submission_id)) if notice.closed_at is None), None)

    def open_ones(self) -> dict[int, Return]:
        """`open_one` of every submission that has one, in one query."""
        query = select(returns).where(returns.c.closed_at.is_(None)).order_by(returns.c.number)
        return {row.submission_id: _return_of(row) for row in self._connection.execute(query)}

    def _existing(self, return_id: int) -> Return:
        row = self._connection.execute(select(returns).where(returns.c.id == return_id)).one_or_none()
        if row is None:
            raise NotThere(f"没有编号为 {return_id} 的补正通知。")
        return _return_of(row)


def _existing(repository: Repository, submission_id: int) -> SubmissionRecord:
    submission = Submissions(repository._scope).get(submission_id)
    if submission is None:
        raise NotThere(f"没有编号为 {submission_id} 的申报。")
    return submission


def _return_of(row: Row[Any]) -> Return:
    fields = dict(row._mapping)
    return Return(**fields | {"items": tuple(ReturnItem(*item) for item in fields["items"])})
