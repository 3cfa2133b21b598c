"""What one entry must be like beyond the exchange format's own rules; asked by `workflow.submission.saving`.

The reader sees the submission as a file; it cannot see who writes which entry, nor what only this system keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from indicators.model import Library
from scoring.submission import FORM_FIELDS
from scoring.substance import reason_lacks
from storage.canonical import Json, dumps
from workflow.assignment import KEYS, assignment_of
from workflow.divisions import has_prefecture
from workflow.entries.attached import digests, opinion_of
from workflow.entries.dating import dated_faults
from workflow.errors import Refused
from workflow.file_text.findings import sentences
from workflow.file_text.kept import kept
from workflow.office import Office
from workflow.people import has_unseen
from workflow.personal_hints import entry_hints
from workflow.privacy import refuse_identifiers
from workflow.remarks.explanations import EXPLANATION
from workflow.remarks.faults import never_taken_out, remark_faults
from workflow.remarks.opinions import opinion_faults
from workflow.submission.handing_back import first_release
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import Path, Target
from workflow.visiting import plan
from workflow.visiting.record import visit_faults

_VISIT_KEY = re.compile(r"(?:prefecture|province)/[0-9a-z-]{1,32}")
_HAS_PREFECTURE = Target.fact("has_prefecture")
_MOST_UNITS, _LONGEST_UNIT, _LONGEST_REASON = 12, 60, 500
# 申报表的叙述栏和推荐意见可以长，其余各处是说明（民函〔2018〕4号附件2）。
_LONGEST_TEXT, _LONGEST_NARRATIVE = 20_000, 100_000


def entry_refusal(
    snapshot: SubmissionSnapshot,
    target: Target,
    body: Json,
    today: date,
    library: Library,
) -> Refused | None:
    """Why this entry cannot be kept, or None. ``body`` None takes it out; ``today``: the day in Beijing; ``library``:
    whose local documents can be assigned."""
    if body is None:
        if target == _HAS_PREFECTURE:
            return Refused("malformed", "有没有上级市（地、州、盟）由行政区划决定，不能删去。")
        told = never_taken_out(target) or plan.never_taken_out(target)
        return Refused("malformed", told) if told else None
    try:
        if "\\u0000" in dumps(body):
            told = f"{target.label}：文字中有不能保存的控制字符。请删去后再保存。"
            places = [(target, path) for path, text in _texts(body, ()) if "\x00" in text]
            return Refused("malformed", told, places=places)
    except (TypeError, ValueError):
        return Refused("malformed", f"{target.label}：内容中有不能保存的数值或字符。请核对后再保存。")
    too_long = _too_long(target, body)
    if too_long:
        return Refused("too_long", too_long, places=[(target, _longest(body)[0])])
    try:
        refuse_persons(snapshot, target, body)
    except Refused as refusal:
        return refusal
    if target.kind != "site_visit" and _without_file(snapshot, target, body):
        return Refused("file_not_held", item=target.label, places=[(target, ("file",))])
    faults = [*_faults(snapshot, target, body, library)]
    rows = [row.id for row in printed_rows(snapshot.standards)]
    stands = snapshot.entries.get(target)
    located = [*dated_faults(target, body, today, first_release(snapshot.moves, snapshot.state))]
    stood = None if stands is None else stands.body
    located += remark_faults(target, body, stood, snapshot.standards, library.vocabulary)
    located += visit_faults(target, body, stood, snapshot.held_files, library.vocabulary)
    if target.is_scan or target.is_opinion:
        located += opinion_faults(target, body, given=not target.is_scan or opinion_of(target) in snapshot.entries)
    located += plan.plan_faults(target, body, stood, rows)
    places = [] if faults else [(target, field) for field, _ in located]
    if faults and target.kind == "assignment":
        places = [(target, ("units",))]
    faults += [told for _, told in located]
    return Refused("malformed", *faults, places=places) if faults else None


def refuse_persons(snapshot: SubmissionSnapshot, target: Target, body: Json) -> None:
    """Raise Refused where an entry holds a personal identifier."""
    refuse_identifiers(target, body, _name(snapshot, target))


def warnings_of(
    office: Office, snapshot: SubmissionSnapshot, entries: Iterable[tuple[Target, Json]]
) -> tuple[str, ...]:
    """What of entries that can be kept should be looked at once more: text that may name somebody, files just added."""
    told: dict[str, None] = {}
    added: dict[str, str] = {}
    for target, body in entries:
        told |= dict.fromkeys(entry_hints(target, body, _name(snapshot, target)))
        if target.kind != "site_visit" and isinstance(body, Mapping):
            entry = snapshot.entries.get(target)
            stands = frozenset[str]() if entry is None else digests(target, entry.body)
            added |= dict.fromkeys(digests(target, body) - stands, str(body.get("file") or target.key))
    if added:
        with office.store.read() as tx:
            remarks = kept(tx, added)
        told |= dict.fromkeys(one for digest, those in remarks.items() for one in sentences(added[digest], those))
    return tuple(told)


def _name(snapshot: SubmissionSnapshot, target: Target) -> str | None:
    """A fact by its label, which only the standards know: 县情“总人口”."""
    facts = (standard.facts.get(target.key) for standard in snapshot.standards if target.kind == "fact")
    return next((f"县情“{fact.label}”" for fact in facts if fact is not None), None)


def _without_file(snapshot: SubmissionSnapshot, target: Target, body: Json) -> bool:
    """Whether the body names bytes nobody uploaded. What stands so already may stay: its other fields can be mended."""
    entry = snapshot.entries.get(target)
    stands = frozenset[str]() if entry is None else digests(target, entry.body)
    return bool(digests(target, body) - stands - snapshot.held_files)


def _faults(snapshot: SubmissionSnapshot, target: Target, body: Json, library: Library) -> Iterator[str]:
    kind, key = target
    if kind == "site_visit":
        # 键里的级别决定谁能写，正文里的级别决定算谁的：二者必须一致。
        if not _VISIT_KEY.fullmatch(key) or not isinstance(body, Mapping) or body.get("level") != target.level:
            yield f"{target.label}：级别与填写人不符。请刷新页面后重试。"
    elif kind == "correction":
        explanation = body.get(EXPLANATION) if isinstance(body, Mapping) and set(body) == {EXPLANATION} else None
        lacks = reason_lacks(explanation if isinstance(explanation, str) else None, 1, library.vocabulary)
        if lacks:
            yield f"补正情况{lacks}。请写明为什么无须改动、凭什么，或直接改正所列内容。"
    elif kind == "local" and target != Target.local_policies() and not target.parts[1]:
        yield f"{target.label}没有这一项。请刷新页面后重试。"
    elif kind == "sent_back":
        yield from _sent_back_faults(snapshot, target, body, library)
    elif kind == "assignment":
        yield from _assignment_faults(snapshot, target, body, library)
    elif target == _HAS_PREFECTURE and body is not has_prefecture(snapshot.record.division_code):
        stands = "有" if has_prefecture(snapshot.record.division_code) else "没有"
        yield f"按行政区划，{snapshot.record.division_name}{stands}上级市（地、州、盟）。请照此填写。"


def _too_long(target: Target, body: Json) -> str:
    field = FORM_FIELDS.get(target.key) if target.kind == "form" else None
    long = target.is_opinion or (field is not None and field.long)
    limit = _LONGEST_NARRATIVE if long else _LONGEST_TEXT
    longest = len(_longest(body)[1])
    if longest <= limit:
        return ""
    return f"{target.label}：文字有{longest}字，超过{limit}字的限制。请精简，或作为佐证材料上传。"


def _longest(body: Json) -> tuple[Path, str]:
    """The longest text, and the field that holds it."""
    return max(_texts(body, ()), key=lambda text: len(text[1]), default=((), ""))


def _texts(body: Json, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(body, str):
        yield path, body
    elif isinstance(body, Mapping):
        for key, value in body.items():
            yield path, str(key)
            yield from _texts(value, (*path, str(key)))
    elif isinstance(body, list | tuple):
        for value in body:
            yield from _texts(value, path)


def _assignment_faults(
    snapshot: SubmissionSnapshot,
    target: Target,
    body: Json,
    library: Library,
) -> Iterator[str]:
    key, (policy, commitment) = target.key, target.parts
    what = f"地方文件 {key} " if commitment else f"指标 {key} "
    if commitment:
        promise = library.policies[policy].commitment(commitment) if policy in library.policies else None
        if promise is None or promise.held_by != "county":
            yield f"地方文件没有“{key}”这项县里的承诺，不能分配。请刷新页面后重试。"
    elif all(standard.row(key) is None for standard in snapshot.standards):
        yield f"没有编号为“{key}”的指标，不能分配。"
    kept = body if isinstance(body, Mapping) and set(body) <= KEYS else {}
    units = kept.get("units")
    if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units):
        yield f"{what}的分配须为部门名称的列表。"
        return
    wanting = not units or len(units) > _MOST_UNITS or len(set(units)) != len(units)
    if wanting or any(not unit.strip() or unit != unit.strip() or len(unit) > _LONGEST_UNIT for unit in units):
        yield f"{what}须分配给1至{_MOST_UNITS}个部门，名称不重复，每个不超过{_LONGEST_UNIT}字。"
    standing = snapshot.entries.get(target)
    stood = assignment_of(standing.body).units if standing is not None else ()
    listed = snapshot.departments
    for unit in units:
        if listed.departments and unit not in stood and listed.find(unit) is None and not has_unseen(unit):
            yield f"{what}：{listed.unknown(unit)}"
    if any(has_unseen(unit) for unit in units):
        yield f"{what}的部门名称中有换行或不可见的字符，与账号的部门对不上。请删去后重新填写。"
    yield from _due_faults(snapshot, what, kept.get("due"))
    parts = kept.get("measures", {})
    rows = [row for standard in snapshot.standards if (row := standard.row(key)) is not None]
    known = {measure.id for row in rows for measure in row.measures}
    fit = isinstance(parts, Mapping) and all(isinstance(ids, list) and ids for ids in parts.values())
    if not fit or not set(parts) <= set(units[1:]) or any(one not in known for ids in parts.values() for one in ids):
        yield f"{what}：只有牵头以外的部门可以只填其中几项数据，且须是这项指标的数据。请重新选择。"


def _sent_back_faults(snapshot: SubmissionSnapshot, target: Target, body: Json, library: Library) -> Iterator[str]:
    """Each department writes for itself, and why."""
    standing = snapshot.entries.get(target)
    stood = standing.body if standing is not None and isinstance(standing.body, Mapping) else {}
    written = body if isinstance(body, Mapping) else {}
    unit = snapshot.departments.name_of(snapshot.person.unit or "")
    if {name: why for name, why in written.items() if name != unit} != {n: w for n, w in stood.items() if n != unit}:
        yield "各单位只能退回分给自己的。请刷新页面后重试。"
    reason = written.get(unit)
    lacks = reason_lacks(reason if isinstance(reason, str) else None, 1, library.vocabulary)
    if isinstance(reason, str) and len(reason) > _LONGEST_REASON:
        lacks = f"有{len(reason)}字，过长"
    if lacks:
        yield f"退回分工的理由{lacks}。请写明为什么不属本单位，应由哪个单位办（不超过{_LONGEST_REASON}字）。"


def _due_faults(snapshot: SubmissionSnapshot, what: str, due: Json) -> Iterator[str]:
    if due is None:
        return
    try:
        day = date.fromisoformat(due) if isinstance(due, str) else None
    except ValueError:
        day = None
    returned = snapshot.open_return.due if snapshot.open_return is not None else None
    last = max((end for end in (snapshot.round.apply_by, returned) if end is not None), default=None)
    if day is None:
        yield f"{what}的内部期限须为日期，如 2018-06-01。"
    elif last is not None and day > last:
        yield f"{what}的内部期限 {day.isoformat()} 晚于申报（补正）截止日 {last.isoformat()}。请改早。"
