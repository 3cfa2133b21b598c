"""Making reasons of the codes in `scoring.judging.reason_codes`, and the verdict that reasons lead to."""

from __future__ import annotations

from indicators.model import EvidenceRequirement, Indicator, Measure
from scoring.assessment import PRECEDENCE, Reason, ReasonEffect, Verdict, VetoState
from scoring.judging.reason_codes import CODES
from scoring.kinds.outcomes import NOTHING_MORE

_NOTHING = frozenset((None,))


def because(
    code: str, row: Indicator | None, subject: Measure | EvidenceRequirement | None = None, **given: object
) -> Reason:
    """A reason of that code about a row and one of its measures or requirements; ``given`` fills the template."""
    kind = CODES[code]
    return Reason(kind, kind.effect, row, subject, given or NOTHING_MORE)


def with_effect(reason: Reason, effect: ReasonEffect) -> Reason:
    """The same reason where something else decided: a finding turns what blocked into something worth a look."""
    return reason if reason.effect == effect else reason._replace(effect=effect)


def first_verdict(reasons: list[Reason]) -> Verdict:
    """The earliest verdict in the precedence that any reason leads to; ``met`` when none leads anywhere else."""
    led = {reason.kind.gives for reason in reasons} - _NOTHING
    return next((verdict for verdict in PRECEDENCE if verdict in led), "met") if led else "met"


def veto_state(reasons: list[Reason]) -> VetoState:
    """Likewise for a veto: a failing figure or judgement means the event is there, anything open leaves it unproven."""
    led = {reason.kind.gives for reason in reasons}
    # 没有申明、但所填件数大于0的，情形已经存在：数字先于申明。
    if led & {"present", "contradicted"}:
        return "present"
    if "undeclared" in led:
        return "undeclared"
    return "unproven" if led & {"unproven", "needs_judgement", "unanswered"} else "clear"
