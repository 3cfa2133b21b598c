"""Everything under one rules folder as plain, frozen data; a loaded `Library` may be shared by all threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.model.documents import Policy
from indicators.model.standard import Standard
from indicators.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Scheme:
    """How verdicts become points; never part of eligibility. Weight of a row = ``weights[id]``, else the default.

    ``credit`` maps a verdict to the share of the weight it earns (0–1); ``excluded`` verdicts leave the whole.
    """

    id: str
    title: str
    default_weight: Decimal
    weights: Mapping[str, Decimal]
    credit: Mapping[str, Decimal]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything under one rules folder."""

    vocabulary: Vocabulary
    standards: Mapping[str, Standard]
    policies: Mapping[str, Policy]
    schemes: Mapping[str, Scheme]
