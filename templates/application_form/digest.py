"""The check code of a printed form: a digest of what was submitted and of the rules it was judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from scoring.assessment import Assessment
from scoring.submission import Submission


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
    """SHA-256 in capital hexadecimals: the same for the same content, whatever file format it was read from."""
    return content_digest(submission, {name: judged.fingerprint for name, judged in assessment.standards.items()})


def content_digest(submission: Submission, rules: Mapping[str, str]) -> str:
    """Likewise, of the content and of the fingerprints of the rules it was held against, by id."""
    whole = {"submission": _canonical(submission), "standards": dict(rules)}
    text = json.dumps(whole, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest().upper()


def check_code(value: str) -> str:
    """The first sixteen digits in groups of four, for people to compare: ``DA7C 567F E8D6 E623``."""
    return " ".join(value[start : start + 4] for start in range(0, 16, 4))
