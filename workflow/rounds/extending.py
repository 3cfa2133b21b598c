"""延期: one county of an open round is given a later 申报截止 than the others, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from scoring.substance import reason_lacks
from storage.clock import local_date
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.errors import Refused, refuse_overlong
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import UNRELEASED
from workflow.privacy import refuse_identifiers_in_text
from workflow.rounds.rounds import administrators_only
from workflow.states import State
from workflow.verdicts.keeping import keep_anew


def extendable(office: Office, by: Person, round_id: str) -> tuple[SubmissionRecord, ...]:
    """The counties that have begun and not sent up what they fill in. Raises Refused ``wrong_role``."""
    administrators_only(by)
    with office.store.glance() as tx:
        return _unreleased(tx, round_id)


def _unreleased(tx: Transaction, round_id: str) -> tuple[SubmissionRecord, ...]:
    return tx.submissions.all(round_id=round_id, states={state.value for state in UNRELEASED})


def extend(office: Office, by: Person, submission_id: int, now: datetime, *, to: date | None, why: str) -> None:
    """Give one county until ``to``: its deadline, and with it the cut-off of its proof, which is judged anew.

    Raises Refused: ``wrong_role``, ``not_found``, ``round_closed``, ``wrong_state``, ``bad_round`` (every fault).
    """
    administrators_only(by)
    refuse_identifiers_in_text("延期", "reason", why)
    refuse_overlong("延期", "理由", why, ("reason",))
    with office.store.write(by.username, now) as tx:
        found = tx.submissions.with_round(submission_id)
        if found is None:
            raise Refused("not_found")
        record, round_record = found
        if round_record.closed_at is not None:
            raise Refused("round_closed")
        if round_record.repinning is not None:
            raise Refused("repinning")
        if State(record.state) not in UNRELEASED:
            raise Refused(
                "not_now", f"{record.division_name}已经上报，不用延期；退回补正的，由退回的一级延长补正期限。"
            )
        if tx.returns.open_one(record.id) is not None:
            raise Refused("not_now", f"{record.division_name}正在补正，由退回的一级延长补正期限。")
        faults = list(_faults(to, round_record, now))
        if lacks := reason_lacks(why, 1, office.library.vocabulary):
            faults.append(("reason", f"理由{lacks}。请写明为什么延期。"))
        if faults or to is None:
            places = [(None, (field,)) for field, _ in faults]
            raise Refused("bad_round", *(sentence for _, sentence in faults), places=places)
        keep_anew(office, tx, tx.submissions.extend(submission_id, to, why.strip()), round_record)


def _faults(to: date | None, round_record: RoundRecord, now: datetime) -> Iterator[tuple[str, str]]:
    if to is None or to < local_date(now):
        yield "to", "请填写延期至哪一天（今天或以后）。"
    elif round_record.apply_by is None or to <= round_record.apply_by:
        yield "to", f"延期的日期须晚于本批次申报截止日 {round_record.apply_by or '（未定，不用延期）'}。"
    elif round_record.recommend_by is not None and to > round_record.recommend_by:
        yield "to", f"延期的日期晚于考察推荐截止日 {round_record.recommend_by}，请核对。"
