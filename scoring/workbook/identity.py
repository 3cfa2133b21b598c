"""Whose workbook it is: the hidden sheet with the county, the round, the rules and the submission it was made of."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indicators.model import Library
from indicators.reading.problems import ProblemsError
from scoring.exchange.reading import read_submission
from scoring.exchange.writing import write_submission_json
from scoring.spreadsheets.opening import BadSpreadsheetError, Sheet
from scoring.submission import Submission
from scoring.workbook.part import Part

SHEET = "系统信息"
_FORMAT = 1
_PIECE = 30_000
_LONGEST_BASE = 10_000_000
_HIGHEST = 2**31  # of a version


@dataclass(frozen=True, slots=True)
class Identity:
    """``base``: what every entry said when the workbook was made; ``part`` None: the whole county's.

    ``versions``: which version of each entry that was, in the names of who keeps them; None where nobody said.
    """

    base: Submission
    part: Part | None
    first_spare: int
    made_on: str | None
    versions: Mapping[str, int] | None = None


def identity_lines(identity: Identity, library: Library) -> Iterator[tuple[str, str]]:
    """Name and text, line by line, the last one sealing the others."""
    base, part = identity.base, identity.part
    packed = base64.b64encode(zlib.compress(write_submission_json(base).encode(), 9)).decode()
    about = {
        "format": _FORMAT,
        "division": [base.division.code, base.division.name],
        "round": base.round.id,
        "standards": {name: library.standards[name].fingerprint for name in base.round.standards},
        "part": None
        if part is None
        else {
            "department": part.department,
            "rows": {row: None if own is None else list(own) for row, own in part.rows.items()},
            "documents": sorted(part.documents),
        },
        "first_spare": identity.first_spare,
        "made_on": identity.made_on,
    }
    lines = [("about", json.dumps(about, ensure_ascii=False))]
    texts = {"base": packed}
    if identity.versions is not None:
        texts["versions"] = json.dumps(dict(identity.versions), separators=(",", ":"))
    for name, text in texts.items():
        lines += [(name, text[start : start + _PIECE]) for start in range(0, len(text), _PIECE)]
    yield from lines
    yield "seal", seal(lines)


def read_identity(sheet: Sheet | None, library: Library) -> Identity:
    """Raises `BadSpreadsheetError` for a workbook of no identity, an altered one, or one of another edition."""
    if sheet is None:
        raise BadSpreadsheetError("no_identity", "不是本系统生成的填报表；请下载填报表，在里面填写，不要另建表格")
    lines = [(row[0].text, row[1].text) for row in sheet.rows() if len(row) > 1]
    altered = f"隐藏的工作表“{SHEET}”被改动过，无法核对是哪一份；请重新下载填报表，把填写的内容复制过去"
    if not lines or lines[-1] != ("seal", seal(lines[:-1])):
        raise BadSpreadsheetError("identity_changed", altered)
    try:
        about = json.loads(lines[0][1])
        packed = base64.b64decode("".join(text for name, text in lines if name == "base"), validate=True)
        plain = zlib.decompressobj().decompress(packed, _LONGEST_BASE).decode()
        edition = dict(about["standards"])
        if about.get("department"):
            raise BadSpreadsheetError("earlier_format", "部门填报表是早先版本做的；请重新下载，把内容复制过去")
        versions = _versions("".join(text for name, text in lines if name == "versions"))
        identity = _part(about.get("part")), int(about["first_spare"]), about["made_on"], versions
    except BadSpreadsheetError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, zlib.error) as broken:
        raise BadSpreadsheetError("identity_changed", altered) from broken
    for name, fingerprint in edition.items():
        here = library.standards.get(name)
        if here is None or here.fingerprint != fingerprint:
            raise BadSpreadsheetError(
                "other_edition", f"填报表按标准“{name}”的另一版制作，与现在所用的不同；请重新下载填报表，把内容复制过去"
            )
    try:
        base = read_submission(plain, SHEET, library)
    except ProblemsError as broken:
        raise BadSpreadsheetError("identity_changed", altered) from broken
    return Identity(base, *identity)


def _part(kept: Mapping[str, Any] | None) -> Part | None:
    if kept is None:
        return None
    rows = {row: None if own is None else tuple(own) for row, own in kept["rows"].items()}
    return Part(kept["department"], rows, frozenset(kept["documents"]))


def _versions(text: str) -> dict[str, int] | None:
    """None in a workbook made before 1 December 2026, or of a file, which has none. Raises ValueError."""
    versions = {name: int(version) for name, version in json.loads(text).items()} if text else None
    if versions is not None and not all(0 < version < _HIGHEST for version in versions.values()):
        raise ValueError(text)
    return versions


def seal(lines: list[tuple[str, str]]) -> str:
    """Tells accidents, not forgers: who may write what is asked where it is saved."""
    return hashlib.sha256("\n".join(text for _, text in lines).encode()).hexdigest()
