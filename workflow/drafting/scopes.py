"""Whose forms a draft belongs to: those of a submission, 试算's (kept in memory only), administrators'."""

from __future__ import annotations

TRIAL = "trial"
ADMIN = "admin"
_MOST_DIGITS = 9


def for_submission(submission_id: int) -> str:
    """The scope of a submission's forms: ``s12``."""
    return f"s{submission_id}"


def submission_of(scope: str) -> int | None:
    """The submission of such a scope; None for other scopes."""
    number = scope.removeprefix("s")
    if not (number.isascii() and number.isdigit()) or len(number) > _MOST_DIGITS:
        return None
    return int(number) if scope == for_submission(int(number)) else None
