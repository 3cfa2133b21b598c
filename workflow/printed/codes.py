"""The check code on a printed 申报表: kept when it is printed, and held against what the store says now.

The code covers what the paper shows and rests on: fields, opinions, the county's answers and the findings up to its
level, and the rules (`templates.application_form.digest`). Who asks needs no account and learns one of three words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from scoring.submission import LEVELS
from storage.errors import SaveFailed
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from templates.application_form.digest import SHORT, digest
from templates.application_form.plan import OPINIONS_AT
from workflow.content import bodies_of, read_content
from workflow.errors import Refused
from workflow.office import Office

WINDOW = timedelta(minutes=15)
WRONG_CODES = 20  # of one address in WINDOW; sixteen hexadecimal digits stand any number of guesses, the machine not
_COUNTED_AS = "CHECK:"  # no username begins so, and no address
_PATIENCE = 2.0  # seconds
_CODE = re.compile(rf"[0-9A-F]{{{SHORT}}}(?:[0-9A-F]{{{64 - SHORT}}})?")
_DIVISION = re.compile(r"[0-9]{6}")


class Standing(StrEnum):
    """What the store says of a code."""

    AGREES = "agrees"
    NEWER = "newer"
    UNKNOWN = "unknown"


def keep_code(office: Office, username: str, submission_id: int, code: str, now: datetime) -> None:
    """A form with this code was printed from the store. Where the store is busy the paper comes all the same."""
    with office.store.read() as tx:
        if tx.printed_forms.has(submission_id, code):
            return
    with suppress(SaveFailed), office.store.write(username, now, patience=_PATIENCE) as tx:
        if not tx.printed_forms.has(submission_id, code):
            tx.printed_forms.add(submission_id, code)


def check_printed(office: Office, code: str, division: str, address: str, now: datetime) -> Standing:
    """Whether a paper of this county says what the store says now. Raises Refused: ``malformed``, ``throttled``."""
    code = "".join(code.split()).upper()
    division = division.strip()
    if not _CODE.fullmatch(code):
        raise Refused("malformed", f"校验码是 {SHORT} 位数字和字母（0 至 9、A 至 F），请照附页页脚或核对页填写。")
    if not _DIVISION.fullmatch(division):
        raise Refused("malformed", "行政区划代码是 6 位数字，请照核对页“行政区划”括号内填写。")
    counted = f"{_COUNTED_AS}{address}"
    with office.store.read() as tx:
        if tx.attempts.failures_of_address(counted, now - WINDOW) >= WRONG_CODES:
            raise Refused("throttled", "从这里查询不一致的校验码次数过多，请 15 分钟后再试。")
        standing = _standing(office, tx, code[:SHORT], division)
    if standing is Standing.UNKNOWN:
        with office.store.write("anonymous", now) as tx:
            tx.attempts.add(_COUNTED_AS, counted, succeeded=False)
    return standing


def _standing(office: Office, tx: Transaction, code: str, division: str) -> Standing:
    numbers = [record.id for record in tx.submissions.all(division_prefix=division)]
    for found in filter(None, map(tx.submissions.with_round, numbers)):
        with suppress(Refused):  # rules of its round that are nowhere any more: nothing can be printed of it now
            if any(one.startswith(code) for one in _kept_codes(office, tx, *found)):
                return Standing.AGREES
    return Standing.NEWER if tx.printed_forms.known(numbers, code) else Standing.UNKNOWN


def _kept_codes(
    office: Office, tx: Transaction, record: SubmissionRecord, round_record: RoundRecord
) -> tuple[str, ...]:
    """Worked out once, as long as nothing moves: who asks again and again costs no judging."""
    stamp = (record.stamp, round_record.stamp)
    codes = office.codes.get(record.id, stamp)
    if codes is None:
        codes = tuple(_codes_now(office, tx, record, round_record))
        office.codes.put(record.id, stamp, codes)
    return codes


def _codes_now(office: Office, tx: Transaction, record: SubmissionRecord, round_record: RoundRecord) -> Iterator[str]:
    """Of every form that could be printed of it now: at each level, with each opinion given and without the last."""
    bodies = bodies_of(tx.entries.all(record.id))
    content = read_content(record, round_record, bodies, office.rules_of(round_record))
    for level, assessment in office.judge_levels(content, round_record, LEVELS).items():
        given = [key for key in OPINIONS_AT[level] if key in content.opinions]
        for shown in range(len(given) + 1):
            opinions = {key: content.opinions[key] for key in given[:shown]}
            yield digest(replace(content, opinions=opinions), assessment)
