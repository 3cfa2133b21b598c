"""Writes a submission in the exchange format, YAML or JSON, so that reading it back gives the same submission.

Emitted by hand: every text is quoted or a literal block, so that no text can be taken for a number, a date or syntax.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.days import Month
from scoring.submission import (
    Figure,
    Local,
    Submission,
)

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
# What neither YAML nor UTF-8 can carry, even escaped: shown as the replacement character.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
# Literal blocks only for text a person would type: anything else is escaped.
_NOT_LITERAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LONGEST_PLAIN_NUMBER = 30


def write_submission(submission: Submission) -> str:
    """The submission as YAML."""
    return "\n".join(_mapping_lines(submission_data(submission), "")) + "\n"


def write_submission_json(submission: Submission) -> str:
    """The submission as JSON; decimals keep their digits."""
    return to_json(submission_data(submission)) + "\n"


# --- plain values ---------------------------------------------------------------------------------------------------


def submission_data(submission: Submission) -> dict[str, Any]:
    """The submission as plain data in the file's order and shape: dicts, lists, texts, numbers, dates."""
    period = submission.round.period
    return {
        "format": 1,
        **_given(shows=submission.shows),
        "round": {
            "id": submission.round.id,
            "standards": list(submission.round.standards),
            "period": {"from": period.first, "to": period.last},
            **_given(apply_by=submission.round.apply_by),
        },
        "division": {"code": submission.division.code, "name": submission.division.name},
        **_given(
            facts={fact: _value(value) for fact, value in submission.facts.items()},
            form=_value(submission.form),
            answers={row: _value(answer) for row, answer in submission.answers.items()},
            vetoes={row: _value(answer) for row, answer in submission.vetoes.items()},
            evidence={name: _value(item) for name, item in submission.evidence.items()},
            findings={
                level: {row: _value(finding) for row, finding in by_row.items()}
                for level, by_row in submission.findings.items()
            },
            site_visits=[_value(visit) for visit in submission.site_visits],
            opinions={level: _value(opinion) for level, opinion in submission.opinions.items()},
            local=_local(submission.local),
        ),
    }


def part_data(part: object) -> Any:  # noqa: ANN401 — any part of the file
    """One part of a submission (an answer, a document, a fact …) as plain data in the file's shape."""
    return _value(part)


def _given(**parts: object) -> dict[str, Any]:
    """The parts that say something."""
    return {key: part for key, part in parts.items() if part is not None and part not in ({}, [], ())}


def _local(local: Local) -> dict[str, Any]:
    """An empty choice is a choice (no document applies), so it is written."""
    chosen = {} if local.policies is None else {"policies": list(local.policies)}
    answers = {policy: _value(given) for policy, given in local.answers.items() if given}
    return chosen | _given(answers=answers)


def _value(value: Figure | object) -> Any:  # noqa: ANN401 — any part of the file
    if isinstance(value, Month):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _given(**{field.name: _value(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, Mapping):
        return {key: _value(inner) for key, inner in value.items()}
    return [_value(inner) for inner in value] if isinstance(value, tuple) else value


# --- YAML -----------------------------------------------------------------------------------------------------------


def _mapping_lines(mapping: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in mapping.items():
        yield from _entry_lines(f"{indent}{_key(key)}:", value, indent + "  ")


def _entry_lines(head: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value and not _is_flat(value):
        yield head
        yield from _mapping_lines(value, indent)
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        yield head
        for entry in value:
            lines = list(_mapping_lines(entry, indent + "  "))
            yield from [f"{indent}- {{}}"] if not lines else [f"{indent}- {lines[0].lstrip()}", *lines[1:]]
    elif isinstance(value, str) and _is_literal(value):
        yield f"{head} {'|' if value.endswith(chr(10)) else '|-'}"
        body = value.removesuffix("\n")
        yield from (f"{indent}{line}" if line else "" for line in body.split("\n"))
    else:
        yield f"{head} {_flow(value)}"


def _is_flat(mapping: Mapping[str, Any]) -> bool:
    """Small enough for one line: figures, judgements, a claim."""
    if any(isinstance(value, Mapping) and value for value in mapping.values()):
        return False
    if any(isinstance(value, str) and _is_literal(value) for value in mapping.values()):
        return False
    return len(_flow(mapping)) <= 100  # noqa: PLR2004 — a line's length


def _is_literal(text: str) -> bool:
    """Several lines that a literal block gives back exactly."""
    if "\n" not in text or _NOT_LITERAL.search(text) or _UNWRITABLE.search(text):
        return False
    if text.endswith("\n\n") or not text.strip("\n"):
        return False
    lines = text.removesuffix("\n").split("\n")
    return lines[0] == lines[0].lstrip(" ") and lines[0] != "" and not any(line and not line.strip() for line in lines)


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return _scalar(value)


def _key(key: str) -> str:
    return key if _IDENTIFIER.fullmatch(key) and key.lower() not in _WORDS else _quoted(key)


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return plain if len(plain) <= _LONGEST_PLAIN_NUMBER else str(value)
    if isinstance(value, date | Month):
        return f'"{value.isoformat()}"'
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A double-quoted text that both YAML and JSON read the same."""
    quoted = json.dumps(_UNWRITABLE.sub("\ufffd", text), ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


# --- JSON -----------------------------------------------------------------------------------------------------------


def to_json(value: object, indent: str = "") -> str:
    """Plain values (mappings, lists, texts, exact numbers, dates) as JSON."""
    deeper = indent + "  "
    if isinstance(value, Mapping) and value:
        entries = (f"{deeper}{_quoted(key)}: {to_json(inner, deeper)}" for key, inner in value.items())
        return "{\n" + ",\n".join(entries) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return "[" + ", ".join(to_json(inner, deeper) for inner in value) + "]"
    return _flow(value) if isinstance(value, Mapping | list) else _scalar(value)
