"""Entries to a submission and back: each entry's body is the exchange file's fragment under its kind and key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from indicators.model import Library
from scoring.days import Month
from scoring.exchange.local import local_answer_fits
from scoring.exchange.reading import read_submission_data
from scoring.exchange.writing import part_data, submission_data
from scoring.submission import LEVEL_OF_OPINION, Level, OpinionLevel, Submission
from storage.canonical import Json
from storage.records import Entry, RoundRecord, SubmissionRecord
from workflow.targets import LOCAL_POLICIES, Kind, Target

_HEADER = frozenset({"format", "shows", "round", "division"})
# 交换文件的段 → 条目的 kind。
_SECTIONS: Mapping[str, Kind] = {
    "facts": "fact",
    "form": "form",
    "answers": "answer",
    "vetoes": "veto",
    "evidence": "evidence",
}


def apply_by_of(record: SubmissionRecord, round_record: RoundRecord) -> date | None:
    """本县的截止日: the round's deadline, its extension for the county, or the day a return for correction gave; the
    latest.
    """
    days = (round_record.apply_by, record.extended_to, record.return_due)
    return max((day for day in days if day is not None), default=None)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def data_of(record: SubmissionRecord, round_record: RoundRecord, bodies: Mapping[Target, Json]) -> dict[str, Any]:
    """The exchange file's data of a submission, from its entries' bodies."""
    data: dict[str, Any] = {
        "format": 1,
        "round": {
            "id": round_record.id,
            "standards": list(round_record.standards),
            "period": {"from": round_record.period_first.isoformat(), "to": round_record.period_last.isoformat()},
            "apply_by": _day(apply_by_of(record, round_record)),
        },
        "division": {"code": record.division_code, "name": record.division_name},
    }
    return data | _sections_of(bodies)


def data_with(submission: Submission, bodies: Mapping[Target, Json]) -> dict[str, Any]:
    """The exchange file's data of a submission with these entries' bodies in the place of its own; None takes out."""
    header = {key: part for key, part in _stored(submission_data(submission)).items() if key in _HEADER}
    every = {**bodies_from(submission), **bodies}
    return header | _sections_of({target: body for target, body in every.items() if body is not None})


def _sections_of(bodies: Mapping[Target, Json]) -> dict[str, Any]:
    """The exchange file's sections from its entries' bodies."""
    data: dict[str, Any] = {}
    given = {target.stated: body for target, body in bodies.items() if target.kind == "given"}
    bodies = {**bodies, **given}  # 上级给出的，在县里填的位置上
    for section, kind in _SECTIONS.items():
        section_bodies = {target.key: body for target, body in bodies.items() if target.kind == kind}
        if section_bodies:
            data[section] = section_bodies
    local = _local_of({target: body for target, body in bodies.items() if target.kind == "local"})
    if local:
        data["local"] = local
    for target, body in bodies.items():
        level = target.kind.partition(".")[2]
        if target.is_finding:
            data.setdefault("findings", {}).setdefault(level, {})[target.key] = body
        elif target.is_opinion:
            data.setdefault("opinions", {})[level] = body
    for target, body in bodies.items():
        if target.is_scan:
            opinions, level = data.setdefault("opinions", {}), target.kind.partition(".")[2]
            said = opinions.get(level, {})
            opinions[level] = {**said, "scan": body} if isinstance(said, Mapping) else said
    visits = sorted(target for target in bodies if target.kind == "site_visit")
    if visits:
        data["site_visits"] = [bodies[target] for target in visits]
    return data


def _local_of(bodies: Mapping[Target, Json]) -> dict[str, Any]:
    """The file's ``local`` from its entries."""
    chosen = Target.local_policies()
    local: dict[str, Any] = {LOCAL_POLICIES: bodies[chosen]} if chosen in bodies else {}
    for target, body in bodies.items():
        policy, commitment = target.parts
        if commitment:
            local.setdefault("answers", {}).setdefault(policy, {})[commitment] = body
    return local


def bodies_of(entries: Iterable[Entry]) -> dict[Target, Json]:
    """The bodies of these entries, by target."""
    return {Target.of(entry): entry.body for entry in entries}


def read_content(
    record: SubmissionRecord,
    round_record: RoundRecord,
    bodies: Mapping[Target, Json],
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


def _still_asked(target: Target, body: Json, library: Library) -> bool:
    if target.kind != "local":
        return True
    if target == Target.local_policies():
        return isinstance(body, list) and (not body or any(policy_id in library.policies for policy_id in body))
    policy, commitment = target.parts
    return local_answer_fits(library.policies, policy, commitment, body)


def _still_there(target: Target, body: Json, library: Library) -> Json:
    """The body without local documents that are no longer installed: one taken away leaves the choice of the others."""
    if target != Target.local_policies() or not isinstance(body, list):
        return body
    return [policy_id for policy_id in body if policy_id in library.policies]


def only_levels(content: Submission, levels: Collection[Level]) -> Submission:
    """The content without what the other levels wrote: findings, visits, opinions."""
    return replace(
        content,
        findings={level: given for level, given in content.findings.items() if level in levels},
        site_visits=tuple(visit for visit in content.site_visits if visit.level in levels),
        opinions={by: said for by, said in content.opinions.items() if LEVEL_OF_OPINION[by] in levels},
    )


def bodies_from(submission: Submission) -> dict[Target, Json]:
    """The reverse of `read_content`: the body of every entry that would hold this submission."""
    data = _stored(submission_data(submission))
    bodies: dict[Target, Json] = {}
    for section, kind in _SECTIONS.items():
        for key, body in data.get(section, {}).items():
            bodies[Target(kind, key)] = body
    local = data.get("local", {})
    if LOCAL_POLICIES in local:
        bodies[Target.local_policies()] = local[LOCAL_POLICIES]
    for policy, answers in local.get("answers", {}).items():
        for commitment, body in answers.items():
            bodies[Target.local_answer(policy, commitment)] = body
    for level, findings in data.get("findings", {}).items():
        for row_id, body in findings.items():
            bodies[Target.finding(level, row_id)] = body
    bodies |= _opinions_of(data.get("opinions", {}))
    for number, body in enumerate(data.get("site_visits", []), start=1):
        bodies[Target.site_visit(body["level"], number)] = body
    return bodies


def _opinions_of(opinions: Mapping[OpinionLevel, dict[str, Any]]) -> dict[Target, Json]:
    """Each opinion's entry, and its scan's."""
    scans = {Target.scan(level): said.pop("scan") for level, said in opinions.items() if "scan" in said}
    return {Target.opinion(level): said for level, said in opinions.items() if said} | scans


def body_of(part: object) -> Json:
    """The body of the entry that holds this part of a submission: an answer, a document, a finding, a fact, a field;
    None where it says nothing."""
    body: Json = _stored(part_data(part))
    return None if body is None or body in ("", {}) else body


def _stored(value: Any) -> Any:  # noqa: ANN401 - any part of the file
    """The value with its dates as the exchange file's strings."""
    if isinstance(value, date | Month):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _stored(inner) for key, inner in value.items()}
    return [_stored(inner) for inner in value] if isinstance(value, list | tuple) else value
