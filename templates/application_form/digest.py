"""The check code of a printed form: a digest of what was submitted and of the rules it was judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

from scoring.assessment import Assessment
from scoring.submission import LEVEL_OF_OPINION, LEVELS, Submission

SHORT = 16  # digits that people compare and type


def _canonical(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, _canonical(getattr(value, f.name))) for f in fields(value))
        return {name: part for name, part in pairs if part not in (None, {}, [])}
    if isinstance(value, Mapping):
        return {str(key): _canonical(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, tuple | list):
        return [_canonical(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal):
        # 3, 3.0 and 3.00 are one figure.
        return format(Decimal(value).normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def digest(submission: Submission, assessment: Assessment) -> str:
    """SHA-256 in capital hexadecimals of what a form printed at the assessment's level shows and rests on.

    What the levels above said is left out, and so are the county's last day and the scans of sealed opinions, which no
    paper tells. The same for the same content, whatever file format it was read from.
    """
    levels = LEVELS[: LEVELS.index(assessment.level) + 1]
    shown = replace(
        submission,
        shows=None,
        round=replace(submission.round, apply_by=None),
        findings={level: rows for level, rows in submission.findings.items() if level in levels},
        site_visits=tuple(visit for visit in submission.site_visits if visit.level in levels),
        opinions={
            key: replace(one, scan=None) for key, one in submission.opinions.items() if LEVEL_OF_OPINION[key] in levels
        },
    )
    rules = {name: judged.fingerprint for name, judged in assessment.standards.items()}
    return content_digest(shown, {**rules, "level": assessment.level, "eligible": str(assessment.eligible)})


def content_digest(submission: Submission, rules: Mapping[str, str]) -> str:
    """The digest of a content and of the rules it was held against (fingerprints by id)."""
    whole = {"submission": _canonical(submission), "standards": dict(rules)}
    text = json.dumps(whole, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest().upper()


def check_code(value: str) -> str:
    """The first digits in groups of four, for people to compare: ``DA7C 567F E8D6 E623``."""
    return " ".join(value[start : start + 4] for start in range(0, SHORT, 4))
