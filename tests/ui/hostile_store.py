"""The demonstration with hostile text in every place where people write freely, put in beneath the use cases.

Beneath, because what the forms refuse today may have come in by an older version or a restored archive.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from scoring.submission import EVIDENCE_COLUMNS, FORM_FIELDS
from storage.clock import local_date, now
from storage.records import Entry, ReturnItem
from storage.store import Transaction
from workflow.office import Office

OUTSIDE = "http://127.0.0.1:9/"
HOSTILE = (
    f'<img src={OUTSIDE}x onerror=alert(1)> <script>alert(1)</script> "><svg onload=alert(1)> [链接]({OUTSIDE}) '
    f"![]({OUTSIDE}a.png) $\\frac12$ :red[红] :smile: :material/home: www.outside.example a@outside.example "
    "| a | b | `码` ``` \u202e反"
    " 👨\u200d👩\u200d👧 \U00020000"
)
LINES = f"{HOSTILE}\n\n# 标题\n\n| a | b |\n|---|---|\n| {HOSTILE} | c |\n\n    码\n"

_WRITTEN_BESIDE = {
    "finding": {"reason": LINES},
    "opinion": {"text": LINES, "by": HOSTILE},
    "doubt": {"reason": LINES, "settles": LINES, "resolved": {"reason": LINES}},
    "note": {"to": "county", "text": LINES},
    "explanation": {"explanation": LINES},
    "visit_plan": {"places": [HOSTILE], "people": [HOSTILE], "note": LINES},
}


def _spoilt(kind: str, key: str, body: Any) -> Any:
    """The body with every free text in it replaced and those it may have besides put in."""
    if kind in {"fact", "given", "local"}:
        return body | {"reason": LINES} if isinstance(body, dict) and "done" not in body else body
    if kind == "form":
        return LINES if FORM_FIELDS[key].long else HOSTILE
    if kind == "assignment":
        return {"units": [HOSTILE, *body["units"]]}
    if kind in {"answer", "veto"}:
        judged = {name: {**judgement, "reason": LINES} for name, judgement in body.get("judgements", {}).items()}
        return {**body, "note": LINES} | ({"judgements": judged} if judged else {})
    if kind == "evidence":
        return {
            **body,
            **dict.fromkeys(EVIDENCE_COLUMNS.keys() - {"kind", "date", "valid_until", "pages", "sha256"}, HOSTILE),
        }
    if kind.partition(".")[0] in _WRITTEN_BESIDE:
        return {**body, **_WRITTEN_BESIDE[kind.partition(".")[0]]}
    assert kind == "site_visit", kind
    return {**body, "places": [HOSTILE, HOSTILE + "二"], "people": [HOSTILE], "notes": LINES, "rows": {"3.3.2": LINES}}


def _besides(submission_id: int, existing: set[tuple[str, str]]) -> Iterator[tuple[str, str, Any]]:
    """Entries of the kinds the demonstration has not (or not in every submission)."""
    day = local_date(now()).isoformat()
    wanted: list[tuple[str, str, Any]] = [
        ("assignment", "3.3.2", {"units": ["甲县公安局"]}),
        ("answer", "5.3.2", {"claim": "not_met"}),
        ("veto", "V1", {"claim": "clear"}),
    ]
    for level in ("prefecture", "province"):
        wanted.append((f"finding.{level}", "3.3.2", {"finding": "needs_correction", "date": day}))
        wanted.append((f"finding.{level}", "5.3.2", {"finding": "not_met", "date": day}))
        wanted.append(("site_visit", f"{level}/001", {"level": level, "date": day}))
        wanted.append((f"opinion.{level}", "-", {"date": day}))
        wanted.append((f"visit_plan.{level}", "-", {"rows": ["3.3.2"]}))
        wanted += [(f"doubt.{level}", "3.3.2", {}), (f"note.{level}", "001", {"row_id": "3.3.2"})]
    wanted.append(("opinion.county_government", "-", {"date": day}))
    wanted += [("form", name, "") for name in FORM_FIELDS]
    yield from ((kind, key, body) for kind, key, body in wanted if (kind, key) not in existing)


def spoil(office: Office) -> None:
    """Rewrite the whole store of an office."""
    with office.store.write("guanliyuan", now()) as tx:
        for account in tx.accounts.all():
            tx.accounts.change(account.id, display_name=HOSTILE, **({"unit": HOSTILE} if account.unit else {}))
        for record in tx.rounds.all():
            tx.rounds.change(record.id, title=HOSTILE)
        for record in tx.submissions.all():
            _spoil_one(tx, record.id)
            bytes_kept = office.store.files.put(io.BytesIO(b"%PDF-1.7\n%%EOF\n"))
            tx.files.register(record.id, bytes_kept, name=HOSTILE + ".pdf", media_type="application/pdf")
            tx.moves.add(
                record.id, move="withdraw", to_state=record.state, expected_version=record.version, reason=LINES
            )


def _spoil_one(tx: Transaction, submission_id: int) -> None:
    entries: tuple[Entry, ...] = tx.entries.all(submission_id)
    for entry in entries:
        tx.entries.put(submission_id, entry.kind, entry.key, _spoilt(entry.kind, entry.key, entry.body), entry.version)
    for kind, key, body in _besides(submission_id, {(entry.kind, entry.key) for entry in entries}):
        tx.entries.put(submission_id, kind, key, _spoilt(kind, key, body), 0)
    standing = tx.returns.open_one(submission_id)
    if standing is not None:
        tx.returns.close(standing.id)
    items = (ReturnItem(1, "3.3.2", LINES), ReturnItem(2, "form/narrative", LINES))
    made = tx.returns.add(submission_id, level="prefecture", items=items, reason=LINES, due=local_date(now()))
    tx.entries.put(submission_id, "correction", f"{made.number}/1", {"explanation": LINES}, 0)
    if standing is None:
        tx.returns.close(made.id)
