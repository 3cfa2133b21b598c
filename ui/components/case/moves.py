"""办理: each move this person may make, as a button, or the reasons why it cannot be made yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from scoring.substance import LEAST_HAN
from storage.clock import now
from ui.components import verbatim
from ui.components.case.stored_forms import MOVE, StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.outcome import outcome, was_refused
from ui.components.forms.own_fragment import own_fragment
from workflow.people import Role
from workflow.procedure.moving import Offer, perform
from workflow.procedure.situation import MoveRequest
from workflow.procedure.transitions import Transition
from workflow.states import State, state_label

_SHOWN = 6
_STEPS_ON = frozenset({"hand_over", "release"})


def moves(opened: StoredForms, offered: Sequence[Offer]) -> None:
    """Every move the person's role has in this state; nothing where there is none."""
    place = opened.place("move")
    outcome(place)
    if not offered:
        return
    st.subheader("办理", anchor=False)
    others = [offer for offer in offered if offer.transition.move not in _STEPS_ON]
    for offer in offered:
        if offer.transition.move in _STEPS_ON:
            own_fragment(opened, partial(_move, opened, offer, place))
    if others:
        titles = "、".join(offer.transition.label for offer in others)
        # 刚才没有办成的、理由写了一半的，不折叠。
        begun = any(opened.pad.at((MOVE, offer.transition.move)).fields for offer in others)
        with st.expander(f"其他办理：{titles}", expanded=begun or was_refused(place)):
            for offer in others:
                own_fragment(opened, partial(_move, opened, offer, place))


def _move(opened: StoredForms, offer: Offer, place: str) -> None:
    transition = offer.transition
    with st.container(border=True):
        st.html(
            f'<p class="dc-field"><b>{verbatim.markup(transition.label)}</b>'
            f"<small>办理后进入“{state_label(transition.target, has_prefecture=not opened.direct)}”环节</small></p>"
        )
        obstacles_list(offer.obstacles)
        form = Form(opened.pad, (MOVE, transition.move))
        asked = offer.asks_reason and not offer.obstacles
        reason = form.text("reason", f"理由（必填，不少于{LEAST_HAN}个汉字）", "", tall=90) if asked else ""

        def act() -> None:
            perform(
                opened.office,
                opened.person,
                opened.id,
                transition.move,
                MoveRequest(reason=reason),
                expected_version=form.pad.at(form.entry).seen,
                now=now(),
            )

        certain = offer.obstacles or not _asked_once_more(transition) or sure(opened, transition)
        button = Button(
            transition.label,
            f"move-{transition.move}",
            act,
            transition.label,
            verb="已办理",
            main=transition.move in _STEPS_ON,
            shut=bool(offer.obstacles) or not certain,
        )
        closing(form, button, told=place, drop=f"drop-{transition.move}" if asked else "")


def _asked_once_more(transition: Transition) -> bool:
    """What leaves the county, or ends its application."""
    return transition.actor is Role.COUNTY_GOVERNMENT or transition.target is State.WITHDRAWN


def sure(opened: StoredForms, transition: Transition) -> bool:
    """The tick that it is meant. It is no text, so no draft holds it: once the submission moves, it is asked anew."""
    key = opened.place("move", opened.snapshot.record.version, transition.move, "sure")
    return st.checkbox(f"已核对，确定“{transition.label}”", key=key)


def obstacles_list(obstacles: Sequence[str]) -> None:
    """Why a move cannot be made: the first sentences, the rest folded away; nothing where there is none."""
    if not obstacles:
        return
    items = [f"<li>{verbatim.markup(obstacle)}</li>" for obstacle in obstacles]
    more = ""
    if len(items) > _SHOWN:
        rest = "".join(items[_SHOWN:])
        more = f"<details><summary>其余 {len(items) - _SHOWN} 条</summary><ul>{rest}</ul></details>"
    st.html(
        f'<div class="dc-obstacles dc-verbatim"><p>现在还不能办理：</p><ul>{"".join(items[:_SHOWN])}</ul>{more}</div>'
    )
