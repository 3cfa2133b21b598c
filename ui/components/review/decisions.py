"""办理: recommend (with the obstacles listed), return with numbered items, decline with a reason."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import streamlit as st

from scoring.submission import ReviewLevel
from scoring.substance import LEAST_HAN
from storage import clock
from ui.components import verbatim
from ui.components.case.moves import obstacles_list, sure
from ui.components.case.stored_forms import MOVE, StoredForms
from ui.components.forms import outcome
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.review.return_items import due_day, return_items
from workflow.procedure.moving import Offer, offers, perform
from workflow.procedure.situation import MoveRequest
from workflow.states import State


def decisions(opened: StoredForms, level: ReviewLevel, now: datetime) -> None:
    """One panel per move that the table gives this person here; the last move's outcome first."""
    outcome.outcome(opened.place("move"))
    available = offers(opened.office, opened.person, opened.id, now)
    if not available:
        st.info(f"申报现处于“{opened.state_words}”环节，没有可由您办理的事项。")
        return
    for offer in available:
        if _told_only(opened, offer):
            continue
        with st.container(border=True):
            own_fragment(opened, partial(_panel, opened, level, offer, now))


def _told_only(opened: StoredForms, offer: Offer) -> bool:
    """While the county corrects, a move that something stands in the way of is told and not offered."""
    if opened.snapshot.state is not State.RETURNED or not offer.obstacles:
        return False
    st.caption(verbatim.markdown(f"“{offer.transition.label}”现在不能办理：{''.join(dict.fromkeys(offer.obstacles))}"))
    return True


def _panel(opened: StoredForms, level: ReviewLevel, offer: Offer, now: datetime) -> None:
    st.subheader(offer.transition.label, anchor=False)
    move = offer.transition.move
    if offer.obstacles:
        # 两个标准同缺一项时，同一句话只说一次。
        obstacles_list(tuple(dict.fromkeys(offer.obstacles)))
    request: MoveRequest = MoveRequest()
    form = Form(opened.pad, (MOVE, move))
    if offer.asks_items:
        request = return_items(opened, form, level, now)
    elif offer.asks_reason or offer.asks_due:
        reason = form.text("reason", f"理由（不少于{LEAST_HAN}个汉字）", "", tall=110) if offer.asks_reason else ""
        request = MoveRequest(reason=reason, due=_due(opened, form, now) if offer.asks_due else None)
    elif not offer.obstacles:
        st.caption("各项条件均已具备。办理后申报转入下一环节，本级认定和意见不再修改。")
    certain = not offer.obstacles and sure(opened, offer.transition)

    def act() -> None:
        perform(
            opened.office, opened.person, opened.id, move, request,
            expected_version=form.pad.at(form.entry).seen, now=clock.now(),
        )  # fmt: skip

    label = offer.transition.label
    button = Button(label, opened.place("move", move), act, label, verb="已办理", shut=not certain)
    asks = offer.asks_items or offer.asks_reason or offer.asks_due
    closing(form, button, told=opened.place("move"), drop=opened.place("move", move, "drop") if asks else "")


def _due(opened: StoredForms, form: Form, now: datetime) -> date | None:
    return due_day(form, opened.snapshot.open_return.due if opened.snapshot.open_return else None, now)
