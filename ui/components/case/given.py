"""A fact that prefecture or province have given, or the county's code says, in a sentence."""

from __future__ import annotations

from scoring.wording import LEVEL_NAMES
from storage.clock import local_date
from ui.components import labels
from workflow.divisions import has_prefecture, prefecture_of, province_of
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import Target


def given_words(snapshot: SubmissionSnapshot, fact_id: str) -> str | None:
    """省级已给：0.62%（2018-06-01，演示省）。None where nobody has."""
    entry = snapshot.entries.get(Target.given(fact_id))
    fact = next((s.facts[fact_id] for s in snapshot.standards if fact_id in s.facts), None)
    if entry is None or fact is None or fact.given_by is None:
        return None
    code, unit = snapshot.record.division_code, labels.word("units", fact.unit) if fact.unit else ""
    giver = province_of(code) if fact.given_by == "province" else prefecture_of(code)
    level, day = LEVEL_NAMES[fact.given_by], local_date(entry.updated_at).isoformat()
    words = f"{level}已给：{entry.body}{unit}（{day}，{giver.name if giver else level}）。"
    own = snapshot.entries.get(Target.fact(fact_id))
    if own is None or own.body == entry.body:
        return words
    return f"{words}本县原来填的是 {own.body}{unit}，按{level}给出的判断。"


def known_words(snapshot: SubmissionSnapshot, fact_id: str) -> str | None:
    """是（照行政区划代码）. None of other facts, and where something else stands, which is to be seen and mended."""
    known = has_prefecture(snapshot.record.division_code)
    if fact_id != "has_prefecture" or snapshot.content.facts.get(fact_id) is not known:
        return None
    return f"{'是' if known else '否'}（照行政区划代码定，不用填）"
