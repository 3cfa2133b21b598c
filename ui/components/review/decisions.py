"""办理: recommend with what stands in its way, return with numbered items, decline with a reason."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.forms import outcome
from ui.components.review.return_items import return_items
from workflow.procedure.guards import MoveRequest
from workflow.procedure.moving import Offer, offers, perform

_SHOWN = 12


def decisions(case: OpenedSubmission, now: datetime) -> None:
    """One panel per move that the table gives this person here; the last move's outcome first."""
    outcome.outcome(case.place("move"))
    found = offers(case.office, case.person, case.id, now)
    if not found:
        st.info(f"申报现处于“{case.state_words}”环节，没有可由您办理的事项。")
        return
    for offer in found:
        with st.container(border=True):
            _panel(case, offer, now)


def _panel(case: OpenedSubmission, offer: Offer, now: datetime) -> None:
    st.subheader(offer.transition.label, anchor=False)
    move = offer.transition.move
    if offer.obstacles:
        # 两个标准同缺一项时，同一句话只说一次。
        _obstacles(tuple(dict.fromkeys(offer.obstacles)))
    request: MoveRequest = MoveRequest()
    if offer.asks_items:
        request = return_items(case, now)
    elif offer.asks_reason or offer.asks_due:
        reason = _reason(case, move) if offer.asks_reason else ""
        request = MoveRequest(reason=reason, due=_due(case, move) if offer.asks_due else None)
    elif not offer.obstacles:
        st.caption("各项条件均已具备。办理后申报转入下一环节，本级认定和意见不再修改。")
    sure = st.checkbox(f"已核对，确定“{offer.transition.label}”", key=case.place("move", move, "sure"))
    if st.button(
        offer.transition.label, type="primary", key=case.place("move", move), disabled=bool(offer.obstacles) or not sure
    ):
        _perform(case, offer, request, now)


def _perform(case: OpenedSubmission, offer: Offer, request: MoveRequest, now: datetime) -> None:
    move = offer.transition.move
    written = outcome.attempt(
        case.place("move"),
        lambda: perform(
            case.office,
            case.person,
            case.id,
            move,
            request,
            expected_version=case.snapshot.record.version,
            now=now,
        ),
        offer.transition.label,
        now,
    )
    if written:
        _forget_typing(case)
    st.rerun()


def _forget_typing(case: OpenedSubmission) -> None:
    """The next round of the same submission begins with empty forms."""
    prefix = case.place("move")
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(f"{prefix}|")]:
        del st.session_state[key]


def _reason(case: OpenedSubmission, move: str) -> str:
    return st.text_area("理由", key=case.place("move", move, "reason"), height=110, persist_state="session")


def _due(case: OpenedSubmission, move: str) -> date | None:
    standing = case.snapshot.open_return.due if case.snapshot.open_return else None
    day = st.date_input("补正期限", standing, format="YYYY-MM-DD", key=case.place("move", move, "due"))
    return day if isinstance(day, date) else None


def _obstacles(sentences: tuple[str, ...]) -> None:
    """Every sentence of workflow's, the first dozen open."""
    items = [f"<li>{verbatim.markup(one)}</li>" for one in sentences]
    shown, folded = "".join(items[:_SHOWN]), "".join(items[_SHOWN:])
    more = f"<details><summary>另有 {len(items) - _SHOWN} 条</summary><ul>{folded}</ul></details>" if folded else ""
    st.html(
        f'<div class="dc-slips"><p>现在还不能办理：</p><ul class="dc-verbatim">{shown}</ul>'
        f'<div class="dc-detail dc-verbatim">{more}</div></div>'
    )
