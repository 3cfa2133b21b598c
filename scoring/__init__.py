"""PURE: (standard, submission, level) -> assessment. No I/O, no clock, no framework; ``exchange`` is the one edge.

For other programs (docs/library.md): `assess_by_round`, `verdict_rows`, and `scoring.exchange.read_submission_file`.
"""

from scoring.judging.assess import assess_by_round
from scoring.table import verdict_rows

__all__ = ["assess_by_round", "verdict_rows"]
