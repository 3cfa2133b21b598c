"""Carrying out a move of the transition table: every guard checked and everything written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.errors import VersionConflict
from storage.records import ReturnItem, SubmissionRecord
from storage.store import Transaction
from workflow.content import apply_by_of
from workflow.divisions import has_prefecture, prefecture_of, within
from workflow.errors import Place, Refused, refuse_overlong
from workflow.office import Office
from workflow.people import REVIEWER_LEVELS, Person
from workflow.privacy import refuse_identifiers_in_text
from workflow.procedure.doubts import open_doubts
from workflow.procedure.guards import GUARDS, general_faults, item_faults, refusals
from workflow.procedure.notes import notes_to_tell, refuse_overlong_notice, with_notes
from workflow.procedure.situation import TAKEN, MoveRequest, Situation
from workflow.procedure.taking_back import written_since
from workflow.procedure.transitions import Effect, Guard, Route, Transition, moves_from, transition
from workflow.states import State
from workflow.submission.handing_back import restored
from workflow.submission.judging import judged_at
from workflow.submission.snapshot import SubmissionSnapshot, read_snapshot
from workflow.targets import OPINION_KINDS, SCAN_KINDS, Path, Target
from workflow.verdicts.keeping import keep_anew, keep_verdicts, levels_kept

# 随办理时才填的内容：事先查看能否办理时不算缺。
_GIVEN_WITH_THE_MOVE = frozenset({Guard.REASON_GIVEN, Guard.ITEMS_NUMBERED, Guard.DUE_GIVEN})
_ASKED: Mapping[Guard, Path] = {Guard.REASON_GIVEN: ("reason",), Guard.DUE_GIVEN: ("due",)}
_OF_OPINIONS = (*map(Target.opinion, OPINION_KINDS), *map(Target.scan, SCAN_KINDS))
RECOMMENDED = frozenset({State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED})


@dataclass(frozen=True, slots=True)
class Offer:
    """A move open to this person now: ``obstacles`` are sentences that stand in its way (none = it can be done)."""

    transition: Transition
    obstacles: tuple[str, ...]
    asks_reason: bool
    asks_items: bool
    asks_due: bool = False


def offers(office: Office, person: Person, submission_id: int, now: datetime) -> tuple[Offer, ...]:
    """Every move this person's role has here, with what still stands in its way."""
    with office.store.read() as tx:
        return offers_in(office, tx, read_snapshot(office, tx, person, submission_id), now)


def offers_in(office: Office, tx: Transaction, snapshot: SubmissionSnapshot, now: datetime) -> tuple[Offer, ...]:
    """The same for an open snapshot, inside its transaction."""
    situation = _situation(office, tx, snapshot, MoveRequest(), now)
    rows = moves_from(snapshot.state, snapshot.person.role, _routes(snapshot))
    fitting = (t for t in rows if not _other_route(t, situation))
    return tuple(_offer(t, situation) for t in fitting)


def perform(
    office: Office,
    person: Person,
    submission_id: int,
    move: str,
    request: MoveRequest,
    *,
    expected_version: int,
    now: datetime,
) -> SubmissionRecord:
    """Carry out a move; durable when this returns.

    Raises Refused: ``not_found``, ``no_such_move``, ``wrong_role``, ``stale`` (someone moved it first), or the first
    failing guard's name with the sentences of all of them.
    """
    _refuse_texts(request)
    with office.store.write(person.username, now) as tx:
        snapshot = read_snapshot(office, tx, person, submission_id)
        row = _row(snapshot, person, move, expected_version)
        if Effect.OPEN_RETURN in row.writes:
            returns = tx.returns.all(submission_id)
            notes = notes_to_tell(snapshot, REVIEWER_LEVELS[person.role], returns)
            request = with_notes(request, notes)
            refuse_overlong_notice(request, notes)
            _refuse_texts(request)
        situation = _situation(office, tx, snapshot, request, now)
        failing = refusals(row.guards, situation)
        if failing:
            told = (sentence for _, sentences in failing for sentence in sentences)
            raise Refused(failing[0][0].value, *told, places=_places([guard for guard, _ in failing], situation))
        for effect in row.writes:
            _EFFECTS[effect](tx, snapshot, request)
        try:
            tx.moves.add(
                submission_id,
                move=move,
                to_state=row.target.value,
                expected_version=expected_version,
                reason=request.reason.strip() or None,
            )
        except VersionConflict as conflict:
            raise _stale(snapshot) from conflict
        after = tx.submissions.get(submission_id)
        if after is None:
            raise Refused("not_found")
        if apply_by_of(after, snapshot.round) != apply_by_of(snapshot.record, snapshot.round):
            keep_anew(office, tx, after, snapshot.round)
        elif levels_kept(after.state) != levels_kept(snapshot.record.state):
            keep_verdicts(office, tx, after, snapshot.round, snapshot.content)
    return after


def _places(failing: Collection[Guard], situation: Situation) -> Iterator[Place]:
    """The fields of the move's form that the failing guards are about."""
    yield from ((None, _ASKED[guard]) for guard in failing if guard in _ASKED)
    if Guard.ITEMS_NUMBERED in failing:
        yield from ((None, path) for _, path in item_faults(situation))
        yield from ((None, _ASKED[Guard.REASON_GIVEN]) for _ in general_faults(situation))
        if GUARDS[Guard.DUE_GIVEN](situation):
            yield None, _ASKED[Guard.DUE_GIVEN]


def _refuse_texts(request: MoveRequest) -> None:
    if TAKEN in request.reason:
        told = f"“{TAKEN}”是系统给收入交换包的办理写的，理由里不能写。请换一个说法。"
        raise Refused("malformed", told, places=[(None, ("reason",))])
    reason = "总的说明" if request.items else "理由"
    texts: dict[tuple[str, str, Path], str] = {("办理", reason, ("reason",)): request.reason}
    texts |= {
        ("补正", f"第{number}项", (*item.path, "reason")): item.reason
        for number, item in enumerate(request.items, start=1)
    }
    for (what, where, path), text in texts.items():
        refuse_overlong(what, where, text, path)
        refuse_identifiers_in_text(what, where, text, path)


def _row(snapshot: SubmissionSnapshot, person: Person, move: str, expected_version: int) -> Transition:
    if snapshot.record.version != expected_version:
        raise _stale(snapshot)
    row = transition(move, snapshot.state, _routes(snapshot))
    if row is None:
        raise Refused("no_such_move")
    if person.role is not row.actor or not within(person.division_code, snapshot.record.division_code):
        raise Refused("wrong_role", f"“{row.label}”不由您办理。请核对登录账号。")
    return row


def _routes(snapshot: SubmissionSnapshot) -> tuple[Route, Route]:
    """An overdue return that ended in 不予推荐 is closed; taking that back leads to it again."""
    within_return = snapshot.open_return is not None
    if snapshot.state is State.DECLINED and snapshot.moves:
        within_return = snapshot.moves[-1].from_state == State.RETURNED
    between = has_prefecture(snapshot.record.division_code)
    return (
        Route.RETURN_OPEN if within_return else Route.NO_RETURN_OPEN,
        Route.WITH_PREFECTURE if between else Route.WITHOUT_PREFECTURE,
    )


def _stale(snapshot: SubmissionSnapshot) -> Refused:
    return Refused("stale", county=snapshot.record.division_name)


def _situation(
    office: Office, tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest, now: datetime
) -> Situation:
    record, round_record = snapshot.record, snapshot.round
    level = REVIEWER_LEVELS.get(snapshot.person.role)
    finders = snapshot.context.finders.get(level, frozenset()) if level else frozenset()
    shown = tx.accounts.display_names(finders) if finders else {}
    return Situation(
        person=snapshot.person,
        now=now,
        request=request,
        state=snapshot.state,
        content=snapshot.content,
        judge=lambda level: judged_at(office, snapshot, level),
        known_rows=frozenset(row.id for standard in snapshot.standards for row in standard.rows()),
        standard_titles={standard.id: standard.title for standard in snapshot.standards},
        has_prefecture=has_prefecture(record.division_code),
        round_closed=round_record.closed_at is not None,
        repinning=round_record.repinning is not None,
        apply_by=round_record.apply_by,
        recommend_by=round_record.recommend_by,
        return_due=None if snapshot.open_return is None else snapshot.open_return.due,
        return_level=None if snapshot.open_return is None else snapshot.open_return.level,
        since_return=()
        if snapshot.open_return is None
        else tuple(written_since(tx, record.id, snapshot.timeline, snapshot.open_return)),
        quota=round_record.quota_per_prefecture,
        quota_used=lambda: recommended_beside(tx, record.round_id, record.division_code),
        touched_by=snapshot.context.touched_by,
        vocabulary=snapshot.standards[0].vocabulary,
        corrections=snapshot.corrections,
        doubted=() if level is None else tuple(doubt.row_id for doubt in open_doubts(snapshot, level)),
        moves=snapshot.moves,
        timeline=snapshot.timeline,
        finders={name: f"{shown.get(name, '')}（{name}）" for name in finders},
        opinion_by=_opinion_by(snapshot) if finders else "",
    )


def _opinion_by(snapshot: SubmissionSnapshot) -> str:
    """Who wrote the level's opinion: not who took a return back, which restores it."""
    target, back = Target.opinion(REVIEWER_LEVELS[snapshot.person.role]), restored(snapshot.moves)
    wrote = (s for s in reversed(snapshot.timeline) if Target.of(s) == target and not s.removed)
    return next((step.by for step in wrote if (step.by, step.at) not in back), "")


def recommended_beside(tx: Transaction, round_id: str, code: str) -> int:
    """How many other counties of the same prefecture stand recommended in the round."""
    prefecture = prefecture_of(code)
    if prefecture is None:
        return 0
    others = tx.submissions.all(
        round_id=round_id, division_prefix=prefecture.code[:4], states={s.value for s in RECOMMENDED}
    )
    return sum(other.division_code != code for other in others)


def _other_route(row: Transition, situation: Situation) -> bool:
    """Rows for the other kind of county, and for the other level's return, are not shown at all."""
    route = {Guard.HAS_PREFECTURE, Guard.NO_PREFECTURE, Guard.RETURN_IS_OURS, Guard.DECISION_IS_OURS}
    return bool(refusals(tuple(g for g in row.guards if g in route), situation))


def _offer(row: Transition, situation: Situation) -> Offer:
    guards = tuple(g for g in row.guards if g not in _GIVEN_WITH_THE_MOVE)
    sentences = tuple(sentence for _, reasons in refusals(guards, situation) for sentence in reasons)
    return Offer(
        row,
        sentences,
        asks_reason=Guard.REASON_GIVEN in row.guards,
        asks_items=Guard.ITEMS_NUMBERED in row.guards,
        asks_due=Guard.DUE_GIVEN in row.guards or Guard.ITEMS_NUMBERED in row.guards,
    )


def _open_return(tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest) -> None:
    items = [ReturnItem(n, i.row_id, i.reason.strip()) for n, i in enumerate(request.items, start=1)]
    level = REVIEWER_LEVELS[snapshot.person.role]
    reason = request.reason.strip() or None
    tx.returns.add(snapshot.record.id, level=level, items=items, reason=reason, due=request.due)


def _extend_return(tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest) -> None:
    if snapshot.open_return is not None and request.due is not None:
        tx.returns.extend(snapshot.open_return.id, request.due)


def _close_return(tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest) -> None:  # noqa: ARG001 - one shape for all
    if snapshot.open_return is not None:
        tx.returns.close(snapshot.open_return.id)


def _void_opinions(tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest) -> None:  # noqa: ARG001 - one shape for all
    for target in _OF_OPINIONS:
        entry = snapshot.entries.get(target)
        if entry is not None:
            tx.entries.remove(snapshot.record.id, *target, entry.version)


def _restore_opinions(tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest) -> None:  # noqa: ARG001 - one shape for all
    """Those the return voided that is taken back."""
    returned = snapshot.open_return
    for target in _OF_OPINIONS:
        last = tx.entries.history(snapshot.record.id, *target)[-1:]
        if returned is not None and last and last[0].removed and last[0].at == returned.created_at:
            tx.entries.put(snapshot.record.id, *target, last[0].body, 0)


def _take_back_return(tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest) -> None:  # noqa: ARG001 - one shape for all
    if snapshot.open_return is not None:
        tx.returns.take_back(snapshot.open_return.id)


def _reopen_return(tx: Transaction, snapshot: SubmissionSnapshot, request: MoveRequest) -> None:  # noqa: ARG001 - one shape for all
    """The one that the move which is taken back closed."""
    for notice in tx.returns.all(snapshot.record.id):
        if snapshot.moves and notice.closed_at == snapshot.moves[-1].at:
            tx.returns.reopen(notice.id)


_EFFECTS: Mapping[Effect, Callable[[Transaction, SubmissionSnapshot, MoveRequest], None]] = {
    Effect.OPEN_RETURN: _open_return,
    Effect.CLOSE_RETURN: _close_return,
    Effect.EXTEND_RETURN: _extend_return,
    Effect.VOID_OPINIONS: _void_opinions,
    Effect.RESTORE_OPINIONS: _restore_opinions,
    Effect.TAKE_BACK_RETURN: _take_back_return,
    Effect.REOPEN_RETURN: _reopen_return,
}
