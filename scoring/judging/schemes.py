"""Points: our own progress figure under a named scheme. The documents print none, and none decides eligibility."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from indicators.model import Scheme
from scoring.assessment import Score, Verdict

_NOTHING = Decimal(0)
_USUAL = "equal"


class UnknownSchemeError(ValueError):
    """A scheme that is not installed; ``str()`` is a Chinese sentence with those that are."""


def chosen_scheme(schemes: Mapping[str, Scheme], scheme_id: str | None) -> Scheme:
    """The scheme asked for; without one, ``equal``, else the first. Raises UnknownSchemeError."""
    if scheme_id is None:
        return schemes.get(_USUAL) or next(iter(schemes.values()))
    if scheme_id not in schemes:
        raise UnknownSchemeError(f"没有计分办法“{scheme_id}”；可用的有：{'、'.join(schemes)}")
    return schemes[scheme_id]


def score(verdicts: Mapping[str, Verdict], scheme: Scheme) -> Score:
    """Weight × credit of every row, of the weights of all rows whose verdict the scheme does not exclude."""
    value, whole = _NOTHING, _NOTHING
    for row_id, verdict in verdicts.items():
        if verdict in scheme.excluded:
            continue
        weight = scheme.weights.get(row_id, scheme.default_weight)
        value += weight * scheme.credit.get(verdict, _NOTHING)
        whole += weight
    return Score(scheme.id, value, whole)
