"""Entries to a submission and back: each entry's body is the exchange file's fragment under its kind and key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from indicators.model import Library
from scoring.exchange.local import local_answer_fits
from scoring.exchange.reading import read_submission_data
from scoring.exchange.writing import submission_data
from scoring.submission import Submission
from storage.records import Entry, RoundRecord, SubmissionRecord

Target = tuple[str, str]  # (kind, key) of an entry: ("answer", "3.3.2")
# 交换文件的段 → 条目的 kind；assignment 只属于本系统，不进交换文件。
_MAPPINGS = {"facts": "fact", "form": "form", "answers": "answer", "vetoes": "veto", "evidence": "evidence"}
# 地方文件对照：键“policies”是适用哪些文件，“文件/承诺”是县里对这条承诺的填报。
LOCAL, LOCAL_POLICIES = "local", "policies"
CONTENT_KINDS = frozenset({*_MAPPINGS.values(), LOCAL})
REVIEW_KINDS = frozenset(
    {
        "finding.prefecture",
        "finding.province",
        "site_visit",
        "opinion.county_government",
        "opinion.prefecture",
        "opinion.province",
    }
)
CORRECTION = "correction"  # the county's words on one item of a return: this system's own, not in the exchange file
ONLY = "-"  # the key of an entry that a submission holds once


_NAMES = {
    "fact": "县情的这一项",
    "form": "申报表的这一栏",
    "answer": "指标",
    "veto": "一票否决",
    "evidence": "佐证材料",
    LOCAL: "地方文件对照",
    "finding": "认定",
    "opinion": "推荐意见",
    "site_visit": "实地评估记录",
    "assignment": "分工",
    CORRECTION: "补正情况",
}
_NUMBERED = frozenset({"answer", "veto", "evidence", "finding"})  # their keys are people's numbers too


def named(target: Target) -> str:
    """What a message calls an entry: 指标 3.3.2, 佐证材料 E01, 推荐意见."""
    kind = target[0].partition(".")[0]
    name = _NAMES.get(kind, "这项内容")
    return f"{name} {target[1]}" if kind in _NUMBERED else name


def data_of(record: SubmissionRecord, round_record: RoundRecord, bodies: Mapping[Target, Any]) -> dict[str, Any]:
    """The exchange file's data of a submission, from its entries' bodies."""
    data: dict[str, Any] = {
        "format": 1,
        "round": {
            "id": round_record.id,
            "standards": list(round_record.standards),
            "period": {"from": round_record.period_first.isoformat(), "to": round_record.period_last.isoformat()},
        },
        "division": {"code": record.division_code, "name": record.division_name},
    }
    for section, kind in _MAPPINGS.items():
        held = {key: body for (k, key), body in bodies.items() if k == kind}
        if held:
            data[section] = held
    local = _local_of({key: body for (kind, key), body in bodies.items() if kind == LOCAL})
    if local:
        data[LOCAL] = local
    for kind, body in ((k, b) for k, b in bodies.items() if k[0].startswith(("finding.", "opinion."))):
        name, _, level = kind[0].partition(".")
        if name == "finding":
            data.setdefault("findings", {}).setdefault(level, {})[kind[1]] = body
        else:
            data.setdefault("opinions", {})[level] = body
    visits = sorted((key, body) for (kind, key), body in bodies.items() if kind == "site_visit")
    if visits:
        data["site_visits"] = [body for _, body in visits]
    return data


def _local_of(held: Mapping[str, Any]) -> dict[str, Any]:
    """The file's ``local`` from its entries."""
    local: dict[str, Any] = {LOCAL_POLICIES: held[LOCAL_POLICIES]} if LOCAL_POLICIES in held else {}
    for key, body in held.items():
        policy, slash, commitment = key.partition("/")
        if slash:
            local.setdefault("answers", {}).setdefault(policy, {})[commitment] = body
    return local


def bodies_of(entries: Iterable[Entry]) -> dict[Target, Any]:
    """The bodies that stand, by target."""
    return {(entry.kind, entry.key): entry.body for entry in entries}


def read_content(
    record: SubmissionRecord,
    round_record: RoundRecord,
    bodies: Mapping[Target, Any],
    library: Library,
    *,
    written: Collection[Target] = (),
) -> Submission:
    """The submission; raises ProblemsError when some body is not what the exchange format allows.

    A local document may be taken away or revised while counties' answers to it stand: what no document asks any more
    is left unread, so that advice never shuts a submission. ``written``: what is being saved, which is not excused.
    """
    bodies = {
        target: _still_there(target, body, library) if target not in written else body
        for target, body in bodies.items()
        if target in written or _still_asked(target, body, library)
    }
    return read_submission_data(data_of(record, round_record, bodies), f"{record.division_name}的申报", library)


def _still_asked(target: Target, body: Any, library: Library) -> bool:  # noqa: ANN401 - an entry's body
    kind, key = target
    if kind != LOCAL:
        return True
    if key == LOCAL_POLICIES:
        return isinstance(body, list) and (not body or any(one in library.policies for one in body))
    policy, _, commitment = key.partition("/")
    return local_answer_fits(library.policies, policy, commitment, body)


def _still_there(target: Target, body: Any, library: Library) -> Any:  # noqa: ANN401 - an entry's body
    """Of the documents a county chose, those there still are: one taken away does not undo the choice of the others."""
    chosen = target == (LOCAL, LOCAL_POLICIES)
    return [one for one in body if one in library.policies] if chosen else body


def bodies_from(submission: Submission) -> dict[Target, Any]:
    """The reverse: every fragment of a submission, as entries would hold it."""
    data = _stored(submission_data(submission))
    bodies: dict[Target, Any] = {}
    for section, kind in _MAPPINGS.items():
        for key, body in data.get(section, {}).items():
            bodies[kind, key] = body
    local = data.get(LOCAL, {})
    if LOCAL_POLICIES in local:
        bodies[LOCAL, LOCAL_POLICIES] = local[LOCAL_POLICIES]
    for policy, answers in local.get("answers", {}).items():
        bodies.update(((LOCAL, f"{policy}/{commitment}"), body) for commitment, body in answers.items())
    for level, findings in data.get("findings", {}).items():
        for row_id, body in findings.items():
            bodies[f"finding.{level}", row_id] = body
    for level, body in data.get("opinions", {}).items():
        bodies[f"opinion.{level}", ONLY] = body
    for number, body in enumerate(data.get("site_visits", []), start=1):
        bodies["site_visit", f"{body['level']}/{number:03d}"] = body
    return bodies


def _stored(value: Any) -> Any:  # noqa: ANN401 - any part of the file
    """Dates as the exchange file writes them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _stored(inner) for key, inner in value.items()}
    return [_stored(inner) for inner in value] if isinstance(value, list | tuple) else value
