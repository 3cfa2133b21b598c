"""一票否决: a gate of its own, before everything. A row of the standard judged as an event that must not be there."""

from __future__ import annotations

from indicators.model import Indicator
from scoring.assessment import VetoResult
from scoring.circumstances import Circumstances
from scoring.grounds import grounds
from scoring.reasons import because, veto_state
from scoring.submission import Answer

_EMPTY = Answer()
_CLAIM_CODES = {None: "veto_undeclared", "present": "veto_declared_present", "clear": "veto_declared_clear"}


def judge_veto(row: Indicator, answer: Answer | None, around: Circumstances) -> VetoResult:
    """``clear`` only if declared so, and its figures, judgements and evidence hold."""
    answer = answer or _EMPTY
    claim = answer.claim_for(around.standard.id)
    found = grounds(row, answer, around)
    silent = claim is None and answer == _EMPTY
    reasons = [because(_CLAIM_CODES[claim], row), *(() if silent else found.reasons)]
    state = veto_state(reasons)
    return VetoResult(row.id, state, state, tuple(reasons), tuple(found.measures))
